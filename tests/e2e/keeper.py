# SPDX-License-Identifier: MIT
"""Runs Synapse until it is told to stop, or the test run that wanted it is gone."""

import os
import signal
import sys
import threading
from pathlib import Path

from tests.e2e.synapse import Synapse


def main(folder: str, up: str, run: int) -> None:
    """Start the server, write a file when it is up, and stop it in the end."""
    ending = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: ending.set())
    server = Synapse(Path(folder)).start()
    try:
        Path(up).touch()
        while not ending.wait(2) and _is_there(run):
            continue
    finally:
        server.stop()


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
