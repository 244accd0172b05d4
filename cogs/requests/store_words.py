# SPDX-License-Identifier: MIT
"""The words of titles, folded: for search, and to find what was asked for before, at any number of requests."""

import re
import unicodedata
from collections.abc import Sequence

from bot.kit.database import Transaction

from .model import Request

WORDS_MAX = 40
COMMON = 400
"""From this many requests on a word tells nothing about which one is meant."""

BEGINNINGS = 2_000
"""How many words with the same beginning are looked through."""

RARE = 4
"""How many of the rarest words of a title are looked at for duplicates."""

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """Return the words of a text once each: without case and accents, from two characters on."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return list(dict.fromkeys(word[:40] for word in _WORD.findall(plain) if len(word) > 1))[:WORDS_MAX]


def index(tx: Transaction, request: Request) -> None:
    """Write down the words of a request's titles: what the asker typed, and what the work is called."""
    known = words_of(request.work.title) if request.work else []
    typed = [word for word in words_of(request.content.title) if word not in known]
    tx.run("DELETE FROM request_words WHERE request_id = ?", request.id)
    tx.many(
        "INSERT INTO request_words (community_id, word, request_id, home_id, typed) VALUES (?, ?, ?, ?, ?)",
        [
            (request.community_id, word, request.id, request.home_id, int(is_typed))
            for words, is_typed in ((known, False), (typed, True))
            for word in words
        ],
    )


def search(tx: Transaction, community_id: int, text: str, limit: int) -> list[int]:
    """Return requests whose titles have all these words (the last may be a beginning), the newest first."""
    words = words_of(text)
    if not words:
        return []
    *whole, last = words
    if not whole:
        return _beginning(tx, community_id, last, limit)
    first, *others = sorted(whole, key=lambda word: count(tx, community_id, word))
    sql = "SELECT f.request_id FROM request_words f WHERE f.community_id = ? AND f.word = ?"
    params: list[object] = [community_id, first]
    for word in others:
        sql += " AND EXISTS (SELECT 1 FROM request_words w WHERE w.community_id = ? AND w.word = ?"
        sql += " AND w.request_id = f.request_id)"
        params += [community_id, word]
    # coalesce() keeps the engine from walking through every word that begins so.
    sql += " AND EXISTS (SELECT 1 FROM request_words w WHERE w.request_id = f.request_id"
    sql += " AND coalesce(w.word, '') >= ? AND coalesce(w.word, '') < ?)"
    rows = tx.all(f"{sql} ORDER BY f.request_id DESC LIMIT ?", *params, last, _after(last), limit)
    return [row["request_id"] for row in rows]


def _beginning(tx: Transaction, community_id: int, word: str, limit: int) -> list[int]:
    """Return requests with a word, or else with one that begins so."""
    rows = tx.all(
        "SELECT request_id FROM request_words WHERE community_id = ? AND word = ? ORDER BY request_id DESC LIMIT ?",
        community_id,
        word,
        limit,
    )
    if len(rows) < limit:
        rows += tx.all(
            """SELECT DISTINCT request_id FROM (SELECT request_id FROM request_words
               WHERE community_id = ? AND word > ? AND word < ? LIMIT ?) f ORDER BY request_id DESC LIMIT ?""",
            community_id,
            word,
            _after(word),
            BEGINNINGS,
            limit,
        )
    return list(dict.fromkeys(row["request_id"] for row in rows))[:limit]


def candidates(tx: Transaction, community_id: int, title: str, limit: int = 100) -> list[int]:
    """Return requests that share rare words with a title, those that share most first."""
    shared: dict[int, int] = {}
    for word in rarest(tx, community_id, words_of(title)):
        rows = tx.all(
            "SELECT request_id FROM request_words WHERE community_id = ? AND word = ? ORDER BY request_id DESC LIMIT ?",
            community_id,
            word,
            limit,
        )
        for row in rows:
            shared[row["request_id"]] = shared.get(row["request_id"], 0) + 1
    return sorted(shared, key=lambda each: (-shared[each], -each))[:limit]


def rarest(tx: Transaction, community_id: int, words: Sequence[str]) -> list[str]:
    """Return the rarest words of these that were used before."""
    counts = {word: count(tx, community_id, word) for word in words}
    used = [word for word in words if counts[word] > 0]
    return sorted(used, key=lambda word: (counts[word], word))[:RARE]


def count(tx: Transaction, community_id: int, word: str) -> int:
    """Count the requests with a word, as far as it matters."""
    return int(
        tx.value(
            "SELECT count(*) FROM (SELECT 1 FROM request_words WHERE community_id = ? AND word = ? LIMIT ?)",
            community_id,
            word,
            COMMON,
        )
    )


def _after(beginning: str) -> str:
    """Return what comes behind every word that begins so."""
    return beginning + "\U0010ffff"
