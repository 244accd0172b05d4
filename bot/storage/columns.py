# SPDX-License-Identifier: MIT
"""Turns values into what a column holds, and back."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.kit.moment import from_stamp, to_stamp


def stamp(moment: datetime | None) -> int | None:
    """Return microseconds since 1970, or None."""
    return None if moment is None else to_stamp(moment)


def moment(value: int | None) -> datetime | None:
    """Return an aware moment, or None."""
    return None if value is None else from_stamp(value)


def to_json(value: Any) -> str:
    """Write JSON, compact and with foreign letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Any:
    """Read JSON."""
    return json.loads(text)


def to_object(value: Mapping[str, Any] | None) -> str:
    """Write a mapping as a JSON object; None is the empty one."""
    return to_json(dict(value or {}))
