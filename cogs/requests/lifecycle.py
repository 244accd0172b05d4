# SPDX-License-Identifier: MIT
"""The states of a request and the only ways between them, and who may take which.

open ──claim──▶ claimed ──ask──▶ waiting ──reply──▶ claimed
  ▲               │                 │
  └──release──────┴─────────────────┘
open, claimed, waiting ──▶ fulfilled | declined | withdrawn ──reopen──▶ open
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.kit import Denied, Level, Person, Text, UserError, t

from .model import Actor, Request, State


class Move(StrEnum):
    """A way from one state to another, or one that stays in it."""

    CLAIM = "claim"
    RELEASE = "release"
    ASSIGN = "assign"
    ASK = "ask"
    REPLY = "reply"
    EDIT = "edit"
    FULFIL = "fulfil"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


_ACTIVE = (State.OPEN, State.CLAIMED, State.WAITING)
_CLOSED = (State.FULFILLED, State.DECLINED, State.WITHDRAWN)

WAYS: Mapping[Move, Mapping[State, State]] = {
    Move.CLAIM: {State.OPEN: State.CLAIMED},
    Move.RELEASE: {State.CLAIMED: State.OPEN, State.WAITING: State.OPEN},
    Move.ASSIGN: dict.fromkeys(_ACTIVE, State.CLAIMED),
    Move.ASK: dict.fromkeys(_ACTIVE, State.WAITING),
    Move.REPLY: {State.OPEN: State.OPEN, State.CLAIMED: State.CLAIMED, State.WAITING: State.CLAIMED},
    Move.EDIT: {state: state for state in _ACTIVE},
    Move.FULFIL: dict.fromkeys(_ACTIVE, State.FULFILLED),
    Move.ACCEPT: dict.fromkeys(_ACTIVE, State.FULFILLED),
    Move.DECLINE: dict.fromkeys(_ACTIVE, State.DECLINED),
    Move.WITHDRAW: dict.fromkeys(_ACTIVE, State.WITHDRAWN),
    Move.REOPEN: dict.fromkeys(_CLOSED, State.OPEN),
}


def after(request: Request, move: Move, actor: Actor) -> State:
    """Return the state to which a move leads; raises Denied or UserError with what to do instead."""
    found = WAYS[move].get(request.state)
    if found is None:
        raise UserError(_why_not(request, move, actor))
    if request.erased_at is not None:
        raise UserError(t("{number} is over and its words are erased. Open a new request.", number=request.name))
    if (refusal := _refusal(request, move, actor)) is not None:
        raise Denied(refusal)
    return found


def allows(request: Request, move: Move, actor: Actor) -> bool:
    """Tell whether somebody may take a way now."""
    if request.state not in WAYS[move] or request.erased_at is not None:
        return False
    return _refusal(request, move, actor) is None


def _why_not(request: Request, move: Move, actor: Actor) -> Text:
    if move is Move.REOPEN:
        return t("{number} is not closed.", number=request.name)
    if request.state.closed:
        return t(
            "{number} is closed ({state}). Reopen it if it is needed again.",
            number=request.name,
            state=Text(request.state.label),
        )
    if move is Move.CLAIM:
        if request.is_claimer(actor.person_id):
            return t("You are already looking for {number}.", number=request.name)
        return t("{name} is already looking for {number}.", name=claimer(request), number=request.name)
    return t("Nobody has claimed {number}.", number=request.name)


def _refusal(request: Request, move: Move, actor: Actor) -> Text | None:
    """Say why somebody may not do this to this request; None if they may."""
    librarian, moderator = actor.level >= Level.LIBRARIAN, actor.level >= Level.MODERATOR
    asker, looks = request.is_asker(actor.person_id), request.is_claimer(actor.person_id)
    if actor.person_id is None:
        return None
    if move is Move.RELEASE and not (looks or moderator):
        return t(
            "Only {name}, who is looking for it, or a moderator can release {number}.",
            name=claimer(request),
            number=request.name,
        )
    if move in (Move.REPLY, Move.ACCEPT) and not asker:
        return t("Only whoever asked for {number} can do this.", number=request.name)
    if move is Move.WITHDRAW and not (asker or moderator):
        return t("Only whoever asked for {number}, or a moderator, can withdraw it.", number=request.name)
    if move in (Move.EDIT, Move.REOPEN) and not (asker or librarian):
        return t("Only whoever asked for {number}, or a librarian, can do this.", number=request.name)
    if move in (Move.CLAIM, Move.ASSIGN, Move.ASK, Move.FULFIL, Move.DECLINE) and not (librarian or looks):
        return t("Only a librarian may do this. Ask a moderator for the role.")
    return None


def claimer(request: Request) -> Person | Text:
    """Return who is looking, to be shown."""
    found = request.claimer
    return t("somebody") if found is None else Person(found.id, found.name)
