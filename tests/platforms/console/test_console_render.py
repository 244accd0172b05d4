# SPDX-License-Identifier: MIT
"""How replies look in a terminal, held against files that somebody looked at."""

import io
import re

import pytest
from consoleplay import GOLDENS, REPLIES, plain, rich, voice
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.kit import Field, Link, Markdown, Reply, t
from bot.platforms.console.plain import lines
from bot.platforms.console.render import render
from bot.platforms.console.safety import safe

WILD = st.text(st.characters(codec=None) | st.sampled_from("\x1b\x9b\x9d[]m;?0123\x07\u202e\u2066\ud800\x00\r\t"))


@pytest.mark.parametrize("name", REPLIES)
def test_a_script_sees_the_golden(name):
    assert plain(name) == (GOLDENS / f"{name}.plain.txt").read_text("utf-8")


@pytest.mark.parametrize("name", REPLIES)
def test_a_person_sees_the_golden(name):
    assert rich(name) == (GOLDENS / f"{name}.rich.txt").read_text("utf-8")


@pytest.mark.parametrize("name", REPLIES)
def test_panels_are_straight(name):
    """Every line of a panel is as wide as the others, whatever scripts and emoji stand in it."""
    widths = {cell_len(line) for line in rich(name).splitlines() if line[0] in "╭│╰"}
    assert len(widths) <= 1


def test_an_address_is_never_cut_apart():
    url = "https://en.wikipedia.org/wiki/" + "x" * 100
    out = io.StringIO()
    console = Console(file=out, width=60, legacy_windows=False)
    console.print(render(Reply(t("See there."), link=Link(t("The page"), url)), voice(), 60), crop=False)
    assert url in out.getvalue()


def test_colours_come_only_where_they_are_wanted(monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;31m" in rich("error", terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not re.search(r"\x1b\[[\d;]*3\dm", rich("error", terminal=True))


def test_the_words_of_the_terminal_are_translated():
    reply = REPLIES["error"]
    assert lines(reply, voice("qps"), reply.visible)[0].count("⟦") == 2


@given(WILD)
def test_nothing_that_anybody_wrote_steers_the_terminal(words):
    reply = Reply(
        t("{words}", words=words),
        title=words,
        fields=(Field(words, words),),
        items=(words, Markdown(words)),
        link=Link(words, f"https://example.org/{words}"),
        note=words,
    )
    out = io.StringIO()
    Console(file=out, width=40, legacy_windows=False).print(render(reply, voice(), 40), crop=False)
    for shown in ("\n".join(lines(reply, voice())), out.getvalue()):
        assert safe(shown) == shown
        assert not set(shown) & set("\x1b\x9b\x9d\x07\x00\r\u202e\u2066\ud800")


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07word", "word"),
        ("\x1b]8;;https://evil.example\x1b\\label\x1b]8;;\x1b\\", "label"),
        ("\x9b2Jgone", "gone"),
        ("\x1bPq#0\x1b\\picture", "picture"),
        ("back\x08space", "backspace"),
        ("\x1b(0line", "line"),
        ("\x1bc", ""),
    ],
)
def test_control_sequences_leave_no_trace(dirty, clean):
    assert safe(dirty) == clean


@given(WILD)
def test_cleaning_twice_changes_nothing(words):
    assert safe(safe(words)) == safe(words)
