# SPDX-License-Identifier: MIT
"""Decides whether and when to ask again."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
# MediaWiki answers HTTP 200 when it is too busy and says so in this header.
_BUSY = frozenset({"maxlag", "ratelimited"})


def worth_retrying(status: int, headers: Mapping[str, str]) -> bool:
    """Tell whether the same request may well succeed a moment later."""
    return status in AGAIN or headers.get("mediawiki-api-error") in _BUSY


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, whether it states seconds or a date; None without one."""
    stated = headers.get("retry-after", "").strip()
    if not stated:
        return None
    if stated.isascii() and stated.isdecimal():
        return float(stated[:9])
    try:
        until = parsedate_to_datetime(stated)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, math.ceil((until - now).total_seconds()))


def backoff(attempt: int, base: float, chance: float) -> float:
    """Return the wait after attempt number `attempt`: doubling, spread by `chance` (0 to 1) among clients."""
    return float(base * 2**attempt * (0.5 + chance))
