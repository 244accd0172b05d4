# SPDX-License-Identifier: MIT
"""Publication dates in the shapes in which services send them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.requests.cite.dates import CATALAN, ENGLISH, FRENCH, GERMAN, SPANISH
from cogs.requests.dates import of_date_parts, parse_date
from cogs.requests.work import PartialDate, Season


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012-6", PartialDate(2012, 6)),
        ("2012-06-03", PartialDate(2012, 6, 3)),
        ("2012-06-03T00:00:00Z", PartialDate(2012, 6, 3)),
        ("20120603", PartialDate(2012, 6, 3)),
        ("2012", PartialDate(2012)),
        ("[2010]", PartialDate(2010)),
        ("c1998", PartialDate(1998)),
        ("©2001", PartialDate(2001)),
        ("1920?", PartialDate(1920)),
        ("Fall 1975", PartialDate(1975, season=Season.FALL)),
        ("otoño de 1975", PartialDate(1975, season=Season.AUTUMN)),
        ("Winter 1975-76", PartialDate(1975, season=Season.WINTER, end_year=1976)),
        ("Spring/Summer 1999", PartialDate(1999)),
        ("June 3, 2012", PartialDate(2012, 6, 3)),
        ("3rd June 2012", PartialDate(2012, 6, 3)),
        ("2012 Jun 3", PartialDate(2012, 6, 3)),
        ("Sept. 2004", PartialDate(2004, 9)),
        ("15 mars 2010", PartialDate(2010, 3, 15)),
        ("1er janvier 2011", PartialDate(2011, 1, 1)),
        ("3 de junio de 2012", PartialDate(2012, 6, 3)),
        ("10 d’octubre de 2015", PartialDate(2015, 10, 10)),
        ("1975–1976", PartialDate(1975, end_year=1976)),
        ("1998-99", PartialDate(1998, end_year=1999)),
        ("2012-00-00", PartialDate(2012)),
        ("2012-02-31", PartialDate(2012, 2)),
        ("2012-13-40", PartialDate(2012)),
        ("2012-31", PartialDate(2012)),
        ("03/04/2012", PartialDate(2012)),
        ("[between 1920 and 1930]", None),
        ("s.a.", None),
        ("", None),
        ("12345678", None),
        ("٢٠١٢", None),
    ],
)
def test_what_a_written_date_says(text, expected):
    assert parse_date(text) == expected


@given(st.text(max_size=30) | st.from_regex(r"[0-9 /.\-A-Za-z]{0,16}", fullmatch=True))
def test_any_text_is_read_without_failing(text):
    read = parse_date(text)
    if read is not None:
        assert 1000 <= read.year <= 2999
        for style in (ENGLISH, SPANISH, FRENCH, GERMAN, CATALAN):
            assert str(read.year) in style.partial(read)


@given(st.dates(dt.date(1000, 1, 1), dt.date(2099, 12, 31)))
def test_what_a_wiki_writes_is_read_back(date):
    whole = PartialDate(date.year, date.month, date.day)
    for style in (ENGLISH, SPANISH, FRENCH, GERMAN, CATALAN):
        assert parse_date(style.full(date)) == whole
        assert parse_date(style.partial(PartialDate(date.year, date.month))) == PartialDate(date.year, date.month)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([[2017, 4, 30]], PartialDate(2017, 4, 30)),
        ([[2017, 4]], PartialDate(2017, 4)),
        ([["2017"]], PartialDate(2017)),
        ([[2017, None, 3]], PartialDate(2017)),
        ([[None]], None),
        ([[]], None),
        ([], None),
        (None, None),
        ("2017", None),
        ([[True, 1]], None),
        ([[2017, 99]], PartialDate(2017)),
        ([["²"]], None),
    ],
)
def test_date_parts(parts, expected):
    assert of_date_parts(parts) == expected
