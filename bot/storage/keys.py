# SPDX-License-Identifier: MIT
"""The keys that a database makes for itself, and hashes that mean nothing without them."""

import hashlib
import hmac
import secrets

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp


def find_key(tx: Transaction, name: str) -> bytes | None:
    """Return a key, or None while it was never needed."""
    value = tx.value("SELECT value FROM secrets WHERE name = ?", name)
    return None if value is None else bytes.fromhex(value)


def key(tx: Transaction, name: str) -> bytes:
    """Return a key, made at the first need."""
    tx.run(
        "INSERT INTO secrets (name, value, created_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
        name,
        secrets.token_hex(32),
        to_stamp(tx.now),
    )
    return bytes.fromhex(tx.value("SELECT value FROM secrets WHERE name = ?", name))


def keyed_hash(key: bytes, *parts: str) -> str:
    """Return HMAC-SHA-256 over the parts; where one ends and the next begins counts."""
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()
