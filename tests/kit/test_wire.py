# SPDX-License-Identifier: MIT
"""Replies as JSON and back."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from math import isnan

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.kit.people import Person, Place
from bot.kit.reply import Attachment, Button, Field, Reply, Tone, Visible
from bot.kit.text import Ago, Code, Link, Markdown, Text, n, t
from bot.kit.wire import WireError, dump_reply, load_reply


class People:
    """Knows everybody by number."""

    def person(self, person_id: int) -> Person:
        return Person(person_id, f"Person {person_id}")

    def place(self, place_id: int) -> Place:
        return Place(place_id, "memory", f"room-{place_id}", home_id=1)


PEOPLE = People()
STRINGS = st.text(st.characters(), max_size=20)
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(fold=0))
PLAIN = st.one_of(
    STRINGS,
    st.integers(),
    st.booleans(),
    st.floats(allow_nan=False),
    st.decimals(allow_nan=False),
    MOMENTS,
    st.dates(),
    st.timedeltas(),
    st.integers(1, 10**6).map(PEOPLE.person),
    st.integers(1, 10**6).map(PEOPLE.place),
    STRINGS.map(Markdown),
    STRINGS.map(Code),
    MOMENTS.map(Ago),
    st.builds(Link, STRINGS, STRINGS),
)


def texts(values: st.SearchStrategy) -> st.SearchStrategy[Text]:
    params = st.lists(st.tuples(STRINGS, values), max_size=3).map(tuple)
    return st.builds(Text, STRINGS, params, st.none() | STRINGS, st.integers(), st.none() | STRINGS)


LISTS = st.lists(PLAIN, max_size=3).map(tuple)
TEXTS = texts(st.one_of(PLAIN, LISTS, st.recursive(texts(PLAIN), texts, max_leaves=3)))
WORDS = st.one_of(STRINGS, TEXTS, STRINGS.map(Markdown))
LINKS = st.builds(Link, STRINGS | TEXTS, STRINGS)
FILES = st.builds(Attachment, STRINGS, st.binary(max_size=50), STRINGS, WORDS)


@st.composite
def buttons(draw: st.DrawFn) -> Button:
    button = Button(draw(WORDS), draw(STRINGS), emoji=draw(st.none() | STRINGS))
    names = st.one_of(STRINGS, st.sampled_from(["label", "target", "emoji", "self"]))
    object.__setattr__(button, "arguments", tuple(draw(st.lists(st.tuples(names, STRINGS), max_size=3))))
    return button


REPLIES = st.builds(
    Reply,
    text=WORDS,
    title=WORDS,
    fields=st.lists(st.builds(Field, WORDS, WORDS | LINKS), max_size=3).map(tuple),
    items=st.lists(WORDS, max_size=3).map(tuple),
    link=st.none() | LINKS,
    note=WORDS,
    tone=st.sampled_from(Tone),
    image=st.none() | FILES,
    files=st.lists(FILES, max_size=2).map(tuple),
    buttons=st.lists(buttons(), max_size=3).map(tuple),
    visible=st.none() | st.sampled_from(Visible),
    card=st.booleans(),
)


def carried(reply: Reply) -> Reply:
    return load_reply(json.loads(json.dumps(dump_reply(reply))), PEOPLE)


@given(REPLIES)
@example(Reply(t("{a} {b}", a=float("inf"), b=True), note=n("one", "{count} of them", 0)))
def test_a_reply_comes_back_as_it_was(reply: Reply):
    again = carried(reply)
    assert again == reply
    assert repr(again) == repr(reply)  # 1 == True == 1.0, so equality alone would not tell


def test_nan_is_carried():
    value = carried(Reply(t("{a}", a=float("nan")))).text.values["a"]
    assert isnan(value)


def test_every_type_of_the_vocabulary_is_carried():
    params = {
        "money": Decimal("1.50"), "day": date(2026, 5, 1), "span": timedelta(minutes=5), "who": PEOPLE.person(7),
        "where": PEOPLE.place(3), "at": Ago(datetime(2026, 1, 1, tzinfo=UTC)), "doi": Code("10.1/x"),
    }  # fmt: skip
    assert carried(Reply(t("…", **params))).text == t("…", **params)


def test_people_are_read_again_when_the_post_goes_out():
    renamed = carried(Reply(t("{who} asked", who=Person(7, "Old name"))))
    assert renamed.text.values["who"].name == "Person 7"


def test_a_moment_of_another_zone_is_kept_as_the_same_moment():
    moment = datetime.fromisoformat("2026-10-25T02:30:00+02:00")
    assert carried(Reply(t("{at}", at=moment))).text.values["at"] == moment


def test_a_moment_without_zone_is_refused():
    with pytest.raises(WireError, match="no zone"):
        dump_reply(Reply(t("{at}", at=datetime(2026, 1, 1))))  # noqa: DTZ001


KEYS = STRINGS | st.sampled_from(["t", "v", "link"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | STRINGS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(Reply.__dataclass_fields__)), JSON, max_size=4))
def test_a_corrupt_payload_is_a_declared_error_or_a_reply(parts: dict):
    try:
        reply = load_reply({"v": 1, **parts}, PEOPLE)
    except WireError:
        return
    assert repr(carried(reply)) == repr(reply)


@pytest.mark.parametrize(
    "payload",
    [
        None, [], {}, {"v": 2}, {"v": 1, "colour": "red"}, {"v": 1, "text": {"t": "x"}},
        {"v": 1, "text": {"moment": "2026-01-01T00:00:00+00:00"}}, {"v": 1, "image": ["a", "!", "b", ""]},
        {"v": 1, "text": {"t": ["{x}", [["x", {"moment": "2026-01-01T00:00:00"}]]]}}, {"v": 1, "card": "yes"},
        {"v": 1, "text": {"t": ["{x}", [["x", {"unknown": 1}]]]}}, {"v": 1, "tone": "loud"},
    ],
)  # fmt: skip
def test_what_was_not_written_here_is_refused(payload: object):
    with pytest.raises(WireError):
        load_reply(payload, PEOPLE)


def test_nesting_without_end_is_refused():
    value: object = "x"
    for _ in range(5000):
        value = {"t": ["{x}", [["x", value]]]}
    with pytest.raises(WireError):
        load_reply({"v": 1, "text": value}, PEOPLE)
