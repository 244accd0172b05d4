# SPDX-License-Identifier: MIT
"""Erases people and their words: after the retention time, and when somebody wants to be forgotten; and exports them.

Identifier, bibliographic data, states, times and everything that is counted stays, so that what was asked for before is
still found and statistics still hold.
"""

from typing import Any

from bot.kit import Transaction, from_stamp

from . import store, store_following, store_history, store_words
from .model import Actor, Happened, Request
from .news import News
from .service import Service


def erase(tx: Transaction, news: News, request: Request) -> None:
    """Take people and words out of a closed request, out of its card, and out of what was told of it."""
    told = store_history.of_request(tx, request.id)
    store.change(
        tx,
        request.id,
        title="",
        details="",
        article="",
        answer="",
        link="",
        reason="",
        person_id=None,
        place_id=None,
        claimed_by=None,
        closed_by=None,
        needed_at=None,
        erased_at=tx.now,
    )
    store_following.drop_followers(tx, request.id)
    store_history.erase(tx, request.id)
    store_history.add(tx, request.id, None, Happened.ERASED, request.state, request.state)
    erased = store.find(tx, request.id)
    if erased is not None:
        store_words.index(tx, erased)
        news.renew_card(tx, erased)
        news.take_back(tx, erased, told)


def orphans(tx: Transaction, community_id: int) -> list[int]:
    """Return the claims of people whom nobody knows any more."""
    rows = tx.all(
        """SELECT id FROM requests WHERE community_id = ? AND state IN ('claimed', 'waiting') AND claimed_by IS NULL""",
        community_id,
    )
    return [row["id"] for row in rows]


def forget(tx: Transaction, service: Service, person_id: int) -> None:
    """Release a person's claims, withdraw and erase their requests, and take their words and name off the others."""
    for request_id in _ids(tx, "claimed_by = ? AND state IN ('claimed', 'waiting')", person_id):
        service.release(tx, _bot(tx, request_id), request_id)
    for request_id in _ids(tx, "person_id = ? AND closed_at IS NULL", person_id):
        service.withdraw(tx, _bot(tx, request_id), request_id)
    for request_id in _ids(tx, "person_id = ? AND erased_at IS NULL", person_id):
        request = store.find(tx, request_id)
        if request is not None:
            erase(tx, service.news, request)
    for event in store_history.naming(tx, person_id):
        concerned = store.find(tx, event.request_id)
        if concerned is not None and concerned.erased_at is None:
            service.news.take_back(tx, concerned, (event,))
    tx.run("UPDATE requests SET claimed_by = NULL WHERE claimed_by = ?", person_id)
    tx.run("UPDATE requests SET closed_by = NULL WHERE closed_by = ?", person_id)
    tx.run("UPDATE request_events SET person_id = NULL, words = '' WHERE person_id = ?", person_id)
    tx.run("DELETE FROM request_follows WHERE person_id = ?", person_id)
    tx.run("DELETE FROM request_subscriptions WHERE person_id = ?", person_id)


def export(tx: Transaction, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return all that is kept about a person, by kind."""
    asked = tx.all("SELECT * FROM requests WHERE person_id = ? ORDER BY id", person_id)
    looked = tx.all("SELECT * FROM requests WHERE claimed_by = ? OR closed_by = ? ORDER BY id", person_id, person_id)
    events = tx.all("SELECT * FROM request_events WHERE person_id = ? ORDER BY id", person_id)
    follows = tx.all("SELECT * FROM request_follows WHERE person_id = ? ORDER BY followed_at", person_id)
    wanted = tx.all("SELECT * FROM request_subscriptions WHERE person_id = ? ORDER BY id", person_id)
    words = ("title", "details", "language", "wiki", "article", "kind", "state", "answer", "link", "reason")
    return {
        "requests": [
            {name: row[name] for name in words}
            | {"opened_at": _moment(row["opened_at"]), "anonymous": bool(row["anonymous"])}
            for row in asked
        ],
        "claims": [{"title": row["title"], "state": row["state"]} for row in looked],
        "changes": [{"what": row["happened"], "words": row["words"], "at": _moment(row["at"])} for row in events],
        "follows": [{"request": row["request_id"], "at": _moment(row["followed_at"])} for row in follows],
        "subscriptions": [{"kind": row["kind"], "language": row["language"]} for row in wanted],
    }


def _ids(tx: Transaction, condition: str, person_id: int) -> list[int]:
    return [row["id"] for row in tx.all(f"SELECT id FROM requests WHERE {condition} ORDER BY id", person_id)]  # noqa: S608


def _bot(tx: Transaction, request_id: int) -> Actor:
    community_id: int = tx.value("SELECT community_id FROM requests WHERE id = ?", request_id)
    return Actor(community_id, None, None)


def _moment(stamp: int) -> str:
    return from_stamp(stamp).isoformat(timespec="seconds")
