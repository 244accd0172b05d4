# SPDX-License-Identifier: MIT
"""The content of the events that the bot sends. Pure.

`m.mentions` is in every one of them: without it, a client notifies whoever's name happens to stand in the text.
Sources: Matrix specification v1.13, "Threading", "Rich replies", "Event replacements", "User and room mentions".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.platforms.matrix.render import Piece

MARKER = "org.refdesk.marker"
"""Our own field, by which a post is found again in a room's history."""

QUESTION = "org.refdesk.question"
"""Our own field, by which an answer that is a reply to a question, or in a thread on it, finds what it answers."""

NOTICE, TEXT = "m.notice", "m.text"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a room something is said: in a thread, in reply to an event, or neither."""

    room_id: str
    thread_id: str | None = None
    replied_to: str | None = None

    @property
    def relation(self) -> dict[str, Any]:
        """The relation of an event that is said here; empty where there is none."""
        if self.thread_id:
            return {
                "rel_type": "m.thread",
                "event_id": self.thread_id,
                "is_falling_back": True,
                "m.in_reply_to": {"event_id": self.replied_to or self.thread_id},
            }
        return {"m.in_reply_to": {"event_id": self.replied_to}} if self.replied_to else {}


@dataclass(frozen=True, slots=True)
class Called:
    """Who is notified: nobody, people, or the whole room."""

    user_ids: Sequence[str] = ()
    room: bool = False

    @property
    def mentions(self) -> dict[str, Any]:
        """What stands under `m.mentions`."""
        found: dict[str, Any] = {"user_ids": list(self.user_ids)} if self.user_ids else {}
        return found | ({"room": True} if self.room else {})


NOBODY = Called()


def message(
    piece: Piece,
    spot: Spot,
    *,
    kind: str = NOTICE,
    called: Called = NOBODY,
    marker: str = "",
    question: int | None = None,
) -> dict[str, Any]:
    """Write a message; `question` is the draft that it asks for."""
    content = _words(piece, kind) | {"m.mentions": called.mentions}
    if marker:
        content[MARKER] = marker
    if question is not None:
        content[QUESTION] = question
    return content | ({"m.relates_to": spot.relation} if spot.relation else {})


def replacement(piece: Piece, event_id: str, *, kind: str = NOTICE, marker: str = "") -> dict[str, Any]:
    """Write what a message says from now on; an edit notifies nobody."""
    new = _words(piece, kind) | {"m.mentions": {}}
    if marker:
        new[MARKER] = marker
    shown = _words(Piece(f"* {piece.body}", f"* {piece.html}" if piece.html else ""), kind)
    return shown | {
        "m.mentions": {},
        "m.new_content": new,
        "m.relates_to": {"rel_type": "m.replace", "event_id": event_id},
    }


def reaction(event_id: str, sign: str) -> dict[str, Any]:
    """Write a reaction."""
    return {"m.relates_to": {"rel_type": "m.annotation", "event_id": event_id, "key": sign}}


def _words(piece: Piece, kind: str) -> dict[str, Any]:
    content: dict[str, Any] = {"msgtype": kind, "body": piece.body}
    if piece.html:
        content |= {"format": "org.matrix.custom.html", "formatted_body": piece.html}
    return content
