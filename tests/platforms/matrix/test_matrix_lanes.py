# SPDX-License-Identifier: MIT
"""Many events at once: in order for each person, and no token is kept past what is not dealt with."""

import asyncio

from bot.core.tasks import Tasks
from bot.platforms.matrix.lanes import Lanes


class Kept:
    """What was kept, in order."""

    def __init__(self):
        self.tokens = []

    async def keep(self, batches):
        self.tokens += [(batch.token, list(batch.done)) for batch in batches]


def job(event_id, order, gate=None):
    async def run():
        if gate is not None:
            await gate.wait()
        order.append(event_id)
        return event_id

    return run


async def test_one_persons_events_keep_their_order_and_others_do_not_wait():
    kept, order, gate = Kept(), [], asyncio.Event()
    lanes = Lanes(Tasks(), kept.keep)
    ana, ben = ("!room", "@ana"), ("!room", "@ben")
    await lanes.add("s1", [(ana, job("$1", order, gate)), (ben, job("$2", order))])
    await lanes.add("s2", [(ana, job("$3", order))])
    for _ in range(5):
        await asyncio.sleep(0)
    assert order == ["$2"]
    assert kept.tokens == []
    gate.set()
    await lanes.settled()
    assert order == ["$2", "$1", "$3"]
    assert kept.tokens == [("s1", ["$2", "$1"]), ("s2", ["$3"])]


async def test_no_token_is_kept_past_an_event_that_was_broken_off():
    kept, tasks = Kept(), Tasks()
    lanes = Lanes(tasks, kept.keep)
    await lanes.add("s1", [(("!room", "@ana"), job("$1", [], asyncio.Event()))])
    for _ in range(3):
        await asyncio.sleep(0)
    await tasks.cancel_all()
    await lanes.add("s2", [])
    await lanes.settled()
    assert kept.tokens == []


async def test_an_event_that_fails_holds_nobody_up(caplog):
    kept, order = Kept(), []
    lanes = Lanes(Tasks(), kept.keep)

    async def fails():
        raise RuntimeError("poison")

    await lanes.add("s1", [(("!room", "@ana"), fails), (("!room", "@ana"), job("$2", order))])
    await lanes.settled()
    assert order == ["$2"]
    assert kept.tokens == [("s1", ["$2"])]
    assert "could not be dealt with" in caplog.text
