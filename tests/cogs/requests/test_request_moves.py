# SPDX-License-Identifier: MIT
"""Who may move a request from which state to which: every way by itself."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.kit import Denied, Level, UserError
from cogs.requests.lifecycle import Move, after, allows
from cogs.requests.model import Actor, Content, Party, Request, State

NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
ASKER, LOOKS, OTHER = 1, 2, 3

REQUEST = Request(
    id=1,
    number=1,
    community_id=1,
    home_id=1,
    state=State.OPEN,
    content=Content("Zagreb fair, 1921"),
    asker=Party(ASKER, "Ana"),
    anonymous=False,
    private=False,
    place_id=1,
    claimer=Party(LOOKS, "Lib"),
    opened_at=NOW,
    active_at=NOW,
)

WHO = {
    "asker": Actor(1, 1, ASKER),
    "who looks": Actor(1, 1, LOOKS),
    "member": Actor(1, 1, OTHER),
    "librarian": Actor(1, 1, OTHER, Level.LIBRARIAN),
    "moderator": Actor(1, 1, OTHER, Level.MODERATOR),
    "the bot": Actor(1, 1, None),
}
LIBRARIANS = {"librarian", "moderator", "the bot"}
MAY = {
    Move.CLAIM: LIBRARIANS | {"who looks"},
    Move.ASSIGN: LIBRARIANS | {"who looks"},
    Move.ASK: LIBRARIANS | {"who looks"},
    Move.FULFIL: LIBRARIANS | {"who looks"},
    Move.DECLINE: LIBRARIANS | {"who looks"},
    Move.RELEASE: {"who looks", "moderator", "the bot"},
    Move.REPLY: {"asker", "the bot"},
    Move.ACCEPT: {"asker", "the bot"},
    Move.WITHDRAW: {"asker", "moderator", "the bot"},
    Move.EDIT: LIBRARIANS | {"asker"},
    Move.REOPEN: LIBRARIANS | {"asker"},
}
ACTIVE, CLOSED = {State.OPEN, State.CLAIMED, State.WAITING}, {State.FULFILLED, State.DECLINED, State.WITHDRAWN}
FROM = dict.fromkeys(Move, ACTIVE) | {
    Move.CLAIM: {State.OPEN},
    Move.RELEASE: {State.CLAIMED, State.WAITING},
    Move.REOPEN: CLOSED,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_each_move_is_for_those_who_may_and_from_where_it_leads(move, state):
    request = replace(REQUEST, state=state)
    passed = set()
    for who, actor in WHO.items():
        try:
            after(request, move, actor)
        except Denied:
            assert state in FROM[move]
        except UserError:
            assert state not in FROM[move]
        else:
            passed.add(who)
        assert allows(request, move, actor) is (who in passed)
    assert passed == (MAY[move] if state in FROM[move] else set())


@pytest.mark.parametrize("move", Move)
def test_what_is_erased_is_left_alone(move):
    for state in FROM[move]:
        with pytest.raises(UserError, match="erased"):
            after(replace(REQUEST, state=state, erased_at=NOW), move, WHO["moderator"])


def test_all_moves_are_looked_at():
    assert set(MAY) == set(FROM) == set(Move)
