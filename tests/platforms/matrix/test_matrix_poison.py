# SPDX-License-Identifier: MIT
"""A sync of any shape, with lone surrogates and far too long words, is taken without an error; so is what follows."""

import asyncio
from types import SimpleNamespace
from unittest.mock import AsyncMock, patch

from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.clock import ManualClock
from bot.platforms.matrix import intake
from bot.platforms.matrix.intake import Intake
from bot.platforms.matrix.listener import Listener
from bot.platforms.matrix.reading import Me, read
from bot.platforms.matrix.rooms import Rooms
from tests.platforms.matrix.matrixplay import NOW

TEXT = st.text(st.characters(exclude_categories=()), max_size=6) | st.just("x" * 70_000) | st.just("a\ud800\x00b")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=5,
)
KINDS = ("m.room.message", "m.reaction", "m.room.member", "m.room.create", "m.room.power_levels", "m.room.tombstone")
RELATIONS = ("m.relates_to", "m.mentions", "body", "msgtype", "formatted_body", "membership", "m.new_content", "users")
EVENTS = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(KINDS) | JSON,
        "sender": st.just("@ana:hs.example") | JSON,
        "event_id": st.just("$event") | JSON,
        "state_key": st.just("") | JSON,
        "unsigned": st.dictionaries(st.sampled_from(("age", "prev_content")), JSON) | JSON,
        "content": st.dictionaries(st.sampled_from(RELATIONS), JSON, max_size=3) | JSON,
    },
)
LISTS = st.fixed_dictionaries({}, optional={"events": st.lists(EVENTS | JSON, max_size=2), "limited": JSON}) | JSON
ROOMS = st.fixed_dictionaries({}, optional={"timeline": LISTS, "state": LISTS, "summary": JSON, "invite_state": LISTS})
SECTIONS = st.dictionaries(st.just("!room"), ROOMS | JSON, max_size=1) | JSON
SYNCS = st.fixed_dictionaries(
    {},
    optional={
        "rooms": st.dictionaries(st.sampled_from(("join", "invite", "leave")), SECTIONS) | JSON,
        "account_data": LISTS,
        "next_batch": JSON,
        "to_device": LISTS,
    },
)
HEALTHY = {"sender": "@ana:hs.example", "event_id": "$good", "type": "m.room.message", "content": {"body": "good"}}
GOOD = {"next_batch": "s2", "rooms": {"join": {"!room": {"timeline": {"events": [HEALTHY]}}}}}


class Lanes:
    """Does what comes at once, and keeps the tokens."""

    def __init__(self):
        self.tokens = []

    async def add(self, token, jobs):
        for _, job in jobs:
            await job()
        self.tokens.append(token)


async def take(*answers):
    lanes, heard = Lanes(), []

    async def listen(room, event):
        read(event, Me("@refdesk:hs.example"))
        heard.append(event["event_id"])
        return True

    listener = SimpleNamespace(take=listen, is_fresh=lambda event: True)
    lodging = AsyncMock()
    lodging.invited = lambda room_id, state: None
    api = SimpleNamespace(user_id="@refdesk:hs.example", messages=AsyncMock(return_value=([], "")))
    taking = Intake(api, Rooms(), lodging, listener, lanes, None, None)
    for answer in answers:
        await taking.take(answer, False)
    return lanes.tokens, heard


@given(SYNCS)
@example({"rooms": {"join": {"!room": {"timeline": {"events": [{**HEALTHY, "content": {"m.relates_to": "zz"}}]}}}}})
def test_a_sync_of_any_shape_costs_nobody_who_comes_after_it(answer):
    # One room's error would be logged and cost the others nothing; but it would cost that room what came with it.
    with patch.object(intake.log, "exception", side_effect=AssertionError("A room could not be read.")):
        tokens, heard = asyncio.run(take(answer, GOOD))
    assert len(tokens) == 2
    assert tokens[-1] == "s2"
    assert heard[-1] == "$good"


TIMES = st.integers() | st.just(-(10**40)) | st.just("--5") | JSON


@given(TIMES, TIMES | st.fixed_dictionaries({"age": TIMES}))
def test_the_age_of_an_event_is_read_whatever_it_claims(said_at, unsigned):
    listener = Listener(SimpleNamespace(clock=ManualClock(NOW)), None, None, None, None, None, None)
    assert listener.is_fresh({"origin_server_ts": said_at, "unsigned": unsigned}) in (True, False)


def test_old_and_young_events_are_told_apart():
    listener = Listener(SimpleNamespace(clock=ManualClock(NOW)), None, None, None, None, None, None)
    ages = (0, 600_000, 600_001, 10**30, -(10**30))
    assert [listener.is_fresh({"unsigned": {"age": age}}) for age in ages] == [True, True, False, False, True]
