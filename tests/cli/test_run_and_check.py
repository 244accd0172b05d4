# SPDX-License-Identifier: MIT
"""`refdesk run` starts, stops when told, and refuses to be the second; `check` and `cogs` say what does not run."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cliplay import environment, process, refdesk

from bot.checks.cogs import Trial, check_cogs
from bot.checks.finding import Mark
from bot.checks.settings import check_settings
from bot.cli import run as running
from bot.cli.exits import Exit
from bot.config import Config
from bot.core.clock import SystemClock
from bot.core.finding import Source
from bot.core.steps import every_step
from bot.storage.database import SqliteDatabase

BOT = """
import sys
from bot import chats
from bot.cli import cli
from bot.platforms.memory import MemoryPlatform

class Slow(MemoryPlatform):
    async def stop(self):
        import asyncio
        await asyncio.Event().wait()

class Stuck(MemoryPlatform):
    async def start(self, inbox):
        import asyncio
        print("Refdesk runs on nothing yet", file=sys.stderr, flush=True)
        await asyncio.Event().wait()

kind = {"slow": Slow, "stuck": Stuck}.get(sys.argv[-1], MemoryPlatform)
chats.CHATS = (chats.Chat("discord", "Discord", ("discord_token",), lambda app: kind()),)
chats.builders.__defaults__ = (chats.CHATS,)
cli.main(["run"])
"""


def start(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """Start a bot on the fake platform, and return when it runs."""
    settings = {"REFDESK_DISCORD_TOKEN": "s3cr3t-s3cr3t", "REFDESK_DATABASE": str(folder / "data" / "bot.db")}
    started = subprocess.Popen(
        [sys.executable, "-c", BOT, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env=environment(settings),
        cwd=folder,
    )
    assert started.stderr
    for line in started.stderr:
        if "Refdesk runs on" in line:
            return started
    raise AssertionError(f"It ended with {started.wait(10)}.")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("kind", ["quick", "stuck"])
def test_it_stops_when_it_is_told_to_also_while_it_starts(here, number, kind):
    with start(here, kind) as bot:
        bot.send_signal(number)
        assert bot.wait(running.STOP_SECONDS) == 0
        assert bot.stderr
        assert "Stopped." in bot.stderr.read()


@pytest.mark.slow
def test_a_platform_that_does_not_stop_is_broken_off(here):
    with start(here, "slow") as bot:
        bot.terminate()
        assert bot.wait(running.STOP_SECONDS + 1) == Exit.FAILED
        assert bot.stderr
        assert "nothing is lost" in bot.stderr.read()
    assert refdesk("check", "--database", "data/bot.db").output.count("is whole") == 1


@pytest.mark.slow
def test_a_second_bot_on_the_same_database_is_refused_and_the_command_line_is_not(here):
    with start(here) as bot:
        second = process("migrate", "--database", here / "data" / "bot.db", folder=here)
        copied = process("backup", "copy.db", "--database", here / "data" / "bot.db", folder=here)
        bot.terminate()
    assert (second.returncode, copied.returncode) == (Exit.DATABASE, 0)
    assert "Another Refdesk is running" in second.stderr


def test_a_check_of_nothing_says_what_to_do_next(here):
    ended = refdesk("check")
    assert "! No chat is set up." in ended.output
    assert "! Nobody owns the bot. Set REFDESK_OWNERS" in ended.output
    assert "! There is no database at data/refdesk.db yet." in ended.output
    assert "✓ The cog faq (bundled) runs." in ended.output
    assert list(here.iterdir()) == []


def test_a_check_goes_on_where_a_setting_is_bad(here, monkeypatch):
    monkeypatch.setenv("REFDESK_LOG_LEVEL", "loud")
    ended = refdesk("check")
    assert ended.exit_code == Exit.FAILED
    assert "✗ These settings cannot be used:\n  REFDESK_LOG_LEVEL" in ended.output
    assert "The disk has" in ended.output


def test_what_is_set_well_is_looked_at_where_another_setting_is_bad(here, database, monkeypatch):
    monkeypatch.setenv("REFDESK_DATABASE", str(database))
    monkeypatch.setenv("REFDESK_METRICS_PORT", "many")
    monkeypatch.setenv("MATRIX_HOMESERVER", "example.org")
    ended = refdesk("check")
    assert "REFDESK_METRICS_PORT: write a number" in ended.output
    assert "MATRIX_HOMESERVER: this must be an address" in ended.output
    assert f"✓ The database {database} is whole" in ended.output
    assert "data/refdesk.db" not in ended.output


def test_an_env_file_that_is_no_text_stops_no_check(here):
    (here / ".env").write_bytes(b"\xff\xfe\x00")
    ended = refdesk("check")
    assert ended.exit_code == Exit.FAILED
    assert "cannot be read" in ended.output
    assert "✓ The cog faq (bundled) runs." in ended.output


def test_what_is_not_used_need_not_be_migrated(here, monkeypatch):
    monkeypatch.setenv("MATRIX_HOMESERVER", "http://127.0.0.1:1")
    monkeypatch.setenv("REFDESK_COGS", "help,settings")

    async def run() -> None:
        steps = [step for step in every_step() if step.owner in {"core", "matrix", "settings"}]
        async with await SqliteDatabase.open(here / "bot.db", SystemClock(), create=True) as db:
            await db.migrate(steps)

    asyncio.run(run())
    output = refdesk("check", "--database", here / "bot.db").output
    assert "✓ The database has the form that this version needs." in output
    monkeypatch.setenv("REFDESK_COGS", "help,settings,faq")
    assert "! Migrations to be applied: faq/0001" in refdesk("check", "--database", here / "bot.db").output


def test_a_folder_is_no_database(here, monkeypatch):
    monkeypatch.setenv("REFDESK_DATABASE", str(here))
    assert f"✗ The database {here} is a folder." in refdesk("check").output


@pytest.mark.parametrize("half", [{"calendar_port": 9470}, {"calendar_url": "https://bot.example.org"}])
def test_half_of_what_serves_calendars_is_pointed_out(here, half):
    advice = [each.advice for each in check_settings(Config(**half, _env_file=None))]
    assert any("REFDESK_CALENDAR_PORT and REFDESK_CALENDAR_URL" in said for said in advice)
    both = Config(calendar_port=9470, calendar_url="https://bot.example.org", _env_file=None)
    assert not any("REFDESK_CALENDAR_PORT" in each.advice for each in check_settings(both))


def test_the_chats_that_are_set_up_are_named(here):
    config = Config(matrix_homeserver="http://m.org", matrix_user="@a:m.org", matrix_password="x", _env_file=None)
    assert "Chats that are set up: Matrix." in [each.what for each in check_settings(config)]


def test_secrets_that_others_may_read_are_pointed_out(here):
    env_file = here / ".env"
    env_file.write_text("REFDESK_DISCORD_TOKEN=s3cr3t-s3cr3t\n", "utf-8")
    env_file.chmod(0o644)
    open_file = [each.what for each in check_settings(Config(), env_file)]
    env_file.chmod(0o600)
    closed_file = [each.what for each in check_settings(Config(), env_file)]
    assert any("Other users of this machine may read" in what for what in open_file)
    assert not any("Other users" in what for what in closed_file)
    assert not any("s3cr3t" in what for what in open_file)


def test_cogs_that_are_misspelt_left_out_or_broken_are_told_apart(here):
    trials = (
        Trial(Source("faq", "cogs.faq"), wanted=True, summary="Answers."),
        Trial(Source("help", "cogs.help"), wanted=False),
        Trial(Source("maps", "maps", bundled=False), wanted=True, failure="failed at its import: no maps"),
    )
    found = list(check_cogs(Config(cogs=("faq", "map"), _env_file=None), trials))
    assert [each.mark for each in found] == [Mark.BAD, Mark.GOOD, Mark.DOUBTFUL, Mark.BAD]
    assert "Did you mean maps?" in found[0].advice
    assert found[3].what.endswith("failed at its import: no maps.")


def test_cogs_are_listed_with_where_they_come_from(here, monkeypatch):
    monkeypatch.setenv("REFDESK_COGS", "faq,help")
    ended = refdesk("cogs")
    assert ended.exit_code == 0
    lines = {line.split()[1]: line for line in ended.output.splitlines()}
    assert lines["faq"].startswith("✓")
    assert "bundled" in lines["faq"]
    assert "left out" in lines["status"]
    assert logging.root.manager.disable == logging.NOTSET


def test_a_folder_that_cannot_be_made_is_named(here):
    (here / "data").write_text("a file, no folder", "utf-8")
    ended = refdesk("migrate")
    assert ended.exit_code == Exit.DATABASE
    assert "data" in ended.stderr
    assert os.listdir(here) == ["data"]  # noqa: PTH208 (the names alone matter)
