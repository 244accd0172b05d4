# SPDX-License-Identifier: MIT
"""Reading what anybody may have written, and who has how much power in a room."""

import json
import math
from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.kit import Level
from bot.platforms.matrix.content import Called, Spot, message, reaction, replacement
from bot.platforms.matrix.powers import creators, may_call_all, needed, power_of, rank_of
from bot.platforms.matrix.reading import Me, read, with_accounts, without_call, without_mention, without_quotation
from bot.platforms.matrix.render import PIECE_BYTES, Piece, pieces_of
from bot.platforms.matrix.rooms import Room, Rooms
from bot.platforms.matrix.shapes import events, mapping, strings, text, whole
from bot.platforms.matrix.wire import encode, path

ME = Me("@refdesk:hs.example", "Refdesk")
ANA, BEN = "@ana:hs.example", "@ben:hs.example"

ANYTHING = st.text(st.characters(exclude_categories=()), max_size=8)
"""Text with lone surrogates too, which JSON can hold and UTF-8 cannot."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ANYTHING,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("msgtype", "body", "formatted_body", "m.relates_to", "m.mentions", "file", "url", "info", "filename")
CONTENT = st.dictionaries(st.sampled_from((*KEYS, "org.matrix.msc4391.command")), JSON, max_size=6)
MESSAGES = CONTENT.map(lambda content: {**content, "msgtype": "m.text"})


@given(JSON | MESSAGES | CONTENT)
def test_reading_survives_whatever_was_sent(content):
    words = read({"type": "m.room.message", "content": content}, ME)
    assert words is None or isinstance(words.text, str)


@given(st.dictionaries(st.sampled_from(("type", "state_key", "content", "sender")), JSON | CONTENT, max_size=4))
def test_a_room_survives_whatever_its_state_says(event):
    room = Room("!room")
    for kind in ("m.room.member", "m.room.create", "m.room.power_levels", "m.room.name", "m.room.tombstone"):
        room.take({**event, "type": kind})
    assert isinstance(room.name, str)
    assert power_of(ANA, room.create, room.levels) >= -math.inf
    assert rank_of(ANA, room.create, room.levels).level in (Level.MEMBER, Level.MODERATOR)


@given(JSON)
def test_shapes_are_read_without_an_error(value):
    assert isinstance(text(value, "a"), str)
    assert isinstance(mapping(value, "a"), dict)
    assert isinstance(strings(value, "a"), list)
    assert all(isinstance(event["type"], str) for event in events(value))
    found = whole(value)
    assert found is None or isinstance(found, int)


@given(ANYTHING)
def test_what_is_read_can_be_kept(said):
    assert text({"a": said}, "a").encode().decode() == strings({"a": [said]}, "a")[0]
    assert len(text({"a": said}, "a")) == len(said)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("50", 50),
        (" -5 ", -5),
        ("+7", 7),
        ("--5", None),
        ("+-1", None),
        ("", None),
        ("５", None),
        (" " * 30 + "5", None),
    ],
)
def test_numbers_that_old_rooms_wrote_as_text_are_read_or_count_as_absent(written, number):
    assert whole(written) == number
    assert power_of(ANA, create("9"), {"users": {ANA: written}}) == (number or 0)


@given(st.dictionaries(ANYTHING, ANYTHING | st.integers()))
@example({"body": "a\ud800b"})
def test_whatever_is_said_becomes_bytes(body):
    assert json.loads(encode(body)) is not None


def test_a_nan_is_refused_before_the_homeserver_does():
    with pytest.raises(ValueError):
        encode({"x": math.nan})


def test_no_id_leaves_its_part_of_an_address():
    assert path("rooms", "!a/../b?c#d", "send") == "/_matrix/client/v3/rooms/%21a%2F..%2Fb%3Fc%23d/send"


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("Refdesk: help me", "help me"),
        ("refdesk,help", "help"),
        ("@refdesk:hs.example: help", "help"),
        ("Refdesk:", ""),
        ("Refdesk", ""),
        ("@refdesk help", "help"),
        ("@refdesk:hs.example help", "help"),
        ("@refdesks help", None),
        ("Refdesk help", None),
        ("Refdesks: help", None),
        ("ask Refdesk: help", None),
    ],
)
def test_the_bots_name_before_words_calls_it(said, rest):
    assert without_call(said, ME) == rest


def test_a_mention_is_taken_from_either_end():
    assert without_mention("Refdesk help", ME) == "help"
    assert without_mention("help @refdesk:hs.example", ME) == "help"
    assert without_mention("help", ME) == "help"


def test_quotations_of_older_clients_are_left_out():
    assert without_quotation("> <@ana:hs.example> hello\n> more\n\nanswer\n> kept") == "answer\n> kept"


def test_pills_become_accounts():
    html = 'Ask <a href="https://matrix.to/#/@ben:hs.example">Ben</a> and <a href="https://evil.example">Eve</a>'
    assert with_accounts("Ask Ben and Eve", html, ME) == "Ask @ben:hs.example and Eve"
    link = "[Ben](https://matrix.to/#/@ben%3Ahs.example?via=x) and [a room](https://matrix.to/#/!room)"
    assert with_accounts(link, "", ME) == "@ben:hs.example and [a room](https://matrix.to/#/!room)"


@pytest.mark.parametrize("name", ["Library Bot", "Refdesk", "書", "\u202eBot", "<b>"])
@pytest.mark.parametrize(
    "said", ["{}: help me", "{} help me", "help me {}", "[{}](https://matrix.to/#/@refdesk:hs.example) help me"]
)
def test_the_bot_is_called_by_a_pill_whatever_it_is_called_there(name, said):
    html = f'<a href="https://matrix.to/#/%40refdesk%3Ahs.example">{escape(name)}</a>'
    event = {"content": {"msgtype": "m.text", "body": said.format(name), "formatted_body": said.format(html)}}
    assert without_mention(read(event, ME).text, ME) == "help me"


# Power.


def create(version, sender=ANA, **content):
    return {"type": "m.room.create", "sender": sender, "content": {"room_version": version, **content}}


@pytest.mark.parametrize(
    ("event", "levels", "who", "power"),
    [
        (create("12"), {"users": {}}, ANA, math.inf),
        (create("12"), {"users": {}}, BEN, 0),
        (create("12", additional_creators=[BEN]), {"users": {}}, BEN, math.inf),
        (create("12", predecessor={"room_id": "!old"}), {"users": {}}, ANA, math.inf),
        (create("org.matrix.hydra.11"), {}, ANA, math.inf),
        (create("11", additional_creators=[BEN]), {"users": {ANA: 100}}, BEN, 0),
        (create("11"), {"users": {}}, ANA, 0),
        (create("11"), None, ANA, 100),
        (create("1", sender=BEN, creator=ANA), None, ANA, 100),
        (create("10"), {"users": {BEN: "50"}, "users_default": 10}, BEN, 50),
        (create("10"), {"users": {BEN: 50}, "users_default": 10}, ANA, 10),
        (create("10"), {"users": "zz", "users_default": None}, ANA, 0),
        ({}, None, ANA, 0),
    ],
)
def test_power_is_computed_as_the_specification_says(event, levels, who, power):
    assert power_of(who, event, levels) == power


def test_an_upgraded_room_of_version_12_has_its_creators():
    assert creators(create("12", predecessor={"room_id": "!old"})) == {ANA}


def test_roles_are_the_power_levels_up_to_ones_own():
    levels = {"users": {ANA: 100, BEN: 30}}
    assert rank_of(BEN, create("10"), levels).roles == {"power:30"}
    assert rank_of(ANA, create("10"), levels).roles == {"power:30", "power:50", "power:100"}
    assert rank_of(BEN, create("10"), levels, 30).level is Level.MODERATOR


def test_what_an_event_takes_and_who_may_call_all():
    assert needed("m.room.message", {"events_default": 10}) == 10
    assert needed("m.room.message", {"events": {"m.room.message": 20}}) == 20
    assert needed("x", {}, state=True) == 50
    assert needed("x", {"state_default": 0}, state=True) == 0
    assert may_call_all(50, {})
    assert not may_call_all(49, {})
    assert may_call_all(10, {"notifications": {"room": 10}})


# Rooms.


def test_a_direct_room_is_private_only_while_two_are_in_it():
    rooms = Rooms()
    rooms.learn_direct({ANA: ["!a"], "zz": ["!b"], BEN: "!c"})
    assert rooms.direct == {"!a": ANA}
    room = rooms.enter("!a")
    member = {"type": "m.room.member", "content": {"membership": "join"}}
    room.fill([{**member, "state_key": ANA}, {**member, "state_key": ME.user_id}])
    assert rooms.is_direct(room)
    room.take({**member, "state_key": BEN})
    assert not rooms.is_direct(room)
    room.take({**member, "state_key": BEN, "content": {"membership": "leave"}})
    assert rooms.is_direct(room)
    assert not rooms.is_direct(rooms.enter("!c"))


# Content.


@given(st.text(max_size=40), st.booleans(), st.sampled_from([None, "$thread"]), st.sampled_from([None, "$asked"]))
def test_every_message_says_whom_it_calls(body, called, thread, replied):
    spot = Spot("!room", thread, replied)
    content = message(Piece(body), spot, called=Called([ANA] if called else []))
    assert content["m.mentions"] == ({"user_ids": [ANA]} if called else {})
    assert replacement(Piece(body), "$old")["m.mentions"] == {}
    relation = content.get("m.relates_to", {})
    assert relation.get("rel_type") == ("m.thread" if thread else None)
    assert bool(relation) == bool(thread or replied)
    assert reaction("$old", "✋")["m.relates_to"]["key"] == "✋"


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=3000), max_size=8), st.integers(1, 40))
def test_pieces_fit_whatever_they_hold(paragraphs, times):
    source = "\n\n".join(each * times for each in paragraphs)
    for piece in pieces_of(source):
        assert len(piece.body.encode()) + len(piece.html.encode()) <= PIECE_BYTES
