# SPDX-License-Identifier: MIT
"""A `kill -9` at every change of a request: nothing is lost, and nothing is told twice."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import crashplay
import pytest

pytestmark = pytest.mark.slow

SCRIPT = Path(crashplay.__file__)
STORY = ["asked for", "claimed", "asked back", "replied", "released", "claimed", "fulfilled", "reopened", "declined"]
STORY += ["reopened", "withdrew"]
TOLD = ["is looking", "know more", "open again", "is looking", "found it", "could not get it"]


def process(folder: Path, step: int, dies: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(folder), str(step), dies],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def test_killed_at_every_change_before_or_during_its_delivery(tmp_path):
    for step in range(len(crashplay.STEPS)):
        done = process(tmp_path, step, "delivering" if step % 2 else "at once")
        assert done.returncode == -signal.SIGKILL, done.stderr
    last = len(crashplay.STEPS)
    for step in range(last, last + 2):  # whatever the last ones left to be delivered
        done = process(tmp_path, step, "never")
        assert done.returncode == 0, done.stderr
    seen = json.loads((tmp_path / "found.json").read_text())
    assert seen["state"] == "↩️ Withdrawn"
    assert [words in item for words, item in zip(STORY, seen["story"], strict=True)] == [True] * len(STORY)
    received = [json.loads(line) for line in (tmp_path / "received.jsonl").read_text().splitlines()]
    told = [each["words"] for each in received if each["kind"] == "post" and each["where"] == "main"]
    assert [words in text for words, text in zip(TOLD, told, strict=True)] == [True] * len(TOLD)
    markers = [each["marker"] for each in received if each["kind"] != "edit"]
    assert len(set(markers)) == len(markers)
    cards = [each for each in received if each["kind"] == "post" and each["where"] == "desk"]
    assert len(cards) == 1
    edits = [each["words"] for each in received if each["kind"] == "edit"]
    assert "Withdrawn" in edits[-1]
