# SPDX-License-Identifier: MIT
"""What somebody's message says to the bot. Pure; anybody may have written it, in any shape.

Sources: Matrix client-server API v1.13, "Rich replies", "Threading", "User and room mentions"; MSC4391 for commands
that a client has put together itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote

from bot.core.exchange import Raw
from bot.platforms.matrix.shapes import Event, mapping, strings, text

COMMANDS = ("org.matrix.msc4391.command", "m.bot.command")
"""Where a command stands that a client has put together: as clients write it now, and once MSC4391 is accepted."""


_PILL = re.compile(r'<a\s+href="https://matrix\.to/#/(?P<id>[^"?]+)[^"]*"\s*>(?P<label>[^<]{1,200})</a>', re.IGNORECASE)
_LINK = re.compile(r"\[[^\]\n]{1,200}\]\(<?https://matrix\.to/#/(?P<id>[^)>?\s]+)[^)\s]*\)")
"""A pill as some clients write it in the plain text too: as Markdown."""

_LONGEST = 20_000
_TEXTS = {"m.text"}
_FILES = {"m.file", "m.image", "m.audio", "m.video"}


@dataclass(frozen=True, slots=True)
class Me:
    """How the bot is called: its account and the names it goes by."""

    user_id: str
    name: str = "Refdesk"

    @property
    def calls(self) -> tuple[str, ...]:
        """Every way to write its name, the longest first."""
        localpart = self.user_id.removeprefix("@").partition(":")[0]
        found = {call.casefold() for call in (self.user_id, self.name, f"@{localpart}", localpart, f"@{self.name}")}
        return tuple(sorted(found, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that somebody sent: where it is, and how it was encrypted."""

    name: str
    address: str
    media_type: str
    key: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Structured:
    """A command that a client has put together itself."""

    name: str
    arguments: Mapping[str, Raw]


@dataclass(frozen=True, slots=True)
class Words:
    """A message: its text without quotations, where it stands, and whether it calls the bot."""

    text: str
    thread_id: str | None = None
    replied_to: str | None = None
    called: bool = False
    file: FileRef | None = None
    command: Structured | None = None


def read(event: Event, me: Me) -> Words | None:
    """Read a message; None for what no bot should answer: notices, edits, and what is no message of words or files."""
    content = mapping(event, "content")
    msgtype, relation = text(content, "msgtype"), mapping(content, "m.relates_to")
    if text(relation, "rel_type") == "m.replace" or msgtype not in _TEXTS | _FILES:
        return None
    body = text(content, "body")[:_LONGEST]
    replied_to = _replied_to(relation)
    if replied_to:
        body = without_quotation(body)
    spelled = with_accounts(body, text(content, "formatted_body")[: 4 * _LONGEST], me)
    return Words(
        text=spelled.strip(),
        thread_id=text(relation, "event_id") or None if text(relation, "rel_type") == "m.thread" else None,
        replied_to=replied_to,
        called=me.user_id in strings(content, "m.mentions", "user_ids"),
        file=_file(content) if msgtype in _FILES else None,
        command=_command(content, me),
    )


def without_call(said: str, me: Me) -> str | None:
    """Return what follows when words begin with a call of the bot ("Refdesk: help", "@refdesk help"); else None."""
    folded = said.casefold()
    for call in me.calls:
        if folded.startswith(call):
            rest = said[len(call) :]
            if found := re.match(r"\s*[:,]+\s*|\s+" if call.startswith("@") else r"\s*[:,]+\s*", rest):
                return rest[found.end() :].strip()
            if not rest.strip():
                return ""
    return None


def without_mention(said: str, me: Me) -> str:
    """Return words without the bot's name before or behind them: they are known to be for the bot."""
    rest = without_call(said, me)
    if rest is not None:
        return rest
    for call in me.calls:
        folded = said.casefold()
        if folded.startswith(f"{call} "):
            return said[len(call) :].strip()
        if folded.endswith(f" {call}"):
            return said[: -len(call)].strip()
    return said


def without_quotation(body: str) -> str:
    """Return a body without the quotation that older clients put before a reply."""
    lines = body.split("\n")
    count = 0
    while count < len(lines) and lines[count].startswith(">"):
        count += 1
    return "\n".join(lines[count:]).lstrip("\n") if count else body


def with_accounts(body: str, html: str, me: Me) -> str:
    """Write accounts for the names that a client showed as pills, since names are not unique.

    The bot's own is written where it calls it, before or behind the rest: it may have any name in a room.
    """
    body = _LINK.sub(lambda found: _account(found["id"]) or found[0], body)
    for found in _PILL.finditer(html):
        user_id, label = _account(found["id"]), unescape(found["label"])
        if user_id == me.user_id:
            body = _called_by(label, body, me)
        elif user_id and label in body:
            body = body.replace(label, user_id, 1)
    return body


def _account(quoted: str) -> str:
    """Return the account that an address stands for; "" for that of a room or an event."""
    user_id = unquote(quoted)
    return user_id if user_id.startswith("@") else ""


def _called_by(label: str, body: str, me: Me) -> str:
    """Write the bot's account for a name that stands before or behind everything else."""
    said = body.strip()
    if said.startswith(label):
        return f"{me.user_id}{said[len(label) :]}"
    return f"{said[: -len(label)]}{me.user_id}" if said.endswith(label) else body


def _replied_to(relation: Mapping[str, Any]) -> str | None:
    if text(relation, "rel_type") == "m.thread" and relation.get("is_falling_back") is True:
        return None
    return text(relation, "m.in_reply_to", "event_id") or None


def _file(content: Mapping[str, Any]) -> FileRef | None:
    key = mapping(content, "file")
    address = text(key, "url") or text(content, "url")
    if not address.startswith("mxc://"):
        return None
    name = text(content, "filename") or text(content, "body") or "file"
    media_type = text(content, "info", "mimetype") or "application/octet-stream"
    return FileRef(name[:200], address, media_type, key or None)


def _command(content: Mapping[str, Any], me: Me) -> Structured | None:
    found = next((command for key in COMMANDS if (command := mapping(content, key))), {})
    name = " ".join(text(found, "command").split())
    if not name or me.user_id not in strings(content, "m.mentions", "user_ids"):
        return None
    arguments = {key: value for key, raw in mapping(found, "arguments").items() if (value := _value(raw)) is not None}
    return Structured(name, arguments)


def _value(raw: Any) -> "Raw | None":
    """Return an argument as the core takes it; accounts and rooms are found by their ids, wherever they stand."""
    if isinstance(raw, bool | int):
        return raw
    if isinstance(raw, dict):
        # References to rooms and events come as objects.
        return text(raw, "id") or text(raw, "room_id") or None
    return raw[:_LONGEST] if isinstance(raw, str) else None
