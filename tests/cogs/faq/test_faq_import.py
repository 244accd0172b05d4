# SPDX-License-Identifier: MIT
"""Files that people keep an FAQ in: what their programs make of them, what would change, and all or nothing."""

import json
from dataclasses import replace

import pytest
from faqplay import NOW, content
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.errors import Invalid
from cogs.faq import service
from cogs.faq.exporting import Format, chosen, export
from cogs.faq.import_plan import bring_in, make_plan
from cogs.faq.importing import parse
from cogs.faq.layers import Catalogue
from cogs.faq.model import Audience, Entry, Holdings, Layer, Status
from cogs.faq.tables import safe_cell
from cogs.faq.tidy import problems, tidied

PLAIN = "Question,Answer,Tags\nWhere is the café?,On the ground floor.,house\n"


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace(",", ";").encode("utf-8-sig"),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.encode("utf-16"),
        PLAIN.encode("cp1252"),
        ("sep=;\r\n" + PLAIN.replace(",", ";")).encode(),
        PLAIN.replace("Question,Answer,Tags", "Pregunta,Respuesta,Etiquetas").encode(),
        PLAIN.replace("Question,Answer,Tags", "FRAGE,Antwort , Schlagwörter").encode(),
        ("\n\n" + PLAIN + ",,\n\n").encode(),
        b"\x00".join([PLAIN.encode(), b""]),
    ],
)
def test_a_table_is_read_whatever_its_program_made_of_it(raw):
    parsed = parse("faq.csv", raw)
    assert parsed.rejected == ()
    assert [dict(row.fields) for row in parsed.rows] == [
        {"question": "Where is the café?", "answer": "On the ground floor.", "tags": ("house",)}
    ]


def test_windows_1252_is_read_with_a_note():
    assert "Windows-1252" in parse("faq.csv", PLAIN.encode("cp1252")).notes[0].message
    assert parse("faq.csv", PLAIN.encode()).notes == ()


def test_cells_may_hold_line_breaks_and_the_rows_are_numbered_as_in_the_spreadsheet():
    text = 'question,answer,aliases\n"Where is\nit?","Here,\nor there.","where|whither\nhow to find"\nWhat?,,\n'
    parsed = parse("faq.csv", text.encode())
    assert parsed.rows[0].number == 2
    assert parsed.rows[0].fields["aliases"] == ("where", "whither", "how to find")
    assert [(bad.number, bad.reason.message) for bad in parsed.rejected] == [(3, "The answer is missing.")]


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_row():
    parsed = parse("faq.csv", b'question,answer\nWhat is this?,Fine.\n"Where is it?,Here.\nHow is it?,So.\n')
    assert [row.number for row in parsed.rows] == [2]
    assert [bad.number for bad in parsed.rejected] == [3]


def test_a_cell_that_is_far_too_long_is_not_taken_for_a_forgotten_quotation_mark():
    parsed = parse("faq.csv", b"question,answer\nIs this long?," + b"a" * 200_000 + b"\n")
    assert [bad.number for bad in parsed.rejected] == [2]
    assert parsed.rejected[0].reason.message.startswith("A cell holds more than {most} characters")


def test_a_row_with_too_many_cells_is_rejected():
    parsed = parse("faq.csv", b"question,answer\nWhat is this?,Fine, as I said.\n")
    assert [bad.number for bad in parsed.rejected] == [2]


def test_columns_that_nobody_knows_are_named():
    parsed = parse("faq.csv", b"question,answer,mood,reviewed_by\nWhat is this?,Fine.,good,Ana\n")
    assert dict(parsed.notes[0].params) == {"names": "mood"}


def test_a_source_that_is_an_address_is_taken_for_one():
    parsed = parse("faq.csv", b"question,answer,source\nWhat is this?,Fine.,https://library.example/a\n")
    assert parsed.rows[0].fields["source_url"] == "https://library.example/a"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("faq.csv", b""),
        ("faq.csv", b"\xef\xbb\xbf\r\n"),
        ("faq.csv", b"colour,size\nred,5\n"),
        ("faq.csv", b"\x89PNG\r\n\x1a\n\x00\x00"),
        ("faq.json", b"{"),
        ("faq.json", b'{"entries": 5}'),
        ("faq.json", b"7"),
        ("faq.json", b"[" * 100_000),
        ("faq.csv", b"question,answer\n" + b"Where is it?,Here it is\n" * 5_001),
        ("faq.csv", b"x" * 5_000_001),
    ],
)
def test_what_is_no_faq_at_all_is_refused_with_a_reason(name, raw):
    with pytest.raises(Invalid) as caught:
        parse(name, raw)
    assert caught.value.param == "file"


def test_json_is_a_list_or_an_object_and_a_bad_entry_does_not_hide_the_others():
    entry = {"question": "Where is it?", "answer": "Here it is.", "aliases": ["whither"], "audience": "librarians"}
    raw = json.dumps({"language": "es", "entries": [entry, 5, {**entry, "answer": 7}, {**entry, "audience": "cats"}]})
    parsed = parse("faq.json", raw.encode())
    assert [row.fields["language"] for row in parsed.rows] == ["es"]
    assert parsed.rows[0].fields["audience"] is Audience.LIBRARIANS
    assert [bad.number for bad in parsed.rejected] == [2, 3, 4]
    assert parse("faq.json", json.dumps([entry]).encode()).rows[0].fields["aliases"] == ("whither",)


