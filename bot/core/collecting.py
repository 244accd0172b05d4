# SPDX-License-Identifier: MIT
"""Python's collector of cycles, set for a process that starts once and then serves for weeks."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

ALLOCATIONS = 10_000
"""Net new objects after which the young are looked through; the default of 700 comes up several times in a command."""


@contextmanager
def starting() -> Iterator[None]:
    """Look for no cycles until `leave_the_start_alone`: nearly all that is made stays, and looking takes 8 % of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def leave_the_start_alone(*, tidy: bool = True) -> None:
    """Look no more at what the start has made, all of which stays, and at what is new less often.

    It takes 5 to 8 % off the processor time of a command. What is dropped without a cycle is freed at once as ever.
    `tidy` frees the cycles that the start dropped: some 50 ms, worth it to who stays for long.
    """
    if tidy:
        gc.collect()
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 20, 20)
    gc.enable()
