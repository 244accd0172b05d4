# SPDX-License-Identifier: MIT
"""The entries laid out as rows: one row per wording, grouped by entry."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .model import Document, Floats, Ints
from .text import clean

ANSWER_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Corpus:
    """Wordings of all entries; rows of one slug lie together, rows of one document lie together.

    `starts` holds the first row of each slug, `first_answers` the first document of each slug in `answers`.
    """

    slugs: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    starts: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    slug_of_row: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    answers: tuple[str, ...] = ()
    answer_languages: tuple[str, ...] = ()
    answer_starts: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))

    @classmethod
    def build(cls, documents: Sequence[Document]) -> "Corpus":
        """Lay the documents out; entries without any usable wording are left out."""
        by_slug: dict[str, list[Document]] = {}
        for document in documents:
            by_slug.setdefault(document.slug, []).append(document)
        slugs: list[str] = []
        rows: list[tuple[str, str]] = []
        answers: list[tuple[str, str]] = []
        starts: list[int] = []
        answer_starts: list[int] = []
        for slug, translations in by_slug.items():
            found = [(text, one.language) for one in translations for text in wordings(one)]
            if found:
                slugs.append(slug)
                starts.append(len(rows))
                answer_starts.append(len(answers))
                rows.extend(found)
                answers.extend((clean(one.answer)[:ANSWER_CHARACTERS], one.language) for one in translations)
        sizes = np.diff([*starts, len(rows)])
        return cls(
            slugs=tuple(slugs),
            texts=tuple(text for text, _ in rows),
            languages=tuple(language for _, language in rows),
            starts=np.array(starts, dtype=np.int32),
            slug_of_row=np.repeat(np.arange(len(slugs), dtype=np.int32), sizes),
            answers=tuple(text for text, _ in answers),
            answer_languages=tuple(language for _, language in answers),
            answer_starts=np.array(answer_starts, dtype=np.int32),
        )

    def best(self, row_scores: Floats) -> Floats:
        """Return each entry's best row score."""
        return np.maximum.reduceat(row_scores, self.starts)

    def best_answer(self, answer_scores: Floats) -> Floats:
        """Return each entry's best answer score."""
        return np.maximum.reduceat(answer_scores, self.answer_starts)

    def rows_of(self, slug: int) -> slice:
        """Return the rows of an entry, given by its position."""
        end = self.starts[slug + 1] if slug + 1 < len(self.starts) else len(self.texts)
        return slice(int(self.starts[slug]), int(end))


def wordings(document: Document) -> list[str]:
    """Return the distinct cleaned wordings of a document, its question first."""
    cleaned = (clean(text) for text in (document.question, *document.aliases))
    return list(dict.fromkeys(text for text in cleaned if any(char.isalnum() for char in text)))
