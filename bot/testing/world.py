# SPDX-License-Identifier: MIT
"""A small world to test cogs in: the whole bot on a temporary database, a fake chat, a clock moved by hand."""

import re
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self, TypeVar

from bot.app import App
from bot.config import Config
from bot.core.clock import ManualClock
from bot.core.courier import CourierError
from bot.core.exchange import HomeRef, PlaceRef
from bot.core.finding import Source, find_sources
from bot.core.i18n.voice import Voice
from bot.kit.cog import Cog
from bot.kit.people import HomeKind, Identity, Level, Person
from bot.platforms.memory import MemoryPlatform, Said
from bot.storage import homes, people
from bot.testing.member import Member, Spot
from bot.testing.outside import FakeOutside
from bot.testing.seen import Seen, asked_of

MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""When a world begins, unless told otherwise: a Monday at noon."""

C = TypeVar("C", bound=Cog)
_SEPARATORS = re.compile(r"\s+")


class WorldClock(ManualClock):
    """A clock that stands still until a test moves it."""

    def move(
        self, by: timedelta = timedelta(), *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0
    ) -> datetime:
        """Move the clock: `move(days=2)`, as if the machine had slept; `World.passes` lets time pass instead."""
        return super().move(by + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes))


class HomeHere:
    """A home in a test: rooms and members of its own."""

    def __init__(self, world: "World", ref: HomeRef) -> None:
        self._world = world
        self.ref = ref

    @property
    def name(self) -> str:
        """What the home is called."""
        return self.ref.name

    def place(self, name: str, *, thread: str | None = None) -> Spot:
        """Return a room of this home, or a thread in it; all members of the home are in it."""
        channel_id = f"{self.ref.external_id}/{slug(name)}"
        ref = PlaceRef(channel_id, f"{channel_id}/{slug(thread)}" if thread else None, name)
        return self._world.enter(Spot(self._world, ref, self.ref))

    def member(
        self,
        name: str,
        level: Level = Level.MEMBER,
        *,
        locale: str | None = None,
        zone: str | None = None,
        roles: frozenset[str] = frozenset(),
    ) -> Member:
        """Return a person of this home, in its room "main"."""
        return self._world.join(self, name, level, locale=locale, zone=zone, roles=roles)


class World:
    """Everything that a cog's test needs; made by `World.open`, or by the fixture `world`."""

    def __init__(
        self, chat: MemoryPlatform, clock: "WorldClock", folder: Path, cogs: tuple[type[Cog] | str, ...]
    ) -> None:
        self.chat = chat
        self.clock = clock
        self.app: App
        self._config = Config(database=folder / "refdesk.db", models=False, _env_file=None)  # type: ignore[call-arg]
        self._cogs = cogs
        self.outside = FakeOutside()
        self.questions: dict[Identity, Seen] = {}
        self._homes: dict[str, HomeHere] = {}
        self._spots: dict[str, Spot] = {}
        self._members: dict[str, dict[str, Identity]] = {}
        self._zones: dict[Identity, str] = {}
        self._arrived: set[HomeRef] = set()
        self._stack = AsyncExitStack()
        self._running = AsyncExitStack()
        self.main = self.home("Library")

    @classmethod
    async def open(cls, *cogs: type[Cog] | str, forms: bool = True, now: datetime = MONDAY) -> Self:
        """Open a world in which these cogs run: classes, or names of bundled ones; raises LoadError when one fails."""
        stack = AsyncExitStack()
        folder = stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        world = cls(MemoryPlatform(forms=forms), WorldClock(now), Path(folder), cogs)
        world._stack = stack
        await world._start()
        return world

    async def close(self) -> None:
        """Stop the bot and delete its database."""
        await self._running.aclose()
        await self._stack.aclose()

    async def restart(self) -> None:
        """Stop the bot and start it again on the same database, in the same chat."""
        await self._running.aclose()
        await self._start()

    async def _start(self) -> None:
        async with AsyncExitStack() as undo:
            undo.push_async_callback(self._stack.aclose)
            self.app = await App.open(
                self._config,
                clock=self.clock,
                platforms=[lambda _: self.chat],
                cogs=frozenset(),
                sources=sources_of(self._cogs),
                http=self.outside,
            )
            self._running = AsyncExitStack()
            self._running.push_async_callback(self.app.close)
            undo.push_async_callback(self.app.close)
            for cog in self._cogs:
                await self.app.loader.load(cog if isinstance(cog, str) else cog.name)
            undo.pop_all()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def home(self, name: str) -> HomeHere:
        """Return the home of that name, with a community of its own until it joins another."""
        if name not in self._homes:
            self._homes[name] = HomeHere(self, HomeRef(slug(name), name, HomeKind.SERVER))
        return self._homes[name]

    def place(self, name: str, *, thread: str | None = None) -> Spot:
        """Return a room of the first home."""
        return self.main.place(name, thread=thread)

    def member(
        self,
        name: str,
        level: Level = Level.MEMBER,
        *,
        home: "HomeHere | str | None" = None,
        locale: str | None = None,
        zone: str | None = None,
        roles: frozenset[str] = frozenset(),
    ) -> Member:
        """Return a person of the first home, or of another; the same name is the same person everywhere."""
        here = self.home(home) if isinstance(home, str) else home or self.main
        return here.member(name, level, locale=locale, zone=zone, roles=roles)

    async def settle(self) -> None:
        """Let everything happen that is due: jobs run, and the outbox delivers. Nothing sleeps."""
        await self.app.settled()

    async def passes(self, *, weeks: float = 0, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Let time pass as it really does: the world settles at every moment at which something is due."""
        target = self.clock.now() + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
        await self.settle()
        while (next_at := self.clock.next_at) is not None and next_at <= target:
            self.clock.set(next_at)
            await self.settle()
        self.clock.set(target)
        await self.settle()

    def cog(self, kind: type[C]) -> C:
        """Return the running cog of a class, for a look behind the scenes."""
        found = self.app.registry.cogs.get(kind.name)
        if not isinstance(found, kind):
            raise AssertionError(  # noqa: TRY004
                f"No {kind.__name__} runs; there are {', '.join(self.app.registry.cogs)}."
            )
        return found

    async def person(self, member: Member) -> Person:
        """Return a member as cogs know them."""
        identity = member.identity
        return await self.app.db.write(people.recognise, identity.platform, identity.external_id, identity.name)

    def fails(self, *errors: CourierError, arrived: bool = False) -> None:
        """Let the next deliveries of the outbox fail; with `arrived` the post is there although the bot cannot know."""
        self.chat.courier.fail(*errors, arrived=arrived)

    def join(
        self,
        home: HomeHere,
        name: str,
        level: Level,
        *,
        locale: str | None,
        zone: str | None,
        roles: frozenset[str],
    ) -> Member:
        """Let a person into a home and its rooms."""
        identity = Identity(self.chat.name, slug(name), name)
        self._members.setdefault(home.name, {})[identity.external_id] = identity
        if zone:
            self._zones[identity] = zone
        for spot in self._spots.values():
            if spot.home == home.ref:
                self.chat.rooms.join(spot.channel_id, identity)
        return Member(self, identity, home.place("main"), level, locale, roles)

    def enter(self, spot: Spot) -> Spot:
        """Open a room for the members of its home."""
        self._spots[spot.channel_id] = spot
        for name, members in self._members.items():
            if spot.home and spot.home.name == name:
                for identity in members.values():
                    self.chat.rooms.join(spot.channel_id, identity)
        return spot

    async def welcome(self, identity: Identity, home: HomeRef | None) -> None:
        """Let a home begin, its jobs planned, and set a person's time zone, before they act for the first time."""
        if home is not None and home not in self._arrived:
            self._arrived.add(home)
            await self.app.db.write(homes.arrive, self.chat.name, home.external_id, home.name, home.kind)
            await self.app.scheduler.refresh()
        if zone := self._zones.pop(identity, None):
            person = await self.app.db.write(people.recognise, identity.platform, identity.external_id, identity.name)
            await self.app.db.write(people.prefer, person.id, locale=person.locale, zone=zone)
            self.app.situations.forget()

    def look(self, said: Said) -> Seen:
        """Return a message as those see it who can."""
        asked = asked_of(said.question, said.voice, forms=self.chat.forms) if said.question else None
        return Seen(
            said, asked=asked, edited=bool(said.earlier), seen_by=self.chat.rooms.readers(said), sheet=said.sheet
        )

    def voice(self, locale: str | None = None) -> Voice:
        """Return a voice for what the test itself wants to say."""
        return self.app.catalogs.voice(locale, "UTC", self.clock.now())

    def key_of(self, command: str) -> str:
        """Return the key of a command by its name; AssertionError where there is none."""
        bound = self.app.registry.operation(command)
        if bound is None:
            names = ", ".join(each.name for each in self.app.registry.commands)
            raise AssertionError(f"There is no command {command!r}; there are {names}.")
        return bound.operation.key

    def shortcut_key(self, word: str) -> str:
        """Return the key of a shortcut by its word or its label; AssertionError where there is none."""
        for shortcut in self.app.registry.shortcuts:
            if word in (shortcut.word, shortcut.label):
                return shortcut.key
        raise AssertionError(f"There is no shortcut {word!r}.")


def sources_of(cogs: tuple[type[Cog] | str, ...]) -> Callable[[], Mapping[str, Source]]:
    """Return where the cogs of a world come from: a class of a test is taken as it is."""
    given = {
        cog.name: Source(cog.name, cog.__module__, bundled=cog.__module__.startswith("cogs."), given=cog)
        for cog in cogs
        if not isinstance(cog, str)
    }
    return lambda: find_sources() | given


def slug(name: str) -> str:
    """Turn a name into an id: "Library of X" is "library-of-x"."""
    return _SEPARATORS.sub("-", name.strip().casefold())
