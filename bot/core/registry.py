# SPDX-License-Identifier: MIT
"""What can be run: the operations of every cog that is loaded, found by key or by name.

A cog is added, replaced or removed as a whole; a clash is noticed before anything changes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.kit.checks import check_commands
from bot.kit.cog import Cog
from bot.kit.errors import DeclarationError
from bot.kit.job import Job
from bot.kit.operation import Command, Operation, Shortcut


@dataclass(frozen=True, slots=True)
class Bound:
    """An operation together with the cog that runs it."""

    operation: Operation
    cog: Cog

    @property
    def handler(self) -> Callable[..., Any]:
        """The method that does the work."""
        handler: Callable[..., Any] = getattr(self.cog, self.operation.handler)
        return handler


class Registry:
    """The operations of the cogs that are loaded now."""

    def __init__(self) -> None:
        self._cogs: dict[str, Cog] = {}
        self._operations: dict[str, Bound] = {}
        self._commands: dict[str, Bound] = {}
        self._by_name: tuple[Command, ...] = ()
        self._listeners: list[Callable[[], None]] = []

    @property
    def cogs(self) -> Mapping[str, Cog]:
        """The cogs by name."""
        return dict(self._cogs)

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command, by name."""
        return self._by_name

    @property
    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Every command on existing messages."""
        found = (bound.operation for bound in self._operations.values())
        return tuple(operation for operation in found if isinstance(operation, Shortcut))

    @property
    def groups(self) -> Mapping[str, str]:
        """The descriptions of the nouns."""
        return {noun: words for cog in self._cogs.values() for noun, words in cog.manifest.groups.items()}

    def operation(self, key: str) -> Bound | None:
        """Find what a button, a draft or a platform names: by "cog.handler", or by a command's name."""
        return self._operations.get(key) or self._commands.get(key)

    def job(self, key: str) -> tuple[Job, Cog] | None:
        """Find a job by "cog.handler"."""
        name, _, _ = key.partition(".")
        cog = self._cogs.get(name)
        found = next((job for job in cog.jobs if job.key == key), None) if cog else None
        return (found, cog) if found and cog else None

    def free(self) -> Bound | None:
        """Find the command that takes what people say without any command."""
        return next((bound for bound in self._commands.values() if getattr(bound.operation, "free", None)), None)

    def provider(self, protocol: type) -> Cog | None:
        """Find the cog that provides a protocol."""
        return next((cog for cog in self._cogs.values() if protocol in cog.provides), None)

    def add(self, cog: Cog) -> None:
        """Add a cog, or put it in the place of the one of the same name; raises DeclarationError on a clash."""
        cogs = {**self._cogs, cog.name: cog}
        check_clashes(cogs.values())
        self._set(cogs)

    def remove(self, name: str) -> None:
        """Remove a cog; nothing happens when it is not there."""
        self._set({key: cog for key, cog in self._cogs.items() if key != name})

    def on_change(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Be told when cogs come and go (platforms publish their commands anew); returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _set(self, cogs: dict[str, Cog]) -> None:
        self._cogs = cogs
        bound = [Bound(operation, cog) for cog in cogs.values() for operation in cog.operations]
        self._operations = {each.operation.key: each for each in bound}
        self._commands = {each.operation.name: each for each in bound if isinstance(each.operation, Command)}
        commands = (each.operation for each in bound if isinstance(each.operation, Command))
        self._by_name = tuple(sorted(commands, key=lambda command: command.name))
        for listener in tuple(self._listeners):
            listener()


def check_clashes(cogs: Iterable[Cog]) -> None:
    """Raise DeclarationError where cogs claim the same command, shortcut word or group, or both take free text."""
    cogs = tuple(cogs)
    groups: dict[str, str] = {}
    for cog in cogs:
        if taken := groups.keys() & cog.manifest.groups.keys():
            raise DeclarationError(f'The cog "{cog.name}" claims the group "{min(taken)}", which another cog has.')
        groups |= cog.manifest.groups
    commands = [command for cog in cogs for command in cog.commands]
    check_commands(commands, groups)
    words = [shortcut.word for cog in cogs for shortcut in cog.shortcuts]
    if doubled := {word for word in words if words.count(word) > 1}:
        raise DeclarationError(f'The shortcut "{min(doubled)}" is declared by two cogs; rename one.')
    if len(takers := [command.name for command in commands if command.free]) > 1:
        raise DeclarationError(f"Only one command may take free text; now {', '.join(takers)} do.")
