# SPDX-License-Identifier: MIT
"""The FAQ from the command line: asked, measured, exported, imported, and never half-imported."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cliplay import ROOT, environment, refdesk
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cli.ask import as_line, read_questions
from bot.cli.exits import Exit, Failure

QUESTION = "Can our library have one shared account?"
CSV = "question,answer\n" + "".join(f"Where is room number {n}?,On floor {n}.\n" for n in range(1, 61))


def test_a_question_is_answered_from_the_starter_set_without_a_database(here):
    ended = refdesk("ask", QUESTION)
    assert ended.exit_code == 0
    assert "An account is for one person only" in ended.output
    assert "https://en.wikipedia.org/wiki/Wikipedia:Username_policy" in ended.output
    assert list(here.iterdir()) == []


def test_a_file_is_answered_line_by_line_in_order(here):
    questions = [QUESTION, "", "¿Cómo participo en 1Bib1Ref?", "a\ud800\x00", "🙂", "كيف أشارك؟", "x" * 10_000]
    Path("q.jsonl").write_text("\ufeff" + "\n\n".join(json.dumps({"q": q}) for q in questions), "utf-8")
    ended = refdesk("ask", "--file", "q.jsonl", "--json")
    rows = [json.loads(line) for line in ended.output.splitlines()]
    assert [row["q"] for row in rows] == questions
    assert rows[0]["answer"] == "account-institution"
    assert rows[2]["lang"] == "es"
    for row in rows:
        assert set(row) == {"q", "answer", "score", "candidates", "action", "lang"}
        assert 0 <= row["score"] <= 1
        assert len(row["candidates"]) <= 5
        assert row["action"] in {"answer", "suggest", "handoff", "decline", "unknown"}
        assert (row["answer"] is None) == (row["action"] != "answer")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"no json", "line 2: this is no JSON"),
        (b'{"question": "x"}', "line 2: there is no question"),
        (b'{"q": 3}', "line 2: there is no question"),
        (b"[" * 100_000, "line 2: this is no JSON"),
        (b'{"q": "\xff"}', "line 2: this is no text in UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_answered(here, line, said):
    Path("q.jsonl").write_bytes(b'{"q": "Who?"}\n' + line + b"\n")
    ended = refdesk("ask", "--file", "q.jsonl", "--json")
    assert (ended.exit_code, ended.stdout) == (Exit.FAILED, "")
    assert said in ended.stderr


@given(st.lists(st.binary(max_size=40)))
def test_whatever_a_file_holds_it_is_read_or_refused(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("questions") / "q.jsonl"
    path.write_bytes(b"\n".join(lines))
    try:
        said = "".join(read_questions(path))
    except Failure as failure:
        said = failure.message if ", line " in failure.message else None
    assert said is not None


@given(st.text())
@example("half a pair \ud800 alone")
def test_whatever_was_asked_a_line_of_json_holds_it(text):
    line = as_line({"q": text})
    assert json.loads(line.encode("utf-8")) == {"q": text}
    assert "\n" not in line


def test_neither_and_both_a_question_and_a_file_are_refused(here):
    Path("q.jsonl").write_text("", "utf-8")
    assert refdesk("ask").exit_code == Exit.USAGE
    assert refdesk("ask", "x", "--file", "q.jsonl").exit_code == Exit.USAGE


def test_the_answers_are_measured_by_language_and_kind(here):
    rows = [
        {"q": QUESTION, "topic": "account-institution", "lang": "en"},
        {"q": "Wann findet 1Lib1Ref statt?", "topic": "1lib1ref-when", "lang": "de"},
        {"q": "What is the best pizza in town?", "topic": None, "lang": "en", "kind": "off-topic"},
    ]
    Path("q.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    figures = json.loads(refdesk("faq", "eval", "q.jsonl", "--json").output)
    assert (figures["overall"]["questions"], figures["overall"]["intruders"]) == (3, 1)
    assert figures["overall"]["hit_at_1"] == 1
    assert [score["name"] for score in figures["by_language"]] == ["de", "en"]
    assert [score["name"] for score in figures["by_kind"]] == ["faq", "off-topic"]
    table = refdesk("faq", "eval", "q.jsonl").output
    assert "hit@1" in table.splitlines()[0]
    assert "  off-topic" in table


def test_a_bad_line_of_a_measure_is_named(here):
    Path("q.jsonl").write_text('{"q": "Who?"}\n', "utf-8")
    ended = refdesk("faq", "eval", "q.jsonl")
    assert (ended.exit_code, "q.jsonl, line 1" in ended.stderr) == (Exit.FAILED, True)


def test_what_is_exported_comes_back_unchanged(database):
    for name in ("own.csv", "own.json"):
        assert refdesk("faq", "export", name, "--database", database).exit_code == 0
        ended = refdesk("faq", "import", name, "--dry-run", "--database", database)
        assert ended.exit_code == 0
        assert "The file holds nothing new." in ended.output
    assert json.loads(Path("own.json").read_text("utf-8"))["entries"]
    refused = refdesk("faq", "export", "own.csv", "--database", database)
    assert (refused.exit_code, "--force" in refused.stderr) == (Exit.FAILED, True)
    assert b"meeting-place" in refdesk("faq", "export", "-", "--database", database).stdout_bytes


def test_the_example_file_is_listed_first_and_then_taken(database):
    example = ROOT / "docs" / "examples" / "faq.csv"
    dry = refdesk("faq", "import", example, "--dry-run", "--database", database)
    done = refdesk("faq", "import", example, "--database", database)
    again = refdesk("faq", "import", example, "--database", database)
    assert "changes “meeting-place”" in dry.output
    assert "Imported." in done.output
    assert "Unchanged  3" in again.output
    asked = refdesk("ask", "is there a mailing list for the group", "--database", database, "--json")
    assert json.loads(asked.output)["answer"] == "mailing-list-group"


def test_one_bad_row_keeps_the_whole_file_out(database):
    Path("bad.csv").write_text("question,answer\nWhere is it?,There.\nWho knows?,\n", "utf-8")
    ended = refdesk("faq", "import", "bad.csv", "--database", database)
    assert ended.exit_code == Exit.FAILED
    assert "Row 3: The answer is missing." in ended.output
    assert entries(database) == before(database)


def test_a_broken_file_is_refused_in_one_line(database):
    Path("bad.csv").write_text("name\nx\n", "utf-8")
    ended = refdesk("faq", "import", "bad.csv", "--database", database)
    assert (ended.exit_code, ended.stderr.count("\n")) == (Exit.FAILED, 1)
    assert "The first row must name the columns" in ended.stderr


def test_a_community_that_is_not_there_is_named(database):
    ended = refdesk("faq", "export", "x.csv", "--database", database, "--community", "Nowhere")
    assert ended.exit_code == Exit.USAGE
    assert "1 (Riverside Libraries (demo))" in ended.stderr
    assert refdesk("faq", "export", "x.csv", "--database", database, "--community", "1").exit_code == 0


def test_a_database_without_a_community_says_when_one_begins(here):
    refdesk("migrate")
    ended = refdesk("faq", "export", "x.csv")
    assert ended.exit_code == Exit.FAILED
    assert "no community in this database yet" in ended.stderr
    assert "one person only" in refdesk("ask", QUESTION).output


@pytest.mark.slow
@pytest.mark.parametrize("written", [1, 30, 60, "committed"])
def test_a_killed_import_loses_nothing_and_doubles_nothing(database, written):
    Path("rooms.csv").write_text(CSV, "utf-8")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(written), str(database)], env=environment(), capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    kept = before(database)
    assert entries(database) == (kept + 60 if written == "committed" else kept)
    ended = refdesk("faq", "import", "rooms.csv", "--database", database)
    assert ended.exit_code == 0
    assert entries(database) == kept + 60
    assert "is whole" in refdesk("check", "--database", database).output


KILLED = """
import os, signal, sys
from bot.cli import cli
from bot.cli.faq import transfer
from cogs.faq import store_history

wanted, database = sys.argv[1:]
note, written = store_history.note, []

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def counted(*args):
    written.append(note(*args))
    if wanted == str(len(written)):
        die()
    return written[-1]

store_history.note = counted
transfer._show = lambda *args, **kwargs: die()
cli.main(["faq", "import", "rooms.csv", "--database", database])
"""


def entries(database: Path) -> int:
    """Count the community's own entries, as an export shows them."""
    return len(json.loads(refdesk("faq", "export", "-", "--format", "json", "--database", database).output)["entries"])


def before(database: Path) -> int:
    """Count the entries of the demonstration, which no test takes away."""
    rows = json.loads(refdesk("faq", "export", "-", "--format", "json", "--database", database).output)["entries"]
    return sum("room number" not in row["question"] for row in rows)
