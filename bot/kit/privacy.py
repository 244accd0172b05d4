# SPDX-License-Identifier: MIT
"""What people may know and decide about their own data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.kit.context import Context


@dataclass(frozen=True, slots=True)
class Kept:
    """What a feature keeps about people, and what it tells to which outside service.

    `parts` says in words what the parts of its export are.
    """

    cog: str
    keeps: str
    tells: Mapping[str, str]
    parts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Copies:
    """How long what was deleted may live on in copies: in days.

    `outside` is False where the operator named no contact: then no outside service is asked anything.
    """

    backup_days: int
    log_days: int
    left_home_days: int
    audit_days: int
    post_days: int
    outside: bool


class PrivacyDesk(Protocol):
    """Shows, hands out and deletes what is kept about the asker, over every feature."""

    def kept(self) -> Sequence[Kept]:
        """Return what each feature that runs keeps and tells."""

    def copies(self) -> Copies:
        """Return how long things are kept."""

    async def export(self, ctx: Context) -> Mapping[str, Any]:
        """Return all that is kept about the asker, ready for JSON."""

    async def forget(self, ctx: Context) -> tuple[str, ...]:
        """Forget the asker at once; return the features that do not run now and do their part when they start."""
