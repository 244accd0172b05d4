# SPDX-License-Identifier: MIT
"""The states of an event and the ways between them, and who may take which.

draft ──announce──▶ published ──cancel──▶ cancelled
└──propose──▶ proposed ──announce──▶ published
└──dismiss──▶ dismissed ──announce──▶ published
"""

from datetime import datetime
from enum import StrEnum

from bot.kit import Denied, Level, Text, UserError, t

from .model import Actor, Event, State


class Move(StrEnum):
    """What can be done with an event."""

    ANNOUNCE = "announce"
    PROPOSE = "propose"
    DISMISS = "dismiss"
    EDIT = "edit"
    CANCEL = "cancel"
    COME = "come"


_FROM = {
    Move.ANNOUNCE: {State.DRAFT, State.PROPOSED, State.DISMISSED},
    Move.PROPOSE: {State.DRAFT},
    Move.DISMISS: {State.PROPOSED, State.DRAFT},
    Move.EDIT: {State.DRAFT, State.PROPOSED, State.PUBLISHED},
    Move.CANCEL: {State.DRAFT, State.PROPOSED, State.PUBLISHED},
    Move.COME: {State.PUBLISHED},
}


def check(event: Event, move: Move, actor: Actor, now: datetime, *, trusted: bool = False) -> None:
    """Raise Denied or UserError, with what to do instead, unless somebody may do this to an event now.

    `trusted` members may announce their own events without a moderator.
    """
    if event.state not in _FROM[move]:
        raise UserError(_why_not(event, move))
    if event.ends_at <= now:
        raise UserError(t("{number} is over. Enter a new event instead.", number=event.name))
    if actor.person_id is None or move is Move.COME:
        return
    if (refusal := _refusal(event, move, actor, trusted=trusted)) is not None:
        raise Denied(refusal)


def _why_not(event: Event, move: Move) -> Text:
    if event.state is State.CANCELLED:
        return t("{number} was cancelled. Enter a new event instead.", number=event.name)
    if move is Move.COME:
        return t("{number} is not announced yet.", number=event.name)
    if event.state is State.PUBLISHED:
        return t("{number} is announced already.", number=event.name)
    if event.state is State.PROPOSED:
        return t("{number} waits for a moderator already.", number=event.name)
    return t("{number} was dismissed. A moderator can still announce it.", number=event.name)


def _refusal(event: Event, move: Move, actor: Actor, *, trusted: bool) -> Text | None:
    moderator, organises = actor.level >= Level.MODERATOR, event.is_organiser(actor.person_id)
    if move is Move.DISMISS and not (moderator or (organises and event.state is State.DRAFT)):
        return t("Only a moderator can dismiss what was proposed.")
    if move is Move.ANNOUNCE and not (moderator or (organises and (trusted or actor.level >= Level.ORGANISER))):
        return t("Organisers and librarians announce their own events; others need a moderator for it.")
    if move in (Move.EDIT, Move.CANCEL, Move.PROPOSE) and not (organises or moderator):
        return t("Only who organises {number} or a moderator can do this.", number=event.name)
    return None
