# SPDX-License-Identifier: MIT
"""What a cog may ask for besides posts and the outside: protocols that its constructor names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.kit.context import Context
from bot.kit.database import Transaction
from bot.kit.health import Snapshot, State
from bot.kit.operation import Command, Shortcut
from bot.kit.people import Level, Person
from bot.kit.text import Text


class Timers(Protocol):
    """Sets what is due later, in the caller's transaction; the handler is a method declared with `@at`."""

    def set(
        self,
        tx: Transaction,
        handler: Callable[..., Any],
        community_id: int,
        key: str,
        due_at: datetime,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Run a handler at a moment; a timer of the same key is moved."""

    def cancel(self, tx: Transaction, handler: Callable[..., Any], community_id: int, key: str) -> None:
        """Forget a timer; nothing happens when there is none."""


class OwnSettings(Protocol):
    """A cog's own settings in a community, where no context is at hand: in a job, or for another cog."""

    async def of(self, cog: Any, community_id: int, place_id: int = 0) -> Any:
        """Return an instance of the cog's settings class, as the community (or a place of it) has it."""


class Health(Protocol):
    """Tells how the bot is doing, for a status command or metrics."""

    def snapshot(self) -> Snapshot:
        """Return the state of every part, and the counters."""


class Audit(Protocol):
    """Keeps who changed what, in the caller's transaction."""

    def note(
        self, tx: Transaction, community_id: int, person_id: int | None, action: str, detail: Mapping[str, Any]
    ) -> None:
        """Write down one change; `detail` holds what it was and what it is."""


class Numbers(Protocol):
    """Running numbers within a community ("R-17"), which survive a home's joining another community as aliases."""

    def allocate(self, tx: Transaction, community_id: int, home_id: int | None, kind: str, row_id: int) -> int:
        """Give the next number to a row."""

    def find(self, tx: Transaction, community_id: int, kind: str, number: int) -> int | None:
        """Return the row that a number stands for in this community, aliases included."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check that a command passes before it runs: what it asks, and why it refuses (None: passed).

    `remedy` is what a moderator can do about it. One that is not `final` does not keep the command from running.
    """

    check: Text
    refusal: Text | None
    remedy: Text | None = None
    final: bool = True


class Levels(Protocol):
    """Tells what somebody may do where no context of theirs is at hand."""

    def level_of(self, tx: Transaction, community_id: int, person_id: int) -> Level:
        """Return what somebody may do throughout a community, as far as it is known.

        That is what they were granted by name, and what their rank was worth when they were seen there in the last two
        weeks: nobody is asked, so whoever was never seen is a member.
        """


class Catalogue(Protocol):
    """What can be done here, and by whom: for help, and for "why can't I?"."""

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command of every cog."""

    @property
    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Every command on existing messages."""

    async def usable(self, ctx: Context) -> tuple[Command, ...]:
        """Return the commands that the asker may use here."""

    async def verdicts(self, ctx: Context, command: Command, person: Person | None = None) -> tuple[Verdict, ...]:
        """Return, check by check, whether the asker (or another, as far as is known) may use a command here."""

    def usage(self, command: Command) -> str:
        """Return how a command is typed."""


class Reports(Protocol):
    """Tells the rest of the bot how a part of a cog does, for the status command."""

    def report(self, name: str, state: State, reason: Text | None = None) -> None:
        """Say how a part does ("faq search"); what it said before is replaced."""

    def withdraw(self, name: str) -> None:
        """Forget a part that is no more."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a cog may use of the machine: a folder for what can be made again (None: none), and large models or not.

    `calendars` is where the communities' calendars are reached from outside; empty: they are not served.
    """

    cache: Path | None = None
    models: bool = False
    calendars: str = ""
