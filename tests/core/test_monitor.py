# SPDX-License-Identifier: MIT
"""Health and metrics are told on this machine only, in a form that Prometheus reads."""

import re
import socket

import httpx
import pytest

from bot.app import App
from bot.config import Config
from bot.core.health import HealthBoard
from bot.core.metrics import CONTENT_TYPE, render
from bot.core.monitor import HOST, Monitor
from bot.core.serving import ServerError
from bot.kit.health import State
from bot.kit.text import t
from bot.storage.errors import StorageError
from bot.testing.world import MONDAY, WorldClock

LINE = re.compile(r'[a-z_]+(\{([a-z]+="([^"\\\n]|\\.)*",?)*\})? (\+Inf|-?\d+(\.\d+)?(e-?\d+)?)')


class Counts:
    """A database that counts, or fails."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken

    async def read(self, function, *args):
        if self.broken:
            raise StorageError("the disk is gone")
        return {"pending": 2, "parked": 1}


@pytest.fixture
def board():
    board = HealthBoard(WorldClock(MONDAY))
    board.report("discord", State.DEGRADED, t("Nobody may read this."))
    board.report('odd "part"\n', State.OK)
    board.ran("requests.claim", "done", 0.02)
    board.ran("requests.claim", "failed", 40)
    board.count("outbox.discord.sent", 3)
    return board


@pytest.fixture
async def monitor(board, tmp_path):
    found = Monitor(board, Counts(), tmp_path / "none.db")
    yield found
    await found.stop()


def test_every_line_is_one_that_prometheus_reads(board):
    text = render(board.snapshot(), {"pending": 2, "parked": 1}, 4096)
    lines = text.splitlines()
    assert text.endswith("\n")
    assert [line for line in lines if not line.startswith("#") and not LINE.fullmatch(line)] == []
    assert 'refdesk_component_state{component="discord"} 1' in lines
    assert 'refdesk_operations_total{operation="requests.claim",outcome="failed"} 1' in lines
    assert 'refdesk_operation_seconds_bucket{operation="requests.claim",le="+Inf"} 2' in lines
    assert 'refdesk_operation_seconds_bucket{operation="requests.claim",le="0.025"} 1' in lines
    assert 'refdesk_operation_seconds_count{operation="requests.claim"} 2' in lines
    assert 'refdesk_deliveries_total{platform="discord",outcome="sent"} 3' in lines
    assert 'refdesk_outbox_posts{state="pending"} 2' in lines
    assert "refdesk_database_bytes 4096" in lines


def test_each_family_is_described_once(board):
    lines = render(board.snapshot(), {}, 0).splitlines()
    helps = [line.split()[2] for line in lines if line.startswith("# HELP")]
    types = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert helps == types
    assert len(set(helps)) == len(helps)


async def test_health_and_metrics_are_told(monitor):
    port = await monitor.start(0)
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}") as client:
        health = await client.get("/health")
        metrics = await client.get("/metrics")
        other = await client.get("/")
    assert health.status_code == 200
    assert health.json()["state"] == "degraded"
    assert "Nobody may read this" not in health.text
    assert metrics.headers["content-type"] == CONTENT_TYPE
    assert "refdesk_outbox_posts" in metrics.text
    assert other.status_code == 404


async def test_a_database_that_does_not_answer_makes_the_bot_ill(board, tmp_path):
    monitor = Monitor(board, Counts(broken=True), tmp_path / "none.db")
    port = await monitor.start(0)
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}") as client:
        health = await client.get("/health")
        assert (await client.get("/metrics")).status_code == 200
    await monitor.stop()
    assert health.status_code == 503
    assert health.json()["database"] == "down"


async def test_the_bot_tells_while_it_runs_and_falls_silent_with_it(tmp_path):
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    config = Config(database=tmp_path / "refdesk.db", metrics_port=port, models=False, _env_file=None)
    async with httpx.AsyncClient(base_url=f"http://{HOST}:{port}") as client:
        async with await App.open(config, cogs=frozenset({"status"})):
            assert (await client.get("/health")).json()["database"] == "ok"
            assert "refdesk_database_bytes 0" not in (await client.get("/metrics")).text
        with pytest.raises(httpx.ConnectError):
            await client.get("/health")


async def test_a_port_that_is_taken_is_told_with_what_to_do(monitor, board, tmp_path):
    port = await monitor.start(0)
    second = Monitor(board, Counts(), tmp_path / "none.db")
    with pytest.raises(ServerError, match="REFDESK_METRICS_PORT"):
        await second.start(port)
