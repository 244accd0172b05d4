# SPDX-License-Identifier: MIT
"""Voices and catalogs: languages, plurals, numbers, times, and that no parameter ever becomes markup."""

import logging
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.pseudo import untranslated
from bot.core.markup import clean, to_html
from bot.kit.people import Person, Place
from bot.kit.text import Ago, Code, Link, Markdown, n, t

NOW = datetime(2026, 10, 5, 13, 0, tzinfo=UTC)
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals={forms}; plural={rule};\\n"\n\n'
)


def po(folder, language, body, forms=2, rule="(n != 1)"):
    folder.mkdir(exist_ok=True)
    (folder / f"{language}.po").write_text(HEADER.format(forms=forms, rule=rule) + body, encoding="utf-8")
    return folder


def voice(locale="en", zone="UTC", catalogs=None):
    return (catalogs or Catalogs()).voice(locale, zone, NOW)


@pytest.fixture
def spanish(tmp_path):
    body = (
        'msgid "Hello {name}."\nmsgstr "Hola, {name}."\n\n'
        'msgid "{count} request"\nmsgid_plural "{count} requests"\n'
        'msgstr[0] "una solicitud"\nmsgstr[1] "{count} solicitudes"\n\n'
        'msgid "Bye {name}."\nmsgstr "Adiós, {nombre}."\n\n'
        'msgid "Open"\nmsgstr ""\n\n'
        'msgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )
    return Catalogs.load(po(tmp_path / "locales", "es", body), bundled=False)


def test_a_message_is_said_in_the_reader_s_language(spanish):
    assert voice("es", catalogs=spanish).plain(t("Hello {name}.", name="Ana")) == "Hola, Ana."
    assert voice("en", catalogs=spanish).plain(t("Hello {name}.", name="Ana")) == "Hello Ana."


def test_plural_forms_are_the_catalog_s(spanish, tmp_path):
    for count, said in ((1, "una solicitud"), (2, "2 solicitudes"), (0, "0 solicitudes")):
        assert voice("es", catalogs=spanish).plain(n("{count} request", "{count} requests", count)) == said
    rule = "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"
    body = (
        'msgid "{count} request"\nmsgid_plural "{count} requests"\n'
        'msgstr[0] "{count} zahtjev"\nmsgstr[1] "{count} zahtjeva"\nmsgstr[2] "{count} zahtjeva!"\n'
    )
    croatian = Catalogs.load(po(tmp_path / "hr", "hr", body, 3, rule), bundled=False)
    said = [voice("hr", catalogs=croatian).plain(n("{count} request", "{count} requests", i)) for i in (1, 3, 5, 21)]
    assert said == ["1 zahtjev", "3 zahtjeva", "5 zahtjeva!", "21 zahtjev"]


@pytest.mark.parametrize(
    ("tags", "language"),
    [
        (("es",), "es"),
        (("es-419",), "es"),
        (("ES_mx",), "es"),
        (("xx", None, "", "es-ES"), "es"),
        (("en-GB", "es"), "en"),
        (("tlh",), "en"),
        ((None,), "en"),
        (("../es",), "en"),
    ],
)
def test_languages_are_negotiated(spanish, tags, language):
    assert spanish.negotiate(*tags) == language
    assert spanish.voice(tags, "UTC", NOW).language == language


def test_a_reader_without_a_catalog_gets_english_numbers_too():
    assert voice("de").plain(t("{x}", x=1234567)) == "1,234,567"


def test_a_catalog_s_language_writes_its_own_numbers(spanish):
    assert voice("es", catalogs=spanish).plain(t("{x}", x=1234567)) == "1.234.567"


def test_a_region_decides_how_dates_are_written():
    assert "5 October 2026" in voice("en-GB").plain(NOW)
    assert "October 5, 2026" in voice("en").plain(NOW)
    assert voice("en-ZZZZZ").locale == "en"


def test_a_translation_with_other_parameters_falls_back_to_english(tmp_path, caplog):
    folder = po(tmp_path / "l", "es", 'msgid "Bye {name}."\nmsgstr "Adiós, {nombre}."\n\n')
    with caplog.at_level(logging.WARNING):
        catalogs = Catalogs.load(folder, bundled=False)
    assert "Bye {name}." in caplog.text
    assert voice("es", catalogs=catalogs).plain(t("Bye {name}.", name="Ana")) == "Bye Ana."


def test_a_language_is_read_when_it_is_spoken_first(tmp_path, caplog):
    folder = po(tmp_path / "l", "es", 'msgid "Bye."\nmsgstr "Adiós."\n\n')
    (folder / "xx.po").write_bytes(b"\xff no catalog")
    with caplog.at_level(logging.WARNING):
        catalogs = Catalogs.load(folder, bundled=False, lazily=True)
        assert (catalogs.languages, caplog.text) == (("en", "es", "xx"), "")
        assert [catalogs.translate(language, "Bye.") for language in ("es", "xx", "xx")] == ["Adiós.", "Bye.", "Bye."]
    assert caplog.text.count("xx.po cannot be read") == 1


@pytest.mark.parametrize(
    "translation", ["{name", "{name.__class__}", "{name!r}", "{name:>9}", "{}", "{0}", "{name} {name[0]}"]
)
def test_a_translation_cannot_reach_into_parameters(tmp_path, translation):
    folder = po(tmp_path / "l", "es", f'msgid "Bye {{name}}."\nmsgstr "{translation}"\n\n')
    said = voice("es", catalogs=Catalogs.load(folder, bundled=False)).plain(t("Bye {name}.", name="Ana"))
    assert said == "Bye Ana."


def test_a_missing_translation_is_english_and_noted_once(spanish, caplog):
    with caplog.at_level(logging.INFO):
        said = [voice("es", catalogs=spanish).plain(t(words)) for words in ("Open", "Open", "Never seen")]
        several = voice("es", catalogs=spanish).plain(n("{count} day", "{count} days", 3))
    assert (said, several) == (["Open", "Open", "Never seen"], "3 days")
    assert [len(re.findall(words, caplog.text)) for words in ("Open", "Never seen", "{count} day")] == [1, 1, 1]


@pytest.mark.parametrize(
    "content",
    [
        b'msgid "a\nmsgstr b',
        b"\xff\xfe\x00",
        b'msgid "a"\nmsgstr "b"\nmsgstr "c"\n"',
        HEADER.format(forms=2, rule="oops(").encode(),
    ],
)
def test_a_broken_catalog_is_left_out(tmp_path, caplog, content):
    (tmp_path / "es.po").write_bytes(content)
    catalogs = Catalogs.load(tmp_path, bundled=False)
    assert voice("es", catalogs=catalogs).plain(t("a")) in {"a", "b"}
    assert caplog.text or "es" in catalogs.languages


def test_an_operator_s_catalog_wins_message_by_message(tmp_path):
    first = po(tmp_path / "a", "es", 'msgid "one"\nmsgstr "uno"\n\nmsgid "two"\nmsgstr "dos"\n')
    second = po(tmp_path / "b", "es", 'msgid "two"\nmsgstr "DOS"\n')
    catalogs = Catalogs.load(first, second, bundled=False)
    assert [voice("es", catalogs=catalogs).plain(t(word)) for word in ("one", "two", "three")] == [
        "uno",
        "DOS",
        "three",
    ]


def test_a_folder_that_is_not_there_is_noted(tmp_path, caplog):
    assert Catalogs.load(tmp_path / "none", bundled=False).languages == ("en",)
    assert "none" in caplog.text


def test_every_kind_of_parameter_is_written_for_its_reader():
    english = voice("en", "Europe/Zagreb").plain
    assert english(t("{x}", x=1234567)) == "1,234,567"
    assert english(t("{x}", x=Decimal("1234.5"))) == "1,234.5"
    assert english(t("{x}", x=NOW)) == "Monday, October 5, 2026, 3:00 PM CEST".replace(" PM", "\u202fPM")
    assert english(t("{x}", x=date(2026, 10, 5))) == "October 5, 2026"
    assert english(t("{x}", x=timedelta(minutes=90))) == "1 hour, 30 minutes"
    assert english(t("{x}", x=timedelta())) == "0 seconds"
    assert (
        english(t("{x} {y}", x=Person(1, "Ana_*"), y=Place(1, "discord", "77", name="#ref-desk"))) == "Ana_* #ref-desk"
    )
    assert english(t("{x}", x=Markdown("**b** [l](https://e.org)"))) == "b l (https://e.org)"
    assert english(t("{x}", x=Link(t("Here"), "https://e.org"))) == "Here (https://e.org)"
    assert english(t("{x}", x=t("in {y}", y="it"))) == "in it"
    assert english(t("{x}", x=Code("request open"))) == "request open"


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=2), "just now"),
        (timedelta(seconds=20), "in a moment"),
        (timedelta(hours=2), "in 2 hours"),
        (timedelta(days=-3), "3 days ago"),
    ],
)
def test_moments_near_now_are_relative(span, said):
    assert voice().plain(t("{x}", x=Ago(NOW + span))) == said


