# SPDX-License-Identifier: MIT
"""Whatever dies in the midst of a delivery: nothing is lost, nothing is doubled."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from outbox_victim import PLACES, POSTS
from outboxplay import NOON, FakeCourier, Fate, open_desk

from bot.core.clock import ManualClock
from bot.core.courier import Refused, Retry, Unclear
from bot.kit.reply import Reply

HERE = Path(__file__).parent


class Crash(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("memory", [300.0, 0.0])
@pytest.mark.parametrize("arrived", [True, False])
async def test_a_crash_between_sending_and_noting_it(tmp_path: Path, arrived: bool, memory: float):
    clock = ManualClock(NOON)
    courier = FakeCourier(clock, memory=memory)
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        place = await desk.place("news")
        courier.fates.append(Fate(Crash(), arrived))
        await desk.post(place, "a", Reply("one"))
        await desk.post(place, "b", Reply("two"))
        await desk.settled()
        assert await desk.states() == ["sending", "pending"]
    clock.move(timedelta(seconds=1))
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        await desk.move(5)
        assert (courier.texts(), await desk.states()) == (["one", "two"], ["sent", "sent"])
        assert courier.looks == (0 if memory else 1)


async def test_after_a_long_time_off_what_was_under_way_is_looked_for(tmp_path: Path):
    clock = ManualClock(NOON)
    courier = FakeCourier(clock)
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        courier.fates.append(Fate(Crash(), arrived=True))
        await desk.post(await desk.place("news"), "a", Reply("one"))
        await desk.settled()
    clock.move(timedelta(days=3))
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        await desk.settled()
        assert (courier.texts(), courier.looks, await desk.states()) == (["one"], 1, ["sent"])
        await desk.db.write(desk.poster.update, "a", Reply("edited"))
        await desk.settled()
        assert courier.messages[0].text == "edited"


async def test_an_edit_that_a_crash_cut_short_is_repeated(tmp_path: Path):
    clock = ManualClock(NOON)
    courier = FakeCourier(clock)
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        await desk.post(await desk.place("news"), "a", Reply("one"))
        await desk.settled()
        courier.fates.append(Fate(Crash()))
        await desk.db.write(desk.poster.update, "a", Reply("two"))
        await desk.settled()
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        await desk.settled()
        assert courier.texts() == ["two"]


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["before", "after"])
def test_kill_9_during_delivery(tmp_path: Path, moment: str):
    """The process is killed from within its courier, at other calls each time, until it comes through."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parents[1])])}
    for die_at in (1, 4, 3, 0):
        command = [sys.executable, str(HERE / "outbox_victim.py"), str(tmp_path), str(die_at), moment]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=180, check=False)
        assert ended.returncode == (-signal.SIGKILL if die_at else 0), ended.stderr
    arrived = defaultdict(list)
    for line in (tmp_path / "platform.txt").read_text().splitlines():
        _, room, text = line.split()
        arrived[room].append(text)
    assert arrived == {f"room-{number}": [str(each) for each in range(POSTS)] for number in range(PLACES)}


@dataclass(frozen=True)
class Blow:
    """What befalls one call."""

    kind: str
    arrived: bool

    def fate(self) -> Fate:
        error = {
            "ok": None,
            "refused": Refused("no"),
            "retry": Retry("later"),
            "after": Retry("slow down", after=3.0),
            "unclear": Unclear("lost"),
            "bug": ZeroDivisionError("oops"),
            "crash": Crash(),
        }[self.kind]
        return Fate(error, self.arrived and self.kind in {"unclear", "bug", "crash"})


BLOWS = st.builds(
    Blow, st.sampled_from(["ok", "ok", "refused", "retry", "after", "unclear", "bug", "crash"]), st.booleans()
)


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    """An empty database file, to be copied."""

    async def make(path: Path) -> None:
        clock = ManualClock(NOON)
        async with open_desk(path, clock, FakeCourier(clock), start=False):
            pass

    with TemporaryDirectory() as folder:
        asyncio.run(make(Path(folder) / "template.db"))
        yield Path(folder) / "template.db"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    posts=st.lists(st.integers(0, 2), min_size=1, max_size=8),
    blows=st.lists(BLOWS, max_size=14),
    memory=st.sampled_from([0.0, 40.0, 300.0, 86_400.0]),
    readable=st.booleans(),
    pause=st.sampled_from([0, 30, 400]),
)
def test_whatever_befalls_it_each_post_arrives_once_or_is_parked_and_in_order(
    template: Path, posts: list[int], blows: list[Blow], memory: float, readable: bool, pause: int
):
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(template, Path(folder) / "refdesk.db"))
        asyncio.run(_live_through(path, posts, blows, memory, readable=readable, pause=pause))


async def _live_through(
    path: Path, posts: list[int], blows: list[Blow], memory: float, *, readable: bool, pause: int
) -> None:
    clock = ManualClock(NOON)
    courier = FakeCourier(clock, memory=memory)
    courier.readable = None if readable else Unclear("may not read")
    courier.fates.extend(blow.fate() for blow in blows)
    async with open_desk(path, clock, courier) as desk:
        rooms = [await desk.place(f"room-{number}") for number in range(3)]
        for number, room in enumerate(posts):
            await desk.post(rooms[room], f"k{number}", Reply(str(number)))
        await desk.move(20)
    while courier.fates:
        clock.move(timedelta(seconds=pause))
        async with open_desk(path, clock, courier) as desk:
            await desk.move(60)
            if not set(await desk.states()) & {"pending", "sending"}:
                break
    async with open_desk(path, clock, courier) as desk:
        await desk.move(3600)
        for number in range(len(posts)):
            row = await desk.row(number + 1)
            times = courier.texts().count(str(number))
            if row.state == "sent":
                assert times == 1
            else:
                assert row.state == "parked"
                assert times <= (1 if row.sending_at is not None else 0)
        for room in rooms:
            numbers = [int(text) for text in courier.texts(room)]
            assert numbers == sorted(numbers)
