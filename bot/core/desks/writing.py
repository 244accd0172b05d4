# SPDX-License-Identifier: MIT
"""What the desks write alike: a setting by its whole name, its default, and a line of the log."""

from collections.abc import Mapping
from typing import Any

from bot.core.desks import community
from bot.kit.context import Context
from bot.kit.database import Transaction
from bot.storage import audit, communities, settings


def write_value(tx: Transaction, ctx: Context, name: str, value: Any, place_id: int | None) -> None:
    """Set a value by its whole name ("faq.review_months")."""
    owner, _, key = name.partition(".")
    if owner == community.NAME and key in community.COLUMNS:
        communities.change(tx, ctx.community.id, **{community.COLUMNS[key]: str(value)})
    else:
        settings.change(tx, ctx.community.id, owner, key, value, ctx.person.id, place_id=place_id)


def write_default(tx: Transaction, ctx: Context, name: str, place_id: int | None) -> None:
    """Return a value to its default by its whole name."""
    owner, _, key = name.partition(".")
    defaults = {"name": {}, "language": {"locale": "en"}, "zone": {"zone": "UTC"}}
    if owner == community.NAME and key in defaults:
        communities.change(tx, ctx.community.id, **defaults[key])
    else:
        settings.reset(tx, ctx.community.id, owner, key, place_id=place_id)


def note(tx: Transaction, ctx: Context, action: str, detail: Mapping[str, Any]) -> None:
    """Write down what a moderator did, and in which home."""
    home_id = ctx.home.id if ctx.home else None
    audit.note(tx, ctx.community.id, ctx.person.id, action, detail, home_id=home_id)
