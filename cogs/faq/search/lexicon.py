# SPDX-License-Identifier: MIT
"""Which words there are in English, how common each is, and which of them stand side by side.

The lists come with symspellpy: 82,000 words and 242,000 pairs with their counts in printed books and on the web. Of the
package nothing else is used. Words of libraries and wikis are added here.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .pieces import text_key

_PACKAGE = "symspellpy"
_WORDS, _PAIRS = "frequency_dictionary_en_82_765.txt", "frequency_bigramdictionary_en_243_342.txt"
_FEWEST = 20_000  # counts below it are noise
_OF_THE_FIELD_COUNT = 2_000_000
_OF_THE_FIELD_TEXT = """
    altmetric arxiv bibframe bibtex citoid crossref datacite doaj doi dspace ebsco editathon editathons
    ejournal epub etherpad europeana eprints github glam gnd hathitrust hashtag hashtags interlibrary isbn isni issn
    jstor koha lccn libguides marcxml metadata mediawiki oclc omeka openalex openrefine opac orcid petscan
    preprint preprints proquest pubmed quickstatements scopus sfn sparql toolforge unpaywall usergroup viaf viquipedia
    wikibase wikicite wikicode wikidata wikimania wikimedia wikimedian wikimedians wikipedia wikipedian wikipedians
    wikiproject wikiprojects wikiquote wikisource wikitext wikivoyage wiktionary worldcat zenodo zotero
"""
_NEW_WEIGHT = 4  # how much a pair that is not listed counts, against the rarest that is
_BITS = 20


class Lexicon:
    """English words and pairs of words with their probabilities; blocks for some 0.5 s while it is read."""

    def __init__(self, folder: Path) -> None:
        keys, counted = array("q"), array("d")
        alike: dict[tuple[str, int], bytearray] = {}
        for word, count in chain(_of_the_field(), _rows(folder / _WORDS)):
            keys.append(text_key(word))
            counted.append(max(count, _FEWEST))
            alike.setdefault((word[0], len(word)), bytearray()).extend(word.encode() + b" ")
        self._alike = {beginning: bytes(words) for beginning, words in alike.items()}
        unique, first = np.unique(np.frombuffer(keys, dtype=np.int64), return_index=True)
        counts = np.frombuffer(counted, dtype=np.float64)[first]
        self._words = array("q", unique.tobytes())
        self._logs = _floats(np.log(counts / counts.sum()))
        self._read_pairs(folder / _PAIRS)

    def _read_pairs(self, path: Path) -> None:
        pairs, counted = array("q"), array("f")
        number_of = lru_cache(maxsize=4_096)(self._number)
        for words, count in _rows(path):
            first, _, then = words.partition(" ")
            number, next_number = number_of(first), number_of(then)
            if number is not None and next_number is not None:
                pairs.append((number << _BITS) + next_number)
                counted.append(count)
        keys, counts = np.frombuffer(pairs, dtype=np.int64), np.frombuffer(counted, dtype=np.float32)
        firsts = (keys >> _BITS).astype(np.int32)
        kinds = np.bincount(firsts, minlength=len(self._words))
        new = _NEW_WEIGHT * kinds * counts.min()
        everything = np.maximum(np.bincount(firsts, weights=counts, minlength=len(self._words)) + new, 1)
        order = np.argsort(keys)
        self._pairs = array("q", keys[order].tobytes())
        self._shares = _floats((counts / everything[firsts])[order])
        self._unlisted = _floats(np.where(kinds > 0, new / everything, 1))

    def __contains__(self, folded: object) -> bool:
        """Tell whether a folded word is listed, or is the plural of one."""
        return isinstance(folded, str) and (
            self._number(folded) is not None
            or (len(folded) > 3 and folded[-1] == "s" and self._number(folded[:-1]) is not None)
        )

    def log_probability(self, folded: str) -> float | None:
        """Return how probable a word is in English text, if it is listed itself."""
        number = self._number(folded)
        return None if number is None else self._logs[number]

    def probability_after(self, first: str, then: str, alone: float) -> float:
        """Return how probable a word is after another one; `alone` is how probable it is anywhere.

        Smoothed as Witten and Bell do: the more different words are known to follow, the likelier is a new one.
        """
        number, next_number = self._number(first), self._number(then)
        if number is None:
            return alone
        share = 0.0
        if next_number is not None:
            key = (number << _BITS) + next_number
            place = bisect_left(self._pairs, key)
            if place < len(self._pairs) and self._pairs[place] == key:
                share = self._shares[place]
        return share + self._unlisted[number] * alone

    def alike(self, folded: str, slips: int) -> list[str]:
        """Return the words that begin with the same letter and are at most so many letters longer or shorter."""
        lengths = range(len(folded) - slips, len(folded) + slips + 1)
        return [word for length in lengths for word in self._alike.get((folded[0], length), b"").decode().split()]

    def _number(self, word: str) -> int | None:
        """Return the number of a word that is listed; 82,000 numbers take 1 MB, as a dictionary 9."""
        words, key = self._words, text_key(word)
        place = bisect_left(words, key)
        return place if place < len(words) and words[place] == key else None


@cache
def lexicon() -> Lexicon:
    """Return the lexicon; it is read once."""
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"the package {_PACKAGE} is not installed; install it with pip")
    return Lexicon(Path(spec.origin).parent)


def _rows(path: Path) -> Iterator[tuple[str, int]]:
    """Yield what is counted, and how often, line by line."""
    with path.open(encoding="utf-8-sig") as lines:
        for line in lines:
            counted, _, count = line.rstrip().rpartition(" ")
            yield counted, int(count)


def _of_the_field() -> Iterator[tuple[str, int]]:
    return ((word, _OF_THE_FIELD_COUNT) for word in _OF_THE_FIELD_TEXT.split())


def _floats(values: npt.NDArray[np.float64]) -> "array[float]":
    return array("f", values.astype(np.float32).tobytes())
