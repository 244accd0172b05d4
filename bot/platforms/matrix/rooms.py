# SPDX-License-Identifier: MIT
"""The rooms that the bot is in, as their state events describe them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.matrix.shapes import Event, listing, mapping, text, whole

_LONGEST_NAME = 120


@dataclass(slots=True)
class Room:
    """One room. `members` holds whom we heard of; `complete` tells that this is everybody who is or was invited in."""

    id: str
    create: Event = field(default_factory=dict)
    levels: dict[str, Any] | None = None
    title: str = ""
    alias: str = ""
    encryption: dict[str, Any] | None = None
    members: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    complete: bool = False
    joined: int | None = None
    invited: int | None = None
    successor: str = ""

    @property
    def encrypted(self) -> bool:
        """Tell whether what is said here must be encrypted; once it is, it stays so."""
        return self.encryption is not None

    @property
    def name(self) -> str:
        """What the room is called, else who is in it, else its id."""
        return (self.title or self.alias or self.id)[:_LONGEST_NAME]

    @property
    def present(self) -> list[str]:
        """Those who are in the room or invited."""
        return [user for user, membership in self.members.items() if membership in {"join", "invite"}]

    def name_of(self, user_id: str) -> str:
        """Return the name that somebody goes by here."""
        return self.names.get(user_id) or user_id.removeprefix("@").partition(":")[0] or user_id

    def take(self, event: Event) -> bool:
        """Learn from a state event, whatever its shape; True when somebody came or went."""
        content, key = mapping(event, "content"), event.get("state_key")
        if not isinstance(key, str):
            return False
        match event["type"]:
            case "m.room.member":
                return self._take_member(key, content)
            case "m.room.create" if key == "":
                self.create = event
            case "m.room.power_levels" if key == "":
                self.levels = content
            case "m.room.name" if key == "":
                self.title = text(content, "name").strip()
            case "m.room.canonical_alias" if key == "":
                self.alias = text(content, "alias")
            case "m.room.encryption" if key == "" and text(content, "algorithm"):
                self.encryption = content
            case "m.room.tombstone" if key == "":
                self.successor = text(content, "replacement_room")
        return False

    def count(self, summary: dict[str, Any]) -> None:
        """Learn how many are here from the summary of a sync."""
        joined, invited = whole(summary, "m.joined_member_count"), whole(summary, "m.invited_member_count")
        self.joined = joined if joined is not None else self.joined
        self.invited = invited if invited is not None else self.invited

    def doubt(self) -> None:
        """Learn that something was missed: who is here has to be found out anew."""
        self.members.clear()
        self.complete = False

    def fill(self, members: Iterable[Event]) -> None:
        """Learn who is here from the membership events of all who joined or were invited."""
        self.members = dict.fromkeys(self.members, "leave")
        for event in members:
            self.take(event)
        self.complete = True

    def _take_member(self, user: str, content: dict[str, Any]) -> bool:
        before, now = self.members.get(user), text(content, "membership")
        self.members[user] = now
        if name := " ".join(text(content, "displayname").split()):
            self.names[user] = name[:_LONGEST_NAME]
        return before != now


class Rooms:
    """Every room that the bot is in, by id, and which of them are direct conversations."""

    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self.direct: dict[str, str] = {}
        self.lineage: dict[str, str] = {}

    def __iter__(self) -> Iterator[Room]:
        return iter(self._rooms.values())

    def __contains__(self, room_id: str) -> bool:
        return room_id in self._rooms

    def get(self, room_id: str) -> Room | None:
        """Return a room that the bot is in."""
        return self._rooms.get(room_id)

    def enter(self, room_id: str) -> Room:
        """Return a room, known from now on."""
        return self._rooms.setdefault(room_id, Room(room_id))

    def leave(self, room_id: str) -> None:
        """Forget a room."""
        self._rooms.pop(room_id, None)

    def home_of(self, room_id: str) -> str:
        """Return the id under which a room's home is kept: that of the first room of its line."""
        return self.lineage.get(room_id, room_id)

    def is_direct(self, room: Room) -> bool:
        """Tell whether a room is a conversation with one person: meant as one, and nobody else has come in."""
        if room.id not in self.direct:
            return False
        if room.complete:
            return len(room.present) <= 2
        return (room.joined or 0) + (room.invited or 0) <= 2

    def learn_direct(self, content: dict[str, Any]) -> None:
        """Learn from the account data m.direct which rooms are direct conversations, and with whom."""
        found = {}
        for user in content:
            for room_id in listing(content, user):
                if isinstance(room_id, str) and user.startswith("@"):
                    found[room_id] = user
        self.direct = found
