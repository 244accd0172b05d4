# SPDX-License-Identifier: MIT
"""The words of titles, folded: for search, and to find what was asked for before, at any number of requests."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence

from bot.kit import Transaction

from .model import Request

WORDS_MAX = 40
COMMON = 40
"""From this many requests on a word tells little about which one is meant."""

COUNTED = 200
"""Up to how many requests with a word are counted to search by the rarest first."""

LOOKED_THROUGH = 500
"""How many of the newest requests with a common word are looked through for a common beginning."""

BEGINNINGS = 500
"""How many words with the same beginning are looked through."""

RARE = 3
"""How many of the rarest words of a title are looked at for duplicates."""

CANDIDATES = 10
"""How many requests are compared with a title, those that share most first."""

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of a text once each: without case and accents, from two characters on."""
    # Twice: some signs become capitals, or letters with accents, only when they are taken apart.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text.casefold()).casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return list(dict.fromkeys(word[:40] for word in _WORD.findall(plain) if len(word) > 1))[:WORDS_MAX]


def index(tx: Transaction, request: Request) -> None:
    """Write down the words of a request's titles: what the asker typed, and what the work is called."""
    known = indexed(request.work.title) if request.work else []
    typed = [word for word in indexed(request.content.title) if word not in known]
    tx.run("DELETE FROM request_words WHERE request_id = ?", request.id)
    tx.many(
        "INSERT INTO request_words (community_id, word, request_id, home_id, typed) VALUES (?, ?, ?, ?, ?)",
        [
            (request.community_id, word, request.id, request.home_id, int(is_typed))
            for words, is_typed in ((known, False), (typed, True))
            for word in words
        ],
    )


def indexed(title: str) -> list[str]:
    """Return what a title is found by: its words, and all of them together."""
    words = words_of(title)
    return [*words, key_of(words)] if words else []


def search(tx: Transaction, community_id: int, text: str, limit: int) -> list[int]:
    """Return requests whose titles have all these words (the last may be a beginning), the newest first.

    Those with the whole word come first; what is walked through for a beginning is bounded.
    """
    words = words_of(text)
    if not words:
        return []
    if len(words) == 1:
        return _beginning(tx, community_id, words[0], limit)
    counts = {word: count(tx, community_id, word, COUNTED) for word in words}
    *whole, last = words
    found: list[int] = []
    if all(counts.values()):
        first, *others = sorted(words, key=counts.__getitem__)
        sql = "SELECT f.request_id FROM request_words f WHERE f.community_id = ? AND f.word = ?"
        rows = tx.all(
            f"{sql}{_HAVING * len(others)} ORDER BY f.request_id DESC LIMIT ?",
            *(community_id, first),
            *(value for word in others for value in (community_id, word)),
            limit,
        )
        found = [row["request_id"] for row in rows]
    if len(found) < limit and all(counts[word] for word in whole):
        found += _begun(tx, community_id, sorted(whole, key=counts.__getitem__), last, limit)
    return sorted(set(found), reverse=True)[:limit]


_HAVING = """ AND EXISTS (SELECT 1 FROM request_words w WHERE w.community_id = ? AND w.word = ?
    AND w.request_id = f.request_id)"""


def _begun(tx: Transaction, community_id: int, whole: Sequence[str], last: str, limit: int) -> list[int]:
    """Return requests with whole words, the rarest first, and one that begins like the last: from its rarer side."""
    few = tx.all(
        "SELECT DISTINCT request_id FROM request_words WHERE community_id = ? AND word > ? AND word < ? LIMIT ?",
        community_id,
        last,
        _after(last),
        COUNTED,
    )
    params: list[object]
    if len(few) < COUNTED:
        source, params = "SELECT value AS request_id FROM json_each(?)", [json.dumps([row[0] for row in few])]
        others, ending = whole, ""
    else:
        source = """SELECT request_id FROM request_words WHERE community_id = ? AND word = ?
            ORDER BY request_id DESC LIMIT ?"""
        params = [community_id, whole[0], LOOKED_THROUGH]
        # coalesce() keeps the engine from walking through every word that begins so.
        others, ending = (
            whole[1:],
            """ AND EXISTS (SELECT 1 FROM request_words w WHERE w.request_id = f.request_id
            AND coalesce(w.word, '') >= ? AND coalesce(w.word, '') < ?)""",
        )
    rows = tx.all(
        f"SELECT f.request_id FROM ({source}) f WHERE 1{_HAVING * len(others)}{ending} ORDER BY 1 DESC LIMIT ?",  # noqa: S608
        *params,
        *(value for word in others for value in (community_id, word)),
        *((last, _after(last)) if ending else ()),
        limit,
    )
    return [row["request_id"] for row in rows]


def _beginning(tx: Transaction, community_id: int, word: str, limit: int) -> list[int]:
    """Return requests with a word, or else with one that begins so."""
    found = _with(tx, community_id, word, limit)
    if len(found) < limit:
        rows = tx.all(
            """SELECT DISTINCT request_id FROM (SELECT request_id FROM request_words
               WHERE community_id = ? AND word > ? AND word < ? LIMIT ?) f ORDER BY request_id DESC LIMIT ?""",
            community_id,
            word,
            _after(word),
            BEGINNINGS,
            limit,
        )
        found += [row["request_id"] for row in rows]
    return list(dict.fromkeys(found))[:limit]


def candidates(tx: Transaction, community_id: int, title: str) -> list[int]:
    """Return requests whose titles have the same words as a title, then those that share its rarest ones."""
    words = words_of(title)
    found = _with(tx, community_id, key_of(words), CANDIDATES) if words else []
    shared: dict[int, int] = {}
    for word in rarest(tx, community_id, words):
        for request_id in _with(tx, community_id, word, COMMON):
            shared[request_id] = shared.get(request_id, 0) + 1
    near = sorted(shared, key=lambda each: (-shared[each], -each))
    return list(dict.fromkeys((*found, *near)))[:CANDIDATES]


def rarest(tx: Transaction, community_id: int, words: Sequence[str]) -> list[str]:
    """Return the rarest words of these that were used before; common ones only where there is no other."""
    counts = {word: count(tx, community_id, word, COMMON) for word in words}
    used = sorted((word for word in words if counts[word]), key=lambda word: (counts[word], word))
    return [word for word in used if counts[word] < COMMON][:RARE] or used[:1]


def key_of(words: Sequence[str]) -> str:
    """Return what stands for all words of a title in any order; no word looks like it."""
    return "=" + hashlib.sha256(" ".join(sorted(words)).encode()).hexdigest()[:16]


def count(tx: Transaction, community_id: int, word: str, most: int) -> int:
    """Count the requests with a word, as far as it matters."""
    return int(
        tx.value(
            "SELECT count(*) FROM (SELECT 1 FROM request_words WHERE community_id = ? AND word = ? LIMIT ?)",
            community_id,
            word,
            most,
        )
    )


def _with(tx: Transaction, community_id: int, word: str, limit: int) -> list[int]:
    rows = tx.all(
        "SELECT request_id FROM request_words WHERE community_id = ? AND word = ? ORDER BY request_id DESC LIMIT ?",
        community_id,
        word,
        limit,
    )
    return [row["request_id"] for row in rows]


def _after(beginning: str) -> str:
    """Return what comes behind every word that begins so."""
    return beginning + "\U0010ffff"
