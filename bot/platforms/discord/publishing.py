# SPDX-License-Identifier: MIT
"""Publishes the commands, only when they are others than those published last."""

import hashlib
import json
import logging
from importlib.metadata import version

import discord

from bot.core.health import HealthBoard
from bot.core.i18n.catalogs import Catalogs
from bot.core.registry import Registry
from bot.kit.database import Database
from bot.kit.health import State
from bot.kit.text import t
from bot.platforms.discord import store
from bot.platforms.discord.commands import Json, payload
from bot.platforms.discord.wire import BROKEN

log = logging.getLogger(__name__)

PUBLISHED = "commands"
"""The fact that keeps the digest of what was published last."""

MADE_FROM = "commands made from"
"""The fact that keeps what they were made from: while that is the same, no catalog need be read to know them."""

PART = "discord commands"


class Publisher:
    """Brings Discord's list of commands up to date."""

    def __init__(self, db: Database, registry: Registry, catalogs: Catalogs, health: HealthBoard) -> None:
        self._db = db
        self._registry = registry
        self._catalogs = catalogs
        self._health = health

    def commands(self) -> list[Json]:
        """Return the commands as they are published now."""
        registry = self._registry
        return payload(registry.commands, registry.shortcuts, registry.groups, self._catalogs)

    def _made_from(self) -> str:
        registry = self._registry
        english = payload(registry.commands, registry.shortcuts, registry.groups, Catalogs())
        return f"{version('refdesk')}:{digest_of(english)}:{self._catalogs.fingerprint}"

    async def publish(self, client: discord.Client) -> bool:
        """Publish the commands unless Discord has them already; tell whether anything was sent. Never raises."""
        made_from = f"{client.application_id}:{self._made_from()}"
        if await self._db.read(store.state, MADE_FROM) == made_from:
            return False
        commands = self.commands()
        digest = f"{client.application_id}:{digest_of(commands)}"
        if await self._db.read(store.state, PUBLISHED) == digest:
            await self._db.write(store.set_state, MADE_FROM, made_from)
            return False
        try:
            published: list[Json] = list(commands)
            await client.http.bulk_upsert_global_commands(client.application_id or 0, published)
        except (discord.DiscordException, *BROKEN) as error:
            log.warning("The commands could not be published; those published before stay: %s", error)
            self._health.report(
                PART, State.DEGRADED, t("The commands could not be published: {reason}", reason=str(error))
            )
            return False
        await self._db.write(store.set_state, PUBLISHED, digest)
        await self._db.write(store.set_state, MADE_FROM, made_from)
        self._health.withdraw(PART)
        log.info("Published %d commands.", len(commands))
        return True


def digest_of(commands: list[Json]) -> str:
    """Return what tells whether the commands are others."""
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()
