# SPDX-License-Identifier: MIT
"""The FAQ: reviewed answers to librarians' questions."""
