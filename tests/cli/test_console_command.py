# SPDX-License-Identifier: MIT
"""`refdesk console` as a process: a script by pipe, its exit status, what it keeps and what it leaves behind."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cliplay import environment, process, refdesk

from bot.cli.exits import Exit

pytestmark = pytest.mark.slow

QUESTION = "Can our library have one shared account?"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def test_a_script_gets_the_reviewed_answer_with_its_page(here):
    ended = process("console", typed=f"{QUESTION}\n/faq show account-institution\n", folder=here)
    assert ended.returncode == 0
    assert "one person only" in ended.stdout
    assert "https://en.wikipedia.org/wiki/Wikipedia:Username_policy" in ended.stdout
    assert re.search(r"Short name\s+account-institution", ended.stdout)
    assert "starter set, as of November 2026, not reviewed by your community" in ended.stdout
    assert not CONTROL.search(ended.stdout)
    assert list(here.iterdir()) == []


def test_a_script_is_answered_by_meaning_from_its_first_line(here, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    typed = ":as Mira moderator\n/faq test Quin és el límit de comptes nous per dia des de la mateixa xarxa?\n"
    ended = process(
        "console", typed=typed, folder=here, settings={"REFDESK_MODELS": "yes", "REFDESK_CACHE": str(cache)}
    )
    assert ended.returncode == 0
    assert "By words and meaning" in ended.stdout
    assert list(cache.glob("*-table.bin"))


def test_a_line_that_is_not_understood_makes_the_status_one_and_the_rest_goes_on(here):
    ended = process("console", typed=f"/no-such-thing\n{QUESTION}\n", folder=here)
    assert ended.returncode == 1
    assert "one person only" in ended.stdout


def test_every_question_however_odd_is_taken(here):
    odd = ["", "x" * 10_000, "مكتبة", "🙂🙂", "a\x00b", "“unclosed \"quote'", '/faq show "unclosed', "\\", "[b]x[/b]"]
    ended = process("console", typed="\n".join([*odd, QUESTION]) + "\n", folder=here)
    assert ended.returncode in (0, 1)
    assert "Something went wrong" not in ended.stdout
    assert "one person only" in ended.stdout
    assert not CONTROL.search(ended.stdout)


def test_a_demonstration_shows_something_everywhere(here):
    lines = [
        "/faq gaps",
        "/faq history meeting-place",
        "/settings channels",
        "/settings levels",
        "/faq list",
        "/status",
    ]
    ended = process("console", typed="\n".join(lines) + "\n", folder=here)
    assert ended.returncode == 0
    for said in ("mailing list", "edited (en) by Mira", "#announcements", "Ana: librarian", "Where and when does our"):
        assert said in ended.stdout


def test_what_a_demonstration_has_posted_long_ago_waits_for_those_who_look(here):
    ended = process("console", typed=f"{QUESTION}\n:in requests\n:inbox\n", folder=here)
    answered, _, looked = ended.stdout.partition(":in requests")
    assert "Posted in" not in answered
    assert "Posted in #requests:" in looked


def test_an_answer_can_be_seen_as_each_chat_shows_it(here):
    ended = process("console", typed=f"{QUESTION}\n:preview discord\n:preview matrix\n", folder=here)
    assert ended.returncode == 0
    _, discord, matrix = re.split(r"> :preview .*", ended.stdout)
    assert "### Can our library have one shared Wikipedia account?" in discord
    assert "This helped]" in discord
    assert "<strong>Can our library have one shared Wikipedia account?</strong>" in matrix


def test_time_moves_on_demo_data_only(here):
    moved = process("console", typed=":clock +2d\n", folder=here)
    kept = process("console", "--database", "kept.db", typed=":clock +2d\n", folder=here)
    assert (moved.returncode, kept.returncode) == (0, 1)
    assert "It is now" in moved.stdout
    assert "on demo data only" in kept.stdout


def test_a_named_file_is_kept_and_demo_data_are_put_into_a_new_one_only(here):
    added = '/faq add question="Where is the kettle?" answer="In the kitchen." source=-\n'
    first = process("console", "--empty", "--database", "kept.db", typed=added, folder=here)
    second = process("console", "--database", "kept.db", typed="/faq list\n", folder=here)
    assert (first.returncode, second.returncode) == (0, 0)
    assert "Where is the kettle?" in second.stdout
    assert "Where and when does our group meet?" not in second.stdout


def test_a_bad_setting_is_named_and_nothing_starts(here):
    ended = process("console", folder=here, settings={"REFDESK_MODELS": "perhaps"})
    assert (ended.returncode, ended.stdout) == (Exit.CONFIG, "")
    assert "REFDESK_MODELS: write yes or no" in ended.stderr


def test_a_killed_console_leaves_no_temporary_folder(here):
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "console"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=here,
        env=environment({"TMPDIR": str(here)}),
    ) as running:
        assert running.stdin
        assert running.stdout
        running.stdin.write(":help\n")
        running.stdin.flush()
        running.stdout.readline()
        assert len(list(here.iterdir())) == 1
        running.send_signal(signal.SIGTERM)
        running.stdin.close()
        running.wait(10)
    assert list(here.iterdir()) == []


def test_a_damaged_file_is_refused_with_what_to_do(here):
    Path("bad.db").write_bytes(b"no database " * 1000)
    ended = refdesk("console", "--database", "bad.db", typed="")
    assert ended.exit_code == Exit.DATABASE
    assert "bad.db" in ended.stderr
    assert os.path.getsize("bad.db") == 12_000  # noqa: PTH202 (the size alone matters)
