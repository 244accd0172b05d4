# SPDX-License-Identifier: MIT
"""The platform's own rows: published commands, pages to turn, long buttons, and what is known of servers."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.platforms.discord.render import Sheet
from bot.platforms.discord.targets import Press

PAGES_LAST = timedelta(days=30)
"""How long a long answer's pages can be turned."""

PRESSES_LAST = timedelta(days=365)
"""How long a button works whose arguments are kept in a row; each showing of it counts anew."""


def state(tx: Transaction, name: str) -> str | None:
    """Return a fact by name."""
    value: str | None = tx.value("SELECT value FROM discord_state WHERE name = ?", name)
    return value


def set_state(tx: Transaction, name: str, value: str) -> None:
    """Keep a fact."""
    tx.run(
        "INSERT INTO discord_state (name, value, changed_at) VALUES (?, ?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
        name,
        value,
        to_stamp(tx.now),
    )


def keep(tx: Transaction, sheet: Sheet, token: str = "", asker: str = "") -> None:
    """Keep what a message cannot carry: its further pages (under a token, turned by the asker) and long buttons."""
    if token:
        tx.run("DELETE FROM discord_pages WHERE expires_at <= ?", to_stamp(tx.now))
        pages = json.dumps([page.components for page in sheet.pages], ensure_ascii=False)
        tx.run(
            "INSERT INTO discord_pages (token, asker, pages, expires_at) VALUES (?, ?, ?, ?)",
            token,
            asker,
            pages,
            to_stamp(tx.now + PAGES_LAST),
        )
    if sheet.kept:
        tx.run("DELETE FROM discord_presses WHERE expires_at <= ?", to_stamp(tx.now))
        keep_presses(tx, sheet.kept)


def keep_presses(tx: Transaction, presses: Sequence[Press]) -> None:
    """Keep what buttons do whose arguments they cannot carry."""
    end = to_stamp(tx.now + PRESSES_LAST)
    tx.many(
        "INSERT INTO discord_presses (token, target, arguments, expires_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (token) DO UPDATE SET expires_at = excluded.expires_at",
        [(each.token, each.target, json.dumps(each.arguments, ensure_ascii=False), end) for each in presses],
    )


def pages(tx: Transaction, token: str) -> tuple[str, list[list[dict[str, Any]]]] | None:
    """Return who turns the pages under a token, and their components; None when they are gone."""
    row = tx.one("SELECT asker, pages FROM discord_pages WHERE token = ?", token)
    return None if row is None else (row["asker"], json.loads(row["pages"]))


def press(tx: Transaction, token: str) -> Press | None:
    """Return what a button does; None when it is too old."""
    row = tx.one("SELECT target, arguments FROM discord_presses WHERE token = ?", token)
    return None if row is None else Press(row["target"], tuple((n, v) for n, v in json.loads(row["arguments"])))
