# SPDX-License-Identifier: MIT
"""Whether the pages that answers rest on are still there."""

from collections.abc import Sequence
from datetime import timedelta

from bot.kit import Transaction, to_stamp

DAYS_BETWEEN = 30
AT_ONCE = 5


def due(tx: Transaction, urls: Sequence[str]) -> list[str]:
    """Return some addresses that were not looked at for a month."""
    since = to_stamp(tx.now - timedelta(days=DAYS_BETWEEN))
    fresh = {row["url"] for row in tx.all("SELECT url FROM faq_sources WHERE checked_at > ?", since)}
    return [url for url in urls if url not in fresh][:AT_ONCE]


def note(tx: Transaction, url: str, detail: str, *, gone: bool) -> None:
    """Write down what was found at an address."""
    tx.run(
        """INSERT INTO faq_sources (url, checked_at, gone, detail) VALUES (?, ?, ?, ?)
           ON CONFLICT (url) DO UPDATE SET checked_at = excluded.checked_at, gone = excluded.gone,
           detail = excluded.detail""",
        url,
        to_stamp(tx.now),
        int(gone),
        detail,
    )


def gone(tx: Transaction) -> frozenset[str]:
    """Return the addresses where nothing is any more."""
    return frozenset(row["url"] for row in tx.all("SELECT url FROM faq_sources WHERE gone = 1"))
