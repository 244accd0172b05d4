# SPDX-License-Identifier: MIT
"""What can be done, for the cog that explains it: the registry as a person in a place may see it."""

from bot.core.gate import Gate
from bot.core.registry import Registry
from bot.core.situation import Situation
from bot.core.textline import usage
from bot.kit.context import Context
from bot.kit.needs import Verdict
from bot.kit.operation import Command, Shortcut


class CatalogueView:
    """Implements `bot.kit.needs.Catalogue`."""

    def __init__(self, registry: Registry, gate: Gate) -> None:
        self._registry = registry
        self._gate = gate

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

    async def verdicts(self, ctx: Context, command: Command) -> tuple[Verdict, ...]:
        """Return, check by check, whether the asker may use a command here."""
        checks = await self._gate.checks(command, _situation(ctx))
        return tuple(Verdict(check.name, check.refusal) for check in checks)

    def usage(self, command: Command) -> str:
        """Return how a command is typed."""
        return usage(command)


def _situation(ctx: Context) -> Situation:
    return Situation(ctx.person, ctx.place, ctx.home, ctx.community, ctx.level, ctx.local_level, ctx.locale, ctx.zone)
