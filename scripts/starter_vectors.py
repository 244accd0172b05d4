# SPDX-License-Identifier: MIT
"""Computes the sentence vectors of the starter FAQ, which ship with the bot. Run it after changing the starter FAQ."""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cogs.faq.layers import Catalogue
from cogs.faq.model import Holdings
from cogs.faq.search import Engine, SentenceEncoder
from cogs.faq.search import known as shipped
from cogs.faq.search.model import Floats

TARGET = Path(shipped.__file__).parent / shipped.FILE


class Listener:
    """Stands in for the model, and notes what it is asked for."""

    def __init__(self) -> None:
        self.name = "listener"
        self.word_list = None
        self.texts: dict[str, None] = {}

    def encode(self, texts: Sequence[str]) -> Floats:
        """Note the texts."""
        self.texts.update(dict.fromkeys(texts))
        return np.full((len(texts), 512), 1 / 512**0.5, dtype=np.float32)


def wanted_texts() -> list[str]:
    """Return every text of the starter FAQ that the index looks at."""
    listener = Listener()
    Engine.build(Catalogue.of(Holdings()).documents(), embedder=listener)
    return sorted(listener.texts)


def main(*arguments: str) -> int:
    """Write the file, or with --check tell whether it lacks something; return the exit status."""
    encoder, texts = SentenceEncoder(), wanted_texts()
    known = shipped.known_vectors(encoder.name)
    missing = [text for text in texts if shipped.key_of(text) not in known]
    if "--check" in arguments:
        print(f"{len(missing)} of {len(texts)} texts have no vector: run python scripts/starter_vectors.py")
        return 1 if missing else 0
    rows = encoder.encode(texts).astype("<f2")
    keys = np.frombuffer(b"".join(map(shipped.key_of, texts)), dtype=np.uint8)
    np.savez(TARGET, keys=keys, rows=rows, model=np.array(encoder.name))
    print(f"{len(texts)} vectors, {len(missing)} of them new, {TARGET.stat().st_size / 1e6:.1f} MB.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
