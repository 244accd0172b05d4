# SPDX-License-Identifier: MIT
"""The FAQ that `ask` and `faq eval` ask: a community's, or the starter set where there is no database yet."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from bot.cli.cache import users_cache
from bot.cli.community import find_community, open_database

if TYPE_CHECKING:
    from bot.config import Config
    from bot.kit import Workspace
    from cogs.faq.command_line import Desk

T = TypeVar("T")


def with_desk(config: "Config", community: str | None, use: "Callable[[Desk], T]", *, starter: bool = False) -> T:
    """Return what `use` makes of the FAQ."""
    from cogs.faq.command_line import starter_desk

    if not starter and config.database.exists():
        found = asyncio.run(_with_community(config, community, use))
        if found is not None:
            return found[0]
    return use(starter_desk(_workspace(config)))


async def _with_community(config: "Config", name: str | None, use: "Callable[[Desk], T]") -> tuple[T] | None:
    from bot.core.settings import SettingsBook
    from cogs.faq import Faq
    from cogs.faq.command_line import community_desk

    async with open_database(config) as db:
        community = await find_community(db, name)
        if community is None:
            return None
        settings = await SettingsBook(db).of(Faq, community.id)
        async with community_desk(db, community.id, _workspace(config), settings) as desk:
            return (use(desk),)


def _workspace(config: "Config") -> "Workspace":
    from bot.kit import Workspace

    kept = config.cache is not None or config.database.parent.is_dir()
    return Workspace(config.cache_folder if kept else users_cache(), config.models)
