# SPDX-License-Identifier: MIT
"""Servers, channels and roles as they come, change and go: the rows follow, and moderators are told once."""

import logging
from collections.abc import Collection

from bot.core import greeting
from bot.kit.database import Transaction
from bot.kit.needs import Poster
from bot.kit.people import Home, HomeKind, Place
from bot.kit.reply import Reply, Tone, Words
from bot.kit.text import Code, t
from bot.platforms.discord.limits import NAME
from bot.storage import homes, levels, places, slots

log = logging.getLogger(__name__)

LOG = "log"
"""The slot of the places where moderators read what happened."""


def arrive(tx: Transaction, guild_id: int, name: str, locale: str) -> Home:
    """Note that the bot is in a server, under its present name."""
    return homes.arrive(tx, NAME, str(guild_id), name, HomeKind.SERVER, locale)


def greet(
    tx: Transaction, poster: Poster, guild_id: int, channel_id: int, name: str, commands: Collection[str]
) -> None:
    """Greet a server in one of its channels, once."""
    home = homes.find(tx, NAME, str(guild_id))
    if home is not None:
        place = places.ensure(tx, NAME, str(channel_id), name=name, home_id=home.id)
        greeting.greet(tx, poster, home, place.id, commands)


def leave(tx: Transaction, guild_id: int) -> None:
    """Note that the bot is gone from a server; its data waits thirty days for the bot's return."""
    home = homes.find(tx, NAME, str(guild_id))
    if home is not None:
        homes.leave(tx, home.id)


def leave_others(tx: Transaction, present: Collection[int]) -> int:
    """Note the servers that the bot was removed from while it was not connected; return how many."""
    gone = [home for home in homes.present(tx, NAME) if int(home.external_id) not in present]
    for home in gone:
        homes.leave(tx, home.id)
    return len(gone)


def rename(tx: Transaction, channel_id: str, thread_id: str | None, name: str) -> None:
    """Follow the new name of a channel or thread that is known."""
    tx.run(
        "UPDATE places SET name = ? WHERE platform = ? AND channel_id = ? AND thread_id = ? AND name <> ?",
        name,
        NAME,
        channel_id,
        thread_id or "",
        name,
    )


def lose_place(tx: Transaction, poster: Poster, channel_id: str, thread_id: str | None = None) -> None:
    """Note that a channel or thread was deleted; moderators learn what is posted there no longer."""
    place = places.find(tx, NAME, channel_id, thread_id)
    if place is not None:
        _lose(tx, poster, place)


def lose_missing(tx: Transaction, poster: Poster, guild_id: int, channels: Collection[int]) -> None:
    """Note which of a server's places that serve for something were deleted while the bot was not connected."""
    home = homes.find(tx, NAME, str(guild_id))
    if home is None:
        return
    for served in slots.of_home(tx, home.id):
        place = places.get(tx, served)
        if place is not None and place.thread_id is None and int(place.channel_id) not in channels:
            _lose(tx, poster, place)


def _lose(tx: Transaction, poster: Poster, place: Place) -> None:
    served = slots.served_by(tx, place.id)
    places.mark_gone(tx, place.id)
    home = homes.get(tx, place.home_id) if place.home_id is not None else None
    if not served or home is None:
        return
    slots.release(tx, place.id)
    words = t(
        "The channel #{name} was deleted. It served for: {slots}. Choose another with {command}.",
        name=place.name or place.channel_id,
        slots=", ".join(served),
        command=Code("/settings channel"),
    )
    _report(tx, poster, home, f"discord:place:{place.id}", words)


def rename_role(tx: Transaction, guild_id: int, role_id: int, name: str) -> None:
    """Follow the new name of a role that is worth something."""
    home = homes.find(tx, NAME, str(guild_id))
    if home is not None:
        tx.run("UPDATE role_levels SET role_name = ? WHERE home_id = ? AND role_id = ?", name, home.id, str(role_id))


def lose_role(tx: Transaction, poster: Poster, guild_id: int, role_id: int) -> None:
    """Note that a role was deleted; moderators learn that nobody has a level by it any more."""
    home = homes.find(tx, NAME, str(guild_id))
    worth = levels.role_levels(tx, home.id) if home is not None else ()
    lost = next((each for each in worth if each.role_id == str(role_id)), None)
    if home is None or lost is None:
        return
    levels.set_role_level(tx, home.id, lost.role_id, lost.role_name, None, None)
    words = t(
        "The role {name} was deleted; nobody is a {level} by it any more. Choose another with {command}.",
        name=lost.role_name,
        level=lost.level.name.lower(),
        command=Code("/settings role"),
    )
    _report(tx, poster, home, f"discord:role:{role_id}", words)


def lose_missing_roles(tx: Transaction, poster: Poster, guild_id: int, roles: Collection[int]) -> None:
    """Note which roles were deleted while the bot was not connected."""
    home = homes.find(tx, NAME, str(guild_id))
    worth = levels.role_levels(tx, home.id) if home is not None else ()
    for each in worth:
        if each.role_id.isdigit() and int(each.role_id) not in roles:
            lose_role(tx, poster, guild_id, int(each.role_id))


def _report(tx: Transaction, poster: Poster, home: Home, key: str, words: Words) -> None:
    """Tell the moderators, once: posting under the same key again would only update."""
    told = poster.announce(tx, home.community_id, LOG, key, Reply(words, tone=Tone.WARNING))
    log.warning("%s: %s", home.name, "moderators were told" if told else "there is no moderators' log to tell it in")
