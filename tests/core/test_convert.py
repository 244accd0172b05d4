# SPDX-License-Identifier: MIT
"""From what is typed to values and back."""

import math
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.convert import caption, convert, format_value, from_raw, read, to_raw
from bot.core.exchange import PlaceRef
from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.kit.arg import Arg, Upload
from bot.kit.errors import Invalid
from bot.kit.params import REQUIRED, Kind, Param
from bot.kit.people import Identity, Person, Place, Role
from tests.core.lines import Source

ANA = Person(17, "Ana")
DESK = Place(4, "discord", "99", name="#requests")
TYPES = {
    Kind.TEXT: str,
    Kind.INTEGER: int,
    Kind.NUMBER: float,
    Kind.FLAG: bool,
    Kind.CHOICE: Source,
    Kind.PERSON: Person,
    Kind.PLACE: Place,
    Kind.UPLOAD: Upload,
}


def param(kind, default=REQUIRED, **arg):
    return Param("how_many", kind, TYPES[kind], Arg("What it is", **arg), default)


def voice(locale="en"):
    return Voice(locale, "UTC", datetime(2026, 10, 5, tzinfo=UTC), Catalogs())


class Directory:
    """Knows Ana and one place."""

    async def person(self, said):
        known = {"Ana", "@Ana", "<@123>", "@ana:example.org", "person:17", Identity("discord", "123", "Ana")}
        return ANA if said in known else None

    def role(self, said):
        return Role(said, said)

    async def place(self, said):
        return DESK if said in {"#requests", "<#99>", "place:4", PlaceRef("99")} else None


def refusal(param_, typed, locale="en"):
    with pytest.raises(Invalid) as caught:
        read(param_, typed, voice(locale))
    assert caught.value.param == "how_many"
    return voice().plain(caught.value.text)


@pytest.mark.parametrize(
    ("typed", "locale", "value"),
    [
        ("17", "en", 17),
        (" +17 ", "en", 17),
        ("-3", "en", -3),
        ("−3", "en", -3),
        ("#17", "en", 17),
        ("R-17", "en", 17),
        ("1,234", "en", 1234),
        ("1.234", "de", 1234),
        ("1 234", "fr", 1234),
        ("1\u202f234", "fr", 1234),
        ("17.0", "en", 17),
        ("١٧", "en", 17),
    ],
)
def test_whole_numbers(typed, locale, value):
    assert read(param(Kind.INTEGER), typed, voice(locale)) == value


@pytest.mark.parametrize(
    "typed", ["1.5", "many", "1,5", "", "nan", "1e999999999", "9" * 5_000, "0x10", "1_000", "--1", "R-"]
)
def test_what_is_no_whole_number_is_refused(typed):
    assert "digits" in refusal(param(Kind.INTEGER), typed)


@pytest.mark.parametrize(
    ("typed", "locale", "value"),
    [
        ("1.5", "en", 1.5),
        ("1,5", "de", 1.5),
        ("1.5", "de", 1.5),
        ("1.500", "de", 1500.0),
        ("1e3", "en", 1000.0),
        ("1 234,5", "fr", 1234.5),
    ],
)
def test_numbers_in_the_reader_s_notation_or_the_plain_one(typed, locale, value):
    assert read(param(Kind.NUMBER), typed, voice(locale)) == value


@pytest.mark.parametrize("typed", ["nan", "inf", "-Infinity", "1e400", "1e999999999", "one", "", "1,2,3.4.5"])
def test_what_is_no_number_is_refused(typed):
    assert "digits" in refusal(param(Kind.NUMBER), typed)


def test_numbers_stay_within_bounds():
    bounded = param(Kind.INTEGER, min=1, max=2_000)
    assert refusal(bounded, "0") == "How many must be at least 1."
    assert refusal(bounded, "2001") == "How many must be at most 2,000."
    assert read(bounded, "2000", voice()) == 2_000
    assert "at most" in refusal(param(Kind.INTEGER), str(2**53))


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("yes", True),
        ("ON", True),
        ("1", True),
        ("True", True),
        ("no", False),
        ("off", False),
        ("0", False),
        ("n", False),
    ],
)
def test_flags(typed, value):
    assert read(param(Kind.FLAG), typed, voice()) is value


