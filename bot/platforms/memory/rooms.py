# SPDX-License-Identifier: MIT
"""The fake chat itself: what was said where, and who can see it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.core.exchange import Question
from bot.core.i18n.voice import Voice
from bot.kit.people import Identity
from bot.kit.reply import Reply, Visible
from bot.platforms.memory.render import Sheet


@dataclass(slots=True)
class Said:
    """One message of the bot. With `reader`, nobody else can see it; with `marker`, the outbox sent it.

    `question` is set where the bot asks for something. `earlier` holds what the message said before it was edited.
    """

    id: str
    channel_id: str
    reply: Reply
    voice: Voice
    sheet: Sheet
    visible: Visible = Visible.PUBLIC
    reader: Identity | None = None
    marker: str | None = None
    question: Question | None = None
    mention_role: bool = False
    mentions: tuple[Identity, ...] = ()
    earlier: list[Sheet] = field(default_factory=list)


class Rooms:
    """Every message, in the order in which it was said, and who is in which room."""

    def __init__(self) -> None:
        self._messages: dict[str, Said] = {}
        self._members: dict[str, dict[str, Identity]] = {}
        self._count = 0

    def __iter__(self) -> Iterator[Said]:
        return iter(self._messages.values())

    def next_id(self) -> str:
        """Return the id of the next message."""
        self._count += 1
        return f"m{self._count}"

    def add(self, said: Said) -> Said:
        """Keep a message."""
        self._messages[said.id] = said
        return said

    def get(self, message_id: str) -> Said | None:
        """Find a message by its id."""
        return self._messages.get(message_id)

    def remove(self, message_id: str) -> None:
        """Delete a message, as a moderator might."""
        self._messages.pop(message_id, None)

    def marked(self, channel_id: str, marker: str) -> Said | None:
        """Find a message of the outbox."""
        return next((s for s in self if s.channel_id == channel_id and s.marker == marker), None)

    def join(self, channel_id: str, person: Identity) -> None:
        """Let a person into a room."""
        self._members.setdefault(channel_id, {})[person.external_id] = person

    def readers(self, said: Said) -> frozenset[str]:
        """Return the names of those who can see a message."""
        if said.reader is not None:
            return frozenset({said.reader.name})
        return frozenset(person.name for person in self._members.get(said.channel_id, {}).values())


def direct_channel(person: Identity) -> str:
    """Return the id of the conversation between a person and the bot alone."""
    return f"direct:{person.external_id}"
