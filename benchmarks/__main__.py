# SPDX-License-Identifier: MIT
"""Runs the benchmarks, all or those named: `python -m benchmarks [pipeline storage ...]`.

Each subject is a module with `run() -> list[Row]`, run in a process of its own, so that none measures another's memory.
Ratios within one run mean something on a shared machine; single absolute times mean little.
"""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
NOT_SUBJECTS = {"__init__", "__main__", "rows"}


def subjects() -> list[str]:
    """Return every benchmark there is."""
    return sorted(
        path.stem
        for path in HERE.glob("*.py")
        if path.stem not in NOT_SUBJECTS and "def run()" in path.read_text(encoding="utf-8")
    )


def main(names: list[str]) -> int:
    """Run the named subjects, or all of them; returns how many failed to run."""
    if len(names) == 1:
        for row in import_module(f"benchmarks.{names[0]}").run():
            print(row, flush=True)
        return 0
    failed = 0
    for name in names or subjects():
        print(f"\n{name}", flush=True)
        failed += (
            subprocess.run([sys.executable, "-m", "benchmarks", name], cwd=HERE.parent, check=False).returncode != 0
        )
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
