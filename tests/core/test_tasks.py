# SPDX-License-Identifier: MIT
"""Background tasks are held, named, logged and awaited."""

import asyncio
import gc
import logging

import pytest

from bot.core.tasks import Tasks


async def test_a_task_that_nobody_holds_is_not_collected():
    tasks, gate = Tasks(), asyncio.Event()

    async def work() -> None:
        await gate.wait()
        done.append("done")

    done: list[str] = []
    tasks.spawn("work", work())
    await asyncio.sleep(0)
    gc.collect()
    assert tasks.names == ("work",)
    gate.set()
    await tasks.wait()
    assert (done, len(tasks)) == (["done"], 0)


async def test_an_error_is_logged_under_the_tasks_name(caplog: pytest.LogCaptureFixture):
    async def work() -> None:
        raise ValueError("broken")

    tasks = Tasks()
    with caplog.at_level(logging.ERROR):
        tasks.spawn("gardening", work())
        await tasks.wait()
    assert "gardening" in caplog.text
    assert "ValueError: broken" in caplog.text


async def test_cancelling_waits_for_the_last_word_and_for_what_is_started_meanwhile():
    tasks, heard = Tasks(), []

    async def late() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            heard.append("late")

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            heard.append("work")
            tasks.spawn("late", late())

    tasks.spawn("work", work())
    await asyncio.sleep(0)
    await tasks.cancel_all()
    assert (heard[0], len(tasks)) == ("work", 0)


async def test_a_task_may_cancel_its_own_group():
    tasks = Tasks()
    ended = []

    async def work() -> None:
        await tasks.cancel_all()
        ended.append("work")

    tasks.spawn("work", work())
    tasks.spawn("other", asyncio.Event().wait())
    await tasks.wait()
    assert ended == ["work"]