def test_a_zone_that_does_not_exist_is_utc():
    assert voice(zone="Mars/Base").plain(NOW).endswith("UTC")
    assert voice(zone="Asia/Kathmandu").plain(NOW).endswith("UTC+05:45")


def test_a_message_that_lacks_a_parameter_or_cannot_be_read_is_still_shown(caplog):
    assert voice().plain(t("Hi {name}")) == "Hi {name}"
    assert voice().plain(t("Hi {name")) == "Hi {name"
    assert voice().plain(t("{{literally}}")) == "{literally}"
    assert len(caplog.records) == 2


PARAMETER = st.text(max_size=50)


@given(PARAMETER, PARAMETER, PARAMETER)
def test_parameters_never_become_markup(one, two, three):
    text = t("**{a}** `x` {b}{c} [l](https://e.org)", a=one, b=Code(two), c=Link(three, "https://f.org"))
    html = to_html(voice().markdown(text))
    assert set(re.findall(r"<(\w+)", html)) <= {"strong", "code", "a", "br"}
    assert set(re.findall(r'href="([^"]*)"', html)) == {"https://e.org", "https://f.org"}


@given(PARAMETER)
def test_a_plain_str_is_literal(text):
    assert voice().plain(text) == clean(text).strip()
    assert " ".join(voice().plain(t("{x}", x=text)).split()) == " ".join(clean(text).split())