def test_flags_are_read_in_the_reader_s_language():
    assert read(param(Kind.FLAG), voice("qps").translate("yes"), voice("qps")) is True
    assert read(param(Kind.FLAG), voice("qps").translate("off"), voice("qps")) is False
    assert "yes or no" in refusal(param(Kind.FLAG), "perhaps")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("book", Source.BOOK),
        ("ARTICLE", Source.ARTICLE),
        ("news", Source.NEWSPAPER),
        ("Book chapter", Source.BOOK_CHAPTER),
        ("book_chapter", Source.BOOK_CHAPTER),
        ("book c", Source.BOOK_CHAPTER),
    ],
)
def test_choices_by_value_label_or_beginning(typed, value):
    assert read(param(Kind.CHOICE), typed, voice()) is value


def test_choices_are_read_in_the_reader_s_language():
    assert read(param(Kind.CHOICE), voice("qps").translate("Newspaper"), voice("qps")) is Source.NEWSPAPER


def test_a_choice_that_there_is_not_is_met_with_those_that_there_are():
    assert "Did you mean article?" in refusal(param(Kind.CHOICE), "artcle")
    assert "book | book-chapter" in refusal(param(Kind.CHOICE), "boo")
    assert "article | book | newspaper | book-chapter" in refusal(param(Kind.CHOICE), "zzzzzz")
    assert "article | book" in refusal(param(Kind.CHOICE), "")


def test_texts_are_cleaned_and_limited():
    assert read(param(Kind.TEXT), " a\0b\ud800\nc ", voice()) == "ab\ufffd c"
    assert read(param(Kind.TEXT, long=True), "a\r\nb", voice()) == "a\nb"
    assert refusal(param(Kind.TEXT), " \0 ") == "How many is empty. Please write something."
    assert refusal(param(Kind.TEXT, min=5), "abc") == "How many has 3 of at least 5 characters. Please write more."
    assert refusal(param(Kind.TEXT, max=1), "abc") == "How many has 3 characters; 1 is the most. Please shorten it."
    assert "4,000" in refusal(param(Kind.TEXT), "x" * 4_001)


def test_nothing_typed_is_the_default_where_there_is_one():
    assert read(param(Kind.INTEGER, 7), "", voice()) == 7
    assert read(param(Kind.TEXT, None), " ", voice()) is None
    assert read(param(Kind.TEXT, "en", min=2), "", voice()) == "en"
    assert read(param(Kind.TEXT, "en"), "", voice()) == ""
    assert read(param(Kind.FLAG, False), "", voice()) is False


async def test_people_and_places_are_asked_of_the_directory():
    for said in ("Ana", "<@123>", "@ana:example.org", Identity("discord", "123", "Ana")):
        assert await convert(param(Kind.PERSON), said, Directory(), voice()) is ANA
    for said in ("#requests", PlaceRef("99")):
        assert await convert(param(Kind.PLACE), said, Directory(), voice()) is DESK
    assert await convert(param(Kind.PERSON, None), "", Directory(), voice()) is None
    assert await convert(param(Kind.PLACE, None), "", Directory(), voice()) is None
    with pytest.raises(Invalid, match="whom you mean"):
        await convert(param(Kind.PERSON), "Eve", Directory(), voice())
    with pytest.raises(Invalid, match="do not know the place"):
        await convert(param(Kind.PLACE), "#else", Directory(), voice())


