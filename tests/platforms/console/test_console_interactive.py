# SPDX-License-Identifier: MIT
"""A person at the keyboard: keys in, a screen out."""

import asyncio
import os
import signal
from contextlib import asynccontextmanager

import pytest
from consolecog import Toys
from consoleplay import Tty, until
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.platforms.console.completion import ConsoleCompleter
from bot.platforms.console.interactive import Interactive, history_path, open_history
from bot.platforms.console.terminal import RichScreen


@pytest.fixture
def sit_down(open_console):
    """Return what lets somebody sit at a terminal: (keyboard, screen's text, the console)."""

    @asynccontextmanager
    async def sit(history=None):
        console, _ = await open_console()
        out = Tty()
        screen = RichScreen(Console(file=out, width=80, height=24, legacy_windows=False), lambda: "Working …")
        console.session.screen = console.session.controls._screen = screen
        with create_pipe_input() as keys:
            person = Interactive(console.session, screen, history, keys=keys, display=DummyOutput())
            running = asyncio.ensure_future(person.run())
            yield keys, out, console, running
            if not running.done():
                keys.send_text("\x04")
            assert await asyncio.wait_for(running, 60) == 0

    return sit


async def test_a_question_is_answered_at_the_prompt(sit_down):
    async with sit_down() as (keys, out, _, _):
        keys.send_text("/toy open\rA long title\r")
        await until(lambda: "A long title (article, en)" in out.getvalue())
        keys.send_text("1\r")
        await until(lambda: "Lib has toy 1." in out.getvalue())


async def test_what_was_typed_is_offered_again_after_a_mistake(sit_down):
    async with sit_down() as (keys, out, _, _):
        keys.send_text("/toy open\rabc\r")
        await until(lambda: "✗" in out.getvalue())
        keys.send_text("def\r")
        await until(lambda: "abcdef (article, en)" in out.getvalue())


async def test_control_d_leaves(sit_down):
    async with sit_down() as (keys, _, _, running):
        keys.send_text("\x04")
        assert await asyncio.wait_for(running, 60) == 0


async def test_control_d_at_a_question_leaves_without_a_traceback(sit_down):
    async with sit_down() as (keys, _, console, running):
        keys.send_text("/toy open\r")
        await until(lambda: console.desk.question is not None)
        keys.send_text("\x04")
        assert await asyncio.wait_for(running, 60) == 0


async def test_quit_leaves(sit_down):
    async with sit_down() as (keys, _, _, running):
        keys.send_text(":quit\r")
        assert await asyncio.wait_for(running, 60) == 0


async def test_control_c_at_a_question_withdraws_it(sit_down):
    async with sit_down() as (keys, out, console, _):
        keys.send_text("/toy open\r")
        await until(lambda: console.desk.question is not None)
        keys.send_text("\x03")
        await until(lambda: console.desk.question is None)
        await until(lambda: "forgotten" in out.getvalue())


async def test_control_c_at_an_empty_prompt_tells_how_to_leave(sit_down):
    async with sit_down() as (keys, out, _, _):
        keys.send_text("\x03")
        await until(lambda: "Ctrl-D" in out.getvalue())


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="needs signals of the event loop")
async def test_control_c_stops_what_a_line_set_off(sit_down):
    async with sit_down() as (keys, out, console, _):
        toys = console.app.registry.cogs["toys"]
        assert isinstance(toys, Toys)
        keys.send_text("/toy hang\r")
        await asyncio.wait_for(toys.hanging.wait(), 60)
        os.kill(os.getpid(), signal.SIGINT)
        await until(lambda: "Stopped." in out.getvalue())
        keys.send_text("/toy secret\r")
        await until(lambda: "Swordfish." in out.getvalue())


async def test_a_long_list_comes_in_pages(sit_down):
    async with sit_down() as (keys, out, _, _):
        keys.send_text("/toy list\r")
        await until(lambda: "Toy 10." in out.getvalue())
        assert "Toy 60." not in out.getvalue()
        keys.send_text("\r\r\r\r")
        await until(lambda: "Toy 60." in out.getvalue())


async def test_what_is_typed_instead_of_the_next_page_is_the_next_line(sit_down):
    async with sit_down() as (keys, out, _, _):
        keys.send_text("/toy list\r/toy secret\r")
        await until(lambda: "Swordfish." in out.getvalue())
        assert "Toy 60." not in out.getvalue()


async def test_a_long_list_may_be_left(sit_down):
    async with sit_down() as (keys, out, _, _):
        keys.send_text("/toy list\rq\r/toy secret\r")
        await until(lambda: "Swordfish." in out.getvalue())
        assert "Toy 60." not in out.getvalue()


async def test_lines_are_remembered_and_answers_are_not(sit_down, tmp_path):
    async with sit_down(tmp_path / "state" / "history") as (keys, out, _, _):
        keys.send_text("/toy open\rA private title\r")
        await until(lambda: "A private title (article, en)" in out.getvalue())
    kept = (tmp_path / "state" / "history").read_text()
    assert "/toy open" in kept
    assert "private" not in kept
    assert (tmp_path / "state" / "history").stat().st_mode & 0o077 == 0


def test_a_history_that_cannot_be_kept_is_forgotten(tmp_path):
    (tmp_path / "file").write_text("")
    assert list(open_history(tmp_path / "file" / "history").get_strings()) == []


def test_the_history_belongs_to_the_user(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert history_path() == tmp_path / "refdesk" / "history"


async def test_the_banner_says_what_to_type_and_who_one_is(open_console):
    console, _ = await open_console(terminal=True)
    banner = console.banner().splitlines()
    assert len(banner) <= 4
    text = "\n".join(banner)
    for hint in ("Can our library have one shared account?", "/help", ":help", "Tab", "You act as Lib (librarian)"):
        assert hint in text


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("/to", None),
        ("/toy op", ["toy open "]),
        ("toy op", ["toy open "]),
        ("/toy open 'A title' ki", ["kind="]),
        ("/toy open 'A title' kind=b", ["book"]),
        ("/toy open 'A title' wiki=e", ["en", "es"]),
        ("/toy open 'A title' wiki=o", ['"old wiki"']),
        ("/toy give M", ["Mo"]),
        (":a", [":as "]),
        (":as M", ["Mo"]),
        (":as Mo lib", ["librarian"]),
        (":in re", ["requests"]),
        (":preview h", ["html"]),
    ],
)
async def test_tab_completes(open_console, line, offered):
    console, _ = await open_console()
    completer = ConsoleCompleter(console.session)
    found = [each.text async for each in completer.get_completions_async(Document(line), CompleteEvent())]
    if offered is None:
        assert "toy open " in found
    else:
        assert found == offered


async def test_tab_offers_the_values_of_a_question(open_console):
    console, _ = await open_console()
    await console.session.take("/toy kind")
    completer = ConsoleCompleter(console.session)
    found = [each.text async for each in completer.get_completions_async(Document("b"), CompleteEvent())]
    assert found == ["book"]


async def test_a_spinner_shows_that_work_goes_on(open_console):
    out = Tty()
    screen = RichScreen(
        Console(file=out, width=80, height=24, legacy_windows=False, force_terminal=True), lambda: "Working"
    )
    screen.busy()
    screen._spin("Working")
    screen.idle()
    assert "Working" in out.getvalue()
    before = out.getvalue()
    screen.busy()
    screen.idle()
    assert out.getvalue() == before
