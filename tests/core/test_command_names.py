# SPDX-License-Identifier: MIT
"""Names that are typed: translated where the translation can be a name, in English where it cannot."""

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from bot.core.finding import find_sources, import_cog
from bot.core.i18n.declared import declared
from bot.core.i18n.names import COMMAND, OPTION, Siblings, command_names, fits_name, of_shortcuts, siblings
from bot.kit import Command
from scripts import messages
from tests.core.lines import Desk

NAMES = ("open", "list", "close", "show")


def verbs(names=NAMES):
    return Siblings("/request", names, COMMAND, fits_name)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("abrir", "abrir"),
        ("Öffnen", "öffnen"),
        ("o\u0308ffnen", "öffnen"),
        ("открыть", "открыть"),
        ("खोलें", "खोलें"),
        ("à-ouvrir_2", "à-ouvrir_2"),
        ("", "open"),
        ("to open", "open"),
        ("abrir!", "open"),
        ("x" * 33, "open"),
        ("list", "open"),
    ],
)
def test_a_translation_that_may_not_be_a_name_counts_as_none(said, name):
    assert verbs().settled({"open": said})["open"] == name


def test_neighbours_that_would_be_called_the_same_are_called_in_english():
    said = {"open": "mostrar", "show": "mostrar", "list": "show", "close": "cerrar"}
    assert verbs().settled(said) == {"open": "open", "show": "show", "list": "list", "close": "cerrar"}
    assert verbs().unusable(said) == {"open": "mostrar", "show": "mostrar", "list": "show"}


@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from((*NAMES, "ver", "Ver", "a b")) | st.text(max_size=40)))
def test_whatever_is_translated_all_names_fit_and_differ(said):
    settled = verbs().settled(said)
    assert set(settled) == set(NAMES)
    assert len(set(settled.values())) == len(NAMES)
    assert all(map(fits_name, settled.values()))


def test_names_are_messages_of_their_own():
    found = {(each.message, each.context) for each in declared(Desk)}
    assert {("Title", None), ("title", OPTION), ("open", COMMAND), ("request", COMMAND)} <= found


def test_every_name_that_is_typed_is_given_to_translators():
    cogs = [import_cog(source) for source in find_sources().values() if source.bundled]
    given_out = {(each.message, each.context) for cog in cogs for each in declared(cog)}
    wanted = {
        (name, names.context)
        for names in siblings(each for cog in cogs for each in cog.operations)
        for name in names.names
    }
    assert len(wanted) > 100
    assert wanted - given_out == set()


def test_an_entry_of_a_menu_may_have_spaces_and_thirty_two_characters():
    [entry] = of_shortcuts(each for each in Desk.operations if each.key.endswith("save")).names
    menu = Siblings("menu", (entry,), None, of_shortcuts(()).fits)
    assert menu.settled({entry: "Als FAQ-Eintrag speichern"}) == {entry: "Als FAQ-Eintrag speichern"}
    assert menu.settled({entry: "Als einen Eintrag der FAQ speichern"}) == {entry: entry}


def test_the_check_names_what_cannot_be_a_name_and_what_is_too_long(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALES", tmp_path)
    template = messages.collect()
    catalog = Catalog(locale="es", charset="utf-8")
    catalog.update(template)
    catalog.get("request", COMMAND).string = "una petición"
    catalog.get("fulfil", COMMAND).string = catalog.get("claim", COMMAND).string = "atender"
    catalog.get("Ask the librarians to find a source").string = "Pide " * 21
    (tmp_path / "es.po").write_bytes(messages.written(catalog))
    found = [line for line in messages.complaints(template) if "not translated" not in line]
    assert found == [
        f"es.po: longer than 100 characters: {'Pide ' * 21!r}",
        "es.po: cannot be the name of 'request' in the commands: 'una petición'",
        "es.po: cannot be the name of 'claim' in /request: 'atender'",
        "es.po: cannot be the name of 'fulfil' in /request: 'atender'",
    ]


def test_what_a_command_is_called_is_its_group_and_itself_in_that_language():
    commands = [each for each in Desk.operations if isinstance(each, Command)]
    said = {"request": "solicitud", "open": "abrir"}
    named = command_names(commands, lambda word: said.get(word, word))
    assert named["request open"] == "solicitud abrir"
    assert set(named) == {each.name for each in commands}
    assert command_names(commands, lambda word: "x y") == {each.name: each.name for each in commands}
