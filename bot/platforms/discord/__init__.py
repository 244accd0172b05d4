# SPDX-License-Identifier: MIT
"""Discord: slash commands, forms, buttons and posts; the only package that knows discord.py."""
