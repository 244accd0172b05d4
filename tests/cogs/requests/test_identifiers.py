# SPDX-License-Identifier: MIT
"""Finding, reading and normalising identifiers."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from identifier_table import SENTENCES
from identifier_traps import TRAPS
from identifier_wild import WILD

from cogs.requests.identifiers import Ambiguous, BadIdentifier, Identifier, Scheme, find, parse
from cogs.requests.identifiers.checks import (
    is_isbn10,
    is_isbn13,
    is_issn,
    isbn10_check,
    isbn13_check,
    issn_check,
    to_isbn13,
)


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES + TRAPS + WILD)
def test_what_is_found_in_a_sentence(sentence, expected):
    assert tuple(f"{each.scheme}:{each.value}" for each in find(sentence)) == expected


def test_the_table_is_large_and_has_lookalikes():
    assert sum(len(expected) for _, expected in SENTENCES) >= 60
    assert sum(not expected for _, expected in SENTENCES) >= 20
    assert sum(len(expected) for _, expected in TRAPS) >= 60


def test_the_displayed_form_and_place_are_kept():
    (found,) = find("the book (ISBN 2-07-046423-7), 736 pages")
    assert found == Identifier(Scheme.ISBN, "9782070464234", 15, 28, "2-07-046423-7")
    assert found.link == "https://openlibrary.org/isbn/9782070464234"


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("10.1000/182", None, "10.1000/182"),
        ("  DOI 10.1000/ABC  ", None, "10.1000/abc"),
        ("2-07-046423-7", None, "9782070464234"),
        ("2070464237", None, "9782070464234"),
        ("9782070464234", None, "9782070464234"),
        ("ISBN 2070464237", Scheme.ISBN, "9782070464234"),
        ("0025-6196", None, "0025-6196"),
        ("23555203", Scheme.PMID, "23555203"),
        ("23555203", Scheme.ISSN, None),
        ("PMID: 23555203", None, "23555203"),
        ("3538472", Scheme.PMCID, "PMC3538472"),
        ("pmc3538472", None, "PMC3538472"),
        ("1207.7214", None, "1207.7214"),
        ("q42", None, "Q42"),
        ("https://www.wikidata.org/wiki/Q42", None, "Q42"),
        ("https://example.org/a", None, "https://example.org/a"),
        ("please get me doi:10.1000/182, thanks", None, "10.1000/182"),
        ("OCLC 00012345", None, "12345"),
    ],
)
def test_one_identifier_is_read(text, scheme, value):
    if value is None:
        value = "2355-5203"
    read = parse(text, scheme)
    assert isinstance(read, Identifier)
    assert read.value == value
    assert text[read.start : read.end] == read.raw


@pytest.mark.parametrize(
    ("text", "schemes"),
    [
        ("23555203", [Scheme.ISSN, Scheme.PMID, Scheme.OCLC]),
        ("12345", [Scheme.PMID, Scheme.OCLC]),
        ("1000000044", [Scheme.ISBN, Scheme.OCLC]),
        ("10.1000/1 or 10.1000/2", [Scheme.DOI, Scheme.DOI]),
    ],
)
def test_what_may_mean_several_things_is_asked_back(text, schemes):
    read = parse(text)
    assert isinstance(read, Ambiguous)
    assert [option.scheme for option in read.options] == schemes


@pytest.mark.parametrize(
    ("text", "scheme", "told"),
    [
        ("978-2-07-046423-5", None, "This ISBN is mistyped: after 978207046423 its last digit would be 4, not 5."),
        ("ISBN 0-8044-2957-1", None, "This ISBN is mistyped: after 080442957 its last digit would be X, not 1."),
        ("2070464238", None, "its last digit would be 7, not 8"),
        ("0025-6197", None, "This ISSN is mistyped: after 0025619 its last digit would be 6, not 7."),
        ("ISBN 97820704642", None, "An ISBN has 10 or 13 digits; this has 11."),
        ("ISBN 1234567890123", None, "starts with 978 or 979"),
        ("979-0-2600-0043-8", None, "printed music"),
        ("ISBN abc", None, "An ISBN has only digits"),
        ("ISSN 0025-61", None, "An ISSN has 8 digits, such as 0025-6196; this has 6."),
        ("ISSN 0025-6X96", None, "An ISSN has only digits"),
        ("doi:hello", None, "A DOI looks like 10.1000/182."),
        ("hello", Scheme.ARXIV, "An arXiv number looks like"),
        ("10.1000/182", Scheme.ISBN, "another kind of identifier: DOI, not ISBN."),
        ("PMID 123456789", None, "up to 8 digits"),
        ("", None, "Please give an identifier"),
        ("  \n ", None, "Please give an identifier"),
        ("the tower of Babel", None, "No identifier was recognised."),
        ("https://", Scheme.URL, "A web address starts with https://"),
    ],
)
def test_what_is_wrong_is_said(text, scheme, told):
    with pytest.raises(BadIdentifier) as caught:
        parse(text, scheme)
    assert told in caught.value.text.message.format(**caught.value.text.values)


digits = st.text("0123456789", min_size=0, max_size=20)
pieces = st.lists(
    st.one_of(
        st.text(max_size=12),
        digits,
        st.sampled_from([text for text, _ in SENTENCES]),
        st.sampled_from(
            ["ISBN", "ISSN ", "doi:", "10.1000/", "https://", "PMID ", "(", ")", "%2F", "<", "x", "-", " "]
        ),
    ),
    max_size=6,
).map("".join)


@given(pieces)
@example("https://[")
@example("http://a.b:99999999/")
@example("10.1000/%ff%252f")
def test_finding_never_fails_and_its_places_are_right(text):
    last = 0
    for each in find(text):
        assert text[each.start : each.end] == each.raw
        assert each.start >= last
        assert each.raw
        last = each.end
        assert each.link.startswith("http")


@given(pieces)
def test_normalising_twice_changes_nothing(text):
    for each in find(text):
        again = parse(each.value, each.scheme)
        assert isinstance(again, Identifier)
        assert (again.scheme, again.value) == (each.scheme, each.value)


@given(pieces, st.sampled_from([None, *Scheme]))
def test_reading_gives_an_identifier_or_says_what_is_wrong(text, scheme):
    with suppress(BadIdentifier):
        read = parse(text, scheme)
        for each in read.options if isinstance(read, Ambiguous) else (read,):
            assert text[each.start : each.end] == each.raw
            assert scheme in {None, each.scheme}


@given(st.text("0123456789", min_size=9, max_size=9))
def test_isbn_round_trip(first9):
    isbn10 = first9 + isbn10_check(first9)
    assert is_isbn10(isbn10)
    assert is_isbn13(to_isbn13(isbn10))
    (found,) = find(f"ISBN {isbn10}")
    assert found.value == to_isbn13(isbn10)


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 9))
def test_a_wrong_digit_is_noticed(first12, place, change):
    isbn = f"978{first12[3:]}"
    isbn += isbn13_check(isbn)
    wrong = isbn[:place] + str((int(isbn[place]) + change) % 10) + isbn[place + 1 :]
    assert is_isbn13(isbn)
    assert not is_isbn13(wrong)


@given(st.text("0123456789", min_size=7, max_size=7))
def test_issn_round_trip(first7):
    issn = first7 + issn_check(first7)
    assert is_issn(issn)
    (found,) = find(f"ISSN {issn[:4]}-{issn[4:]}")
    assert found.value == f"{issn[:4]}-{issn[4:]}"
    swapped = issn[1] + issn[0] + issn[2:]
    assert issn[0] == issn[1] or not is_issn(swapped)
