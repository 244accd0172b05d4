# SPDX-License-Identifier: MIT
"""Writes `.env.example` from the settings; with --check it only tells whether the file is current."""

import sys
from pathlib import Path

from bot.config import example

TARGET = Path(__file__).parents[1] / ".env.example"


def main(*arguments: str) -> int:
    """Write the file, or compare it; return the exit status."""
    if "--check" not in arguments:
        TARGET.write_text(example(), "utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text("utf-8") == example():
        return 0
    print(f"{TARGET.name} is not what the settings say: run python scripts/env_example.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
