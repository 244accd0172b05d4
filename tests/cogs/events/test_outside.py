# SPDX-License-Identifier: MIT
"""Results and hunts: what services answer, and what of it is shown."""

import csv
import io
from datetime import UTC, date, datetime

import mwparserfromhell
import pytest
from eventplay import announce, furnish
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit import Fetched, Unavailable, t
from cogs.events import Events
from cogs.events.hunting import HUNT, campaign_of
from cogs.events.results import Figures, Measure, Results, read_number
from cogs.events.results.dashboard import course_of, read_course, read_figures
from cogs.events.results.gathering import HASHTAGS
from cogs.events.results.hashtags import read_rows, tag_of
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

NOW = datetime(2027, 1, 16, 12, tzinfo=UTC)
ROW = {
    "Domain": "en.wikipedia.org",
    "Timestamp": "2027-01-15T18:30:00Z",
    "Username": "Secret",
    "Page_title": "Bee",
    "Revision_ID": 1,
}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("9.88K", 9880),
        ("1.2M", 1_200_000),
        ("1,234", 1234),
        ("37", 37),
        (37, 37),
        ("9,88K", 9880),
        ("1 234", 1234),
        ("", None),
        ("lots", None),
        (None, None),
        (True, None),
        ("-5", None),
        ("1e9", None),
        (-1, None),
        (float("nan"), None),
    ],
)
def test_numbers_for_people_are_read(written, number):
    assert read_number(written) == number


@settings(deadline=None)
@given(st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=40) | st.lists(st.integers()))
def test_no_junk_breaks_the_reader_of_numbers(value):
    found = read_number(value)
    assert found is None or found >= 0


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "course",
                        "slug",
                        "articles",
                        "updates",
                        "last_update",
                        "end_time",
                        "word_count",
                        "Rows",
                        "Timestamp",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_no_junk_breaks_the_readers_of_answers(body):
    course = read_course(body)
    figures = read_figures(course or {}, body, "https://x.org")
    assert all(count >= 0 for _, count in figures.counts)
    assert read_rows(body, NOW, NOW, "https://x.org") is None or isinstance(body, dict)


def test_a_course_is_found_in_any_of_its_addresses():
    base = ("https://outreachdashboard.wmflabs.org", "/courses/My_Library/Edit-a-thon_(2027)")
    for rest in ("", "/home", "/articles/edited", ".json", "?enroll=x"):
        assert course_of("".join(base) + rest) == base
    assert course_of("https://example.org/other/page") is None


@pytest.mark.parametrize(
    ("typed", "tag"), [("#1Lib1Ref", "1lib1ref"), ("＃wiki", "wiki"), ("2027", None), ("a", None), ("a b", None)]
)
def test_hashtags_are_those_that_the_tool_knows(typed, tag):
    assert tag_of(typed) == tag


RESULTS = Results(
    "A | B {{x}} [[y]]",
    NOW,
    NOW,
    (Figures("Tool", "https://t.org", ((Measure.EDITS, 1234), (Measure.PEOPLE, 0))),),
    (),
    NOW,
)


def test_results_as_a_table_and_as_wikitext():
    rows = list(csv.reader(io.StringIO(RESULTS.table().content.decode("utf-8-sig"))))
    assert rows[1][-2:] == ["edits", "1234"]
    code = mwparserfromhell.parse(RESULTS.wikitext().content.decode())
    assert [str(each.name) for each in code.filter_templates()] == ["!", "formatnum:1234", "formatnum:0"]
    assert not code.filter_wikilinks()


async def test_numbers_of_a_hashtag_name_nobody(world):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    world.clock.set(NOW)
    rows = [
        ROW,
        ROW | {"Revision_ID": 2, "Page_title": "Ant"},
        ROW | {"Timestamp": "2026-01-01T00:00:00Z", "Page_title": "Old", "Revision_ID": 3},
        "junk",
    ]
    world.outside.answers = {HASHTAGS: {"Rows": rows}}
    seen = await mod.says("event results E-1 hashtag=#1Lib1Ref")
    assert seen.fields["Wikimedia hashtag search"].splitlines() == [
        "People who edited: 1",
        "Articles edited: 2",
        "Edits: 2",
        "Wikis: 1",
    ]
    assert "Secret" not in seen.plain + "".join(file.content.decode("latin-1") for file in seen.files.values())
    assert world.outside.asked[-1][1] == {
        "query": "1lib1ref", "startdate": "2027-01-15", "enddate": "2027-01-16", "search_type": "or"
    }  # fmt: skip


@pytest.mark.parametrize(
    "answer", [Unavailable(t("Down.")), Fetched("<html>", 500), Fetched(None, 200), Fetched({"Rows": 3}, 200)]
)
async def test_a_service_that_fails_is_named_and_nothing_breaks(world, answer):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    world.clock.set(NOW)
    world.outside.answers = {HASHTAGS: answer}
    seen = await mod.says("event results E-1 hashtag=1lib1ref")
    assert "Nobody could tell me" in seen.text
    assert "Wikimedia hashtag search did not answer" in seen.note


async def test_a_hunt_links_a_statement_of_a_topic(world):
    ana = world.member("Ana")
    world.outside.answers = {
        f"{HUNT}/en/search/category": {
            "results": [{"id": "a1", "title": "Libraries in Spain"}, {"id": "b2", "title": "Libraries"}]
        },
        f"{HUNT}/en": f"{HUNT}/en?id=9f",
    }
    seen = await ana.says("hunt libraries")
    assert seen.link == f"{HUNT}/en?id=9f"
    assert world.outside.asked[-1] == (f"{HUNT}/en", {"cat": "b2"})
    assert "about Libraries" in seen.title


@pytest.mark.parametrize("target", [None, "https://evil.example.org/en?id=1", f"{HUNT}/login"])
async def test_a_hunt_links_nothing_but_a_statement(world, target):
    world.outside.answers = {f"{HUNT}/en": Fetched(target, 302)}
    seen = await world.member("Ana").says("hunt")
    assert "no statement" in seen.text
    assert not seen.link


async def test_an_unknown_topic_is_asked_again(world):
    world.outside.answers = {f"{HUNT}/en/search/category": {"results": []}}
    assert "no such topic" in (await world.member("Ana").says("hunt quux")).asked.error


def test_campaigns_have_their_days():
    assert campaign_of(date(2027, 1, 14)) is None
    assert campaign_of(date(2027, 1, 15)) == (date(2027, 1, 15), date(2027, 2, 5))
    assert campaign_of(date(2027, 6, 5)) == (date(2027, 5, 15), date(2027, 6, 5))
    assert campaign_of(date(2027, 6, 6)) is None


async def test_a_campaign_posts_a_task_a_day_where_it_is_switched_on(world):
    mod = await furnish(world)
    world.outside.answers = {f"{HUNT}/en": f"{HUNT}/en?id=9f"}
    world.clock.set(datetime(2027, 1, 13, 12, tzinfo=UTC))
    await world.passes(days=3)
    assert not world.place("main").posts
    await mod.says("settings set events.one_lib_one_ref yes")
    await world.passes(days=2)
    world.outside.answers = {}
    await world.passes(days=1)
    assert [seen.title for seen in world.place("main").posts] == [f"#1Lib1Ref, day {day} of 22" for day in (3, 4, 5)]
    assert [seen.link for seen in world.place("main").posts] == [f"{HUNT}/en?id=9f"] * 2 + [HUNT]
