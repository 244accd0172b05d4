# SPDX-License-Identifier: MIT
"""How the bot is doing."""

from datetime import UTC, datetime, timedelta
from math import inf

from bot.core.clock import ManualClock
from bot.core.health import HealthBoard
from bot.kit.health import State
from bot.kit.text import t

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_a_components_since_moves_only_with_its_state():
    clock = ManualClock(NOON)
    board = HealthBoard(clock)
    board.report("matrix", State.OK)
    clock.move(timedelta(minutes=1))
    board.report("matrix", State.DOWN, t("The server does not answer."))
    clock.move(timedelta(minutes=1))
    board.report("matrix", State.DOWN, t("The server answers 502."))
    (matrix,) = board.snapshot().components
    assert (matrix.state, matrix.since) == (State.DOWN, NOON + timedelta(minutes=1))
    assert matrix.reason == t("The server answers 502.")


def test_the_worst_component_decides_and_a_withdrawn_one_does_not_count():
    board = HealthBoard(ManualClock(NOON))
    assert board.snapshot().state is State.OK
    board.report("b", State.DOWN)
    board.report("a", State.DEGRADED)
    assert board.snapshot().state is State.DOWN
    board.withdraw("b")
    board.withdraw("never seen")
    assert [part.name for part in board.snapshot().components] == ["a"]
    assert board.snapshot().state is State.DEGRADED


def test_commands_are_counted_by_outcome_and_their_latency_in_buckets():
    board = HealthBoard(ManualClock(NOON))
    for seconds in (0.001, 0.02, 0.02, 4.0, 1000.0):
        board.ran("faq.ask", "done", seconds)
    board.ran("faq.ask", "denied", 0.0)
    snapshot = board.snapshot()
    latency = snapshot.latencies["faq.ask"]
    assert dict(snapshot.commands) == {("faq.ask", "done"): 5, ("faq.ask", "denied"): 1}
    assert latency.count == 6
    ended = {bound: count for bound, count in zip(latency.bounds, latency.counts, strict=True) if count}
    assert ended == {0.005: 2, 0.025: 2, 5.0: 1, inf: 1}


def test_a_snapshot_does_not_change_afterwards():
    board = HealthBoard(ManualClock(NOON))
    board.count("posts.sent")
    before = board.snapshot()
    board.count("posts.sent", 2)
    assert before.counters == {"posts.sent": 1}
    assert board.snapshot().counters == {"posts.sent": 3}
