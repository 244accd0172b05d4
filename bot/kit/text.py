# SPDX-License-Identifier: MIT
"""Texts that are translated when they are rendered, for the person who reads them.

A `Text` is an English message with parameters. The message may hold simple Markdown (it is ours); the parameters never
become markup, whoever wrote them. Markdown from a reviewed source is passed on as `Markdown(...)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from bot.kit.people import Person, Place


@dataclass(frozen=True, slots=True)
class Markdown:
    """Source text in CommonMark from somebody whom the community trusts with formatting, such as a FAQ's editors."""

    source: str


@dataclass(frozen=True, slots=True)
class Ago:
    """A moment that is shown relative to now ("in 2 hours", "3 days ago")."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Code:
    """A literal that people may copy: a command, an identifier; shown in fixed width."""

    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """A web address with the words that stand for it."""

    label: "Text | str"
    url: str


Value: TypeAlias = (
    "str | int | float | Decimal | datetime | date | timedelta | Person | Place | Markdown | Ago | Code | Link | Text "
    "| tuple[Value, ...]"
)
"""What a parameter may be; a tuple is written as a list in the reader's language ("Citoid and Crossref")."""


@dataclass(frozen=True, slots=True)
class Text:
    """An English message with named parameters, translated and escaped when it is shown.

    With `plural`, the form is chosen by `count`, in the reader's language. A `context` ("a state") keeps it apart from
    the same words said of something else, which other languages may say otherwise.
    """

    message: str
    params: tuple[tuple[str, Value], ...] = ()
    plural: str | None = None
    count: int = 1
    context: str | None = None

    @property
    def values(self) -> Mapping[str, Value]:
        """The parameters by name."""
        return dict(self.params)


def t(message: str, /, *, context: str | None = None, **params: Value) -> Text:
    """Say something in the reader's language: an English message and its parameters.

    A `context` is for translators, where the same English words stand for two things.
    """
    return Text(message, tuple(params.items()), context=context)


def n(one: str, many: str, count: int, /, **params: Value) -> Text:
    """Say something about a number of things; `{count}` is the number, in the reader's way of writing it."""
    return Text(one, (("count", count), *params.items()), many, count)
