# SPDX-License-Identifier: MIT
"""Timers: what is due when, and which slots have run, so that each runs at most once over restarts."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import from_stamp, to_stamp
from bot.storage.columns import from_json, moment, stamp, to_json, to_object

_COLUMNS = "id, owner, job, community_id, home_id, key, payload, slot, due_at"
_TARGET = "(owner, job, coalesce(community_id, 0), key)"


@dataclass(frozen=True, slots=True)
class Timer:
    """When a job is due next. The key '' is the job's own rhythm; others were set for one thing."""

    id: int
    owner: str
    job: str
    community_id: int | None
    home_id: int | None
    key: str
    payload: Mapping[str, Any]
    slot: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TimerRun:
    """A slot that was begun."""

    id: int
    owner: str
    job: str
    community_id: int | None
    key: str
    slot: str
    started_at: datetime


def schedule(
    tx: Transaction,
    owner: str,
    job: str,
    due_at: datetime,
    slot: str,
    *,
    community_id: int | None = None,
    home_id: int | None = None,
    key: str = "",
    payload: Mapping[str, Any] | None = None,
) -> int:
    """Set a timer, or move the one of the same job, community and key; return its id."""
    return int(
        tx.value(
            "INSERT INTO timers (owner, job, community_id, home_id, key, payload, slot, due_at, created_at) "  # noqa: S608
            f"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT {_TARGET} DO UPDATE SET home_id = excluded.home_id, "
            "payload = excluded.payload, slot = excluded.slot, due_at = excluded.due_at RETURNING id",
            owner,
            job,
            community_id,
            _home(tx, community_id, key) if home_id is None else home_id,
            key,
            to_object(payload),
            slot,
            to_stamp(due_at),
            to_stamp(tx.now),
        ),
    )


def rhythms(tx: Transaction) -> Iterator[tuple[tuple[str, str, int], str, datetime]]:
    """Return the slot and the moment that are next for every recurring job (owner, job, community)."""
    for row in tx.all("SELECT owner, job, coalesce(community_id, 0), slot, due_at FROM timers WHERE key = ''"):
        owner, job, community_id, slot, due_at = row
        yield (owner, job, community_id), slot, from_stamp(due_at)


def known_jobs(tx: Transaction) -> tuple[tuple[str, str], ...]:
    """Return the jobs (owner, job) that have timers."""
    return tuple((row["owner"], row["job"]) for row in tx.all("SELECT DISTINCT owner, job FROM timers"))


def cancel(tx: Transaction, owner: str, job: str, community_id: int | None = None, key: str = "") -> bool:
    """Forget a timer; False when it was not set."""
    return bool(
        tx.run(
            "DELETE FROM timers WHERE owner = ? AND job = ? AND coalesce(community_id, 0) = ? AND key = ?",
            owner,
            job,
            community_id or 0,
            key,
        ),
    )


def remove(tx: Transaction, timer_id: int) -> bool:
    """Forget a timer by its id."""
    return bool(tx.run("DELETE FROM timers WHERE id = ?", timer_id))


def remove_job(tx: Transaction, owner: str, job: str) -> int:
    """Forget every timer of a job, such as one that its cog no longer declares; return how many."""
    return tx.run("DELETE FROM timers WHERE owner = ? AND job = ?", owner, job)


def due(tx: Transaction, limit: int = 100, owners: Collection[str] | None = None) -> tuple[Timer, ...]:
    """Return what is due, the earliest first; of these owners only, where they are given."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM timers WHERE due_at <= ? AND (? OR owner IN (SELECT value FROM json_each(?))) "  # noqa: S608
        "ORDER BY due_at, id LIMIT ?",
        to_stamp(tx.now),
        owners is None,
        to_json(list(owners or ())),
        limit,
    )
    return tuple(_timer(row) for row in rows)


def next_at(tx: Transaction, owners: Collection[str] | None = None, after: datetime | None = None) -> datetime | None:
    """Return when the earliest timer is due (of these owners, after that moment, where given); None without any."""
    return moment(
        tx.value(
            "SELECT min(due_at) FROM timers WHERE (? IS NULL OR due_at > ?) "
            "AND (? OR owner IN (SELECT value FROM json_each(?)))",
            stamp(after),
            stamp(after),
            owners is None,
            to_json(list(owners or ())),
        )
    )


def begin(
    tx: Transaction,
    timer: Timer,
    *,
    next_due_at: datetime | None = None,
    next_slot: str = "",
    skip: bool = False,
) -> int | None:
    """Begin (or skip) a timer's slot and move the timer on, or remove it; return the run's id.

    None says: do not run it, because the slot has run already, or the timer was moved or cancelled meanwhile.
    """
    moved = (
        tx.run("DELETE FROM timers WHERE id = ? AND slot = ?", timer.id, timer.slot)
        if next_due_at is None
        else tx.run(
            "UPDATE timers SET due_at = ?, slot = ? WHERE id = ? AND slot = ?",
            to_stamp(next_due_at),
            next_slot,
            timer.id,
            timer.slot,
        )
    )
    if not moved:
        return None
    now = to_stamp(tx.now)
    run_id: int | None = tx.value(
        "INSERT INTO timer_runs (owner, job, community_id, key, slot, state, started_at, finished_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id",
        timer.owner,
        timer.job,
        timer.community_id,
        timer.key,
        timer.slot,
        "skipped" if skip else "running",
        now,
        now if skip else None,
    )
    return None if skip else run_id


def finish(tx: Transaction, run_id: int, error: str | None = None) -> None:
    """Note that a run ended, and with which error."""
    tx.run(
        "UPDATE timer_runs SET state = ?, finished_at = ?, error = ? WHERE id = ?",
        "done" if error is None else "failed",
        to_stamp(tx.now),
        error,
        run_id,
    )


def interrupted(tx: Transaction) -> tuple[TimerRun, ...]:
    """Return the runs that were under way when the bot stopped."""
    rows = tx.all(
        "SELECT id, owner, job, community_id, key, slot, started_at FROM timer_runs "
        "WHERE state = 'running' ORDER BY id",
    )
    return tuple(
        TimerRun(
            row["id"],
            row["owner"],
            row["job"],
            row["community_id"],
            row["key"],
            row["slot"],
            from_stamp(row["started_at"]),
        )
        for row in rows
    )


def prune(tx: Transaction, started_before: datetime) -> int:
    """Delete finished runs begun before a moment; return how many."""
    return tx.run(
        "DELETE FROM timer_runs WHERE started_at < ? AND state <> 'running'",
        to_stamp(started_before),
    )


def _home(tx: Transaction, community_id: int | None, key: str) -> int | None:
    """Return the home that a timer set for one thing moves with: the only one of its community."""
    if not key or community_id is None:
        return None
    home_id: int | None = tx.value(
        "SELECT CASE WHEN count(*) = 1 THEN min(id) END FROM homes WHERE community_id = ?",
        community_id,
    )
    return home_id


def _timer(row: Row) -> Timer:
    return Timer(
        row["id"],
        row["owner"],
        row["job"],
        row["community_id"],
        row["home_id"],
        row["key"],
        from_json(row["payload"]),
        row["slot"],
        from_stamp(row["due_at"]),
    )
