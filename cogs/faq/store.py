# SPDX-License-Identifier: MIT
"""The community's own entries in the database; functions over a transaction that know nothing of rules or chat."""

import json
from datetime import datetime
from sqlite3 import Row

from bot.kit import Transaction, from_stamp, to_stamp

from .model import Actor, Audience, Content, Entry, Holdings, Layer, Mark, Review, Status

_ENTRY = """
    SELECT e.*, p.name AS reviewer FROM faq_entries e LEFT JOIN people p ON p.id = e.reviewed_by
    WHERE e.community_id = ?
"""


def version(tx: Transaction, community_id: int) -> tuple[int, int]:
    """Return what differs whenever the community's FAQ may differ: its changes, and how many homes share it."""
    changes = tx.value("SELECT version FROM faq_versions WHERE community_id = ?", community_id)
    homes = tx.value("SELECT COUNT(*) FROM homes WHERE community_id = ?", community_id)
    return int(changes or 0), int(homes or 0)


def holdings(tx: Transaction, community_id: int) -> Holdings:
    """Read all that a community keeps above the starter set."""
    aliases = tx.all("SELECT slug, language, alias FROM faq_aliases WHERE community_id = ? ORDER BY id", community_id)
    return Holdings(
        version=version(tx, community_id),
        entries=tuple(_entry(row) for row in tx.all(f"{_ENTRY} ORDER BY e.id", community_id)),
        marks=_marks(tx, community_id),
        aliases=tuple((row["slug"], row["language"], row["alias"]) for row in aliases),
    )


def find(tx: Transaction, community_id: int, slug: str, language: str, *, draft: bool) -> Entry | None:
    """Return the community's draft, or what stands (published or hidden); the older one where two homes have it."""
    wanted = "e.status = 'draft'" if draft else "e.status <> 'draft'"
    row = tx.one(f"{_ENTRY} AND e.slug = ? AND e.language = ? AND {wanted} ORDER BY e.id", community_id, slug, language)
    return _entry(row) if row else None


