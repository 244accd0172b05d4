# SPDX-License-Identifier: MIT
"""The real embedding, in the background and mapped from a file."""

import threading

import numpy as np
import pytest
from fakes import DOCUMENTS

from cogs.faq.search import Engine, SentenceEncoder

pytestmark = pytest.mark.slow


def test_finds_by_meaning_across_languages(tmp_path):
    encoder = SentenceEncoder(cache=tmp_path)
    engine = Engine.build(DOCUMENTS)
    assert not encoder.loaded
    thread = threading.Thread(target=encoder.load)
    thread.start()
    assert engine.ask("sign up").best.slug == "account-create"
    thread.join()
    assert encoder.loaded
    full = engine.rebuild(DOCUMENTS, embedder=encoder)
    assert full.ask("Pourquoi mon article a-t-il été supprimé ?").best.slug == "article-deleted"
    assert full.ask("how do i regsiter as an editor").read_as == "how do i register as an editor"

    mapped = SentenceEncoder(cache=tmp_path).encode(["a sentence"])
    assert np.allclose(mapped, SentenceEncoder().encode(["a sentence"]))
    assert [path.suffix for path in tmp_path.iterdir()] == [".bin"]


def test_vectors_have_length_one():
    vectors = SentenceEncoder().encode(["one", "two words", ""])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
