# SPDX-License-Identifier: MIT
"""The composition root: the one file that knows everybody."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any, Self, cast

from bot.config import Config
from bot.core import desks
from bot.core.asking import Asking
from bot.core.awaiting import Awaiting
from bot.core.bindings import Bindings
from bot.core.catalogue import CatalogueView
from bot.core.checkup import Checkup
from bot.core.clock import SystemClock, WakingClock
from bot.core.completing import Completing
from bot.core.contexts import Contexts
from bot.core.desks.places import Inspector
from bot.core.dispatcher import Dispatcher
from bot.core.feedserver import FeedServer
from bot.core.finding import Source, find_sources
from bot.core.forgetting import Forgetting
from bot.core.gate import Gate
from bot.core.health import HealthBoard
from bot.core.i18n.catalogs import Catalogs
from bot.core.inbox import Inbox
from bot.core.interest import Interest
from bot.core.loader import Loader
from bot.core.monitor import Monitor
from bot.core.outbox.office import Outbox
from bot.core.outbox.telling import tell_of_parked
from bot.core.outside import Outside, services_of
from bot.core.providers import Toolbox
from bot.core.quiet import quiet_until
from bot.core.ranks import KnownLevels
from bot.core.ratelimit import DEFAULT, Rate, RateLimit
from bot.core.registry import Registry
from bot.core.resolving import Directory, Introducer
from bot.core.retention import AUDIT, PARKED, Retention
from bot.core.scheduler import Scheduler
from bot.core.settings import SettingsBook
from bot.core.situations import Situations
from bot.core.steps import steps_of
from bot.core.tasks import Tasks
from bot.kit import (
    Audit,
    CalendarFeeds,
    Catalogue,
    ChatCalendars,
    Clock,
    Cog,
    Copies,
    Database,
    Health,
    Http,
    Levels,
    LevelsDesk,
    LinksDesk,
    ModerationDesk,
    Numbers,
    OwnSettings,
    PlacesDesk,
    Poster,
    PrivacyDesk,
    Reports,
    Services,
    SettingsDesk,
    Timers,
    Transaction,
    Workspace,
)
from bot.platforms.base import Platform
from bot.storage import audit, homes, numbers
from bot.storage.database import SqliteDatabase
from bot.storage.filesystem import network_file_system
from bot.storage.migrate import all_migrations
from bot.storage.outbox import OutboxRow

log = logging.getLogger(__name__)


class App:
    """The whole bot, put together. Open it with `open`, close it with `close` or `async with`."""

    def __init__(
        self,
        config: Config,
        db: SqliteDatabase,
        clock: WakingClock,
        catalogs: Catalogs,
        sources: Callable[[], Mapping[str, Source]] = find_sources,
        http: Http | None = None,
        rate: Rate = DEFAULT,
    ) -> None:
        self.config = config
        self.db = db
        self.clock = clock
        self.catalogs = catalogs
        self.tasks = Tasks()
        self.registry = Registry()
        self.health = HealthBoard(clock)
        self.settings = SettingsBook(db)
        self.situations = Situations(db, clock, frozenset(config.owners), self._plan)
        self.gate = Gate(self.settings)
        self.awaiting = Awaiting(db, clock)
        self.scheduler = Scheduler(db, clock, self.settings, self.health)
        self.outbox = Outbox(db, clock, catalogs.voice, self.health, on_parked=self._tell_of_parked, quiet=quiet_until)
        self.outside = Outside(config, clock)
        self.http: Http = http or self.outside
        self.forgetting = Forgetting(self.registry, sources)
        self.retention = Retention(db, clock, self.tasks, self.forgetting, db.checkpoint, self.refresh)
        self.monitor = Monitor(self.health, db, config.database)
        self.feeds = FeedServer(self._calendar_feeds)
        self.platforms: list[Platform] = []
        self._closing = AsyncExitStack()
        self._caught_up: dict[str, Cog] = {}
        self.limit = RateLimit(clock, rate=rate)
        self.inbox = self._build_inbox(self.limit)
        self.loader = Loader(
            self.registry,
            Toolbox(self.registry, self._tools()),
            self.scheduler,
            self._migrate_cog,
            sources=sources,
            reports=self.health,
        )

    @classmethod
    async def open(
        cls,
        config: Config,
        *,
        clock: WakingClock | None = None,
        platforms: Sequence[Callable[["App"], Platform]] = (),
        cogs: frozenset[str] | None = None,
        sources: Callable[[], Mapping[str, Source]] = find_sources,
        http: Http | None = None,
        rate: Rate = DEFAULT,
    ) -> Self:
        """Open and migrate the database, load the cogs, start the platforms; undoes what it did when it raises.

        `http` stands in for the world outside, as tests want it; `rate` is how often a person may run one command.
        """
        clock = clock or SystemClock()
        db = await SqliteDatabase.open(config.database, clock, create=True, sole=True)
        try:
            await db.migrate([step for step in all_migrations() if step.owner == "core"])
            app = cls(config, db, clock, Catalogs.load(lazily=True), sources, http, rate)
        except BaseException:
            await db.close()
            raise
        app._closing.push_async_callback(db.close)
        app._closing.push_async_callback(app.outside.close)
        try:
            await app._start(platforms, cogs)
        except BaseException:
            await app.close()
            raise
        return app

    async def close(self) -> None:
        """Stop everything in reverse; a second call does nothing."""
        await self._closing.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def refresh(self) -> None:
        """Forget what is remembered of the database: something was changed there."""
        self.settings.forget()
        self.situations.forget()
        self.awaiting.forget()
        self.outbox.wake()
        self._plan()

    async def ready(self) -> None:
        """Wait for what the cogs load behind the start: for scripts, whose first line would else come before it."""
        for cog in list(self.registry.cogs.values()):
            await cog.ready()

    async def settled(self) -> None:
        """Wait until nothing more happens before the clock moves on: for tests and demonstrations."""
        await self.tasks.wait()
        await self.scheduler.settled()
        await self.outbox.settled()

    async def _start(self, platforms: Sequence[Callable[["App"], Platform]], cogs: frozenset[str] | None) -> None:
        self.db.on_foreign_change(self.refresh)
        self.registry.on_change(self._catch_up)
        if kind := network_file_system(self.config.database):
            log.warning("The database is on a network file system (%s), which may damage it: use a local disk.", kind)
        self._closing.push_async_callback(self.tasks.cancel_all)
        self._closing.push_async_callback(self.loader.close)
        await self.loader.load_all(cogs if cogs is not None else frozenset(self.config.cogs) or None)
        self.platforms += [build(self) for build in platforms]
        await self._connect_all()
        self._closing.push_async_callback(self.scheduler.stop)
        await self.scheduler.start()
        self._closing.callback(self.retention.stop)
        if self.config.metrics_port:
            self._closing.push_async_callback(self.monitor.stop)
            await self.monitor.start(self.config.metrics_port)
        if self.config.calendar_port:
            self._closing.push_async_callback(self.feeds.stop)
            await self.feeds.start(self.config.calendar_host, self.config.calendar_port)
        self.retention.start()

    async def _connect_all(self) -> None:
        """Connect to all chats at the same time, since each waits for its network; raises the first one's error."""
        outcomes = await asyncio.gather(*map(self._connect, self.platforms), return_exceptions=True)
        for outcome in outcomes:
            if outcome is not None:
                raise outcome

    async def _connect(self, platform: Platform) -> None:
        self._closing.push_async_callback(platform.stop)
        await platform.start(self.inbox)
        self._closing.push_async_callback(self.outbox.close, platform.name)
        await self.outbox.open(platform.name, platform.courier)

    def _calendar_feeds(self) -> CalendarFeeds | None:
        provider = self.registry.provider(CalendarFeeds)
        return cast("CalendarFeeds | None", provider)

    def _tell_of_parked(self, tx: Transaction, row: OutboxRow) -> None:
        tell_of_parked(tx, row, self.outbox.poster)

    def _build_inbox(self, limit: RateLimit) -> Inbox:
        contexts = Contexts(self.catalogs, self.settings, Directory(self.db, self._introducers), self.clock)
        completing = Completing(contexts)
        asking = Asking(self.db, completing, self.awaiting, self.registry)
        dispatcher = Dispatcher(
            self.registry, self.situations, self.gate, limit, contexts, asking, self.health, self.clock
        )
        return Inbox(
            self.registry, self.situations, contexts, self.gate, dispatcher, asking, completing, Bindings(self.db)
        )

    def _tools(self) -> dict[type, Any]:
        return {
            Audit: audit,
            Catalogue: CatalogueView(self.registry, self.gate, self.situations, self.limit, self.db),
            ChatCalendars: Interest(self.db, self.outbox.calendar),
            Http: self.http,
            Levels: KnownLevels(self.config.owners),
            LevelsDesk: desks.Levels(self.db, self.refresh),
            LinksDesk: desks.Links(self.db, self.refresh),
            ModerationDesk: desks.Moderation(
                self.db,
                self.outbox,
                Checkup(self.db, self.registry, lambda: self.loader.failures),
                self.refresh,
            ),
            Numbers: numbers,
            OwnSettings: self.settings,
            PlacesDesk: desks.Places(self.db, self.refresh, self._inspectors),
            Poster: self.outbox.poster,
            PrivacyDesk: desks.Privacy(
                self.db, self.registry, self.forgetting, self._copies(), self.refresh, self.db.checkpoint
            ),
            SettingsDesk: desks.Settings(self.db, self.registry, self.settings, self.catalogs, self.refresh),
            Timers: self.scheduler.timers,
            Clock: self.clock,
            Database: self.db,
            Health: self.health,
            Reports: self.health,
            Services: services_of(self.config),
            Workspace: Workspace(self.config.cache_folder, self.config.models, self.config.calendar_address),
        }

    def _copies(self) -> Copies:
        return Copies(
            backup_days=self.config.backup_days,
            log_days=self.config.log_days,
            left_home_days=homes.KEPT_AFTER_LEAVING.days,
            audit_days=AUDIT.days,
            post_days=PARKED.days,
            outside=bool(self.config.contact),
        )

    def _catch_up(self) -> None:
        """Let cogs that came forget whom they have still to forget."""
        came = [cog for cog in self.registry.cogs.values() if cog is not self._caught_up.get(cog.name)]
        self._caught_up = dict(self.registry.cogs)
        for cog in came:
            self.tasks.spawn(f"catch up {cog.name}", self.forgetting.catch_up(self.db, cog))

    def _inspectors(self) -> list[Inspector]:
        """Return the platforms that can tell whether the bot may do its work in a place."""
        return [platform for platform in self.platforms if isinstance(platform, Inspector)]

    def _introducers(self) -> list[Introducer]:
        """Return the platforms that know who has an account."""
        return [platform for platform in self.platforms if isinstance(platform, Introducer)]

    def _plan(self) -> None:
        self.tasks.spawn("plan the jobs anew", self.scheduler.refresh())

    async def _migrate_cog(self, source: Source) -> None:
        await self.db.migrate(steps_of(source))
