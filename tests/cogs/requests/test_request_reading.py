# SPDX-License-Identifier: MIT
"""What people type of the work that they want is read, or asked about, and slips are pointed out before posting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.requests.identifiers import find, may_mean, slips
from cogs.requests.reading import article_title, wiki_code
from cogs.requests.scrub import contacts_in

pytestmark = pytest.mark.cogs("requests", "settings")
MISTYPED = "978-3-16-148410-1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"ISBN {MISTYPED}", f"ISBN {MISTYPED}"),
        (f"Is {MISTYPED} there?", MISTYPED),
        ("See isbn: 0-306-40615-3, p. 4", "isbn: 0-306-40615-3"),
        ("in ISSN 1234-5678", "ISSN 1234-5678"),
        ("ISBN 978-3-16-148410-0", None),
        ("ISSN 0306-4603", None),
        ("ISBN unknown", None),
        ("1914-1918", None),
        ("Tel. 030 1234567", None),
    ],
)
def test_mistyped_numbers_of_works_are_found(text, found):
    assert [text[slip.start : slip.end] for slip in slips(text)] == ([found] if found else [])


@given(st.text(alphabet="0123456789-Xx ISBN:97é", max_size=60))
def test_what_is_an_identifier_is_no_slip(text):
    for slip in slips(text):
        assert not find(text[slip.start : slip.end])


def test_a_mistyped_number_of_a_work_is_no_phone_number():
    assert contacts_in(f"ISBN {MISTYPED}, or call +49 30 1234567") == ("+49 30 1234567",)


@pytest.mark.parametrize(
    ("title", "asked"), [("12345678", True), ("31452104", True), ("1984", False), ("1914-1918", False), ("Q42", False)]
)
def test_a_bare_number_is_asked_about_unless_it_is_a_year(title, asked):
    assert (may_mean(title) is not None) == asked


async def test_a_title_that_is_only_a_number_is_asked_about(desk_in_both_ways):
    desk = desk_in_both_ways
    asked = await desk.ana.says("request open 31452104")
    assert "PMID 31452104, OCLC 31452104" in asked.asked.error
    seen = await desk.ana.answers("PMID 31452104")
    assert seen.fields["PMID"].startswith("31452104 ")


async def test_a_title_may_be_a_number_that_is_no_identifier(desk_in_both_ways):
    desk = desk_in_both_ways
    await desk.ana.says("request open 31452104")
    seen = await desk.ana.answers("-")
    assert seen.title == "R-1 · 31452104"
    assert not {"PMID", "OCLC"} & set(seen.fields)


async def test_a_mistyped_identifier_in_a_text_is_pointed_out_and_may_stay(desk_in_both_ways):
    desk = desk_in_both_ways
    asked = await desk.ana.says(f'request open "The decline, ISBN {MISTYPED}"')
    assert asked.asked.confirm == (
        "This ISBN is mistyped: after 978316148410 its last digit would be 0, not 1. Post it anyway?"
    )
    await desk.settles()
    assert not desk.cards
    assert (await desk.ana.confirms()).title.startswith("R-1 · The decline")


async def test_contacts_duplicates_and_slips_are_pointed_out_together(desk):
    asked = await desk.ana.says(f'request open "The decline, ISBN {MISTYPED}, ana@example.org"')
    assert "is mistyped" in asked.asked.confirm
    assert "ana@example.org. Post it anyway?" in asked.asked.confirm
    await desk.ana.confirms()
    again = await desk.ben.says(f'request open "The decline, ISBN {MISTYPED}, ana@example.org"')
    assert again.asked.confirm.startswith("R-1 asks for this already")
    assert "ana@example.org" in again.asked.confirm
    assert "is mistyped" in again.asked.confirm


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("fr", "fr"),
        ("FR", "fr"),
        ("frwiki", "fr"),
        ("fr.wikipedia.org", "fr"),
        ("https://fr.m.wikipedia.org/wiki/Zagreb", "fr"),
        ("-", ""),
        ("Wikisource in French", "Wikisource in French"),
        ("https://[bad", "https://[bad"),
    ],
)
def test_a_wiki_is_known_by_its_code(typed, code):
    assert wiki_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("[[Zagreb Fair]]", "Zagreb Fair"),
        ("[[Zagreb Fair#History|the fair]]", "Zagreb Fair"),
        ("https://hr.wikipedia.org/wiki/Zagreba%C4%8Dki_zbor?action=edit#Povijest", "Zagrebački zbor"),
        ("https://example.org/x", "https://example.org/x"),
        ("  Zagreb   Fair ", "Zagreb Fair"),
        ("-", ""),
    ],
)
def test_an_article_is_known_by_its_title(typed, title):
    assert article_title(typed) == title


@given(st.text(max_size=80))
def test_any_wiki_and_article_is_read(text):
    assert isinstance(wiki_code(text, text) + article_title(text), str)


async def test_an_article_s_address_tells_its_wiki(desk):
    seen = await desk.ana.says('request open "Zagreb fair" article=https://hr.wikipedia.org/wiki/Zagreba%C4%8Dki_zbor')
    assert seen.fields["For"] == "hr: Zagrebački zbor"


async def test_a_dash_empties_a_field(desk):
    opened = 'request open "Zagreb fair" identifier=10.1000/182 language=de wiki=de article=Messe needed_by="5 days"'
    await desk.ana.says(opened)
    changed = "request edit R-1 identifier=- language=- wiki=- article=- needed_by=- details=-"
    assert (await desk.ana.says(changed)).text == "R-1 is changed."
    await desk.settles()
    assert set(desk.cards[0].fields) == {"State", "Kind", "Asked by"}
