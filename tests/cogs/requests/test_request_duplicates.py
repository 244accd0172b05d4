# SPDX-License-Identifier: MIT
"""Nobody asks twice for what was asked for before."""

import pytest

pytestmark = pytest.mark.cogs("requests", "settings")


async def test_the_same_identifier_is_pointed_out_before_anything_is_posted(desk_in_both_ways):
    desk = desk_in_both_ways
    await desk.ana.says('request open "A paper on open access" identifier="10.1000/182"')
    seen = await desk.ben.says('request open "Something else altogether" identifier="https://doi.org/10.1000/182"')
    assert seen.asked.confirm.startswith("R-1 asks for this already: follow it?")
    assert "R-1 A paper on open access" in seen.asked.confirm
    assert seen.asked.confirm.endswith("Or open a new request anyway?")
    await desk.settles()
    assert len(desk.cards) == 1
    assert "You follow R-1" in (await desk.ben.confirms(False)).text
    await desk.settles()
    assert len(desk.cards) == 1


async def test_one_may_open_it_all_the_same(desk_in_both_ways):
    desk = desk_in_both_ways
    await desk.ana.says('request open "Zagreb fair catalogue, 1921" kind=book')
    await desk.ben.says('request open "The Zagreb fair catalogue 1921" kind=map')
    seen = await desk.ben.confirms()
    assert seen.title == "R-2 · The Zagreb fair catalogue 1921"
    assert seen.fields["Kind"] == "Map"


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("zagreb FAIR catalogue 1921", True),
        ("1921 catalogue of the Zagreb fair", True),
        ("Zagreb fair catalog, 1921", True),
        ("Zagreb fair catalogue", True),
        ("Zagreb fair catalogue, 1931", False),
        ("Zagreb zoo", False),
        ("A history of Graz", False),
    ],
)
async def test_titles_that_are_nearly_the_same_are_found(desk, title, same):
    await desk.ana.says('request open "Zagreb fair catalogue, 1921" kind=book')
    seen = await desk.ben.says(f'request open "{title}"')
    assert bool(seen.asked and seen.asked.confirm) == same


@pytest.mark.parametrize(
    ("known", "title", "same"),
    [
        ("The state of OA: a large-scale analysis of access", "The state of OA", True),
        ("The state of OA", "The state of OA: a large-scale analysis of access", True),
        ("Diary of a ferryman, 1899", "Diary of a ferryman", True),
        ("Zagreb fair of 1921 in the Riverside Gazette", "Zagreb fair of 1921, in the Gazette", True),
        ("Rivers: an atlas", "Rivers", False),
        ("Atlas of the rivers of Spain", "Atlas of rivers", False),
        ("The state of OA: part 2", "The state of OA: part 3", False),
        ("History of the city of Graz, Band II", "History of the city of Graz, Band III", False),
    ],
)
async def test_a_title_is_known_without_its_subtitle(desk, known, title, same):
    await desk.ana.says(f'request open "{known}" kind=book')
    seen = await desk.ben.says(f'request open "{title}"')
    assert bool(seen.asked and seen.asked.confirm) == same


async def test_what_was_declined_or_withdrawn_does_not_count(desk):
    await desk.ana.says('request open "Zagreb fair catalogue, 1921"')
    await desk.lib.says('request decline R-1 "lost in a fire"')
    assert (await desk.ben.says('request open "Zagreb fair catalogue, 1921"')).title.startswith("R-2")


async def test_what_was_found_is_shown(desk):
    await desk.ana.says('request open "Zagreb fair catalogue, 1921"')
    await desk.lib.says('request fulfil R-1 "On the shelf in Graz"')
    seen = await desk.ben.says('request open "Zagreb fair catalogue, 1921"')
    assert seen.asked.confirm.startswith("R-1 has found this already. Look at it?")
    shown = await desk.ben.confirms(False)
    assert shown.fields["Found"] == "On the shelf in Graz"


async def test_the_check_can_be_switched_off(desk):
    await desk.mod.says("settings set requests.check_duplicates no")
    for member in (desk.ana, desk.ben):
        seen = await member.says('request open "Zagreb fair catalogue, 1921"')
    assert seen.title.startswith("R-2")
