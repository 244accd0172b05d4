# SPDX-License-Identifier: MIT
"""The grammar of typed lines."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.textline import (
    Ambiguous,
    Malformed,
    Parsed,
    Unknown,
    complete,
    name_of,
    parse,
    quote,
    slips,
    slots,
    usage,
)
from bot.kit.params import Kind
from tests.core.lines import COMMANDS

ALL = tuple(COMMANDS.values())


def arguments(line):
    parsed = parse(line, ALL)
    assert isinstance(parsed, Parsed), parsed
    return parsed.arguments


def named(line, **options):
    parsed = parse(line, ALL, **options)
    return parsed.command.handler if isinstance(parsed, Parsed) else parsed


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("request open a paper on <Zagreb> fairs kind=book", {"title": "a paper on <Zagreb> fairs", "kind": "book"}),
        ("request open kind=book a paper on fairs", {"title": "a paper on fairs", "kind": "book"}),
        ("request open a paper kind=book on fairs", {"title": "a paper on fairs", "kind": "book"}),
        ('request open "Zagreb fair, 1921" kind:newspaper', {"title": "Zagreb fair, 1921", "kind": "newspaper"}),
        ('request open "a" and "b"', {"title": '"a" and "b"'}),
        ('request open a "kind=book" thing', {"title": 'a "kind=book" thing'}),
        ("request open 'kind=book thing'", {"title": "kind=book thing"}),
        ("request open “l'article” ki=book", {"title": "l'article", "kind": "book"}),
        ("request open l'article d'hier", {"title": "l'article d'hier"}),
        ("request open 'tis the season", {"title": "'tis the season"}),
        ("request open «Les Mots»", {"title": "Les Mots"}),
        ("request open « Les Mots »", {"title": "Les Mots"}),
        ("request open „Die Wörter“", {"title": "Die Wörter"}),
        ('request open 5" disks', {"title": '5" disks'}),
        ('request open "Zagreb", 1921', {"title": '"Zagreb", 1921'}),
        (r'request open "a \"b\" \\ c\d"', {"title": r'a "b" \ c\d'}),
        ("request open E=mc2 at https://e.org/?a=b", {"title": "E=mc2 at https://e.org/?a=b"}),
        ("request open kind: a history", {"title": "kind: a history"}),
        ("request open kind: a kind:", {"title": "kind: a", "kind": ""}),
        ("request open two\n\nparagraphs", {"title": "two\n\nparagraphs"}),
        ("request open wiki= x", {"wiki": "", "title": "x"}),
        ("request open title=A long title wiki=fr", {"title": "A long title", "wiki": "fr"}),
        ("request open", {}),
        ("request claim 17", {"number": "17"}),
        ("request claim 17 I have it at home", {"number": "17", "note": "I have it at home"}),
        ("request claim 17 note=I have it", {"number": "17", "note": "I have it"}),
        ("event new 'Wiki Loves' 10 October at 18:00", {"title": "Wiki Loves", "due_at": "10 October at 18:00"}),
        ("event new A due-at=x on=yes", {"title": "A", "due_at": "x", "online": "yes"}),
        ("event new A due_at=x", {"title": "A", "due_at": "x"}),
        ("event skip 1 15 January", {"number": "1", "day": "15 January"}),
        ('event skip 1 15 January "It is closed"', {"number": "1", "day": "15 January", "reason": "It is closed"}),
        ('event skip 1 "15 January" it is closed', {"number": "1", "day": "15 January", "reason": "it is closed"}),
        (
            'event skip 1 2027-01-15 "Closed" Ana',
            {"number": "1", "day": "2027-01-15", "reason": "Closed", "host": "Ana"},
        ),
        (
            'event skip 1 15 January "Closed" to all "of us"',
            {"number": "1", "day": '15 January "Closed" to all "of us"'},
        ),
        (
            'event skip 1 "15 January" host=Ana closed',
            {"number": "1", "day": "15 January", "host": "Ana", "reason": "closed"},
        ),
        ('request open "Zagreb fair, 1921" newspaper', {"title": "Zagreb fair, 1921", "kind": "newspaper"}),
        ('request open "Zagreb fair" newspapers', {"title": '"Zagreb fair" newspapers'}),
        ('request open the "Zagreb fair" newspaper', {"title": 'the "Zagreb fair" newspaper'}),
        ("help request open", {"topic": "request open"}),
        ("level @Ana book", {"who": "@Ana", "sort": "book"}),
        ("level who='Ana Marić' book", {"who": "Ana Marić", "sort": "book"}),
        ("save How do I?", {"question": "How do I?"}),
    ],
)
def test_arguments(line, expected):
    assert arguments(line) == expected


@pytest.mark.parametrize(
    ("line", "handler"),
    [
        ("request open x", "open_request"),
        ("REQUEST Open x", "open_request"),
        ("  request   open x", "open_request"),
        ("request o x", "open_request"),
        ("req o x", "open_request"),
        ("ev n x", "new_event"),
        ("he", "show_help"),
    ],
)
def test_commands_are_found_by_unique_prefixes(line, handler):
    assert named(line) == handler


def test_in_a_shared_room_the_first_word_is_exact():
    assert named("req open x", exact_first=True) == Unknown("req", ())
    assert named("request o x", exact_first=True) == "open_request"
    assert named("help", exact_first=True) == "show_help"


def test_what_is_unclear_is_listed():
    assert named("request") == Ambiguous("request", ("request open", "request claim"))
    assert named("h") == "show_help"
    assert parse("l", (COMMANDS["level"],)) == Parsed(COMMANDS["level"], {})


@pytest.mark.parametrize(
    ("line", "word", "suggestion"),
    [
        ("requst open x", "requst", "request open"),
        ("request opne x", "request opne", "request open"),
        ("hlep", "hlep", "help"),
    ],
)
def test_slips_are_met_with_suggestions(line, word, suggestion):
    unknown = parse(line, ALL)
    assert isinstance(unknown, Unknown)
    assert (unknown.word, unknown.suggestions[0]) == (word, suggestion)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("requst open a paper", ("request open",)),
        ("request opne", ("request open",)),
        ("REQEUST CLAIM", ("request claim",)),
        ("hepl", ("help",)),
        ("hepl me with a paper", ()),
        ("help", ("help",)),
        ("How do I request an open book?", ()),
        ("reqest opn a paper", ("request open",)),
        ("quest oven", ()),
        ("", ()),
    ],
)
def test_a_slip_in_a_command_is_known_from_a_question(line, meant):
    assert slips(line, ALL)[:1] == meant


@given(st.text(max_size=80))
def test_any_words_are_compared_with_commands(line):
    assert len(slips(line, ALL)) <= 3


def test_nothing_is_suggested_for_what_resembles_nothing():
    assert parse("xylophone", ALL) == Unknown("xylophone", ())
    assert parse("", ALL) == Unknown("", ())
    assert parse("x", ()) == Unknown("x", ())


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ('request open "Zagreb fair kind=book', '"Zagreb'),
        ("request open kind=“book", "“book"),
        ("event new «Les Mots 10:00", "«Les"),
        ("request open knd=book x", "knd="),
        ("request open kind=book kind=article", "kind"),
        ("level @Ana book and more", "and more"),
        ('request claim 17 note="I have it" at home', "at home"),
        ("request claim id=17", "number= note="),
        ("level level=@Ana book", "who= sort="),
        ("level @Ana kind=book", "kind="),
    ],
)
def test_what_cannot_be_read_is_named(line, part):
    malformed = parse(line, ALL)
    assert isinstance(malformed, Malformed)
    assert any(part in getattr(value, "source", "") for value in malformed.text.values.values())


def test_usage_shows_what_is_needed_and_what_may_be_given():
    assert [usage(operation) for operation in ALL] == [
        "request open <title> [kind=article|book|newspaper|book-chapter] [wiki=…]",
        "request claim <number> [note]",
        "event new <title> <due-at> [online=yes|no] [host=@…] [+ poster]",
        "event skip <number> <day> [reason=…] [host=@…]",
        "help [topic]",
        "level <who> <article|book|newspaper|book-chapter>",
        "save [question]",
    ]


VALUES = st.text(min_size=0, max_size=30) | st.sampled_from(
    ['"', "'", "\\", "a b", "kind=book", "kind:x", "“x", '\\"', "l'a", ""]
)


@st.composite
def typed(draw):
    operation = draw(st.sampled_from(ALL))
    names = [param.name for param in operation.params if param.kind is not Kind.UPLOAD]
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    return operation, {name: draw(VALUES) for name in chosen}


def written(operation, values) -> str:
    """Return the line that runs an operation with these arguments: slots in their order, then keys."""
    keyed = dict(values)
    parts = [name_of(operation)]
    for param in slots(operation):
        if param.name not in keyed:
            break
        parts.append(quote(keyed.pop(param.name)))
    return " ".join([*parts, *(f"{name.replace('_', '-')}={quote(value)}" for name, value in keyed.items())])


@given(typed())
@example((COMMANDS["request claim"], {"note": "a b"}))
def test_what_is_written_reads_back(given_):
    operation, values = given_
    assert parse(written(operation, values), ALL, exact_first=True) == Parsed(operation, values)


LINES = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            "request ",
            "open ",
            "claim ",
            "kind=",
            "note:",
            '"',
            "'",
            "“",
            "”",
            "«",
            "»",
            "\\",
            "a",
            " ",
            "\0",
            "\ud800",
            "📚",
            "\u202e",
            "שלום ",
        ]
    )
).map("".join)


@given(LINES, st.integers(-5, 300))
def test_no_line_makes_it_fail(line, cursor):
    outcome = parse(line, ALL)
    assert isinstance(outcome, Parsed | Unknown | Ambiguous | Malformed)
    if isinstance(outcome, Parsed):
        assert all(isinstance(value, str) for value in outcome.arguments.values())
    for completion in complete(line, cursor, ALL).items:
        assert 0 <= completion.start <= max(cursor, 0)


@pytest.mark.parametrize("part", ['" ', '"a', "'a ", "\\", "kind=", "“ ", "a ", 'note="', '"\\" '])
def test_a_very_long_line_is_read_too(part):
    outcome = parse("request open " + part * 5_000, ALL)
    assert isinstance(outcome, Parsed | Malformed)


@given(st.text(max_size=40))
def test_a_quoted_value_is_one_word(value):
    assert arguments(f"level {quote(value)} book") == {"who": value, "sort": "book"}


def test_slots_are_the_parameters_that_need_no_key():
    assert [param.name for param in slots(COMMANDS["event new"])] == ["title", "due_at"]
    assert [param.name for param in slots(COMMANDS["request claim"])] == ["number", "note"]


def completions(line):
    return [completion.text for completion in complete(line, len(line), ALL).items]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("re", ["request claim ", "request open "]),
        ("request ", ["request claim ", "request open "]),
        ("req o", ["request open "]),
        ("request open k", ["kind="]),
        ("request open kind=", ["article", "book", "newspaper", "book-chapter"]),
        ("request open kind=bo", ["book", "book-chapter"]),
        ('request open a kind="bo', ["book", "book-chapter"]),
        ("request open kind=book ", ["title=", "wiki="]),
        ("level @Ana n", ["newspaper"]),
        ("event new A B online=", ["yes", "no"]),
        ("event new A B po", []),
        ("nonsense ", []),
        ("request open kind=book kind=", []),
    ],
)
def test_tab_completes(line, expected):
    assert completions(line) == expected


@pytest.mark.parametrize(
    ("line", "param", "part", "start"),
    [
        ("request open Zag", "title", "Zag", 13),
        ("request open Zagreb fa", "title", "Zagreb fa", 13),
        ('request open "Zagreb fa', "title", "Zagreb fa", 13),
        ("request open wiki=f", "wiki", "f", 18),
        ("level @A", "who", "@A", 6),
        ("event new A ", "due_at", "", 12),
    ],
)
def test_the_parameter_that_is_being_typed_is_told(line, param, part, start):
    wanted = complete(line, len(line), ALL).wanted
    assert wanted is not None
    assert (wanted.param.name, wanted.typed, wanted.start) == (param, part, start)
