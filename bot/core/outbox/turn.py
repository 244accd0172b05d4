# SPDX-License-Identifier: MIT
"""One turn of a sender, as one store function: what came of the last posts is noted, and the next ones are taken."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.core.outbox.attempt import Again, Declined, Outcome, Parked, PutBack, Sent, Skipped
from bot.core.outbox.loading import Load, load_all
from bot.kit.database import Transaction
from bot.storage import delivery, outbox, posts
from bot.storage.outbox import OutboxRow


@dataclass(frozen=True, slots=True)
class Note:
    """What came of a row; `again_at` is when it is to be tried again."""

    row: OutboxRow
    outcome: Outcome
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be delivered now; `next_at` is when more will be due, and `more` tells that some is already."""

    loads: tuple[Load, ...]
    next_at: datetime | None
    more: bool


OnParked: TypeAlias = Callable[[Transaction, OutboxRow], None]
"""Tells a moderator that a row was parked or declined, by rows of its own in the same transaction."""


def take_turn(
    tx: Transaction,
    platform: str,
    notes: Sequence[Note],
    room: int,
    closed: Collection[int],
    on_parked: OnParked,
    *,
    hurry: bool = False,
) -> Turn:
    """Note what came of rows, and take up to `room` rows of lanes that are not closed."""
    delivery.sent(tx, {note.row.id: note.outcome.message_id for note in notes if isinstance(note.outcome, Sent)})
    for note in notes:
        _write_down(tx, note, on_parked)
    if hurry:
        delivery.hurry(tx, platform)
    rows = delivery.take_due(tx, platform, room, closed) if room else ()
    return Turn(load_all(tx, rows), delivery.next_at(tx, platform), delivery.any_due(tx, platform))


def _write_down(tx: Transaction, note: Note, on_parked: OnParked) -> None:
    row_id = note.row.id
    match note.outcome:
        case Sent():
            pass  # written down together with all others
        case Again(reason, _, may_have_arrived_at):
            delivery.retry(tx, row_id, reason, note.again_at or tx.now, may_have_arrived_at)
        case Parked(reason, may_have_arrived):
            parked = delivery.park(tx, row_id, reason, may_have_arrived=may_have_arrived) and outbox.get(tx, row_id)
            if parked:
                on_parked(tx, parked)
        case Skipped(reason, gone):
            delivery.skip(tx, row_id, reason)
            if gone:
                posts.forget(tx, note.row.key, note.row.platform, note.row.lane)
        case Declined(reason):
            delivery.skip(tx, row_id, reason)
            if (declined := outbox.get(tx, row_id)) is not None:
                on_parked(tx, declined)
        case PutBack():
            delivery.put_back(tx, row_id, note.row.sending_at)
