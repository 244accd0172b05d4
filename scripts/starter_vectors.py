# SPDX-License-Identifier: MIT
"""Computes the sentence vectors of the starter FAQ, which ship with the bot. Run it after changing the starter FAQ."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cogs.faq.layers import Catalogue
from cogs.faq.model import Holdings
from cogs.faq.search import Embedder, Engine, EnglishEncoder, SentenceEncoder
from cogs.faq.search import known as shipped
from cogs.faq.search.model import Floats

FOLDER = Path(shipped.__file__).parent


class Listener:
    """Stands in for the model, and notes what it is asked for."""

    word_list = None

    def __init__(self, size: int, english: "Listener | None" = None) -> None:
        self.name = f"listener {size}"
        self.english = english
        self.size = size
        self.texts: dict[str, None] = {}

    def encode(self, texts: Sequence[str]) -> Floats:
        """Note the texts."""
        self.texts.update(dict.fromkeys(texts))
        return np.full((len(texts), self.size), self.size**-0.5, dtype=np.float32)


def wanted_texts() -> tuple[list[str], list[str]]:
    """Return every text of the starter FAQ that the index looks at, and those in English."""
    english = Listener(384)
    listener = Listener(512, english)
    Engine.build(Catalogue.of(Holdings()).documents(), embedder=listener)
    return sorted(listener.texts), sorted(english.texts)


def missing(encoder: Embedder, texts: Sequence[str]) -> int:
    """Count the texts whose vectors are not there yet."""
    known = shipped.known_vectors(encoder.name)
    return sum(shipped.key_of(text) not in known for text in texts)


def write(encoder: Embedder, texts: Sequence[str], target: Path) -> None:
    """Write the vectors of these texts to a file."""
    new = missing(encoder, texts)
    rows = encoder.encode(texts).astype("<f2")
    keys = np.frombuffer(b"".join(map(shipped.key_of, texts)), dtype=np.uint8)
    np.savez(target, keys=keys, rows=rows, model=np.array(encoder.name))
    print(f"{target.name}: {len(texts)} vectors, {new} of them new, {target.stat().st_size / 1e6:.1f} MB.")


def main(*arguments: str) -> int:
    """Write the files, or with --check tell whether they lack something; return the exit status."""
    encoders: tuple[Embedder, Embedder] = (SentenceEncoder(), EnglishEncoder())
    work = list(zip(encoders, wanted_texts(), shipped.FILES, strict=True))
    if "--check" in arguments:
        lacking = sum(missing(encoder, texts) for encoder, texts, _ in work)
        print(f"{lacking} texts have no vector; if there are any, run python scripts/starter_vectors.py")
        return 1 if lacking else 0
    for encoder, texts, name in work:
        write(encoder, texts, FOLDER / name)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
