# SPDX-License-Identifier: MIT
"""Vectors that ship with the bot: those of the starter FAQ, so that no start has to compute them (some 10 seconds).

`python scripts/starter_vectors.py` writes the files anew when the starter FAQ has changed; what they lack is computed.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np

from .model import Floats

FILES = ("vectors.npz", "vectors_english.npz")
_DIGEST = 16


def known_vectors(model: str) -> Mapping[bytes, Floats]:
    """Return the vectors of a model by the key of their text; none where the files are other models'."""
    return next((found for name in FILES for found_model, found in (_read(name),) if found_model == model), {})


def key_of(text: str) -> bytes:
    """Return the key of a text: the beginning of its SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:_DIGEST]


@cache
def _read(name: str) -> tuple[str, Mapping[bytes, Floats]]:
    with resources.as_file(resources.files(__package__) / name) as path:
        if not path.is_file():
            return "", {}
        with np.load(path, allow_pickle=False) as file:
            keys, rows, model = file["keys"].tobytes(), file["rows"], str(file["model"])
    return model, {keys[_DIGEST * n : _DIGEST * (n + 1)]: row for n, row in enumerate(rows)}
