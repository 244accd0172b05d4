# SPDX-License-Identifier: MIT
"""Refdesk: the bot."""