def put(tx: Transaction, actor: Actor, content: Content, status: Status, *, reviewed: bool) -> Entry:
    """Write an entry, or its draft, over what was there; a review that is not renewed is gone."""
    old = find(tx, actor.community_id, content.slug, content.language, draft=status is Status.DRAFT)
    now = to_stamp(tx.now)
    values = (
        status,
        content.question,
        content.answer,
        _json(content.aliases),
        content.source_title,
        content.source_url,
        _json(content.tags),
        content.audience,
        content.as_of,
        content.translation_of,
        now if reviewed else None,
        actor.person_id if reviewed else None,
        now,
    )
    if old:
        tx.run(
            """UPDATE faq_entries SET status = ?, question = ?, answer = ?, aliases = ?, source_title = ?,
               source_url = ?, tags = ?, audience = ?, as_of = ?, translation_of = ?, reviewed_at = ?, reviewed_by = ?,
               updated_at = ? WHERE id = ?""",
            *values,
            old.id,
        )
    else:
        tx.insert(
            """INSERT INTO faq_entries (status, question, answer, aliases, source_title, source_url, tags, audience,
               as_of, translation_of, reviewed_at, reviewed_by, updated_at, community_id, home_id, slug, language)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            *values,
            actor.community_id,
            actor.home_id,
            content.slug,
            content.language,
        )
    touch(tx, actor.community_id)
    found = find(tx, actor.community_id, content.slug, content.language, draft=status is Status.DRAFT)
    assert found is not None  # noqa: S101  written a line ago
    return found


def set_status(tx: Transaction, entry: Entry, status: Status, community_id: int) -> None:
    """Hide or publish an entry without touching its words."""
    tx.run("UPDATE faq_entries SET status = ?, updated_at = ? WHERE id = ?", status, to_stamp(tx.now), entry.id)
    touch(tx, community_id)


def set_reviewed(tx: Transaction, actor: Actor, entry: Entry) -> None:
    """Write down that somebody vouched for an entry."""
    tx.run(
        "UPDATE faq_entries SET reviewed_at = ?, reviewed_by = ? WHERE id = ?",
        to_stamp(tx.now),
        actor.person_id,
        entry.id,
    )
    touch(tx, actor.community_id)


def remove(tx: Transaction, entry: Entry, community_id: int) -> None:
    """Remove a draft; its words stay in its revisions."""
    tx.run("DELETE FROM faq_entries WHERE id = ?", entry.id)
    touch(tx, community_id)


def mark(tx: Transaction, actor: Actor, slug: str, language: str, kind: str, digest: str = "") -> None:
    """Mark a starter entry as hidden (in every language: "") or reviewed (the words of this digest)."""
    unmark(tx, actor.community_id, slug, language, kind)
    tx.insert(
        """INSERT INTO faq_marks (community_id, home_id, slug, language, kind, digest, marked_at, marked_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        actor.community_id,
        actor.home_id,
        slug,
        language,
        kind,
        digest,
        to_stamp(tx.now),
        actor.person_id,
    )


def unmark(tx: Transaction, community_id: int, slug: str, language: str, kind: str) -> int:
    """Take a mark back; return how many there were."""
    touch(tx, community_id)
    return tx.run(
        "DELETE FROM faq_marks WHERE community_id = ? AND slug = ? AND language = ? AND kind = ?",
        community_id,
        slug,
        language,
        kind,
    )


def add_alias(tx: Transaction, actor: Actor, slug: str, language: str, alias: str) -> None:
    """Add another way of asking to an entry of either layer."""
    tx.insert(
        """INSERT INTO faq_aliases (community_id, home_id, slug, language, alias, added_at, added_by)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        actor.community_id,
        actor.home_id,
        slug,
        language,
        alias,
        to_stamp(tx.now),
        actor.person_id,
    )
    touch(tx, actor.community_id)


def drop_aliases(tx: Transaction, community_id: int, slug: str, language: str) -> None:
    """Remove the added aliases of an entry, because its new words hold those that are wanted."""
    tx.run("DELETE FROM faq_aliases WHERE community_id = ? AND slug = ? AND language = ?", community_id, slug, language)


def touch(tx: Transaction, community_id: int) -> None:
    """Let every process know that its index of this community is old."""
    tx.run(
        """INSERT INTO faq_versions (community_id, version) VALUES (?, 1)
           ON CONFLICT (community_id) DO UPDATE SET version = faq_versions.version + 1""",
        community_id,
    )


def _marks(tx: Transaction, community_id: int) -> tuple[Mark, ...]:
    rows = tx.all(
        """SELECT m.*, p.name AS reviewer FROM faq_marks m LEFT JOIN people p ON p.id = m.marked_by
           WHERE m.community_id = ? ORDER BY m.id""",
        community_id,
    )
    return tuple(
        Mark(
            row["slug"],
            row["language"],
            row["kind"] == "hidden",
            Review(from_stamp(row["marked_at"]), row["reviewer"] or "") if row["kind"] == "reviewed" else None,
            row["digest"],
        )
        for row in rows
    )


def _entry(row: Row) -> Entry:
    return Entry(
        content=Content(
            slug=row["slug"],
            language=row["language"],
            question=row["question"],
            answer=row["answer"],
            aliases=tuple(json.loads(row["aliases"])),
            source_title=row["source_title"],
            source_url=row["source_url"],
            tags=tuple(json.loads(row["tags"])),
            audience=Audience(row["audience"]),
            as_of=row["as_of"],
            translation_of=row["translation_of"],
        ),
        layer=Layer.COMMUNITY,
        status=Status(row["status"]),
        review=_review(row["reviewed_at"], row["reviewer"]),
        id=row["id"],
        home_id=row["home_id"],
    )


def _review(stamp: int | None, name: str | None) -> Review | None:
    at: datetime | None = from_stamp(stamp) if stamp is not None else None
    return Review(at, name or "") if at else None


def _json(texts: tuple[str, ...]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)
