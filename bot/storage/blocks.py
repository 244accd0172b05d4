# SPDX-License-Identifier: MIT
"""Who may not use the bot, kept as keyed hashes of accounts: forgetting a person lifts no block."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.kit.people import Identity
from bot.storage.keys import find_key, key, keyed_hash

_KEY = "blocks"


@dataclass(frozen=True, slots=True)
class Block:
    """An account that is blocked throughout a community."""

    community_id: int
    identity_hash: str


@dataclass(frozen=True, slots=True)
class BlockList:
    """Every block with the key to recognise accounts by: for a cache."""

    key: bytes
    blocks: frozenset[Block]

    def holds(self, community_id: int, identities: Iterable[Identity]) -> bool:
        """Tell whether one of a person's accounts is blocked here."""
        if not self.blocks:
            return False
        return any(Block(community_id, _hash(self.key, identity)) in self.blocks for identity in identities)


def block(tx: Transaction, community_id: int, identities: Iterable[Identity], blocked_by: int | None) -> None:
    """Block every account of a person throughout a community."""
    for identity in identities:
        tx.run(
            "INSERT INTO blocks (community_id, identity_hash, blocked_by, blocked_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            community_id,
            _hash(key(tx, _KEY), identity),
            blocked_by,
            to_stamp(tx.now),
        )


def unblock(tx: Transaction, community_id: int, identities: Iterable[Identity]) -> bool:
    """Lift the block of every account of a person; False when there was none."""
    known = find_key(tx, _KEY)
    if known is None:
        return False
    lifted = [
        tx.run(
            "DELETE FROM blocks WHERE community_id = ? AND home_id IS NULL AND identity_hash = ?",
            community_id,
            _hash(known, identity),
        )
        for identity in identities
    ]
    return any(lifted)


def everything(tx: Transaction) -> BlockList:
    """Return every block, ready to be asked."""
    rows = tx.all("SELECT community_id, identity_hash FROM blocks WHERE home_id IS NULL")
    return BlockList(find_key(tx, _KEY) or b"", frozenset(Block(*row) for row in rows))


def is_blocked(tx: Transaction, community_id: int, identities: Iterable[Identity]) -> bool:
    """Tell whether one of a person's accounts is blocked here."""
    return everything(tx).holds(community_id, identities)


def _hash(key: bytes, identity: Identity) -> str:
    return keyed_hash(key, identity.platform, identity.external_id)
