# SPDX-License-Identifier: MIT
"""Components and files in the form in which discord.py sends them."""

import io
from collections.abc import Sequence
from typing import Any

import discord

from bot.kit.reply import Attachment
from bot.platforms.discord.components import Component


class Carried:
    """Components that were made elsewhere, as far as discord.py asks for them when it makes a request's body."""

    def __init__(self, components: Sequence[Component]) -> None:
        self._made = list(components)

    def to_components(self) -> list[dict[str, Any]]:
        """Return the components as they go out."""
        return self._made

    def has_components_v2(self) -> bool:
        """Tell that these are components of the second kind."""
        return True


class Shown(discord.ui.LayoutView):
    """Components that were made elsewhere; what is pressed is routed by its id, so discord.py need not keep them."""

    def __init__(self, components: Sequence[Component]) -> None:
        super().__init__(timeout=None)
        self._made = list(components)
        self.stop()

    def to_components(self) -> list[dict[str, Any]]:
        """Return the components as they go out."""
        return self._made

    def has_components_v2(self) -> bool:
        """Tell that these are components of the second kind."""
        return True


def as_files(attachments: Sequence[Attachment]) -> list[discord.File]:
    """Return files as discord.py sends them; each can be sent once."""
    return [
        discord.File(io.BytesIO(each.content), each.name, description=str(each.description) or None)
        for each in attachments
    ]
