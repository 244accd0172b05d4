# SPDX-License-Identifier: MIT
"""The outbox: what must reach people later, queued in the transaction of the fact that it reports.

A row is pending, then sending, then sent; or parked (it fails for good, or nobody can tell whether it arrived), skipped
(too late, or not wanted any more) or replaced (by a newer edit). `delivery.py` has what the sender does with the rows.
What makes a row's delivery safe to repeat depends on its kind: a post has its `nonce`, an edit repeats itself.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from sqlite3 import Row
from types import EllipsisType

from bot.kit.database import Transaction
from bot.kit.moment import from_stamp, to_stamp
from bot.storage import posts
from bot.storage.columns import moment, stamp

COLUMNS = (
    "id, kind, key, platform, nonce, community_id, home_id, place_id, person_id, payload, mentions, state, attempts, "
    "depends_on, created_at, not_before_at, expires_at, sending_at, message_id, error, below"
)


class Kind(StrEnum):
    """What a row does when it is delivered."""

    POST = "post"
    DIRECT = "direct"
    EDIT = "edit"
    ENTRY = "entry"


class State(StrEnum):
    """How far a row has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"
    SKIPPED = "skipped"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One delivery. `nonce` is what the platform, or a look into the history, recognises it by.

    `payload` and `mentions` are JSON as it was handed in. `sending_at` is since when it may have arrived. `below` is
    the key of the post in whose thread it belongs.
    """

    id: int
    kind: Kind
    key: str
    platform: str
    nonce: str
    community_id: int | None
    home_id: int | None
    place_id: int | None
    person_id: int | None
    payload: str
    mentions: str
    state: State
    attempts: int
    depends_on: int | None
    created_at: datetime
    not_before_at: datetime
    expires_at: datetime | None
    sending_at: datetime | None
    message_id: str | None
    error: str | None
    below: str | None = None

    @property
    def lane(self) -> int:
        """The queue that it stands in: one for each place, one for each person."""
        return posts.lane_of(self.place_id, self.person_id)

    @property
    def where(self) -> tuple[str, int]:
        """Its platform and lane."""
        return self.platform, self.lane


def queue(
    tx: Transaction,
    kind: Kind,
    key: str,
    platform: str,
    payload: str,
    *,
    community_id: int | None = None,
    place_id: int | None = None,
    person_id: int | None = None,
    mentions: str = "{}",
    not_before_at: datetime | None = None,
    expires_at: datetime | None = None,
    depends_on: int | None = None,
    below: str | None = None,
) -> int:
    """Add a row, to `place_id` or in private to `person_id`, that waits until `depends_on` was sent; return its id."""
    return tx.insert(
        "INSERT INTO outbox (kind, key, platform, nonce, community_id, home_id, place_id, person_id, payload, "
        "mentions, state, depends_on, created_at, not_before_at, expires_at, below) "
        "VALUES (?, ?, ?, ?, ?, (SELECT home_id FROM places WHERE id = ?), ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?)",
        kind.value,
        key,
        platform,
        secrets.token_hex(8),
        community_id,
        place_id,
        place_id,
        person_id,
        payload,
        mentions,
        depends_on,
        to_stamp(tx.now),
        to_stamp(not_before_at or tx.now),
        stamp(expires_at),
        below,
    )


def queue_below(
    tx: Transaction,
    root: str,
    key: str,
    payload: str,
    *,
    mentions: str = "{}",
    not_before_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> int:
    """Add a row for each place to which the post `root` went, or is about to go; return how many places that is."""
    waiting = {row.where: row for row in open_of_key(tx, root) if row.kind is Kind.POST}
    there = {post.where: post for post in posts.of_key(tx, root) if post.place_id is not None}
    roots: dict[tuple[str, int], OutboxRow | posts.Post] = {**waiting, **there}
    for where, found in roots.items():
        queue(
            tx,
            Kind.POST,
            key,
            found.platform,
            payload,
            community_id=_community_of(tx, found),
            place_id=found.place_id,
            mentions=mentions,
            not_before_at=not_before_at,
            expires_at=expires_at,
            depends_on=waiting[where].id if where in waiting and where not in there else None,
            below=root,
        )
    return len(roots)


def get(tx: Transaction, row_id: int) -> OutboxRow | None:
    """Return a row, or None."""
    row = tx.one(f"SELECT {COLUMNS} FROM outbox WHERE id = ?", row_id)  # noqa: S608
    return None if row is None else outbox_row(row)


def open_of_key(tx: Transaction, key: str, only: tuple[str, int] | None = None) -> tuple[OutboxRow, ...]:
    """Return what is still to be done under a key (on one platform and lane), parked rows included, in order."""
    where, params = ("", ()) if only is None else (" AND platform = ? AND lane = ?", only)
    rows = tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE key = ?{where} AND state IN ('pending', 'sending', 'parked') ORDER BY id",  # noqa: S608
        key,
        *params,
    )
    return tuple(outbox_row(row) for row in rows)


def knows(tx: Transaction, key: str) -> bool:
    """Tell whether anything was posted under a key, or is about to be."""
    return bool(
        tx.value(
            "SELECT EXISTS (SELECT 1 FROM posts WHERE key = ?) OR EXISTS "
            "(SELECT 1 FROM outbox WHERE key = ? AND state IN ('pending', 'sending', 'parked'))",
            key,
            key,
        )
    )


def homes_of_key(tx: Transaction, key: str) -> frozenset[int]:
    """Return the homes in which anything was posted under a key, or is about to be."""
    rows = tx.all(
        "SELECT DISTINCT p.home_id FROM places p WHERE p.home_id IS NOT NULL AND (p.id IN "
        "(SELECT place_id FROM posts WHERE key = ?) OR p.id IN "
        "(SELECT place_id FROM outbox WHERE key = ? AND state IN ('pending', 'sending', 'parked')))",
        key,
        key,
    )
    return frozenset(row["home_id"] for row in rows)


def update(tx: Transaction, key: str, payload: str, *, only: tuple[str, int] | None = None) -> int:
    """Change what was posted under a key, wherever it went or is about to go; return in how many places.

    A post that surely did not arrive simply says the new thing; one that may have is edited after it; an edit that
    waits says the new thing instead; a message that says it already is left alone. `only` limits this to one platform
    and lane.
    """
    rows = open_of_key(tx, key, only)
    unsure = {row.where for row in rows if row.kind is Kind.EDIT and row.sending_at is not None}
    waiting = {row.where: row.id for row in rows if row.kind is Kind.EDIT and row.state is State.PENDING}
    for row in rows:
        if row.kind is Kind.EDIT and row.state is State.PARKED:
            end(tx, row.id, State.REPLACED)
    reached: set[tuple[str, int]] = set()
    for row in rows:
        if row.kind is Kind.EDIT:
            continue
        reached.add(row.where)
        if row.state is not State.SENDING and row.sending_at is None:
            reword(tx, row.id, payload)
        else:
            _follow(tx, row, payload, waiting.get(row.where), depends_on=row.id)
    for post in posts.of_key(tx, key, only):
        if post.where in reached:
            continue
        reached.add(post.where)
        if post.digest != digest(payload) or post.where in unsure:
            _follow(tx, post, payload, waiting.get(post.where))
        elif post.where in waiting:
            end(tx, waiting[post.where], State.REPLACED)
    return len(reached)


def reword(tx: Transaction, row_id: int, payload: str) -> None:
    """Let a row say something else."""
    tx.run("UPDATE outbox SET payload = ? WHERE id = ?", payload, row_id)


def end(tx: Transaction, row_id: int, state: State) -> None:
    """Let a row be over; its words are no longer needed here."""
    tx.run("UPDATE outbox SET state = ?, finished_at = ?, payload = '{}' WHERE id = ?", state, to_stamp(tx.now), row_id)


def digest(payload: str) -> str:
    """Return what stands for a payload once it was delivered and its words are no longer needed here."""
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()


def _follow(
    tx: Transaction, post: OutboxRow | posts.Post, payload: str, waiting: int | None, *, depends_on: int | None = None
) -> None:
    """Edit a message, by the edit that waits already where there is one."""
    if waiting is not None:
        reword(tx, waiting, payload)
        return
    queue(
        tx,
        Kind.EDIT,
        post.key,
        post.platform,
        payload,
        community_id=_community_of(tx, post),
        place_id=post.place_id,
        person_id=post.person_id,
        depends_on=depends_on,
    )


def _community_of(tx: Transaction, post: OutboxRow | posts.Post) -> int | None:
    if isinstance(post, OutboxRow):
        return post.community_id
    community_id: int | None = tx.value(
        "SELECT h.community_id FROM places p JOIN homes h ON h.id = p.home_id WHERE p.id = ?", post.place_id
    )
    return community_id


def outbox_row(row: Row, since: int | EllipsisType | None = ...) -> OutboxRow:
    """Return a row of the table as what it means; `since` goes before its own `sending_at`."""
    (row_id, kind, key, platform, nonce, community_id, home_id, place_id, person_id, payload, mentions, state) = row[
        :12
    ]
    (attempts, depends_on, created_at, not_before_at, expires_at, sending_at, message_id, error, below) = row[12:]
    return OutboxRow(
        id=row_id,
        kind=Kind(kind),
        key=key,
        platform=platform,
        nonce=nonce,
        community_id=community_id,
        home_id=home_id,
        place_id=place_id,
        person_id=person_id,
        payload=payload,
        mentions=mentions,
        state=State(state),
        attempts=attempts,
        depends_on=depends_on,
        created_at=from_stamp(created_at),
        not_before_at=from_stamp(not_before_at),
        expires_at=moment(expires_at),
        sending_at=moment(sending_at if since is ... else since),
        message_id=message_id,
        error=error,
        below=below,
    )
