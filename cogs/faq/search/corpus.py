# SPDX-License-Identifier: MIT
"""The entries laid out as rows: one row per wording, grouped by entry."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .model import Document, Floats, Ints
from .text import clean

ANSWER_CHARACTERS = 300
CENTRE_SHARE = 0.6  # the centre of several wordings says more than the best of them (measured)
FEW = 6  # the centre of more wordings than these blurs: they ask different things that the entry answers


@dataclass(frozen=True, slots=True)
class Corpus:
    """Wordings of all entries; rows of one slug lie together, rows of one document lie together.

    `spoken` are the languages of all rows. `starts` holds the first row of each slug, `answer_starts` the first
    document of each slug in `answers`. The rows of a slug in one language are a group: `group_starts` holds their first
    rows, `first_groups` the first of each slug.
    """

    slugs: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    spoken: frozenset[str] = frozenset()
    starts: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    slug_of_row: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    group_starts: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    first_groups: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
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
        for slug, unsorted in by_slug.items():
            order = {one.language: None for one in unsorted}
            translations = [one for language in order for one in unsorted if one.language == language]
            found = [(text, one.language) for one in translations for text in wordings(one)]
            if found:
                slugs.append(slug)
                starts.append(len(rows))
                answer_starts.append(len(answers))
                rows.extend(found)
                answers.extend((clean(one.answer)[:ANSWER_CHARACTERS], one.language) for one in translations)
        sizes = np.diff([*starts, len(rows)])
        groups, first_groups = _groups(starts, [language for _, language in rows])
        return cls(
            slugs=tuple(slugs),
            texts=tuple(text for text, _ in rows),
            languages=tuple(language for _, language in rows),
            spoken=frozenset(language for _, language in rows),
            starts=np.array(starts, dtype=np.int32),
            slug_of_row=np.repeat(np.arange(len(slugs), dtype=np.int32), sizes),
            group_starts=groups,
            first_groups=first_groups,
            answers=tuple(text for text, _ in answers),
            answer_languages=tuple(language for _, language in answers),
            answer_starts=np.array(answer_starts, dtype=np.int32),
        )

    def best(self, row_scores: Floats) -> Floats:
        """Return each entry's best row score."""
        return np.maximum.reduceat(row_scores, self.starts)

    def best_and_centre(self, cosines: Floats, centre_norms: Floats) -> Floats:
        """Return each entry's score from its rows' cosines: the best wording and the centre of all wordings.

        The cosine with the centre is the sum of the rows' cosines over the length of the rows' sum; each language has a
        centre of its own and the best language counts. With a single wording all are the same.
        """
        centre = (np.add.reduceat(cosines, self.group_starts) / centre_norms).astype(np.float32)
        best = np.maximum.reduceat(cosines, self.group_starts)
        share = np.float32(CENTRE_SHARE) * np.minimum(1, np.float32(FEW) / self._group_sizes)
        both = ((1 - share) * best + share * centre).astype(np.float32)
        return np.maximum.reduceat(both, self.first_groups)

    @property
    def group_of_row(self) -> Ints:
        """The number of each row's group."""
        return np.repeat(np.arange(len(self.group_starts), dtype=np.int32), self._group_sizes)

    @property
    def _group_sizes(self) -> Ints:
        return np.diff(self.group_starts, append=len(self.texts)).astype(np.int32)

    def best_answer(self, answer_scores: Floats) -> Floats:
        """Return each entry's best answer score."""
        return np.maximum.reduceat(answer_scores, self.answer_starts)

    @property
    def has_answers(self) -> bool:
        """Whether any entry has a text beside its wordings."""
        return any(self.answers)

    def only(self, language: str) -> tuple["Corpus", Ints]:
        """Return the rows and answers of one language as a corpus, and the places of its entries in this one."""
        own = [number for number, one in enumerate(self.languages) if one == language]
        entries, starts = np.unique(self.slug_of_row[own], return_index=True)
        ends = np.append(self.answer_starts[1:], len(self.answers))
        spans = [range(self.answer_starts[entry], ends[entry]) for entry in entries.tolist()]
        answers = [[at for at in span if self.answer_languages[at] == language] for span in spans]
        counts = [0, *(len(of_entry) for of_entry in answers[:-1])]
        corpus = Corpus(
            slugs=tuple(self.slugs[entry] for entry in entries.tolist()),
            texts=tuple(self.texts[row] for row in own),
            languages=(language,) * len(own),
            spoken=frozenset({language}),
            starts=starts.astype(np.int32),
            slug_of_row=np.repeat(np.arange(len(entries), dtype=np.int32), np.diff([*starts.tolist(), len(own)])),
            group_starts=starts.astype(np.int32),
            first_groups=np.arange(len(entries), dtype=np.int32),
            answers=tuple(self.answers[at] for of_entry in answers for at in of_entry),
            answer_languages=(language,) * sum(map(len, answers)),
            answer_starts=np.cumsum(counts).astype(np.int32),
        )
        return corpus, entries.astype(np.int32)

    def said(self) -> list[tuple[str, str]]:
        """Return each answer with its language."""
        return list(zip(self.answers, self.answer_languages, strict=True))

    def by_entry(self, of_rows: Sequence[Ints], of_answers: Sequence[Ints]) -> list[list[Ints]]:
        """Collect for each entry what belongs to its rows and its answers."""
        if not self.slugs:
            return []
        ends = [*self.starts[1:].tolist(), len(of_rows)]
        answer_ends = [*self.answer_starts[1:].tolist(), len(of_answers)]
        spans = zip(self.starts.tolist(), ends, self.answer_starts.tolist(), answer_ends, strict=True)
        return [[*of_rows[first:last], *of_answers[start:end]] for first, last, start, end in spans]

    def rows_of(self, slug: int) -> slice:
        """Return the rows of an entry, given by its position."""
        end = self.starts[slug + 1] if slug + 1 < len(self.starts) else len(self.texts)
        return slice(int(self.starts[slug]), int(end))


def _groups(starts: Sequence[int], languages: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the first row of each run of rows of one slug and language, and the first such run of each slug."""
    first = set(starts)
    groups = [row for row, one in enumerate(languages) if row in first or one != languages[row - 1]]
    return np.array(groups, dtype=np.int32), np.searchsorted(groups, starts).astype(np.int32)


def wordings(document: Document) -> list[str]:
    """Return the distinct cleaned wordings of a document, its question first."""
    cleaned = (clean(text) for text in (document.question, *document.aliases))
    return list(dict.fromkeys(text for text in cleaned if any(char.isalnum() for char in text)))
