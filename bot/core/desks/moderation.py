# SPDX-License-Identifier: MIT
"""What moderators do beside choosing settings: blocks, pauses, bridges, posts that could not be delivered."""

import secrets
from collections.abc import Callable, Sequence

from bot.core.checkup import Checkup
from bot.core.desks.writing import note
from bot.core.outbox.office import Outbox
from bot.kit.context import Context
from bot.kit.database import Database, Transaction
from bot.kit.errors import Denied, UserError
from bot.kit.moderation import KnownPlace, ParkedPost, Shortcoming
from bot.kit.people import Level, Person, Place
from bot.kit.text import t
from bot.storage import blocks, delivery, homes, levels, places


class Moderation:
    """Implements `bot.kit.moderation.ModerationDesk`."""

    def __init__(self, db: Database, outbox: Outbox, checkup: Checkup, changed: Callable[[], None]) -> None:
        self._db = db
        self._outbox = outbox
        self._checkup = checkup
        self._changed = changed

    async def block(self, ctx: Context, person: Person) -> None:
        """Bar somebody from using the bot in this community; raises Denied for moderators and for oneself."""
        await self._db.write(_block, ctx, person)
        self._changed()

    async def unblock(self, ctx: Context, person: Person) -> bool:
        """Let somebody use the bot again; False when they were not blocked."""
        done = await self._db.write(_unblock, ctx, person)
        self._changed()
        return done

    async def hold_posts(self, ctx: Context, held: bool) -> bool:
        """Let the community's posts wait, or go out again; False when they did already."""
        done = await self._db.write(_hold, ctx, held)
        self._outbox.wake()
        return done

    async def bridge(self, ctx: Context, place: Place, other_id: int | None) -> None:
        """Say that a bridge connects two places of the community, so that each gets a post once; None undoes it."""
        await self._db.write(_bridge, ctx, place, other_id)
        self._changed()

    async def places(self, ctx: Context) -> Sequence[KnownPlace]:
        """Return the places of the community."""
        return await self._db.read(_places, ctx.community.id)

    async def shortcomings(self, ctx: Context) -> Sequence[Shortcoming]:
        """Return what keeps the bot from doing its work here."""
        return await self._checkup.of(ctx.community.id)

    async def parked(self, ctx: Context) -> Sequence[ParkedPost]:
        """Return the community's posts that wait for a decision."""
        return await self._db.read(self._parked, ctx.community.id)

    async def release(self, ctx: Context, number: int) -> bool:
        """Try to deliver a parked post again; False when it is not parked in this community."""
        return await self._db.write(self._decide, ctx, number, retry=True)

    async def drop(self, ctx: Context, number: int) -> bool:
        """Give a parked post up; False when it is not parked in this community."""
        return await self._db.write(self._decide, ctx, number, retry=False)

    def _parked(self, tx: Transaction, community_id: int) -> tuple[ParkedPost, ...]:
        return tuple(
            ParkedPost(
                row.id,
                row.key,
                row.error or "?",
                places.get(tx, row.place_id) if row.place_id is not None else None,
                row.created_at,
            )
            for row in self._outbox.parked(tx, community_id)
        )

    def _decide(self, tx: Transaction, ctx: Context, number: int, *, retry: bool) -> bool:
        if number not in {row.id for row in self._outbox.parked(tx, ctx.community.id)}:
            return False
        if retry:
            self._outbox.release(tx, number)
        else:
            self._outbox.drop(tx, number)
        note(tx, ctx, "post.retried" if retry else "post.dropped", {"row": number})
        return True


def _block(tx: Transaction, ctx: Context, person: Person) -> None:
    if person.id == ctx.person.id:
        raise Denied(t("You cannot block yourself."))
    if levels.level_of(tx, ctx.community.id, None, person.id) >= Level.MODERATOR:
        raise Denied(t("{name} is a moderator; take that level back first.", name=person))
    blocks.block(tx, ctx.community.id, person.identities, ctx.person.id)
    note(tx, ctx, "blocked", {"person_id": person.id})


def _unblock(tx: Transaction, ctx: Context, person: Person) -> bool:
    done = blocks.unblock(tx, ctx.community.id, person.identities)
    if done:
        note(tx, ctx, "unblocked", {"person_id": person.id})
    return done


def _hold(tx: Transaction, ctx: Context, held: bool) -> bool:
    done = delivery.hold(tx, ctx.community.id, ctx.person.id) if held else delivery.let_go(tx, ctx.community.id)
    if done:
        note(tx, ctx, "posts.held" if held else "posts.let-go", {})
    return done


def _bridge(tx: Transaction, ctx: Context, place: Place, other_id: int | None) -> None:
    places.within(tx, ctx.community.id, place.id)
    if other_id is None:
        if places.bridged_with(tx, place.id):
            note(tx, ctx, "bridge.removed", {"place_id": place.id})
        places.bridge(tx, [place.id], None)
        return
    other = places.within(tx, ctx.community.id, other_id)
    if other.id == place.id:
        raise UserError(t("A bridge connects two places; name another one than {place}.", place=place))
    group = secrets.token_hex(8)
    connected = {place.id, other.id, *(each.id for one in (place, other) for each in places.bridged_with(tx, one.id))}
    places.bridge(tx, sorted(connected), group)
    note(tx, ctx, "bridge.made", {"place_id": place.id, "other_id": other.id})


def _places(tx: Transaction, community_id: int) -> tuple[KnownPlace, ...]:
    return tuple(
        KnownPlace(place, home.name)
        for home in homes.of_community(tx, community_id)
        for place in places.of_home(tx, home.id)
    )
