# SPDX-License-Identifier: MIT
"""Goes through an FAQ and finds what needs care."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from .layers import Catalogue
from .likeness import doubled
from .model import Entry, Layer
from .provenance import is_stale
from .search import Engine
from .store_learning import Counts

REFUSED_FROM = 3
REFUSED_SHARE = 0.4
SHOWN_ENOUGH = 100
"""How often answers must have been shown before "never shown" says anything about an entry."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Short names of entries that need care."""

    entries: int = 0
    own: int = 0
    unreviewed: int = 0
    past_date: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    never_shown: tuple[str, ...] = ()
    doubled: tuple[tuple[str, str], ...] = ()
    without_source: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def needs_care(self) -> bool:
        """Tell whether somebody should look."""
        return any((self.past_date, self.refused, self.doubled, self.gone))


def examine(
    catalogue: Catalogue,
    engine: Engine,
    counts: Mapping[str, Counts],
    gone: Collection[str],
    now: datetime,
    review_months: int,
) -> Findings:
    """Look at every entry; takes some seconds at thousands of entries."""
    entries = sorted(catalogue, key=lambda entry: entry.layer is Layer.STARTER)
    shown = sum(each.shown for each in counts.values())
    return Findings(
        entries=len(catalogue.entries),
        own=len({entry.slug for entry in entries if entry.layer is Layer.COMMUNITY}),
        unreviewed=sum(entry.review is None for entry in entries),
        past_date=_slugs(entry for entry in entries if is_stale(entry, now, review_months)),
        refused=tuple(slug for slug, each in counts.items() if slug in catalogue.entries and _refused(each)),
        never_shown=tuple(slug for slug in catalogue.entries if shown >= SHOWN_ENOUGH and slug not in counts),
        doubled=tuple((first, second) for first, second, _ in doubled(engine)),
        without_source=_slugs(e for e in entries if not e.content.source_url and not e.content.source_title),
        gone=_slugs(entry for entry in entries if entry.content.source_url in gone),
    )


def _refused(counts: Counts) -> bool:
    return counts.refused >= REFUSED_FROM and counts.refused >= REFUSED_SHARE * (counts.helped + counts.refused)


def _slugs(entries: Iterable[Entry]) -> tuple[str, ...]:

    return tuple(dict.fromkeys(entry.slug for entry in entries))
