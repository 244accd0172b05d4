# SPDX-License-Identifier: MIT
"""Reference requests: members ask for a source, librarians claim and answer it."""

from cogs.requests.cog import Requests

__all__ = ["Requests"]
