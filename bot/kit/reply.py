# SPDX-License-Identifier: MIT
"""What to say: frozen data that every platform renders by its best means."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any, TypeAlias

from bot.kit.errors import DeclarationError
from bot.kit.text import Link, Markdown, Text

Words: TypeAlias = "Text | Markdown | str"
"""Something to show; a plain `str` is literal, whatever it holds."""


class Visible(StrEnum):
    """Who sees an answer.

    PUBLIC: the place. QUIET: the asker, as far as the platform can. SECRET: the asker only, ever.
    """

    PUBLIC = "public"
    QUIET = "quiet"
    SECRET = "secret"  # noqa: S105 (a word, not a password)


class Tone(StrEnum):
    """How an answer feels; a colour or a sign where the platform has one."""

    PLAIN = "plain"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Field:
    """A short fact under a name."""

    name: Words
    value: "Words | Link"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or picture that goes with an answer; `description` is its alternative text."""

    name: str
    content: bytes
    media_type: str
    description: Words


@dataclass(frozen=True, slots=True, init=False)
class Button:
    """Something to press. It runs an `@action` (bound arguments are ids) or a command (which then asks for the rest).

    `Button(t("Claim"), cog.claim, request.id, emoji="✋")`, `Button(t("Ask a librarian"), "request open", title=...)`.
    Raises DeclarationError when more values are bound than the action takes; a command takes them by name only.
    """

    label: Words
    target: str
    arguments: tuple[tuple[str, str], ...]
    emoji: str | None

    def __init__(
        self,
        label: Words,
        target: Callable[..., Any] | str,
        *bound: int | str,
        emoji: str | None = None,
        **named: int | str,
    ) -> None:
        key, names = (target, ()) if isinstance(target, str) else _action_of(target)
        if len(bound) > len(names):
            raise DeclarationError(_surplus(key, names, len(bound)))
        pairs = [(name, str(value)) for name, value in zip(names, bound, strict=False)]
        object.__setattr__(self, "label", label)
        object.__setattr__(self, "target", key)
        object.__setattr__(self, "arguments", (*pairs, *((name, str(value)) for name, value in named.items())))
        object.__setattr__(self, "emoji", emoji)


def _action_of(target: Callable[..., Any]) -> tuple[str, tuple[str, ...]]:
    key: tuple[str, tuple[str, ...]] = target.__refdesk_action__  # type: ignore[attr-defined]
    return key


def _surplus(key: str, names: tuple[str, ...], bound: int) -> str:
    if names:
        return f'A button binds {bound} values, but "{key}" takes {len(names)}: {", ".join(names)}.'
    return f'A button binds {bound} values, but "{key}" takes none by position: bind them by name.'


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, a card or an announcement.

    `items` is a long list, paged as the platform pages. `visible` can only make an answer more private than its command
    declared. `note` is small print (where an answer comes from and how old it is). A `card` stays and is edited as
    things change: its buttons become reactions where a platform has none; other answers number their choices there.
    """

    text: Words = ""
    title: Words = ""
    fields: tuple[Field, ...] = ()
    items: tuple[Words, ...] = ()
    link: Link | None = None
    note: Words = ""
    tone: Tone = Tone.PLAIN
    image: Attachment | None = None
    files: tuple[Attachment, ...] = ()
    buttons: tuple[Button, ...] = ()
    visible: Visible | None = None
    card: bool = False


@dataclass(frozen=True, slots=True)
class Confirm:
    """Returned by a handler that wants a yes first; on yes it is run again with `ctx.confirmed`.

    A no does nothing, or runs the button that is to be pressed `instead`, whose label it then has.
    """

    text: Words
    yes: Words = field(default_factory=lambda: Text("Yes"))
    no: Words = field(default_factory=lambda: Text("No"))
    instead: Button | None = None

    def __post_init__(self) -> None:
        if self.instead is not None:
            object.__setattr__(self, "no", self.instead.label)


class Shown(Enum):
    """Returned by a handler that has already said everything through its context."""

    ALREADY = "already"


Answer: TypeAlias = Reply | Confirm | Text | Markdown | Shown
"""What a handler returns; a Text or Markdown stands for a Reply of just that."""
