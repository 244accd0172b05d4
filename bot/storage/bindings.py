# SPDX-License-Identifier: MIT
"""Bindings: what an emoji on a message, or a number typed below it, does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.storage.columns import from_json, stamp, to_object

_COLUMNS = "id, platform, place_id, message_id, sign, target, arguments"


@dataclass(frozen=True, slots=True)
class Sign:
    """What a sign does: the `target` with `arguments`."""

    sign: str
    target: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Binding:
    """A sign on a message."""

    id: int
    platform: str
    place_id: int
    message_id: str
    sign: str
    target: str
    arguments: Mapping[str, Any]


def bind(
    tx: Transaction,
    platform: str,
    place_id: int,
    message_id: str,
    signs: Sequence[Sign],
    *,
    expires_at: datetime | None = None,
) -> None:
    """Let a message have exactly these signs."""
    unbind(tx, place_id, message_id)
    now, end = to_stamp(tx.now), stamp(expires_at)
    tx.many(
        "INSERT INTO bindings (platform, place_id, message_id, sign, target, arguments, created_at, expires_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (platform, place_id, message_id, each.sign, each.target, to_object(each.arguments), now, end)
            for each in signs
        ],
    )


def find(tx: Transaction, place_id: int, message_id: str, sign: str) -> Binding | None:
    """Return what a sign on a message does, or None."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM bindings WHERE place_id = ? AND message_id = ? AND sign = ? "  # noqa: S608
        "AND coalesce(expires_at, ?) >= ?",
        place_id,
        message_id,
        sign,
        to_stamp(tx.now) + 1,
        to_stamp(tx.now) + 1,
    )
    return None if row is None else _binding(row)


def latest(tx: Transaction, place_id: int, sign: str) -> Binding | None:
    """Return what a number typed in a place does: by the latest message there that offers it."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM bindings WHERE place_id = ? AND sign = ? "  # noqa: S608
        "AND coalesce(expires_at, ?) >= ? ORDER BY id DESC LIMIT 1",
        place_id,
        sign,
        to_stamp(tx.now) + 1,
        to_stamp(tx.now) + 1,
    )
    return None if row is None else _binding(row)


def unbind(tx: Transaction, place_id: int, message_id: str) -> int:
    """Take all signs from a message; return how many there were."""
    return tx.run("DELETE FROM bindings WHERE place_id = ? AND message_id = ?", place_id, message_id)


def drop_expired(tx: Transaction) -> int:
    """Delete the bindings whose time is over; return how many."""
    return tx.run("DELETE FROM bindings WHERE expires_at <= ?", to_stamp(tx.now))


def _binding(row: Row) -> Binding:
    return Binding(
        row["id"],
        row["platform"],
        row["place_id"],
        row["message_id"],
        row["sign"],
        row["target"],
        from_json(row["arguments"]),
    )
