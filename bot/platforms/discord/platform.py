# SPDX-License-Identifier: MIT
"""Discord as a platform: connects, passes on what happens, and stays connected by itself."""

import asyncio
import importlib.resources
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import discord

from bot.config import ConfigError
from bot.core.alarm import sleep_until
from bot.core.clock import WakingClock
from bot.core.health import HealthBoard
from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.core.inbox import Inbox
from bot.core.registry import Registry
from bot.core.tasks import Tasks
from bot.kit.health import State
from bot.kit.people import Place
from bot.kit.posting import Poster
from bot.kit.reply import Reply
from bot.kit.text import Text, t
from bot.platforms.discord import watching
from bot.platforms.discord.client import Address, Link, ShardedLink, begin_anew, make_client, redirect
from bot.platforms.discord.courier import DiscordCourier
from bot.platforms.discord.exchange import Desk
from bot.platforms.discord.limits import NAME
from bot.platforms.discord.listening import Listener
from bot.platforms.discord.naming import Tongue
from bot.platforms.discord.permissions import (
    CALL_ROLES,
    CREATE_THREADS,
    channel_of,
    lacking,
    lacking_for_events,
)
from bot.platforms.discord.publishing import Publisher
from bot.platforms.discord.render import Sheet, render
from bot.platforms.discord.routing import Router
from bot.platforms.discord.speaking import Speaker
from bot.platforms.discord.wire import BROKEN
from bot.storage import homes
from bot.storage.database import SqliteDatabase
from bot.storage.migrate import migrations_of

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds that the start waits for Discord; past that, connecting goes on by itself."""

GRACE = 3.0
"""Seconds that commands under way have to end when the bot stops."""

LONGEST_PAUSE = 60.0

SHARDING = 4011

INTEGRATIONS = t(
    "Who sees which command is also decided by Discord: Server Settings → Integrations → this bot. "
    "What is hidden there is not offered; what may be done is checked here all the same."
)

REFUSED = "Discord does not accept DISCORD_TOKEN. Copy the token anew from your application's page Bot."
PRIVILEGED = "Discord refuses the connection: an intent was asked for that the application's page Bot does not grant."


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the platform takes from the application. `forget` drops what is remembered of people and places."""

    db: SqliteDatabase
    clock: WakingClock
    catalogs: Catalogs
    registry: Registry
    health: HealthBoard
    poster: Poster
    forget: Callable[[], None]


CLOSED = {
    4004: REFUSED,
    SHARDING: "Discord wants several connections for a bot in so many servers: set DISCORD_SHARDED=yes.",
    4012: "Discord does not speak with this version of discord.py any more: update Refdesk.",
    4013: "Discord does not know an intent that was asked for: update Refdesk.",
}
"""What only the operator can mend, by the code with which Discord closes the gateway. One that shards asks anew."""

Connect = Callable[[Link | ShardedLink, str], Awaitable[None]]
"""Signs in and stays connected until the client is closed."""


async def stay_connected(client: Link | ShardedLink, token: str) -> None:
    """Sign in and stay connected; raises LoginFailure or PrivilegedIntentsRequired."""
    await client.login(token)
    await client.connect(reconnect=True)


