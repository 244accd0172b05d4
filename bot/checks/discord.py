# SPDX-License-Identifier: MIT
"""Checks the token for Discord, and the bot's permissions in each place that serves for something there."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from bot.checks.finding import Finding, bad, doubtful, good
from bot.config import Config
from bot.storage.connect import connect_reader
from bot.storage.errors import StorageError

if TYPE_CHECKING:
    from bot.platforms.discord.checking import Asked

_PLACES = (
    "SELECT DISTINCT h.external_id AS guild, p.channel_id, p.thread_id, p.name FROM slots s "
    "JOIN places p ON p.id = s.place_id JOIN homes h ON h.id = p.home_id "
    "WHERE p.platform = 'discord' AND p.gone_at IS NULL AND h.left_at IS NULL ORDER BY h.id, p.name"
)


def check_discord(config: Config) -> Iterator[Finding]:
    """Ask Discord, where a token is set."""
    if config.discord_token is None:
        return
    from bot.platforms.discord.checking import examine
    from bot.platforms.discord.client import Address

    address = Address(config.discord_api_url, config.discord_gateway_url)
    told = asyncio.run(examine(config.discord_token.get_secret_value(), address, _places(config)))
    if told.problem:
        yield bad(told.problem, told.remedy)
        return
    yield good(f"Discord knows the bot as {told.account}.")
    for place, reason in (told.unseen or {}).items():
        yield bad(f"#{place.name}: {reason}.", "Choose another channel with /settings channel.")
    for place, lacking in (told.lacking or {}).items():
        if lacking:
            names = ", ".join(each.message for each in lacking)
            yield bad(f"In #{place.name} the bot lacks: {names}.", "Grant it in the channel's settings.")
        else:
            yield good(f"The bot may post in #{place.name}.")
    if not told.lacking and not told.unseen:
        yield doubtful("No channel on Discord serves for anything yet.", "A moderator says /settings channel there.")


def _places(config: Config) -> "list[Asked]":
    from bot.platforms.discord.checking import Asked

    try:
        with closing(connect_reader(config.database, busy_timeout=1.0)) as connection:
            rows = connection.execute(_PLACES).fetchall()
    except (StorageError, sqlite3.Error):
        return []  # the database has findings of its own
    return [Asked(int(row[0]), int(row[1]), bool(row[2]), str(row[3])) for row in rows]
