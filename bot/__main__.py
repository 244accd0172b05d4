# SPDX-License-Identifier: MIT
"""`python -m bot` is the same as `refdesk`."""

from bot.cli import main

if __name__ == "__main__":
    main()
