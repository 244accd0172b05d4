# SPDX-License-Identifier: MIT
"""Matrix: a bot that is never deaf, never shown as untrusted, and answers where it was asked."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from vodozemac import PickleException

from bot.core.alarm import sleep_until
from bot.core.health import HealthBoard
from bot.core.i18n.voice import Voice
from bot.core.inbox import Inbox
from bot.core.tasks import Tasks
from bot.kit import people
from bot.kit.health import State
from bot.kit.reply import Reply
from bot.kit.text import t
from bot.platforms.matrix import store
from bot.platforms.matrix.account import Account
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.courier import MatrixCourier
from bot.platforms.matrix.encryption import Encryption
from bot.platforms.matrix.epoch import PERIOD, Epoch
from bot.platforms.matrix.errors import MatrixError, Refusal, Revoked, StartError
from bot.platforms.matrix.identity import Identity
from bot.platforms.matrix.keystore import BrokenKeysError, Folder, Login
from bot.platforms.matrix.machine import Machine
from bot.platforms.matrix.mouth import wait_after
from bot.platforms.matrix.render import Sheet, render
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.session import Session, Surroundings
from bot.platforms.matrix.settings import Matrix
from bot.platforms.matrix.wire import Wire
from bot.storage.migrate import Migration, migrations_of

log = logging.getLogger(__name__)

ENDING = 2.0
"""Seconds that answers under way have to end when the bot stops."""

TIDY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Setup:
    """What the operator says of the account: a password, or a token with its device.

    `pace` is in posts a second; `haste` divides every limit of time, where the homeserver is known to be near.
    """

    homeserver: str
    user_id: str = ""
    password: SecretStr | None = None
    token: SecretStr | None = None
    device_id: str = ""
    folder: Path = Path("data/matrix")
    welcome: tuple[str, ...] = ()
    pace: float = 1.0
    encryption: bool = True
    haste: float = 1.0


class MatrixPlatform:
    """The platform; connects in `start`, or goes on trying while the homeserver is away."""

    name = store.PLATFORM

    def __init__(self, setup: Setup, given: Surroundings, health: HealthBoard) -> None:
        self.rooms = Rooms()
        self.courier = MatrixCourier(self.rooms, given.clock, setup.pace)
        self.session: Session | None = None
        self._setup = setup
        self._given = given
        self._health = health
        self._wire = Wire(setup.homeserver, setup.haste)
        self._api = Api(self._wire)
        self._folder = Folder(setup.folder)
        self._account = Account(
            self._api,
            self._folder,
            given.clock,
            user_id=setup.user_id,
            password=setup.password,
            token=setup.token,
            device_id=setup.device_id,
            encrypted=setup.encryption,
        )
        self._epoch = Epoch(self._api, self._folder)
        self._machine: Machine | None = None
        self._inbox: Inbox | None = None
        self._unlisten: Callable[[], None] | None = None

    async def start(self, inbox: Inbox) -> None:
        """Log in and begin to listen. Raises StartError where the operator must mend something."""
        self._inbox = inbox
        await self._given.migrate()
        self._given.registry.add(Matrix())
        self._unlisten = self._given.registry.on_change(self._publish)
        try:
            await self._connect()
        except MatrixError as error:
            self._troubled(error)
            log.warning("Matrix is not reached yet, I go on trying: %s", error)
        self._given.tasks.spawn("matrix", self._run())
        self._given.tasks.spawn("matrix.tidy", self._tidy())
        if self._setup.encryption:
            self._given.tasks.spawn("matrix.epoch", self._turn())

    async def stop(self) -> None:
        """Let answers end, and disconnect; a second call does nothing."""
        if self._unlisten is not None:
            self._unlisten()
            self._unlisten = None
            self._given.registry.remove(Matrix.name)
        self.courier.desk = None
        if self.session is not None:
            try:
                async with asyncio.timeout(ENDING):
                    await self.session.lanes.settled()
            except TimeoutError:
                log.warning("Some answers on Matrix were not finished; who asked is told after the next start.")
        await self._given.tasks.cancel_all()
        if self.session is not None:
            await self.session.errands.cancel_all()
        self._close_keys()
        await self._wire.close()

    async def introduce(self, homes: Collection[str], account: str) -> people.Identity | None:
        """Return somebody who is in one of some homes, and may never have said a word to the bot."""
        return None if self.session is None else await self.session.standing.identity(homes, account)

    def render(self, reply: Reply, voice: Voice) -> Sheet:
        """Render a reply; pure."""
        return render(reply, voice)

    async def _run(self) -> None:
        attempts = 0
        while True:
            try:
                session = self.session or await self._connect()
                attempts = 0
                await session.sync.run()
            except Revoked as error:
                if not await self._come_back(error):
                    return
            except StartError as error:
                self._give_up(error)
                return
            except MatrixError as error:
                attempts += 1
                self._troubled(error)
                wait = wait_after(error, attempts) or 60.0
                await sleep_until(self._given.clock, self._given.clock.now() + timedelta(seconds=wait))

    async def _connect(self, login: Login | None = None) -> Session:
        """Log in, unless that is done, and put the parts together. Raises StartError and MatrixError."""
        login = login or await self._account.enter()
        encryption = None
        if self._setup.encryption:
            login, encryption = await self._open_keys(login)
        session = Session(
            self._api, self.rooms, self._given, self._known_inbox, encryption, self._setup.welcome, self._troubled
        )
        await session.load()
        self.session = session
        self.courier.login = login
        self.courier.encryption = encryption
        self.courier.desk = session.desk
        return session

    async def _open_keys(self, login: Login) -> tuple[Login, Encryption]:
        """Open the device's keys and publish them; where they are of no use, become a new device."""
        login = await self._current(login)
        for last in (False, True):
            self._close_keys()
            try:
                store_ = self._folder.open_keys(login.user_id, login.device_id)
                self._machine = machine = Machine(self._api, store_)
                await machine.publish()
                break
            except (BrokenKeysError, PickleException) as error:
                why: Exception = error
                self._folder.set_aside(login.user_id, login.device_id)
            except Revoked:
                raise
            except Refusal as error:
                if wait_after(error, 1) is not None:
                    raise
                why = error
            if last:
                raise StartError(f"The keys of the Matrix device cannot be used: {why}")
            log.warning("The keys of the Matrix device %s are of no use (%s).", login.device_id, why)
            login = await self._account.renew()
        await self._epoch.turn(login)
        await Identity(self._api, self._folder, machine, self._account.password).ensure()
        return login, Encryption(self._api, self.rooms, machine)

    async def _current(self, login: Login) -> Login:
        """Return a device whose keys are not an old copy: this one, or a new one. Raises StartError and MatrixError."""
        if await self._epoch.is_current(login):
            return login
        why = f"The keys of the Matrix device {login.device_id} in {self._setup.folder} are an old copy, already used"
        if not self._account.password:
            raise StartError(
                f"{why}: others could not read what I say. Make a token for a new device, or set MATRIX_PASSWORD."
            )
        log.warning("%s. I log in as a new device: what was said before cannot be read any more.", why)
        self._folder.set_aside(login.user_id, login.device_id)
        return await self._account.renew()

    async def _come_back(self, error: Revoked) -> bool:
        """After the token was revoked: log in anew where the password is known; else stop, for good. True: go on."""
        await self._disconnect()
        device_id = self._api.device_id if error.soft else ""
        if device_id:
            log.warning("Matrix has logged the device %s out; I log in as it again.", device_id)
        else:
            log.warning(
                "The Matrix device %s was removed or its token revoked, so its keys are worth nothing. "
                "I log in as a new device.",
                self._api.device_id,
            )
        try:
            await self._connect(await self._account.renew(device_id))
        except StartError as reason:
            self._give_up(reason)
            return False
        except MatrixError as reason:
            self._troubled(reason)
            await sleep_until(self._given.clock, self._given.clock.now() + timedelta(seconds=5))
        return True

    async def _disconnect(self) -> None:
        session, self.session, self.courier.desk = self.session, None, None
        if session is not None:
            await session.errands.cancel_all()

    async def _tidy(self) -> None:
        while True:
            await self._given.db.write(store.tidy)
            await sleep_until(self._given.clock, self._given.clock.now() + TIDY)

    async def _turn(self) -> None:
        while True:
            await sleep_until(self._given.clock, self._given.clock.now() + PERIOD)
            try:
                if self.courier.login is not None and self.courier.desk is not None:
                    await self._epoch.turn(self.courier.login)
            except MatrixError as error:
                log.info("The homeserver could not be told that the keys moved on: %s", error)

    def _publish(self) -> None:
        if self.session is not None:
            self.session.publish_everywhere()

    def _troubled(self, error: MatrixError | None) -> None:
        if error is None:
            self._health.report(self.name, State.OK)
        else:
            self._health.report(self.name, State.DEGRADED, t("Matrix does not answer: {reason}", reason=str(error)))

    def _give_up(self, error: StartError) -> None:
        log.critical("Matrix is switched off until the bot is started again: %s", error)
        self._health.report(self.name, State.DOWN, t("Matrix is switched off: {reason}", reason=str(error)))

    def _close_keys(self) -> None:
        machine, self._machine = self._machine, None
        if machine is not None:
            machine.close()

    @property
    def tasks(self) -> Tasks:
        """What runs in the background."""
        return self._given.tasks

    @property
    def _known_inbox(self) -> Inbox:
        if self._inbox is None:
            raise RuntimeError("The platform has not been started.")
        return self._inbox


def migrations() -> tuple[Migration, ...]:
    """Return the platform's own migrations."""
    folder: Any = resources.files("migrations") / store.PLATFORM
    return migrations_of(store.PLATFORM, folder)
