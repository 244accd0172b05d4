# SPDX-License-Identifier: MIT
"""The small readers: contacts in texts, days, languages, words of titles, and works kept as JSON."""

import contextlib
import datetime as dt
import string

import pytest
from citation_works import WORKS
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import Invalid
from cogs.requests.days import end_of_day, month_of, months_before
from cogs.requests.exporting import safe_cell
from cogs.requests.languages import language_code
from cogs.requests.metadata import FreeCopy
from cogs.requests.scrub import PLACEHOLDER, contacts_in, without_people
from cogs.requests.store_words import words_of
from cogs.requests.works import dump_copies, dump_work, load_copies, load_work, summary

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to ana.k+x@uni.example.org please", ("ana.k+x@uni.example.org",)),
        ("call +385 91 234 5678", ("+385 91 234 5678",)),
        ("tel. 0049 30 1234567", ("0049 30 1234567",)),
        ("(030) 123 456 789", ("030) 123 456 789",)),
        ("pages 123-456, 1921-1938", ()),
        ("ISBN 978-2-07-046423-4 and 10.1000/182123456789", ()),
        ("9782070464234", ()),
        ("between 1914 and 1918, vol. 12 (3), pp. 1003-1017", ()),
        ("12 345 678 inhabitants", ()),
        ("PMID 23555203", ()),
    ],
)
def test_contacts_are_told_from_numbers_of_works(text, found):
    assert contacts_in(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ana.k [at] example.org", ("ana.k [at] example.org",)),
        ("ana(at)example(dot)org!", ("ana(at)example(dot)org",)),
        ("my phone no. 091 123 4567", ("091 123 4567",)),
        ("T: 091 123 4567", ("091 123 4567",)),
        ("Curator, vol. 12 (3) 100-120, 2019", ()),
        ("Curator 12(3) 100-120", ()),
        ("shelfmark 12 345 678 901", ()),
        ("barcode: 312340123456789", ()),
        ("looked at the book", ()),
    ],
)
def test_hidden_addresses_are_contacts_and_shelfmarks_are_not(text, found):
    assert contacts_in(text) == found


@pytest.mark.parametrize(
    "link",
    [
        "[[User:Ana Maria|Ana]]",
        "[[:hr:User talk:Ana]]",
        "[[Usuario discusión:Ana]]",
        "[[Benutzer Diskussion:Ana/Archiv]]",
    ],
)
def test_links_to_accounts_are_taken_out_whole(link):
    assert without_people(f"see {link}, please") == f"see {PLACEHOLDER}, please"


def test_nobody_is_named_in_what_becomes_public():
    text = "@ana:example.org and <@123456> asked User:Zdenka_K (zdenka@example.org) for Ana Horvat's thesis; Anatomy"
    cleaned = without_people(text, ["Ana Horvat", "Ana", "Z"])
    for gone in ("example.org", "123456", "Zdenka", "Horvat"):
        assert gone not in cleaned
    assert cleaned.endswith(f"for {PLACEHOLDER}'s thesis; Anatomy")


@given(st.text(max_size=200), st.lists(st.text(max_size=10), max_size=3))
def test_cleaning_never_fails_and_is_done_once(text, names):
    once = without_people(text, names)
    assert not contacts_in(once)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-24", "2026-12-24"),
        ("24.12.2026", "2026-12-24"),
        ("tomorrow", "2026-11-24"),
        ("5 days", "2026-11-28"),
        ("in 2 weeks", "2026-12-07"),
        ("in 3 Wochen", "2026-12-14"),
        ("d'ici 3 jours", "2026-11-26"),
        ("2 meses", "2027-01-23"),
        ("31.12.", "2026-12-31"),
        ("1.1.", "2027-01-01"),
        ("24/12/2026", "2026-12-24"),
        ("12/24/2026", "2026-12-24"),
        ("mañana", "2026-11-24"),
        ("übermorgen", "2026-11-25"),
        ("next Friday", "2026-11-27"),
        ("el viernes", "2026-11-27"),
        ("nächsten Montag", "2026-11-30"),
        ("24 December", "2026-12-24"),
        ("Dec 24, 2026", "2026-12-24"),
        ("24 de diciembre de 2026", "2026-12-24"),
        ("dimecres 24 de desembre", "2026-12-24"),
        ("29 Feb", "2028-02-29"),
    ],
)
def test_days_end_where_the_asker_lives(typed, day):
    end = end_of_day(typed, NOON, "America/New_York")
    assert end == dt.datetime.fromisoformat(f"{day}T23:59:59-05:00")


@pytest.mark.parametrize("typed", ["03/04", "03/04/2027", "2026-13-45", "31 April", "24", "May", "asap", "0.0.", "1-2"])
def test_what_may_be_two_days_or_none_is_refused(typed):
    with pytest.raises(Invalid):
        end_of_day(typed, NOON, "UTC")


@given(st.text(max_size=30))
def test_any_day_is_read_or_refused(text):
    found = None
    with contextlib.suppress(Invalid):
        found = end_of_day(text, NOON, "Europe/Zagreb")
    assert found is None or found.tzinfo is dt.UTC


def test_months_are_those_of_the_community():
    late = dt.datetime(2026, 11, 30, 23, 30, tzinfo=dt.UTC)
    assert (month_of(late, "Europe/Zagreb"), month_of(late, "nowhere")) == ("2026-12", "2026-11")
    assert months_before("2026-01", 1) == "2025-12"
    assert months_before("2026-12", 11) == "2026-01"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", ""), ("fr", "fr"), ("FR", "fr"), ("pt-BR", "pt"), ("French", "fr"), ("alemán", "de"), ("kroatisch", "hr")],
)
def test_languages_have_codes_and_names(typed, code):
    assert language_code(typed) == code


@pytest.mark.parametrize("typed", ["xx-yy-zz-qq", "hobbitisch", "f", "🦊"])
def test_what_is_no_language_is_refused(typed):
    with pytest.raises(Invalid):
        language_code(typed)


@given(st.text(max_size=100))
def test_words_are_folded_and_the_same_again(text):
    words = words_of(text)
    assert words_of(" ".join(words)) == words
    assert all(len(word) > 1 and word == word.casefold() for word in words)


def test_words_know_no_accents():
    assert words_of("La Révolution FRANÇAISE, 1789–1799: l'été") == [
        "la",
        "revolution",
        "francaise",
        "1789",
        "1799",
        "ete",
    ]


@pytest.mark.parametrize("work", WORKS.values() if isinstance(WORKS, dict) else WORKS)
def test_a_work_survives_being_kept(work):
    assert load_work(dump_work(work)) == work
    assert work.title in summary(work) or not work.title


def test_free_copies_survive_being_kept():
    copies = (FreeCopy("https://a.org/x", "Unpaywall", "repository", "acceptedVersion", "cc-by"),)
    assert load_copies(dump_copies(copies)) == copies
    assert load_work(None) is None


@given(st.sampled_from("=+-@\t\r'") | st.sampled_from(string.ascii_letters), st.text(max_size=10))
def test_no_cell_is_a_formula(first, rest):
    cell = safe_cell(first + rest)
    assert cell[0] not in "=+-@\t\r"
    assert cell.removeprefix("'") == (first + rest).removeprefix("'") or cell == f"'{first}{rest}"
