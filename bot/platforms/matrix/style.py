# SPDX-License-Identifier: MIT
"""How special things are written for Matrix: people as pills that call nobody by themselves, commands as typed here."""

import re
from collections.abc import Callable
from urllib.parse import quote

from bot.core import markup
from bot.core.i18n.style import PlainStyle
from bot.kit.people import Person, Place

_BETWEEN = re.compile("(, | · )")

MATRIX_TO = "https://matrix.to/#/"


def address_of(*parts: str) -> str:
    """Return the matrix.to address of a person, a room or an event."""
    return MATRIX_TO + "/".join(quote(part, safe="@!$:+#") for part in parts)


def pill(user_id: str, name: str) -> str:
    """Return Markdown that clients show as a pill; without `m.mentions` it notifies nobody."""
    return markup.link(markup.escape(name), address_of(user_id))


def _never(words: str) -> bool:
    """Take nothing for a command."""
    del words
    return False


class MatrixStyle(PlainStyle):
    """CommonMark with pills for people and links for rooms.

    Commands that are named have the `prefix` of the room before them, since without it nothing would happen there.
    """

    def __init__(self, prefix: str = "", is_command: Callable[[str], bool] = _never) -> None:
        self._prefix = prefix
        self._is_command = is_command

    def code(self, text: str) -> str:
        """Write a code span; commands, also several with commas or dots between, as they are typed here."""
        parts = _BETWEEN.split(text.removeprefix("/"))
        if all(self._is_command(part) for part in parts[::2]):
            text = "".join(part if number % 2 else f"{self._prefix}{part}" for number, part in enumerate(parts))
        return super().code(text)

    def person(self, person: Person) -> str:
        """Write a pill for whoever has an account here, else the name."""
        account = person.on("matrix")
        return self.literal(person.name) if account is None else pill(account.external_id, person.name)

    def place(self, place: Place) -> str:
        """Write a link to a room, else its name."""
        if place.platform != "matrix" or not place.channel_id.startswith("!"):
            return super().place(place)
        name = self.literal(place.name or place.channel_id)
        parts = (place.channel_id, place.thread_id) if place.thread_id else (place.channel_id,)
        return markup.link(name, address_of(*parts))


STYLE = MatrixStyle()
"""The style of private chats, where commands need no prefix."""
