# SPDX-License-Identifier: MIT
"""One Synapse for all test workers, fresh people for each test, and the bot as it really runs."""

import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import aiohttp
import pytest
from filelock import FileLock

from scripts.synapse import is_installed
from scripts.synapse import main as install
from tests.e2e.synapse import UP_WITHIN, Synapse, register

ROOT = Path(__file__).parents[2]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/e2e/" in str(item.path):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def synapse(tmp_path_factory, worker_id):
    """The server: the first worker starts it in a process of its own, the last one stops it."""
    root = tmp_path_factory.getbasetemp()
    root = root if worker_id == "master" else root.parent
    folder, users = root / "synapse", root / "synapse-users.json"
    with FileLock(root / "synapse.lock"):
        if not is_installed() and install() != 0:
            pytest.skip("Synapse cannot be installed here: python scripts/synapse.py says why.")
        state = json.loads(users.read_text()) if users.exists() else {"users": 0, "pid": 0}
        if not state["users"]:
            state["pid"] = _launch(folder)
        state["users"] += 1
        users.write_text(json.dumps(state))
    yield Synapse(folder)
    with FileLock(root / "synapse.lock"):
        state = json.loads(users.read_text())
        state["users"] -= 1
        users.write_text(json.dumps(state))
        if not state["users"]:
            _end(state["pid"])


def _launch(folder):
    """Start the server from a process that outlives this worker but not the test run."""
    up = folder.parent / "synapse-up"
    command = [sys.executable, "-m", "tests.e2e.keeper", str(folder), str(up), str(os.getppid())]
    pid = os.posix_spawn(sys.executable, command, {**os.environ, "PYTHONPATH": str(ROOT)})
    until = time.monotonic() + UP_WITHIN
    while not up.exists():
        assert time.monotonic() < until, f"Synapse did not start; {folder} has its log."
        time.sleep(0.05)
    return pid


def _end(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    for _ in range(200):
        try:
            done, _ = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            break
        if done:
            break
        time.sleep(0.05)


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def people(synapse, session):
    """Register somebody: `ana = await people("Ana")`."""

    async def make(name):
        return await register(synapse, session, name)

    return make
