# SPDX-License-Identifier: MIT
"""What a handler is declared to be: commands, actions, shortcuts.

The decorators only take notes; the class body of a `Cog` turns the notes into `Operation`s and checks them, so a bad
declaration fails when its module is imported.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar, overload

from bot.kit.params import Param
from bot.kit.people import Level
from bot.kit.reply import Visible

F = TypeVar("F", bound=Callable[..., Any])

Visibility: TypeAlias = "Visible | Callable[[Mapping[str, Any]], Visible]"
"""Who sees the answer, or a function of the arguments, decided before anything is deferred."""


@dataclass(frozen=True, slots=True)
class Operation:
    """Something a person can make a cog do; `key` names it in buttons, drafts and logs: "cog.handler".

    `local` operations touch only the home where they are used: a moderator of that home may, whoever rules the
    community.
    """

    key: str
    cog: str
    handler: str
    params: tuple[Param, ...]
    level: Level = Level.MEMBER
    visible: Visibility = Visible.PUBLIC
    timeout: float = 60.0
    local: bool = False

    def visibility(self, arguments: Mapping[str, Any]) -> Visible:
        """Decide who sees the answer, from the arguments known so far."""
        return self.visible if isinstance(self.visible, Visible) else self.visible(arguments)

    def param(self, name: str) -> Param | None:
        """Return the parameter of that name."""
        return next((param for param in self.params if param.name == name), None)


@dataclass(frozen=True, slots=True)
class Command(Operation):
    """A typed command, "noun verb" or one word.

    `alone` commands also work where the bot has no home (a DM, a person's own installation). `task` is what people want
    to do, by which the help groups commands. `free` names the parameter that takes what people say to the bot without
    any command.
    """

    name: str = ""
    description: str = ""
    example: str = ""
    alone: bool = False
    task: str = ""
    free: str | None = None

    @property
    def group(self) -> str | None:
        """The noun of a "noun verb" command."""
        noun, _, verb = self.name.partition(" ")
        return noun if verb else None


@dataclass(frozen=True, slots=True)
class Action(Operation):
    """What a button runs; its bound arguments are ids.

    `undo` names the handler of another action of the same cog, with the same bound arguments. It runs when a press is
    taken back, where the platform lets people do so (a reaction removed on Matrix).
    """

    undo: str | None = None

    @property
    def bound(self) -> tuple[Param, ...]:
        """The parameters that a button carries; the others are asked for."""
        return tuple(param for param in self.params if not param.arg.ask)


@dataclass(frozen=True, slots=True)
class Shortcut(Operation):
    """A command on an existing message: a context menu, or a word in reply to it. `word` is what is typed."""

    label: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a decorator noted about a handler, until its class is complete."""

    kind: type[Operation]
    options: Mapping[str, Any]


def _noted(kind: type[Operation], **options: Any) -> Callable[[F], F]:
    def note(function: F) -> F:
        function.__refdesk__ = Note(kind, options)  # type: ignore[attr-defined]
        return function

    return note


def command(
    name: str,
    description: str,
    *,
    level: Level = Level.MEMBER,
    visible: Visibility = Visible.PUBLIC,
    example: str = "",
    task: str = "",
    alone: bool = False,
    free: str | None = None,
    local: bool = False,
    timeout: float = 60.0,
) -> Callable[[F], F]:
    """Declare a command.

    `example` is a line that works as it stands; `task` groups commands in the help by what people do.
    """
    return _noted(
        Command,
        name=name,
        description=description,
        level=level,
        visible=visible,
        example=example,
        task=task,
        alone=alone,
        free=free,
        local=local,
        timeout=timeout,
    )


@overload
def action(function: F) -> F: ...


@overload
def action(
    *,
    level: Level = ...,
    visible: Visibility = ...,
    local: bool = ...,
    timeout: float = ...,
    undo: str | None = ...,
) -> Callable[[F], F]: ...


def action(
    function: F | None = None,
    *,
    level: Level = Level.MEMBER,
    visible: Visibility = Visible.PUBLIC,
    local: bool = False,
    timeout: float = 60.0,
    undo: str | None = None,
) -> Any:
    """Declare what a button runs: parameters without `ask` ride in the button and must be ids.

    `undo` is the name of the action that takes it back.
    """
    note = _noted(Action, level=level, visible=visible, local=local, timeout=timeout, undo=undo)
    return note(function) if function is not None else note


def shortcut(
    label: str,
    *,
    word: str,
    level: Level = Level.MEMBER,
    visible: Visibility = Visible.QUIET,
    timeout: float = 60.0,
) -> Callable[[F], F]:
    """Declare a command on an existing message, found in `ctx.message`; in a reply one types `word`."""
    return _noted(Shortcut, label=label, word=word, level=level, visible=visible, timeout=timeout)
