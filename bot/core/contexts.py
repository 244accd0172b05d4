# SPDX-License-Identifier: MIT
"""Builds what a handler is told about the moment it runs in."""

from typing import Any

from bot.core.exchange import Origin
from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.core.registry import Bound
from bot.core.resolving import Directory, HereResolver
from bot.core.run import Run, RunSpeaker
from bot.core.settings import SettingsBook
from bot.core.situation import Situation
from bot.kit.context import Context
from bot.kit.moment import Clock


class Contexts:
    """Makes contexts and voices."""

    def __init__(self, catalogs: Catalogs, settings: SettingsBook, directory: Directory, clock: Clock) -> None:
        self._catalogs = catalogs
        self._settings = settings
        self._directory = directory
        self._clock = clock

    def voice(self, here: Situation) -> Voice:
        """Return the voice that speaks to the asker."""
        return self._catalogs.voice(here.locale, here.zone, self._clock.now())

    def voice_for(self, origin: Origin) -> Voice:
        """Return a voice for somebody of whom only the event is known."""
        return self._catalogs.voice(origin.locale, "UTC", self._clock.now())

    def resolver(self, here: Situation) -> HereResolver:
        """Return what finds people and places that the asker names."""
        return HereResolver(self._directory, here)

    async def plain(self, bound: Bound, here: Situation) -> Context:
        """Build a context that cannot speak: for completers."""
        return await self._context(bound, here, self.voice(here))

    async def build(self, run: Run) -> Context:
        """Build the context of a run."""
        return await self._context(
            run.bound,
            run.here,
            run.voice,
            confirmed=run.call.confirmed,
            message=run.exchange.origin.message,
            overheard=run.exchange.origin.overheard,
            speaker=RunSpeaker(run),
        )

    async def _context(self, bound: Bound, here: Situation, voice: Voice, **more: Any) -> Context:
        place = here.place
        return Context(
            person=here.person,
            place=place,
            community=here.community,
            level=here.level,
            now=self._clock.now(),
            local_level=here.local_level,
            locale=voice.language,
            zone=here.zone,
            home=here.home,
            settings=await self._settings.of(bound.cog, here.community.id, place.id, place.channel_place_id or 0),
            **more,
        )