async def test_what_a_platform_has_typed_already_is_taken_as_it_is():
    assert await convert(param(Kind.INTEGER), 17, Directory(), voice()) == 17
    assert await convert(param(Kind.NUMBER), 1.234, Directory(), voice("de")) == 1.234
    assert await convert(param(Kind.FLAG), True, Directory(), voice()) is True
    file = Upload("a.png", b"x")
    assert await convert(param(Kind.UPLOAD), file, Directory(), voice()) is file
    for kind, raw in ((Kind.UPLOAD, "a.png"), (Kind.INTEGER, True), (Kind.NUMBER, math.nan), (Kind.INTEGER, 2**60)):
        with pytest.raises(Invalid):
            await convert(param(kind), raw, Directory(), voice())


@pytest.mark.parametrize("locale", ["en", "de", "fr", "ar", "qps"])
@given(
    st.one_of(
        st.tuples(st.just(Kind.INTEGER), st.integers(-(2**53) + 1, 2**53 - 1)),
        st.tuples(st.just(Kind.NUMBER), st.floats(allow_nan=False, allow_infinity=False)),
        st.tuples(st.just(Kind.FLAG), st.booleans()),
        st.tuples(st.just(Kind.CHOICE), st.sampled_from(Source)),
    )
)
@example((Kind.NUMBER, 1.234))
def test_what_is_written_down_reads_back_in_every_language(locale, kept):
    kind, value = kept
    assert read(param(kind), to_raw(param(kind), value), voice(locale)) == value
    assert from_raw(param(kind), to_raw(param(kind), value)) == value


@given(st.text(max_size=60))
def test_a_text_that_was_read_once_reads_back(text):
    kept = read(param(Kind.TEXT, "", long=True), text, voice())
    assert from_raw(param(Kind.TEXT, "", long=True), to_raw(param(Kind.TEXT, ""), kept)) == kept


async def test_people_and_places_are_kept_by_their_ids():
    assert await convert(param(Kind.PERSON), to_raw(param(Kind.PERSON), ANA), Directory(), voice()) is ANA
    assert await convert(param(Kind.PLACE), to_raw(param(Kind.PLACE), DESK), Directory(), voice()) is DESK
    found = from_raw(
        param(Kind.PLACE), to_raw(param(Kind.PLACE), DESK), lambda kind, id_: {(Kind.PLACE, 4): DESK}[kind, id_]
    )
    assert found is DESK
    assert to_raw(param(Kind.PLACE, None), None) == ""
    assert from_raw(param(Kind.PLACE, None), "") is None
    for raw in ("place:4", "place:x", "anything"):
        with pytest.raises(Invalid, match="no longer there"):
            from_raw(param(Kind.PLACE), raw, lambda kind, id_: None)


def test_values_are_shown_to_their_reader():
    assert format_value(param(Kind.CHOICE), Source.BOOK_CHAPTER, voice()) == "Book chapter"
    assert format_value(param(Kind.CHOICE), Source.BOOK, voice("qps")).startswith("⟦")
    assert format_value(param(Kind.FLAG), True, voice()) == "yes"
    assert format_value(param(Kind.INTEGER), 1234, voice()) == "1,234"
    assert format_value(param(Kind.PERSON), ANA, voice()) == "Ana"
    assert format_value(param(Kind.PLACE), DESK, voice()) == "#requests"
    assert format_value(param(Kind.TEXT), "<b>*x*", voice()) == "<b>*x*"
    assert format_value(param(Kind.UPLOAD), Upload("a.png", b""), voice()) == "a.png"
    assert format_value(param(Kind.TEXT, None), None, voice()) == "not set"
    assert voice().plain(caption(param(Kind.TEXT, label="Due"))) == "Due"


@given(st.text(max_size=60), st.sampled_from([Kind.TEXT, Kind.INTEGER, Kind.NUMBER, Kind.FLAG, Kind.CHOICE]))
def test_anything_typed_is_read_or_refused(typed, kind):
    try:
        outcome = read(param(kind), typed, voice("fr"))
    except Invalid as error:
        outcome = voice().plain(error.text)
    assert isinstance(outcome, TYPES[kind] | str)
    assert outcome != "" or kind is Kind.TEXT
