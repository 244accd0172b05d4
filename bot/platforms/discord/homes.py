# SPDX-License-Identifier: MIT
"""Servers, channels and roles as they come, change and go: the rows follow, and moderators are told once."""

import logging
from collections.abc import Collection, Mapping

from bot.core import greeting
from bot.kit.database import Transaction
from bot.kit.levels import level_name
from bot.kit.moment import to_stamp
from bot.kit.people import Home, HomeKind, Place
from bot.kit.posting import Poster
from bot.kit.reply import Reply, Tone, Words
from bot.kit.text import Code, t
from bot.platforms.discord.limits import NAME
from bot.storage import homes, levels, places, slots

log = logging.getLogger(__name__)

LOG = "log"
"""The slot of the places where moderators read what happened."""

REQUESTS = "requests"
"""The slot of the places where librarians work."""


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


def rename(tx: Transaction, poster: Poster, channel_id: str, thread_id: str | None, name: str) -> None:
    """Follow the new name of a channel or thread that is known; moderators learn it where it serves for something."""
    place = places.find(tx, NAME, channel_id, thread_id)
    if place is None or place.name == name:
        return
    places.rename(tx, place.id, name)
    served = slots.served_by(tx, place.id)
    home = homes.get(tx, place.home_id) if place.home_id is not None else None
    if not served or home is None or not place.name:
        return
    words = t(
        "The channel #{old} is now called #{name}. It still serves for: {slots}.",
        old=place.name,
        name=name,
        slots=", ".join(served),
    )
    _report(tx, poster, home, f"discord:place:{place.id}:named:{to_stamp(tx.now)}", words, Tone.PLAIN)


def lose_place(tx: Transaction, poster: Poster, channel_id: str, thread_id: str | None = None) -> None:
    """Note that a channel, with its threads, or one thread was deleted; moderators learn what is posted no longer."""
    for place in places.of_channel(tx, NAME, channel_id):
        if thread_id is None or place.thread_id == thread_id:
            _lose(tx, poster, place)


def catch_up_places(tx: Transaction, poster: Poster, guild_id: int, channels: Mapping[int, str]) -> None:
    """Note which of a server's serving places were deleted or got another name while the bot was not connected."""
    for place in _serving(tx, guild_id):
        name = channels.get(int(place.channel_id))
        if name is None:
            _lose(tx, poster, place)
        elif place.thread_id is None:
            rename(tx, poster, place.channel_id, None, name)


def _serving(tx: Transaction, guild_id: int) -> list[Place]:
    home = homes.find(tx, NAME, str(guild_id))
    served = slots.of_home(tx, home.id) if home is not None else ()
    return [place for place in (places.get(tx, each) for each in served) if place is not None]


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


def rename_role(tx: Transaction, poster: Poster, guild_id: int, role_id: int, name: str) -> None:
    """Follow the new name of a role that is worth something; moderators learn it."""
    home, known = _worth(tx, guild_id)
    worth = known.get(str(role_id))
    if home is None or worth is None or worth.role_name == name:
        return
    levels.rename_role(tx, home.id, str(role_id), name)
    words = t(
        "The role {old} is now called {name}. It still gives the level: {level}.",
        old=worth.role_name,
        name=name,
        level=level_name(worth.level),
    )
    _report(tx, poster, home, f"discord:role:{role_id}:named:{to_stamp(tx.now)}", words, Tone.PLAIN)


def lose_role(tx: Transaction, poster: Poster, guild_id: int, role_id: int) -> None:
    """Note that a role was deleted; moderators learn that nobody has a level by it any more."""
    home, known = _worth(tx, guild_id)
    lost = known.get(str(role_id))
    if home is None or lost is None:
        return
    levels.set_role_level(tx, home.id, lost.role_id, lost.role_name, None, None)
    words = t(
        "The role {name} was deleted; nobody is a {level} by it any more. Choose another with {command}.",
        name=lost.role_name,
        level=level_name(lost.level),
        command=Code("/settings role"),
    )
    _report(tx, poster, home, f"discord:role:{role_id}", words)


def catch_up_roles(tx: Transaction, poster: Poster, guild_id: int, roles: Mapping[int, str]) -> None:
    """Note which roles were deleted or got another name while the bot was not connected."""
    for role_id in [int(each) for each in _worth(tx, guild_id)[1] if each.isdigit()]:
        if role_id in roles:
            rename_role(tx, poster, guild_id, role_id, roles[role_id])
        else:
            lose_role(tx, poster, guild_id, role_id)


def _worth(tx: Transaction, guild_id: int) -> tuple[Home | None, Mapping[str, levels.RoleLevel]]:
    """Return a server, and what its roles are worth by their ids."""
    home = homes.find(tx, NAME, str(guild_id))
    worth = levels.role_levels(tx, home.id) if home is not None else ()
    return home, {each.role_id: each for each in worth}


def _report(tx: Transaction, poster: Poster, home: Home, key: str, words: Words, tone: Tone = Tone.WARNING) -> None:
    """Tell the moderators, once: posting under the same key again would only update.

    Where they have no log, or just lost it, it is told where librarians work.
    """
    reply = Reply(words, tone=tone)
    told = any(poster.announce(tx, home.community_id, slot, key, reply) for slot in (LOG, REQUESTS))
    log.log(
        logging.INFO if tone is Tone.PLAIN else logging.WARNING,
        "%s: %s",
        home.name,
        "moderators were told" if told else "there is no moderators' log to tell it in",
    )
