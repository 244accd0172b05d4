# SPDX-License-Identifier: MIT
"""Whom a post calls by name, and whether Discord lets them hear it."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

import discord

from bot.core.courier import Parcel
from bot.kit.people import Identity, Place
from bot.platforms.discord.limits import CALLED_MAX
from bot.platforms.discord.permissions import channel_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a post calls by name."""

    roles: tuple[discord.Role, ...]
    people: tuple[Identity, ...]

    @property
    def words(self) -> str:
        """What stands above the post."""
        return " ".join((*(role.mention for role in self.roles), *(f"<@{each.external_id}>" for each in self.people)))

    @property
    def allowed(self) -> discord.AllowedMentions:
        """Let Discord call exactly these."""
        people = [discord.Object(int(each.external_id)) for each in self.people]
        return discord.AllowedMentions(
            everyone=False, roles=list(self.roles) or False, users=people or False, replied_user=False
        )


class Calling:
    """Finds whom to call; remembers where roles were called that nobody may call there, for moderators to be told."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._unheard: dict[int, frozenset[int]] = {}

    def of(self, place: Place, parcel: Parcel) -> Called:
        """Return whom to call, of roles those that this server has; never everybody."""
        channel = channel_of(self._client, place) if parcel.roles else None
        found = (channel.guild.get_role(int(each)) for each in parcel.roles if each.isdigit()) if channel else ()
        roles = tuple(role for role in found if role is not None and not role.is_default())[:CALLED_MAX]
        if channel is not None and roles:
            self._watch(channel, roles)
        return Called(roles, parcel.mentions[: CALLED_MAX - len(roles)])

    def wanting(self, place: Place) -> bool:
        """Tell whether roles were called in a place that still would not hear it there."""
        channel = channel_of(self._client, place)
        known = self._unheard.get(channel.id, ()) if channel is not None else ()
        roles = (channel.guild.get_role(each) for each in known) if channel is not None else ()
        return channel is not None and bool(_deaf(channel, (role for role in roles if role is not None)))

    def _watch(self, channel: discord.abc.GuildChannel | discord.Thread, roles: Iterable[discord.Role]) -> None:
        deaf = _deaf(channel, roles)
        if deaf and channel.id not in self._unheard:
            names = ", ".join(role.name for role in deaf)
            log.warning("In #%s nobody hears that these roles are called: %s.", channel.name, names)
        if deaf:
            self._unheard[channel.id] = frozenset(role.id for role in deaf)


def _deaf(channel: discord.abc.GuildChannel | discord.Thread, roles: Iterable[discord.Role]) -> list[discord.Role]:
    """Return roles that not everybody may call, where the bot may not call them either."""
    me = channel.guild.me
    if me is None or channel.permissions_for(me).mention_everyone:
        return []
    return [role for role in roles if not role.mentionable]