async def test_an_import_lists_what_would_change_and_then_changes_it(library):
    await library.db.write(service.add, library.ana, content(), publish=True)
    raw = (
        "slug,question,answer,aliases\n"
        "opening-hours,When is the reading room open?,Never on Mondays.,opening times\n"
        ",May I bring a dog?,Only a guide dog.,\n"
    )
    parsed = parse("faq.csv", raw.encode())
    plan = await library.db.write(bring_in, library.ana, parsed, "en", apply=False)
    assert [(row.number, row.changes) for row in plan.changed] == [(2, ("answer",))]
    assert [(row.number, row.content.slug) for row in plan.added] == [(3, "bring-dog")]
    assert not plan.done
    assert len((await library.db.read(service.catalogue, 1)).entry("opening-hours").aliases) == 1
    assert (await library.db.write(bring_in, library.ana, parsed, "en", apply=True)).done
    entry = (await library.db.read(service.catalogue, 1)).entry("opening-hours")
    assert (entry.content.answer, entry.content.tags, entry.review) == ("Never on Mondays.", ("house",), None)
    again = await library.db.write(bring_in, library.ana, parsed, "en", apply=True)
    assert (again.added, again.changed, again.unchanged) == ((), (), 2)


async def test_nothing_is_imported_when_one_row_is_rejected(library):
    parsed = parse("faq.csv", b"question,answer,url\nMay I bring a dog?,No.,\nMay I smoke?,No.,ftp://nowhere\n")
    plan = await library.db.write(bring_in, library.ana, parsed, "en", apply=True)
    assert [bad.number for bad in plan.rejected] == [3]
    assert not plan.done
    assert await library.db.read(lambda tx: tx.value("SELECT COUNT(*) FROM faq_entries")) == 0


async def test_two_rows_about_one_entry_are_rejected_with_the_earlier_row(library):
    parsed = parse("faq.csv", b"question,answer\nMay I bring a dog?,No way.\nMay I bring a DOG?,Yes you may.\n")
    plan = await library.db.write(bring_in, library.ana, parsed, "en", apply=False)
    assert [(bad.number, dict(bad.reason.params)) for bad in plan.rejected] == [(3, {"number": "2"})]


async def test_what_was_exported_changes_nothing_when_it_comes_back(library):
    await library.db.write(service.add, library.ana, content(answer="=SUM(A1)\n- 'quoted'; \"and\" more"), publish=True)
    await library.db.write(service.add, library.lib, content(slug="a-draft", question="A draft?"), publish=False)
    await library.db.write(service.alias, library.ana, "opening-hours", "en", "one more way")
    seen = await library.db.read(service.catalogue, 1)
    for everything in (False, True):
        entries = chosen(seen, everything=everything)
        for kind in Format:
            parsed = parse(f"faq.{kind}", export(entries, kind, NOW))
            plan = make_plan(seen, parsed, "en")
            assert (plan.rejected, plan.added, plan.changed) == ((), (), ())
            assert plan.unchanged == len(entries)


def test_a_spreadsheet_cannot_take_a_cell_for_a_formula():
    entry = Entry(content(question="=HYPERLINK(1)?"), Layer.COMMUNITY)
    raw = export([entry], Format.CSV, NOW).decode("utf-8-sig")
    assert "'=HYPERLINK" in raw


LETTERS = st.characters(codec="utf-8", exclude_characters="\x00")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw):
    try:
        parsed = parse("faq.csv", raw)
    except Invalid:
        return
    assert len({row.number for row in parsed.rows}) == len(parsed.rows)


@given(st.text(st.sampled_from("\",;\t\n\r|='aé?"), max_size=60))
def test_any_rows_under_a_heading_are_read_or_rejected_one_by_one(body):
    parsed = parse("faq.csv", ("question,answer\n" + body).encode())
    plan = make_plan(Catalogue(), parsed, "en")
    assert len(plan.added) + len(plan.rejected) == len(parsed.rows) + len(parsed.rejected)


@given(
    question=st.text(LETTERS, min_size=5, max_size=80),
    answer=st.text(LETTERS, min_size=3, max_size=200),
    aliases=st.lists(st.text(LETTERS, max_size=50), max_size=4),
    tags=st.lists(st.text(LETTERS, max_size=20), max_size=4),
)
def test_every_entry_that_can_be_kept_survives_a_spreadsheet(question, answer, aliases, tags):
    words = content(
        question=question,
        answer=answer,
        aliases=tuple(alias for alias in aliases if "|" not in alias),
        tags=tuple(tag for tag in tags if not set(tag) & set("|,;")),
    )
    tidy = tidied(words)
    if problems(tidy):
        return
    entry = Entry(tidy, Layer.COMMUNITY)
    for kind in Format:
        parsed = parse(f"faq.{kind}", export([entry], kind, NOW))
        plan = make_plan(Catalogue.of(Holdings(entries=(entry,)), ()), parsed, "en")
        assert (plan.unchanged, plan.rejected) == (1, ())


@given(st.text(max_size=20))
def test_a_cell_made_safe_reads_as_it_was(cell):
    assert not safe_cell(cell).startswith(("=", "+", "-", "@"))
    words = replace(content(), answer="x" + cell)
    assert tidied(tidied(words)) == tidied(words)


async def test_hidden_and_drafted_rows_are_kept_as_they_say(library):
    raw = b"question,answer,status\nMay I bring a dog?,No way.,hidden\nMay I bring a cat?,No way.,Entwurf\n"
    await library.db.write(bring_in, library.ana, parse("faq.csv", raw), "en", apply=True)
    seen = await library.db.read(service.catalogue, 1)
    assert [entry.status for entry in (*seen.hidden, *seen.drafts)] == [Status.HIDDEN, Status.DRAFT]
    again = await library.db.write(bring_in, library.ana, parse("faq.csv", raw), "en", apply=False)
    assert again.unchanged == 2
