# SPDX-License-Identifier: MIT
"""Tells a community's moderators of a post that could not be delivered for certain."""

import hashlib
import logging

from bot.kit.database import Transaction
from bot.kit.posting import Poster
from bot.kit.reply import Reply, Tone
from bot.kit.text import Code, Text, t
from bot.storage import homes, places
from bot.storage.outbox import OutboxRow, State

log = logging.getLogger(__name__)

LOG = "log"
"""The slot of the places where moderators read what happened."""

_OWN = "outbox:parked:"
_DECLINED = "outbox:declined:"


def tell_of_parked(tx: Transaction, row: OutboxRow, poster: Poster) -> None:
    """Post a note for moderators, in the transaction that parks the row; a parked note itself is only logged."""
    if row.state is State.SKIPPED:
        _tell_of_declined(tx, row, poster)
        return
    log.warning("Row %d of the outbox (%s) is parked: %s", row.id, row.key, row.error)
    if row.community_id is not None and not row.key.startswith(_OWN):
        poster.announce(tx, row.community_id, LOG, f"{_OWN}{row.id}", note(tx, row))


def _tell_of_declined(tx: Transaction, row: OutboxRow, poster: Poster) -> None:
    """Say once for each reason what the chat's own calendar does not take; what is declined is asked for again."""
    log.warning("Row %d of the outbox (%s) is declined: %s", row.id, row.key, row.error)
    if row.community_id is not None:
        reason = hashlib.sha256((row.error or "").encode()).hexdigest()[:8]
        told = Reply(
            t(
                "I cannot enter events into the calendar of {where}: {reason}",
                where=_home(tx, row),
                reason=row.error or "",
            ),
            title=t("Not in the calendar"),
            note=t("I try again from time to time. {command} shows what is missing.", command=Code("settings check")),
            tone=Tone.WARNING,
        )
        poster.announce(tx, row.community_id, LOG, f"{_DECLINED}{row.place_id}:{reason}", told)


def _home(tx: Transaction, row: OutboxRow) -> str:
    place = places.get(tx, row.place_id) if row.place_id is not None else None
    home = homes.get(tx, place.home_id) if place is not None and place.home_id is not None else None
    return home.name if home is not None else "?"


def note(tx: Transaction, row: OutboxRow) -> Reply:
    """Say which post is parked, and why."""
    return Reply(
        t("I could not deliver a post to {where}: {reason}", where=_where(tx, row), reason=row.error or "?"),
        title=t("A post is parked"),
        note=t("Row {number} of the outbox, about {key}.", number=Code(str(row.id)), key=Code(row.key)),
        tone=Tone.WARNING,
    )


def _where(tx: Transaction, row: OutboxRow) -> Text:
    place = places.get(tx, row.place_id) if row.place_id is not None else None
    return t("{place}", place=place) if place is not None else t("somebody in private")
