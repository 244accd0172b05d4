# SPDX-License-Identifier: MIT
"""The command line as a whole: it starts fast, and every error is one line that says what to do."""

import importlib
import subprocess
import sys
from pathlib import Path

import click
import pytest
from cliplay import ROOT, environment, process, refdesk

from bot.chats import Chat, builders
from bot.cli import cli
from bot.cli.exits import Exit, failure_of
from bot.config import Config, ConfigError
from bot.core.clock import SystemClock
from bot.kit import Invalid, t
from bot.storage.errors import FullDiskError


def imported_by(*arguments: str, folder: Path) -> set[str]:
    """Return the modules that a command imports."""
    code = (
        "import sys\nfrom bot.cli import cli\n"
        f"try:\n    cli.main({list(arguments)!r}, prog_name='refdesk')\nexcept SystemExit:\n    pass\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment(),
        check=True,
    )
    return set(ended.stderr.split())


def test_help_imports_nothing_slow(here):
    assert not imported_by("--help", folder=here) & {"asyncio", "pydantic", "rich", "numpy", "bot.kit", "bot.app"}


@pytest.mark.slow
def test_asking_and_the_terminal_import_no_chat_library(here):
    for arguments in (("ask", "Can our library have one shared account?"), ("console", "--empty")):
        assert not imported_by(*arguments, folder=here) & {"discord", "nio", "aiohttp", "prompt_toolkit"}


def test_every_command_that_is_listed_can_be_imported_and_tells_what_it_does():
    def look(group: click.Group, *path: str) -> list[str]:
        found = []
        for name in group.list_commands(click.Context(group)):
            command = group.get_command(click.Context(group), name)
            assert command is not None
            assert command.get_short_help_str()
            found.append(" ".join((*path, name)))
            if isinstance(command, click.Group):
                found += look(command, *path, name)
        return found

    known = {
        "console",
        "run",
        "check",
        "ask",
        "faq import",
        "faq export",
        "faq eval",
        "migrate",
        "backup",
        "restore",
        "cogs",
    }
    assert set(look(cli)) == known | {"faq", "cogs new"}


def test_a_misspelt_command_is_answered_with_the_one_that_was_meant():
    ended = refdesk("migrat")
    assert ended.exit_code == Exit.USAGE
    assert 'There is no command "migrat". Did you mean "migrate"?' in ended.stderr


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (ConfigError("REFDESK_X: write yes or no"), Exit.CONFIG, "REFDESK_X: write yes or no"),
        (FullDiskError("There is no space left."), Exit.DATABASE, "There is no space left."),
        (Invalid("file", t("Row {row} is empty.", row="2")), Exit.FAILED, "Row 2 is empty."),
        (FileNotFoundError(2, "No such file or directory", "x.csv"), Exit.FAILED, "x.csv: No such file or directory."),
        (KeyError("q"), Exit.BUG, "This is a fault of Refdesk (KeyError: 'q')"),
    ],
)
def test_every_error_has_its_status_and_one_line(error, status, said):
    failure = failure_of(error)
    assert failure.exit_code == status
    assert said in failure.message
    assert "\n" not in failure.message


def test_a_fault_is_shown_whole_where_debugging_is_wanted(monkeypatch, capsys):
    monkeypatch.setenv("REFDESK_LOG_LEVEL", "debug")
    assert failure_of(KeyError("q")).exit_code == Exit.BUG
    assert "KeyError" in capsys.readouterr().err


def test_run_without_a_chat_says_what_to_set_and_what_needs_nothing(here):
    ended = refdesk("run")
    assert ended.exit_code == Exit.CONFIG
    assert "DISCORD_TOKEN for Discord" in ended.stderr
    assert '"refdesk console" needs no settings' in ended.stderr
    assert not (here / "data").exists()


def test_half_a_chat_is_refused_with_what_is_lacking():
    matrix = Chat("matrix", "Matrix", ("matrix_homeserver", "matrix_user"), lambda app: None)
    with pytest.raises(ConfigError, match="MATRIX_HOMESERVER must be set as well"):
        builders(Config(matrix_user="@a:example.org", _env_file=None), [matrix])


def test_a_chat_that_is_set_up_is_built_and_the_others_are_left_alone():
    built = builders(
        Config(matrix_user="@a:example.org", _env_file=None),
        [Chat("discord", "Discord", ("discord_token",), int), Chat("matrix", "Matrix", ("matrix_user",), str)],
    )
    assert built == [str]


def test_a_misspelt_setting_is_pointed_out_beside_the_error(here, monkeypatch):
    monkeypatch.setenv("REFDESK_DISCORD_TOKN", "s3cr3t-s3cr3t")
    ended = refdesk("run")
    assert "REFDESK_DISCORD_TOKN in the environment has no effect. Did you mean DISCORD_TOKEN?" in ended.stderr
    assert "s3cr3t" not in ended.output


@pytest.mark.slow
def test_python_m_bot_is_the_same_command(here):
    ended = process("--version", folder=here)
    assert (ended.returncode, ended.stdout.split()[0]) == (0, "refdesk")


def test_the_console_script_is_declared():
    assert 'refdesk = "bot.cli:main"' in (ROOT / "pyproject.toml").read_text("utf-8")
    assert callable(importlib.import_module("bot.cli").main)


def test_a_backup_into_a_folder_is_named_by_the_time(database, here):
    ended = refdesk("backup", here, "--database", database)
    assert ended.exit_code == 0
    (copy,) = here.glob(f"refdesk-{SystemClock().now():%Y%m}*Z.db")
    assert copy.stat().st_size >= 100_000
    again = refdesk("backup", copy, "--database", database)
    assert again.exit_code == Exit.DATABASE
    assert "exists already" in again.stderr


def test_a_folder_for_backups_is_made_but_none_above_it(database, here):
    for _ in range(2):  # the folder is there the second time
        for copy in here.glob("copies/*"):
            copy.unlink()
        assert refdesk("backup", "copies/", "--database", database).exit_code == 0
        assert [each.suffix for each in here.glob("copies/refdesk-*")] == [".db"]
    assert refdesk("backup", "unmounted/copies/", "--database", database).exit_code == Exit.DATABASE
    assert not (here / "unmounted").exists()
    (here / "file").write_text("mine", "utf-8")
    assert "exists already" in refdesk("backup", "file/", "--database", database).stderr
