# SPDX-License-Identifier: MIT
"""A feature: its commands, actions, shortcuts and jobs, read and checked when its class body is complete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from bot.kit.checks import check_cog
from bot.kit.database import Transaction
from bot.kit.job import Job, Schedule
from bot.kit.moderation import Shortcoming
from bot.kit.operation import Action, Command, Note, Operation, Shortcut
from bot.kit.params import Param, read_fields, read_params
from bot.kit.scene import Scene


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a cog tells about itself.

    `summary` is one sentence on what it is for, `keeps` one on the personal data that it keeps and how long. `groups`
    describes the nouns of its commands. `tells` names the outside services that it asks, and what each of them is told.
    `parts` says in words what the parts of its `export` are.
    """

    summary: str
    keeps: str
    groups: Mapping[str, str]
    tells: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoSettings:
    """The settings of a cog that has none."""


class Cog:
    """A feature of the bot: subclasses set `name` and `manifest`; the constructor names what they need by protocol."""

    name: ClassVar[str] = ""
    manifest: ClassVar[Manifest]
    settings: ClassVar[type] = NoSettings
    provides: ClassVar[tuple[type, ...]] = ()
    operations: ClassVar[tuple[Operation, ...]] = ()
    jobs: ClassVar[tuple[Job, ...]] = ()
    setting_params: ClassVar[tuple[Param, ...]] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        handlers = {
            name: value for base in reversed(cls.__mro__) for name, value in vars(base).items() if callable(value)
        }
        noted = {name: value for name, value in handlers.items() if hasattr(value, "__refdesk__")}
        cls.operations = tuple(_operation(cls, name, value) for name, value in noted.items())
        cls.jobs = tuple(
            Job(f"{cls.name}.{name}", cls.name, name, cast("Schedule", value.__refdesk_job__))
            for name, value in handlers.items()
            if hasattr(value, "__refdesk_job__")
        )
        cls.setting_params = read_fields(cls.settings) if cls.settings is not NoSettings else ()
        check_cog(cls)

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands that people type."""
        return tuple(operation for operation in self.operations if isinstance(operation, Command))

    @property
    def actions(self) -> tuple[Action, ...]:
        """What buttons run."""
        return tuple(operation for operation in self.operations if isinstance(operation, Action))

    @property
    def shortcuts(self) -> tuple[Shortcut, ...]:
        """The commands on existing messages."""
        return tuple(operation for operation in self.operations if isinstance(operation, Shortcut))

    async def start(self) -> None:
        """Get ready; runs after migrations, before any command."""

    async def ready(self) -> None:
        """Return once what loads behind the start is there; for those who can wait, such as a script of lines."""

    async def stop(self) -> None:
        """Let go of everything that `start` took."""

    def export(self, tx: Transaction, person_id: int) -> Mapping[str, list[dict[str, Any]]]:
        """Return all that this cog keeps about a person, by kind; a store function."""
        del tx, person_id
        return {}

    def forget(self, tx: Transaction, person_id: int) -> None:
        """Delete or anonymise all that this cog keeps about a person; a store function."""

    def shortcomings(self, tx: Transaction, community_id: int) -> Sequence[Shortcoming]:
        """Return what keeps this cog from doing its work in a community, for its moderators; a store function."""
        del tx, community_id
        return ()

    def demo(self, tx: Transaction, scene: Scene) -> Mapping[str, Any]:
        """Fill a demonstration so that every command shows something; a store function.

        Returns the settings of this cog, by name, that the demonstration chooses.
        """
        del tx, scene
        return {}


def _operation(cls: type[Cog], name: str, function: Any) -> Operation:
    note: Note = function.__refdesk__
    params = read_params(function, 2, vars(cls), bare=note.kind is Action)
    operation = note.kind(key=f"{cls.name}.{name}", cog=cls.name, handler=name, params=params, **note.options)
    if isinstance(operation, Action):
        function.__refdesk_action__ = (operation.key, tuple(param.name for param in operation.bound))
    return operation
