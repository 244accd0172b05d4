# SPDX-License-Identifier: MIT
"""The terminal as a chat: for trying the bot out, for running it where there is no chat, and for scripts."""
