# SPDX-License-Identifier: MIT
"""The texts for translators: which are found, and how the catalogs follow the code."""

from io import BytesIO

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract

from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.declared import declared
from scripts import messages
from tests.core.lines import Desk


def found_in(code):
    found = extract(messages.literal_words, BytesIO(code.encode()), keywords=messages.SPECS)
    return [said if context is None else (context, said) for _, said, _, context in found]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('t("Hello {name}", name=x)', ["Hello {name}"]),
        ('t("one " "and two")', ["one and two"]),
        ('n("{count} day", "{count} days", 3)', [("{count} day", "{count} days")]),
        ('voice.translate("yes" if x else "no")', ["yes", "no"]),
        ("f\"({voice.translate('only you')})\"", ["only you"]),
        ('field(default_factory=lambda: Text("Yes"))', ["Yes"]),
        ('t("Open", context="a state")', [("a state", "Open")]),
        ('t("Open" if x else "Closed", context="a state", n=1)', [("a state", "Open"), ("a state", "Closed")]),
        ('from rich.text import Text\nText("red")', []),
        ('"abc".translate(table); box.t("x"); t(""); t(name); n("a", b, 1)', []),
    ],
)
def test_literal_words_are_found_in_code(code, said):
    assert found_in(code) == said


def test_what_a_cog_declares_is_found():
    found = {each.message for each in declared(Desk)}
    assert {"Tests.", "Nothing.", "Requests", "Ask for a source", "What", "Title", "Due at", "Newspaper"} <= found
    assert {"Book chapter", "Save as FAQ entry", "How many"} - found == {"How many"}


@pytest.fixture
def template(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALES", tmp_path)
    monkeypatch.setattr(messages, "TEMPLATE", tmp_path / "refdesk.pot")
    made = Catalog(charset="utf-8")
    made.add("Hello {name}", locations=[("bot/a.py", 1)])
    made.add(("{count} day", "{count} days"), locations=[("bot/a.py", 1)])
    return made


def translated(folder, hello):
    path = folder / "es.po"
    content = path.read_text(encoding="utf-8").replace('Hello {name}"\nmsgstr ""', f'Hello {{name}}"\nmsgstr "{hello}"')
    path.write_text(
        content.replace('msgstr[0] ""', 'msgstr[0] "un día"').replace('msgstr[1] ""', 'msgstr[1] "{count} días"')
    )


def test_catalogs_follow_the_code(template, tmp_path):
    messages.start("es")
    assert list(messages.update(template)) == ["refdesk.pot: 2 texts", "es.po: 2 to translate"]
    translated(tmp_path, "Hola, {name}")
    assert list(messages.complaints(template)) == []
    assert list(messages.update(template))[1] == "es.po: 0 to translate"
    spanish = Catalogs.load(tmp_path, bundled=False)
    assert spanish.translate("es", "{count} day", "{count} days", 2) == "{count} días"
    template.add("New", locations=[("bot/b.py", 1)])
    template.delete("Hello {name}")
    assert list(messages.update(template))[1] == "es.po: 1 to translate"
    assert "Hello" not in (tmp_path / "es.po").read_text(encoding="utf-8")


def test_a_file_that_says_the_same_is_not_touched(template, tmp_path):
    assert messages.renew(tmp_path / "refdesk.pot", template) is True
    assert messages.renew(tmp_path / "refdesk.pot", template) is False


def test_what_is_wrong_is_named(template, tmp_path):
    messages.start("es")
    list(messages.update(template))
    assert sum("not translated" in line for line in messages.complaints(template)) == 2
    translated(tmp_path, "Hola, {nombre}")
    assert list(messages.complaints(template)) == ["es.po: other parameters than the source: 'Hello {name}'"]


@pytest.mark.parametrize("language", ["es", "nonsense", "../es", ""])
def test_only_a_new_language_is_started(template, tmp_path, language):
    messages.start("es")
    before = (tmp_path / "es.po").read_bytes()
    with pytest.raises(click.UsageError):
        messages.start(language)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"es.po": before}
    assert b"EMAIL@" not in before
    assert b"Plural-Forms: nplurals=2" in before


def edited(folder, old, new):
    path = folder / "es.po"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('"un día"', '""', "es.po: not translated: ('{count} day', '{count} days')"),
        ('"Hola, {name}"', '""', "es.po: not translated: 'Hello {name}'"),
        ('"Hola, {name}"', '"Hola"', "es.po: other parameters than the source: 'Hello {name}'"),
        ('msgid "Hello', '#, fuzzy\nmsgid "Hello', "es.po: marked as unsure: 'Hello {name}'"),
        ('msgid "Hello', 'msgid "Old"\nmsgstr "Viejo"\n\nmsgid "Hello', "es.po: no longer said: 'Old'"),
        ('msgid "Hello', '#~ msgid "Old"\n#~ msgstr "Viejo"\n\nmsgid "Hello', "es.po: no longer said: 'Old'"),
    ],
)
def test_each_kind_of_fault_is_named(template, tmp_path, old, new, complaint):
    messages.start("es")
    list(messages.update(template))
    translated(tmp_path, "Hola, {name}")
    assert list(messages.complaints(template)) == []
    edited(tmp_path, old, new)
    assert list(messages.complaints(template)) == [complaint]
