# SPDX-License-Identifier: MIT
"""The chats that the bot lives in. Platforms never import each other."""