@dataclass(slots=True)
class DiscordPlatform:
    """Discord. `connect` is what signs in, where a test brings its own; `tuning` are options of discord.py's."""

    around: Surroundings
    token: str
    address: Address = field(default_factory=Address)
    sharded: bool = False
    connect: Connect = stay_connected
    tuning: Mapping[str, Any] = field(default_factory=dict)
    name: str = NAME
    client: Link | ShardedLink = field(init=False)
    courier: DiscordCourier = field(init=False)
    publisher: Publisher = field(init=False)
    _speaker: Speaker = field(init=False)
    _tongue: Tongue = field(init=False)
    _under_way: Tasks = field(init=False, default_factory=Tasks)
    _own: Tasks = field(init=False, default_factory=Tasks)
    _names: dict[str, str] = field(init=False, default_factory=dict)
    _handled: list[str] = field(init=False, default_factory=list)
    _failure: ConfigError | None = field(init=False, default=None)
    _stopped: bool = field(init=False, default=False)
    _first: asyncio.Event = field(init=False, default_factory=asyncio.Event)
    _unlisten: Callable[[], None] | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        around = self.around
        self.client = make_client(sharded=self.sharded, **self.tuning)
        self._speaker = Speaker(self.client)
        self._tongue = Tongue(around.registry, around.catalogs)
        self.courier = DiscordCourier(self.client, self._speaker, around.db, self._tongue.style)
        self.publisher = Publisher(around.db, around.registry, around.catalogs, around.health)

    async def start(self, inbox: Inbox) -> None:
        """Connect; returns when events flow, or soon after when Discord cannot be reached. Raises ConfigError."""
        await self.around.db.migrate(migrations_of(NAME, importlib.resources.files("migrations") / NAME))
        redirect(self.address)
        present = await self.around.db.read(homes.present, NAME)
        self._names |= {home.external_id: home.name for home in present}
        self._listen(inbox)
        self.around.health.report(NAME, State.DEGRADED, t("Connecting to Discord."))
        running = self._own.spawn("discord", self._run())
        first = self._own.spawn("discord.first", self._first.wait())
        await asyncio.wait([running, first], timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        first.cancel()
        if self._failure is not None:
            raise self._failure

    async def stop(self) -> None:
        """Let commands under way end within seconds, and disconnect."""
        if self._stopped:
            return
        self._stopped = True
        if self._unlisten:
            self._unlisten()
        ending = self._own.spawn("discord.ending", self._under_way.wait())
        await asyncio.wait([ending], timeout=GRACE)
        if left := self._under_way.names:
            log.warning("%d commands did not end in time.", len(left))
        await self._under_way.cancel_all()
        self.client.act = None
        for name in self._handled:
            delattr(self.client, name)
        self._handled.clear()
        await self.client.close()
        await self._own.cancel_all()
        self.around.health.withdraw(NAME)

    def render(self, reply: Reply, voice: Voice) -> Sheet:
        """Turn a reply into the pages that are sent."""
        return render(reply, voice, style=self._tongue.style(voice.language))

    @property
    def advice(self) -> tuple[Text, ...]:
        """What moderators should know besides: the page where Discord itself hides commands."""
        return (INTEGRATIONS,)

    def lacking(self, place: Place, *, calendar: bool = False) -> tuple[Text, ...]:
        """Return the permissions that the bot lacks to post in a place, and to make events of its server."""
        found = lacking(self.client, place, files=True)
        if place.channel_id.isdigit() and self.courier.threads.wanting(int(place.channel_id)):
            found = (*found, CREATE_THREADS)
        if self.courier.calling.wanting(place):
            found = (*found, CALL_ROLES)
        channel = channel_of(self.client, place) if calendar else None
        return found if channel is None else (*found, *lacking_for_events(self.client, channel.guild.id))

    async def _run(self) -> None:
        """Stay connected, and try again as long as Discord cannot be reached."""
        pause = 1.0
        while not self._stopped:
            try:
                await self.connect(self.client, self.token)
            except discord.LoginFailure:
                return self._give_up(REFUSED)
            except discord.PrivilegedIntentsRequired:
                return self._give_up(PRIVILEGED)
            except (discord.DiscordException, *BROKEN) as error:
                if words := self._hopeless(error):
                    return self._give_up(words)
                log.warning("Discord cannot be reached (%s); trying again in %.0f seconds.", error, pause)
                self._report_down(str(error))
                await begin_anew(self.client)
                await sleep_until(self.around.clock, self.around.clock.now() + timedelta(seconds=pause))
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                return None
        return None

    def _hopeless(self, error: BaseException) -> str | None:
        """Return what is to be done where trying again would be in vain."""
        code = error.code if isinstance(error, discord.ConnectionClosed) else None
        return None if code == SHARDING and self.sharded else CLOSED.get(code or 0)

    def _give_up(self, words: str) -> None:
        """Note what only the operator can mend; a start that still goes on ends with it."""
        log.error("%s", words)
        self._report_down(words)
        self._failure = ConfigError(words)

    def _report_down(self, reason: str) -> None:
        self.around.health.report(NAME, State.DOWN, t("Not connected to Discord: {reason}", reason=reason))

    def _listen(self, inbox: Inbox) -> None:
        around = self.around
        desk = Desk(around.db, around.clock, self._own, self._speaker, self._names, self._tongue.style)
        router = Router(inbox, around.registry, around.catalogs, desk)
        listener = Listener(inbox, desk, self._command_names)
        watched = watching.Surroundings(around.db, around.clock, around.poster, around.forget, self._command_names)
        watcher = watching.Watcher(self.client, watched)

        def act(interaction: discord.Interaction) -> None:
            self._begin(f"discord.{interaction.id}", router.take(interaction))

        async def on_message(message: discord.Message) -> None:
            if self.client.user is not None:
                self._begin(f"discord.{message.id}", listener.take(message, self.client.user.id))

        async def on_connect() -> None:
            self._first.set()
            around.health.report(NAME, State.OK)

        async def on_resumed() -> None:
            around.health.report(NAME, State.OK)

        async def on_disconnect() -> None:
            around.health.report(NAME, State.DEGRADED, t("Connecting to Discord anew."))

        followed = [self._following(getattr(watcher, name)) for name in dir(watcher) if name.startswith("on_")]
        self.client.act = act
        for handler in (on_message, on_connect, on_resumed, on_disconnect, *followed):
            self._handled.append(handler.__name__)
            setattr(self.client, handler.__name__, handler)
        self.client.prepare = self._publish
        self._unlisten = around.registry.on_change(self._publish_anew)

    def _command_names(self) -> frozenset[str]:
        return frozenset(command.name for command in self.around.registry.commands)

    def _following(self, handler: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., Any]:
        """Return a handler of discord.py's events that ends with the platform."""

        async def follow(*about: Any) -> None:
            self._begin(handler.__name__, handler(*about))

        follow.__name__ = handler.__name__
        return follow

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Act on an event, unless the bot is stopping: then Discord tells the person that nobody answered."""
        if self._stopped:
            work.close()
            return
        self._under_way.spawn(name, work)

    async def _publish(self) -> None:
        self._own.spawn("discord.publish", self.publisher.publish(self.client))

    def _publish_anew(self) -> None:
        self._tongue.forget()
        if self.client.is_ready() and not self._stopped:
            self._own.spawn("discord.publish", self.publisher.publish(self.client))
