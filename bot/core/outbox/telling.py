# SPDX-License-Identifier: MIT
"""Tells a community's moderators of a post that could not be delivered for certain."""

import logging

from bot.kit.database import Transaction
from bot.kit.needs import Poster
from bot.kit.reply import Reply, Tone
from bot.kit.text import Code, Text, t
from bot.storage import places
from bot.storage.outbox import OutboxRow

log = logging.getLogger(__name__)

LOG = "log"
"""The slot of the places where moderators read what happened."""

_OWN = "outbox:parked:"


def tell_of_parked(tx: Transaction, row: OutboxRow, poster: Poster) -> None:
    """Post a note for moderators, in the transaction that parks the row; a parked note itself is only logged."""
    log.warning("Row %d of the outbox (%s) is parked: %s", row.id, row.key, row.error)
    if row.community_id is not None and not row.key.startswith(_OWN):
        poster.announce(tx, row.community_id, LOG, f"{_OWN}{row.id}", note(tx, row))


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
