# SPDX-License-Identifier: MIT
"""What librarians report, and what small groups hide in it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from cogs.requests.chart import draw
from cogs.requests.merging import FEW, OTHER, merged, spans
from cogs.requests.store_stats import Asker, Counts, Group


@pytest.fixture
async def busy(desk):
    """Twelve people asking in two months."""
    for number in range(12):
        who = desk.world.member(f"Asker {number}")
        kind = "book" if number < 6 else "map" if number < 10 else "thesis"
        await who.says(f'request open "{chr(97 + number) * 8}" kind={kind}')
        if number == 5:
            desk.world.clock.move(days=20)
    desk.world.clock.move(hours=2)
    for number in (1, 2, 3):
        await desk.lib.says(f'request fulfil R-{number} "Some paper" effort=3 minutes=20')
    await desk.lib.says('request decline R-7 "Lost in a fire"')
    return desk


pytestmark = pytest.mark.cogs("requests", "settings")


async def test_totals_rates_and_medians(busy):
    seen = await busy.lib.says("request stats kind")
    assert dict(list(seen.fields.items())[:6]) == {
        "Received": "12",
        "Answered": "3",
        "Found free": "0",
        "Declined": "1",
        "Withdrawn": "0",
        "Fill rate": "75 %",
    }
    assert seen.fields["Median time to first response"].startswith("20 days")
    assert seen.title == "Requests from 2026-01 to 2026-12"


async def test_groups_of_few_people_are_put_together(busy):
    seen = await busy.lib.says("request stats kind")
    assert [item.partition(":")[0] for item in seen.items] == ["Book", "all others"]
    assert "6 received" in seen.items[0]
    assert "6 received" in seen.items[1], "maps (4 people) and theses (2) are one group"


async def test_months_are_shown_with_a_chart_and_a_table(busy):
    seen = await busy.lib.says("request stats")
    assert [item.partition(":")[0] for item in seen.items] == ["2026-11", "2026-12"]
    picture = seen.files["requests.png"]
    assert Image.open(io.BytesIO(picture.content)).size == (960, 420)
    assert "bar chart" in busy.world.voice().plain(picture.description)
    table = seen.files["requests.csv"].content.decode("utf-8-sig").splitlines()
    times = "fill_rate,median_hours_to_first_response,median_hours_to_fulfilment"
    assert table == [
        f"month,received,answered,found_free,declined,withdrawn,{times}",
        "2026-11,6,3,0,0,0,1.00,482.0,482.0",
        "2026-12,6,0,0,1,0,0.00,2.0,",
    ]


async def test_each_group_has_its_rate_and_its_medians(busy):
    seen = await busy.lib.says("request stats kind")
    assert seen.items[0].endswith(
        "fill rate 100 %, first response after 20 days, 2 hours, and fulfilment after 20 days, 2 hours"
    )
    assert seen.items[1].endswith("1 declined, fill rate 0 %, and first response after 2 hours")


async def test_effort_is_reported_by_the_steps_of_the_scale(busy):
    for number in range(8, 13):
        busy.world.clock.move(minutes=1)
        await busy.lib.says(f'request fulfil R-{number} "Some paper" effort=3')
    seen = await busy.lib.says("request stats effort")
    assert [item.partition(":")[0] for item in seen.items] == ["all others"], "four people are too few beside eight"
    for number in (4, 5, 6, 7, 8):
        await busy.world.member(f"Later {number}").says(f'request open "{chr(107 + number) * 8}"')
    seen = await busy.lib.says("request stats effort")
    assert [item.partition(":")[0] for item in seen.items] == ["not said", "3"]
    assert "8 received" in seen.items[1]


async def test_a_time_in_which_few_asked_is_not_counted_by_itself(desk):
    for name in ("Ana", "Ben", "Cid", "Dan"):
        await desk.world.member(name).says(f'request open "{name * 4}"')
    text = (
        "Fewer than five people asked from 2026-11 to 2026-11: counts would tell what each did. Choose a longer time."
    )
    assert (await desk.lib.says("request stats since=2026-11 until=2026-11")).text == text
    await desk.world.member("Eve").says('request open "A fifth one"')
    assert (await desk.lib.says("request stats since=2026-11 until=2026-11")).fields["Received"] == "5"


@pytest.mark.parametrize("line", ["since=2026-13", "since=last", "since=2026-12 until=2026-01"])
async def test_a_month_that_cannot_be_is_asked_for_again(busy, line):
    assert "month" in (await busy.lib.says(f"request stats {line}")).asked.error


async def test_no_requests_no_statistics(desk):
    assert "No requests" in (await desk.lib.says("request stats")).text
    assert "librarian" in (await desk.ana.says("request stats")).text


async def test_counts_outlast_the_people(busy):
    busy.world.clock.move(days=200)
    await busy.settles()
    seen = await busy.lib.says("request stats kind since=2026-01 until=2026-12")
    assert seen.fields["Received"] == "12"
    assert [item.partition(":")[0] for item in seen.items] == ["Book", "all others"]


ASKERS = st.frozensets(
    st.builds(Asker, st.sampled_from(["2026-11", "2026-12"]), st.integers(1, 12), st.none() | st.integers(1, 9)),
    min_size=1,
    max_size=12,
)
GROUPS = st.lists(
    st.builds(Group, st.uuids().map(str), st.builds(Counts, st.integers(1, 99)), ASKERS),
    max_size=12,
    unique_by=lambda group: group.name,
)


@given(GROUPS)
def test_merging_hides_small_groups_and_loses_no_request(groups):
    shown = merged(groups)
    assert sum(group.counts.received for group in shown) == sum(group.counts.received for group in groups)
    assert all(group.people >= FEW for group in shown if group.name != OTHER)
    others = [group for group in shown if group.name == OTHER]
    assert len(others) <= 1
    assert all(group.people >= FEW for group in others) or len(shown) == 1


@given(st.lists(st.tuples(st.integers(1, 99), ASKERS), max_size=24))
def test_months_are_put_together_in_order_and_none_is_lost(months):
    given_ = [
        Group(f"{2020 + index // 12}-{index % 12 + 1:02}", Counts(count), askers)
        for index, (count, askers) in enumerate(months)
    ]
    shown = spans(given_)
    assert sum(group.counts.received for group in shown) == sum(count for count, _ in months)
    assert all(group.people >= FEW for group in shown) or len(shown) <= 1
    if given_:
        assert shown[0].name.startswith(given_[0].name)
        assert shown[-1].name.endswith(given_[-1].name)


@pytest.mark.parametrize("count", [0, 1, 3, 24, 60])
@pytest.mark.parametrize("received", [0, 1, 7, 100_000])
def test_a_chart_of_anything_is_a_picture(count, received):
    groups = [Group(f"g{n}", Counts(received, received // 2, received // 4, received // 8)) for n in range(count)]
    assert draw(groups, ["Ünïcode – long label"] * count).startswith(b"\x89PNG")
