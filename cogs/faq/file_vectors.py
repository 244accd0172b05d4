# SPDX-License-Identifier: MIT
"""Sentence vectors in a file, for a command line that has no database: they can be made again at any time."""

import os
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np


class FileVectors:
    """A `VectorStore` in a folder, one file for each model; a file that cannot be read is made anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: dict[str, dict[str, bytes]] = {}

    def get_many(self, model: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Return those that are stored."""
        rows = self._of(model)
        return {key: rows[key] for key in hashes if key in rows}

    def put_many(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Store new ones; a rename makes the new file appear whole or not at all."""
        rows = self._of(model)
        rows.update(vectors)
        path = self._path(model)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}.tmp")
        with partial.open("wb") as file:
            np.savez(
                file,
                keys=np.array(list(rows), dtype="U64"),
                rows=np.array([np.frombuffer(row, dtype="<f2") for row in rows.values()], dtype="<f2"),
            )
        partial.replace(path)

    def _of(self, model: str) -> dict[str, bytes]:
        if model not in self._rows:
            self._rows[model] = _read(self._path(model))
        return self._rows[model]

    def _path(self, model: str) -> Path:
        return self._folder / f"{re.sub(r'[^A-Za-z0-9.-]+', '-', model)}-vectors.npz"


def _read(path: Path) -> dict[str, bytes]:
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as found:
            rows = found["rows"].astype("<f2")
            return {str(key): row.tobytes() for key, row in zip(found["keys"], rows, strict=True)}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
