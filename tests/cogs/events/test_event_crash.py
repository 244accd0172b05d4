# SPDX-License-Identifier: MIT
"""The process is killed before and after every send, from the announcement to the thanks: everything arrives once."""

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[3]
DEATHS_MOST = 60
WANTED = [
    ("2026-11-23", "card"),
    ("2026-11-23", "entry"),
    ("2027-01-05", "at most six a day"),
    ("2027-01-08", "It starts in"),
    ("2027-01-14", "It starts in"),
    ("2027-01-15", "It starts in"),
    ("2027-01-15", "It starts now."),
    ("2027-01-16", "Thank you to everybody who was there!"),
]


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def told(each):
    said = next((words for _, words in reversed(WANTED) if words in each["words"]), "card")
    return each["at"][:10], "entry" if each["kind"] == "entry" else said


def test_killed_before_and_after_every_send_each_message_arrives_exactly_once(tmp_path):
    deaths = 0
    while True:
        done = subprocess.run(
            [sys.executable, str(Path(__file__).parent / "eventcrash.py"), str(tmp_path)],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            capture_output=True,
            timeout=180,
            check=False,
        )
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()[-2_000:]
        deaths += 1
        assert deaths < DEATHS_MOST
    received = [each for each in lines(tmp_path / "received.jsonl") if each["kind"] != "edit"]
    assert sorted(map(told, received)) == sorted(WANTED)
    assert set(Counter(each["marker"] for each in received).values()) == {1}
    tried = Counter(each["marker"] for each in lines(tmp_path / "tried.jsonl") if each["kind"] != "edit")
    assert len(tried) == len(WANTED)
    assert min(tried.values()) >= 2
    assert deaths >= 2 * len(WANTED)
