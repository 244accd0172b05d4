# SPDX-License-Identifier: MIT
"""Edit-a-thons and meetings: announced once, everywhere, in everybody's own time."""

from cogs.events.cog import Events

__all__ = ["Events"]
