# SPDX-License-Identifier: MIT
"""How one parameter of a command or one field of a cog's settings is described."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.kit.text import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that an argument may take, with the words that people see."""

    value: str
    label: Text | str

    @property
    def english(self) -> str:
        """The label in English, untranslated."""
        return self.label.message if isinstance(self.label, Text) else self.label


Completer: TypeAlias = Callable[[Any, Any, str], Awaitable[Sequence[Choice]]]
"""A method of the cog: (cog, context, what is typed so far) -> choices. It answers from memory or one quick read."""


Checker: TypeAlias = Callable[[Any, Any, Any], Awaitable[None]]
"""A method of the cog: (cog, context, value); it raises Invalid where the value cannot be, from one quick read."""


@dataclass(frozen=True, slots=True)
class Arg:
    """Describe a parameter; rides in `Annotated[type, Arg(...)]`.

    `min` and `max` limit the length of text and the size of numbers. With `ask`, a missing value is asked for: a
    modal on Discord, a question in the thread on Matrix, a prompt on the console (a parameter that has a default is
    then offered in the same modal, and never insisted on). `long` means several lines. `label` is the question's
    short name where the parameter's own name would be poor. `check` judges a value before anything else is asked for.
    A text of one `word` ("22:00") leaves the words after it to the parameters after it, where a line is typed. One that
    may name a `command` takes both words of such a name ("faq add") there, without quotes.
    """

    description: str
    min: float | None = None
    max: float | None = None
    ask: bool = False
    complete: Completer | None = None
    check: Checker | None = None
    long: bool = False
    label: str | None = None
    word: bool = False
    command: bool = False


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody handed over with a command: read once, never kept."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
