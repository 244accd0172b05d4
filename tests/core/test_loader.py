# SPDX-License-Identifier: MIT
"""Cogs come, go and are renewed; whatever fails leaves the bot as it was."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.clock import ManualClock
from bot.core.finding import Source
from bot.core.health import HealthBoard
from bot.core.loader import Loader, LoadError
from bot.core.providers import Toolbox
from bot.core.registry import Registry
from bot.kit import Cog, Context, Manifest, Reply, State, command

GOOD = """
from bot.kit import Cog, Context, Manifest, Reply, command

class Sample(Cog):
    name = "sample"
    manifest = Manifest("A sample.", "Nothing.", {{}})
    started = stopped = 0

    @command("{command}", "Say something")
    async def speak(self, ctx: Context) -> Reply:
        return Reply("{words}")

    async def start(self):
        type(self).started += 1
        {start}

    async def stop(self):
        type(self).stopped += 1
        {stop}
"""


class Jobs:
    """Counts whose jobs are taken up."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    async def register(self, cog: Cog) -> None:
        self.taken.append(cog.name)

    async def unregister(self, name: str) -> None:
        self.taken.remove(name)


class Bench:
    """A loader over one package that a test writes."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "loadable_sample" / "__init__.py"
        self.file.parent.mkdir()
        self.registry = Registry()
        self.health = HealthBoard(ManualClock(datetime(2026, 11, 23, tzinfo=UTC)))
        self.jobs = Jobs()
        self.migrated: list[str] = []
        sources = {"sample": Source("sample", "loadable_sample")}
        self.loader = Loader(
            self.registry,
            Toolbox(self.registry, {}),
            self.jobs,
            self._migrate,
            sources=lambda: sources,
            reports=self.health,
            patience=0.05,
        )

    async def _migrate(self, source: Source) -> None:
        self.migrated.append(source.name)

    def write(self, *, command="speak", words="hello", start="pass", stop="pass", whole=None) -> None:
        text = whole if whole is not None else GOOD.format(command=command, words=words, start=start, stop=stop)
        self.file.write_text(text)
        for compiled in self.file.parent.glob("__pycache__/*"):
            compiled.unlink()

    @property
    def told(self) -> dict[str, State]:
        """What the status command hears of the cog."""
        return {part.name: part.state for part in self.health.snapshot().components}

    async def says(self) -> str:
        bound = self.registry.operation("sample.speak")
        return (await bound.handler(None)).text if bound else ""


@pytest.fixture
def bench(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    bench = Bench(tmp_path)
    yield bench
    sys.modules.pop("loadable_sample", None)


async def test_load_runs_every_step(bench):
    bench.write()
    await bench.loader.load("sample")
    assert await bench.says() == "hello"
    assert bench.jobs.taken == bench.migrated == ["sample"]


@pytest.mark.parametrize(
    ("broken", "step"),
    [
        ({"whole": "import nothing_of_that_name"}, "import"),
        ({"whole": "x = 1"}, "import"),
        ({"command": "NOT A NAME"}, "import"),
        ({"start": "raise RuntimeError('no luck')"}, "start"),
        ({"start": "import asyncio; await asyncio.Event().wait()"}, "start"),
    ],
)
async def test_a_step_that_fails_leaves_nothing_and_says_which(bench, broken, step):
    bench.write(**broken)
    with pytest.raises(LoadError, match=f"failed at its {step}"):
        await bench.loader.load("sample")
    assert bench.loader.failures["sample"].step == step
    assert bench.told == {"cog sample": State.DOWN}
    assert not bench.registry.cogs
    assert bench.jobs.taken == []


async def test_a_mended_cog_loads_after_it_failed(bench):
    bench.write(whole="import nothing_of_that_name")
    with pytest.raises(LoadError):
        await bench.loader.load("sample")
    bench.write()
    await bench.loader.load("sample")
    assert await bench.says() == "hello"
    assert not bench.loader.failures
    assert bench.told == {}


async def test_reload_takes_the_new_source(bench):
    bench.write()
    await bench.loader.load("sample")
    old = bench.registry.cogs["sample"]
    bench.write(words="hello again")
    await bench.loader.reload("sample")
    assert await bench.says() == "hello again"
    assert old.stopped == 1
    assert bench.jobs.taken == ["sample"]


@pytest.mark.parametrize("broken", [{"whole": "raise RuntimeError"}, {"start": "raise RuntimeError"}])
async def test_reload_keeps_the_running_cog_when_the_new_one_fails(bench, broken):
    bench.write()
    await bench.loader.load("sample")
    old = bench.registry.cogs["sample"]
    bench.write(**broken)
    with pytest.raises(LoadError):
        await bench.loader.reload("sample")
    assert bench.registry.cogs["sample"] is old
    assert await bench.says() == "hello"
    assert old.stopped == 0
    assert bench.jobs.taken == ["sample"]
    assert bench.told == {"cog sample": State.DEGRADED}


async def test_unload_goes_on_when_a_cog_does_not_stop(bench):
    bench.write(stop="raise RuntimeError")
    await bench.loader.load("sample")
    await bench.loader.unload("sample")
    assert not bench.registry.cogs
    assert bench.jobs.taken == []


async def test_one_bad_cog_does_not_stop_the_others(bench):
    bench.write(start="raise RuntimeError")
    await bench.loader.load_all()
    assert set(bench.loader.failures) == {"sample"}


async def test_loading_twice_and_unloading_nothing_are_refused(bench):
    bench.write()
    await bench.loader.load("sample")
    with pytest.raises(LoadError, match="loaded already"):
        await bench.loader.load("sample")
    await bench.loader.unload("sample")
    with pytest.raises(LoadError, match="not loaded"):
        await bench.loader.unload("sample")
    with pytest.raises(LoadError, match="no cog"):
        await bench.loader.load("nobody")


async def test_a_clash_with_another_cog_is_refused_and_undone(bench):
    class Other(Cog):
        name = "other"
        manifest = Manifest("Other.", "Nothing.", {})

        @command("speak", "Speak as well")
        async def speak(self, ctx: Context) -> Reply:
            return Reply("other")

    bench.registry.add(Other())
    bench.write()
    with pytest.raises(LoadError, match="declared twice"):
        await bench.loader.load("sample")
    assert set(bench.registry.cogs) == {"other"}
    assert sys.modules["loadable_sample"].Sample.stopped == 1


async def test_a_failed_reload_is_forgotten_once_one_succeeds(bench):
    bench.write()
    await bench.loader.load("sample")
    bench.write(start="raise RuntimeError")
    with pytest.raises(LoadError):
        await bench.loader.reload("sample")
    assert set(bench.loader.failures) == {"sample"}
    bench.write()
    await bench.loader.reload("sample")
    assert not bench.loader.failures


async def test_a_cog_that_failed_at_first_runs_once_it_is_reloaded(bench):
    bench.write(start="raise RuntimeError")
    with pytest.raises(LoadError):
        await bench.loader.load("sample")
    bench.write(words="mended")
    await bench.loader.reload("sample")
    assert await bench.says() == "mended"
    assert bench.jobs.taken == ["sample"]
    assert not bench.loader.failures


async def test_a_reload_that_clashes_goes_back_to_the_old_modules(bench):
    class Other(Cog):
        name = "other"
        manifest = Manifest("Other.", "Nothing.", {})

        @command("sing", "Sing")
        async def sing(self, ctx: Context) -> Reply:
            return Reply("other")

    bench.write()
    await bench.loader.load("sample")
    bench.registry.add(Other())
    module = sys.modules["loadable_sample"]
    bench.write(command="sing")
    with pytest.raises(LoadError, match="declared twice"):
        await bench.loader.reload("sample")
    assert await bench.says() == "hello"
    assert sys.modules["loadable_sample"] is module
    assert bench.jobs.taken == ["sample"]


async def test_a_cog_that_leaves_the_interpreter_at_import_stops_nothing(bench):
    bench.write(whole="raise SystemExit(3)")
    await bench.loader.load_all()
    assert bench.loader.failures["sample"].step == "import"