def test_two_code_spans_that_touch_stay_apart():
    assert to_html(voice().markdown(t("{a}{b}", a=Code("a"), b=Code("b")))) == "<code>a</code> <code>b</code>"


def test_a_label_is_one_line_cut_with_an_ellipsis():
    assert voice().label(t("One\ntwo **{x}** four", x="three"), 12) == "One two thr…"
    assert voice().label("a  b") == "a b"


def test_the_pseudo_language_marks_what_is_translated_and_keeps_what_is_not():
    pseudo = voice("qps")
    said = pseudo.markdown(t("Open `request open` at [our site](https://e.org/a) for {name}", name="Ana"))
    assert said.startswith("⟦Öþéñ".replace("þ", "p"))
    assert "`request open`" in said
    assert "(https://e.org/a)" in said
    assert "Ana" in said
    assert said.endswith("⟧")
    assert len(said) > len("Open `request open` at [our site](https://e.org/a) for Ana") * 1.2
    assert "2" in pseudo.plain(n("{count} thing", "{count} things", 2))
    assert "qps" not in Catalogs().languages


def test_words_that_escaped_translation_are_found():
    said = voice("qps").plain(t("Hello {name}, see {what}", name="Ana", what=t("the help")))
    assert untranslated(said) == []
    assert untranslated(f"{said} and more · 12 {said}: Bye") == ["and more", "Bye"]


def test_nothing_is_said_for_an_empty_message():
    assert voice("qps").plain(t("")) == ""
    assert voice().markdown("") == ""


@pytest.mark.parametrize("language", ["en", "es", "fr", "de", "ca"])
def test_no_key_of_babel_s_leaks_into_spans_lists_numbers_and_days(language):
    """Babel lacks days in Catalan and lists of units in Spanish, and shows a key or stumbles."""
    sizes = ("days", "hours", "minutes", "seconds")
    spans = [timedelta(**{size: count}) for size in sizes for count in (0, 1, 2, 10)]
    spans += [timedelta(days=3, hours=2), timedelta(hours=1, minutes=1), timedelta(minutes=5, seconds=1)]
    reader = voice(language, catalogs=Catalogs.load())
    said = [reader.plain(t("{span}", span=span)) for span in spans]
    said += [reader.plain(t("{when}", when=Ago(NOW + span))) for span in spans]
    said += [reader.plain(t("{when}", when=value)) for value in (NOW, NOW.date(), 12_345.6)]
    said += [reader.plain(t("{list}", list=("Ana", "Bo", "Cleo")[:size])) for size in (1, 2, 3)]
    assert not [words for words in said if re.search(r"duration|[a-z]-[a-z]|[{}]", words)]
    assert all(re.search(r"\w", words) for words in said)


@pytest.mark.parametrize(
    ("language", "span", "names"),
    [
        ("en", "10 days", "Ana, Bo, and Cleo"),
        ("ca", "10 dies", "Ana, Bo i Cleo"),
        ("es", "10 días", "Ana, Bo y Cleo"),
        ("de", "10 Tage", "Ana, Bo und Cleo"),
        ("fr", "10 jours", "Ana, Bo et Cleo"),
    ],
)
def test_spans_and_lists_are_in_the_reader_s_language(language, span, names):
    words = t("{span}: {names}", span=timedelta(days=10), names=("Ana", "Bo", t("{name}", name="Cleo")))
    assert voice(language, catalogs=Catalogs.load()).plain(words).replace("\xa0", " ") == f"{span}: {names}"


def test_a_list_never_becomes_markup():
    assert voice().markdown(t("{names}", names=("*a*", Code("b")))) == r"\*a\* and `b`"


def test_the_same_words_in_another_context_are_another_message(tmp_path):
    body = 'msgid "Open"\nmsgstr "Abrir"\n\nmsgctxt "a state"\nmsgid "Open"\nmsgstr "Abierta"\n'
    spanish = voice("es", catalogs=Catalogs.load(po(tmp_path / "locales", "es", body), bundled=False))
    assert spanish.plain(t("Open")) == "Abrir"
    assert spanish.plain(t("Open", context="a state")) == "Abierta"
    assert voice().plain(t("Open", context="a state")) == "Open"
