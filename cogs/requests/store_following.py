# SPDX-License-Identifier: MIT
"""Who hears of what: followers of a request, and subscribers to kinds and languages."""

from dataclasses import dataclass

from bot.kit import Transaction, to_stamp

from .model import Actor, Follow, Request, SourceKind


@dataclass(frozen=True, slots=True)
class Subscription:
    """What somebody wants to hear of: a kind (None: any) in a language ('': any)."""

    id: int
    kind: SourceKind | None
    language: str


def follow(tx: Transaction, request_id: int, person_id: int, place_id: int | None, *, private: bool) -> None:
    """Let somebody hear of each change; a second time changes where."""
    tx.run(
        """INSERT INTO request_follows (request_id, person_id, place_id, private, followed_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (request_id, person_id)
           DO UPDATE SET place_id = excluded.place_id, private = excluded.private""",
        request_id,
        person_id,
        place_id,
        int(private),
        to_stamp(tx.now),
    )


def unfollow(tx: Transaction, request_id: int, person_id: int) -> bool:
    """Let somebody hear no more; False when they did not follow."""
    return bool(tx.run("DELETE FROM request_follows WHERE request_id = ? AND person_id = ?", request_id, person_id))


def followers(tx: Transaction, request_id: int) -> tuple[Follow, ...]:
    """Return who follows a request, and where each hears of it."""
    rows = tx.all("SELECT * FROM request_follows WHERE request_id = ? ORDER BY person_id", request_id)
    return tuple(Follow(row["person_id"], None if row["private"] else row["place_id"]) for row in rows)


def drop_followers(tx: Transaction, request_id: int) -> None:
    """Forget who followed a request."""
    tx.run("DELETE FROM request_follows WHERE request_id = ?", request_id)


def is_private(tx: Transaction, place_id: int | None) -> bool:
    """Tell whether a place is a conversation with one person, or gone."""
    found = tx.one("SELECT home_id FROM places WHERE id = ? AND gone_at IS NULL", place_id)
    return found is None or found["home_id"] is None


def subscribe(tx: Transaction, actor: Actor, kind: SourceKind | None, language: str) -> None:
    """Let somebody hear of new requests of a kind or in a language."""
    tx.run(
        """INSERT INTO request_subscriptions (community_id, home_id, person_id, kind, language, subscribed_at)
           VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        actor.community_id,
        actor.home_id,
        actor.person_id,
        kind.value if kind else "",
        language,
        to_stamp(tx.now),
    )


def unsubscribe(tx: Transaction, actor: Actor, kind: SourceKind | None, language: str) -> int:
    """End subscriptions: the one of this kind and language, or all when neither is given; return how many."""
    if kind is None and not language:
        return tx.run(
            "DELETE FROM request_subscriptions WHERE community_id = ? AND person_id = ?",
            actor.community_id,
            actor.person_id,
        )
    return tx.run(
        "DELETE FROM request_subscriptions WHERE community_id = ? AND person_id = ? AND kind = ? AND language = ?",
        actor.community_id,
        actor.person_id,
        kind.value if kind else "",
        language,
    )


def subscriptions(tx: Transaction, actor: Actor) -> tuple[Subscription, ...]:
    """Return what somebody subscribed to."""
    rows = tx.all(
        "SELECT * FROM request_subscriptions WHERE community_id = ? AND person_id = ? ORDER BY kind, language",
        actor.community_id,
        actor.person_id,
    )
    return tuple(
        Subscription(row["id"], SourceKind(row["kind"]) if row["kind"] else None, row["language"]) for row in rows
    )


def subscribers(tx: Transaction, request: Request) -> list[int]:
    """Return who wants to hear of a new request, except who asks it."""
    rows = tx.all(
        """SELECT DISTINCT person_id FROM request_subscriptions WHERE community_id = ? AND kind IN ('', ?)
           AND language IN ('', ?) AND person_id IS NOT ? ORDER BY person_id""",
        request.community_id,
        request.content.kind.value,
        request.content.language or "\x00",
        request.asker.id if request.asker else None,
    )
    return [row["person_id"] for row in rows]


def librarians_see(tx: Transaction, community_id: int) -> bool:
    """Tell whether a place is chosen where librarians see requests."""
    return tx.one("SELECT 1 FROM slots WHERE community_id = ? AND slot = 'requests' LIMIT 1", community_id) is not None
