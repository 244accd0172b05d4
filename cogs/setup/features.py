# SPDX-License-Identifier: MIT
"""Which features are on, for the set-up."""

from collections.abc import Mapping

from bot.kit import Catalogue, Context, NotFound, SettingsDesk, Text, t

OFFERED = ("faq", "requests", "events")
"""What a community may well do without; the rest is needed to run the bot."""


class Features:
    """The features that the set-up offers."""

    def __init__(self, catalogue: Catalogue, desk: SettingsDesk) -> None:
        self._catalogue = catalogue
        self._desk = desk

    async def all(self, ctx: Context) -> Mapping[str, bool]:
        """Return the features that run, and whether each is on in this community."""
        running = {command.cog for command in self._catalogue.commands}
        return {name: await self._desk.enabled(ctx, name) for name in OFFERED if name in running}

    async def toggle(self, ctx: Context, name: str) -> None:
        """Switch a feature on or off; raises NotFound for one that is not offered."""
        now = await self.all(ctx)
        if name not in now:
            raise NotFound(t("There is no feature {name} here.", name=name))
        await self._desk.switch(ctx, name, not now[name])

    def shown(self, features: Mapping[str, bool]) -> Text:
        """Say which are on."""
        on = ", ".join(name for name, enabled in features.items() if enabled)
        off = ", ".join(name for name, enabled in features.items() if not enabled)
        if not off:
            return t("on: {on}", on=on)
        return t("on: {on}; off: {off}", on=on or "–", off=off)
