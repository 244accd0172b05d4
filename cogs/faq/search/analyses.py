# SPDX-License-Identifier: MIT
"""What was worked out about each text, kept from one snapshot to the next so that only new texts cost."""

import threading

from . import letters, softwords
from .model import Ints
from .postings import Interner


class Analyses:
    """Terms and letter runs of texts; share one instance among the snapshots of one FAQ."""

    def __init__(self) -> None:
        self.lock = threading.Lock()  # one build at a time: numbers must not be given twice
        self.terms = Interner()
        self.grams = Interner()
        self._terms_of: dict[tuple[str, str], Ints] = {}
        self._grams_of: dict[str, letters.Counts] = {}

    def words(self, text: str, language: str) -> Ints:
        """Return a text's word terms."""
        found = self._terms_of.get((text, language))
        if found is None:
            found = self._terms_of[text, language] = softwords.analyse(text, language, self.terms)
        return found

    def letters(self, text: str) -> letters.Counts:
        """Return a text's letter runs."""
        found = self._grams_of.get(text)
        if found is None:
            found = self._grams_of[text] = letters.analyse(text, self.grams)
        return found

    def keep(self, texts: set[str]) -> None:
        """Forget the texts that are in use no longer."""
        self._terms_of = {key: terms for key, terms in self._terms_of.items() if key[0] in texts}
        self._grams_of = {text: counts for text, counts in self._grams_of.items() if text in texts}
