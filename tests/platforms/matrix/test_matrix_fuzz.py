# SPDX-License-Identifier: MIT
"""Events that are nearly right, given to the whole bot: nothing breaks, and who speaks after them is answered."""

import logging

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.platforms.matrix.test_matrix_poison import JSON, TEXT

KINDS = st.sampled_from(
    (
        "m.room.message",
        "m.room.message",
        "m.room.message",
        "m.reaction",
        "m.reaction",
        "m.room.redaction",
        "m.room.member",
        "m.room.power_levels",
        "m.room.tombstone",
        "m.room.canonical_alias",
        "m.room.encrypted",
    )
)
USERS = st.sampled_from(("@ben:hs.example", "@ben:hs.example", "@refdesk:hs.example", "@x:y", ""))
IDS = st.uuids().map(str) | st.sampled_from(("$one", "$two"))


def mostly(value):
    """What should be there, and one time in four anything."""
    return st.integers(0, 3).flatmap(lambda number: value if number else JSON)


def some(**likely):
    """An object with some keys, whose values are mostly what they should be."""
    return mostly(st.fixed_dictionaries({}, optional={key: mostly(value) for key, value in likely.items()}))


RELATION = some(
    rel_type=st.sampled_from(("m.thread", "m.replace", "m.annotation")), event_id=IDS, key=TEXT, is_falling_back=JSON
)
WORDS = st.sampled_from(("!echo hello", "Refdesk: hi", "!card", "1", "!whisper", "yes", "cancel")) | TEXT
CONTENT = st.fixed_dictionaries(
    {},
    optional={
        "msgtype": mostly(st.sampled_from(("m.text", "m.text", "m.file"))),
        "body": mostly(WORDS),
        "formatted_body": mostly(TEXT),
        "m.relates_to": RELATION,
        "m.mentions": some(user_ids=st.lists(USERS, max_size=2)),
        "membership": mostly(st.sampled_from(("join", "leave", "ban", "invite"))),
        "displayname": mostly(TEXT),
        "users": mostly(st.dictionaries(USERS, mostly(st.integers()))),
        "redacts": mostly(IDS),
        "replacement_room": mostly(TEXT),
        "org.matrix.msc4391.command": some(command=st.just("echo"), arguments=st.dictionaries(TEXT, JSON)),
        "file": JSON,
        "url": mostly(st.just("mxc://hs.example/x")),
    },
)
EVENT = st.fixed_dictionaries(
    {"type": KINDS, "sender": mostly(USERS), "event_id": mostly(IDS), "content": mostly(CONTENT)},
    optional={
        "state_key": mostly(st.sampled_from(("", "@ben:hs.example"))),
        "origin_server_ts": mostly(st.integers()),
        "unsigned": some(age=st.integers(max_value=1000), prev_content=JSON),
        "redacts": mostly(IDS),
    },
)
TIMELINES = st.fixed_dictionaries({"events": st.lists(mostly(EVENT), min_size=1, max_size=6)})
EXAMPLES = 250


async def test_events_that_are_nearly_right_break_nothing(bot, server, caplog):
    room = await bot.enter("Ana")
    cases = []

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(TIMELINES, TIMELINES)
    def collect(timeline, state):
        cases.append({room: {"timeline": timeline, "state": state}})

    collect()
    session = bot.platform.session
    for case in cases:
        await session.intake.take({"next_batch": session.sync.since, "rooms": {"join": case}}, False)
        await session.settled()
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert errors == []
    other = await bot.enter("Ana")
    await server.say(other, server.user("Ana"), "!echo hello")
    assert (await bot.said(other))[-1]["content"]["body"] == "Ana (MODERATOR) said: hello"
