# SPDX-License-Identifier: MIT
"""Answers librarians' questions from a reviewed FAQ, or says that it does not know."""

from .cog import Faq

__all__ = ["Faq"]
