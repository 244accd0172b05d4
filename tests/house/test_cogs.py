# SPDX-License-Identifier: MIT
"""What every bundled cog keeps to: manifest, README, examples that work, data that can be forgotten, no traces."""

import asyncio
import gc
import threading
from pathlib import Path

import pytest

from bot.core.finding import find_sources, import_cog
from bot.core.i18n.pseudo import LANGUAGE as QPS
from bot.core.textline import Parsed, parse
from bot.kit import Command, Level, Shortcut
from bot.storage import people
from bot.storage.privacy import uncovered_person_columns
from bot.storage.schema import person_columns
from bot.testing.world import World

ROOT = Path(__file__).parents[2]
BUNDLED = {name: source for name, source in find_sources().items() if source.bundled}
COGS = {name: import_cog(source) for name, source in sorted(BUNDLED.items())}
COMMANDS = [(name, op) for name, cog in COGS.items() for op in cog.operations if isinstance(op, Command)]


@pytest.mark.parametrize("name", COGS)
def test_a_cog_says_what_it_is_and_what_it_keeps(name):
    manifest = COGS[name].manifest
    assert manifest.summary.endswith(".")
    assert manifest.keeps.endswith(".")
    assert COGS[name].__doc__


@pytest.mark.parametrize("name", COGS)
def test_a_cog_has_a_readme(name):
    readme = (ROOT / "cogs" / name / "README.md").read_text()
    assert readme.startswith("# ")


@pytest.mark.parametrize("name", COGS)
def test_a_cog_has_tests(name):
    assert list((ROOT / "tests" / "cogs" / name).rglob("test_*.py"))


@pytest.mark.parametrize(("name", "command"), COMMANDS, ids=lambda value: getattr(value, "name", value))
def test_every_command_has_an_example_that_is_that_command(name, command):
    assert command.example, f"{command.name} needs example=..."
    parsed = parse(command.example, [each for _, each in COMMANDS])
    assert isinstance(parsed, Parsed)
    assert parsed.command.name.split()[0] == command.name.split()[0]


def test_no_shortcut_word_is_a_command():
    first_words = {command.name.split()[0] for _, command in COMMANDS}
    words = {op.word for cog in COGS.values() for op in cog.operations if isinstance(op, Shortcut)}
    assert not words & first_words


@pytest.fixture
async def whole_world():
    async with await World.open(*COGS) as world:
        yield world


async def test_every_table_with_a_person_says_how_they_are_forgotten(whole_world):
    assert await whole_world.app.db.read(uncovered_person_columns) == ()
    assert await whole_world.app.db.read(person_columns)


async def test_every_example_works_and_speaks_the_asker_s_language(whole_world):
    app = whole_world.app
    mia, ana = whole_world.member("Mia", Level.OWNER), whole_world.member("Ana")
    await ana.says("account show")
    person = await whole_world.person(mia)
    failed = {}
    for _, command in COMMANDS:
        await app.db.write(people.prefer, person.id, locale=QPS, zone="UTC")
        app.refresh()
        whole_world.clock.move(minutes=1)
        seen = await mia.says(command.example)
        shown = f"{seen.plain} {seen.asked}"
        chose_english = command.name == "account language"
        if ("⟦" in shown) is chose_english or "people who run me" in shown:
            failed[command.name] = shown[:100]
    assert not failed


def left_behind(app) -> tuple[object, ...]:
    """Return what could be left behind; the event loop keeps its own pool of threads, at most six, as it sees fit."""
    threads = [thread for thread in threading.enumerate() if not thread.name.startswith("asyncio_")]
    return len(asyncio.all_tasks()), len(threads), sorted(app.health.snapshot().components, key=str)


async def test_fifty_loads_and_unloads_leave_nothing_behind(whole_world):
    app = whole_world.app
    await app.settled()
    for name in COGS:
        await app.loader.unload(name)
    gc.collect()
    before = left_behind(app)
    for _ in range(50):
        for name in COGS:
            await app.loader.load(name)
        for name in COGS:
            await app.loader.unload(name)
    await app.settled()
    gc.collect()
    assert left_behind(app) == before
    assert app.registry.commands == ()
    assert app.registry.shortcuts == ()
    assert not app.loader.failures
