# SPDX-License-Identifier: MIT
"""How long the terminal takes to start and how much memory it has, with the models of sentences and without.

Each figure is a process of its own; the median of five wall times, and the largest memory of any.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rows import Row

RUNS = 5
QUESTION = "Can our library have one shared account?\n"
PROMPT_GOAL, BARE_GOAL, MODEL_GOAL = 1.0, 110, 240


def measure(lines: str, *, models: bool) -> tuple[float, float]:
    """Run a script at the terminal; return the seconds that it took and the most memory that it had, in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        # Who installs it has its bytecode, made by pip.
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "REFDESK_MODELS": str(models),
            "REFDESK_DATABASE": str(Path(folder) / "refdesk.db"),
        }
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "console"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(lines.encode())
        process.stdin.close()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return time.perf_counter() - started, _mib(usage)


def _mib(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / 1024


def run() -> list[Row]:
    """Measure and return the rows."""
    empty = [measure(":quit\n", models=False) for _ in range(RUNS)]
    words = [measure(QUESTION, models=False) for _ in range(RUNS)]
    meaning = [measure(QUESTION, models=True) for _ in range(RUNS)]
    start = statistics.median(seconds for seconds, _ in empty)
    plain, full = max(memory for _, memory in words), max(memory for _, memory in meaning)
    return [
        Row(
            "terminal on demo data: start, prompt and end", f"{start:.2f} s", f"≤ {PROMPT_GOAL} s", start <= PROMPT_GOAL
        ),
        Row("  with one question, by words", f"{statistics.median(seconds for seconds, _ in words):.2f} s"),
        Row("  with one question, the models loaded", f"{statistics.median(seconds for seconds, _ in meaning):.2f} s"),
        Row("memory without the models of sentences", f"{plain:.0f} MiB", f"≤ {BARE_GOAL} MiB", plain <= BARE_GOAL),
        Row("memory with them", f"{full:.0f} MiB", f"≤ {MODEL_GOAL} MiB", full <= MODEL_GOAL),
    ]
