# SPDX-License-Identifier: MIT
"""What can be done, for the cog that explains it: the registry as a person in a place may see it."""

from dataclasses import replace

from bot.core.checkup import WANTED
from bot.core.gate import Gate
from bot.core.ratelimit import RateLimit
from bot.core.registry import Registry
from bot.core.situation import Situation
from bot.core.situations import Situations
from bot.core.textline import usage
from bot.kit.context import Context
from bot.kit.database import Database, Transaction
from bot.kit.needs import Verdict
from bot.kit.operation import Command, Shortcut
from bot.kit.people import Level, Person
from bot.kit.text import Code, t
from bot.storage import blocks, delivery, levels, slots


class CatalogueView:
    """Implements `bot.kit.needs.Catalogue`."""

    def __init__(self, registry: Registry, gate: Gate, situations: Situations, limit: RateLimit, db: Database) -> None:
        self._registry = registry
        self._gate = gate
        self._situations = situations
        self._limit = limit
        self._db = db

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command of every cog."""
        return self._registry.commands

    @property
    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Every command on existing messages."""
        return self._registry.shortcuts

    async def usable(self, ctx: Context) -> tuple[Command, ...]:
        """Return the commands that the asker may use here."""
        here = _situation(ctx)
        return tuple([command for command in self._registry.commands if await self._gate.allows(command, here)])

    async def verdicts(self, ctx: Context, command: Command, person: Person | None = None) -> tuple[Verdict, ...]:
        """Return, check by check, whether the asker (or another, as far as is known) may use a command here."""
        here = _situation(ctx) if person is None or person.id == ctx.person.id else await self._other(ctx, person)
        checks = await self._gate.checks(command, here)
        passed = [Verdict(check.name, check.refusal, check.remedy if check.refusal else None) for check in checks]
        rate = self._limit.rate_for(max(here.level, here.local_level))
        wait = self._limit.wait(here.person.id, command.key, rate)
        slow = None if wait is None else t("That was too often in a short time; it works again in {time}.", time=wait)
        return (
            *passed,
            Verdict(t("Not too often"), slow),
            *await self._db.read(_posts, here.community.id, command.cog),
        )

    def usage(self, command: Command) -> str:
        """Return how a command is typed."""
        return usage(command)

    async def _other(self, ctx: Context, person: Person) -> Situation:
        """Return somebody else in the asker's place: as they were met last, else by what was granted to them."""
        met = self._situations.last(person.id, ctx.home.id if ctx.home else None)
        if met is not None:
            return replace(met, place=ctx.place)
        level, blocked = await self._db.read(_known, ctx, person)
        return Situation(person, ctx.place, ctx.home, ctx.community, level, level, ctx.locale, ctx.zone, blocked)


def _situation(ctx: Context) -> Situation:
    return Situation(ctx.person, ctx.place, ctx.home, ctx.community, ctx.level, ctx.local_level, ctx.locale, ctx.zone)


def _known(tx: Transaction, ctx: Context, person: Person) -> tuple[Level, bool]:
    home_id = ctx.home.id if ctx.home else None
    return (
        levels.level_of(tx, ctx.community.id, home_id, person.id),
        blocks.is_blocked(tx, ctx.community.id, person.identities),
    )


def _posts(tx: Transaction, community_id: int, cog: str) -> tuple[Verdict, ...]:
    """Return what keeps a command's posts from being seen, where it posts any; it runs all the same."""
    slot = next((slot for slot, needing in WANTED.items() if needing == cog), None)
    if slot is None or not community_id:
        return ()
    lacking = (
        None if slots.places_of(tx, community_id, slot) else t("No channel is chosen for {slot}.", slot=Code(slot))
    )
    held = t("A moderator has paused my posts.") if delivery.is_held(tx, community_id) else None
    choose = t("A moderator chooses one with {command}.", command=Code(f"settings channel {slot}"))
    resume = t("A moderator lets them go out with {command}.", command=Code("settings resume posts"))
    return (
        Verdict(t("There is a channel for it"), lacking, choose if lacking else None, final=False),
        Verdict(t("Posts go out"), held, resume if held else None, final=False),
    )
