# SPDX-License-Identifier: MIT
"""Keeps what is known of a work, and where it is free, as JSON; and says it in a line."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from enum import StrEnum
from typing import Any

from .identifiers import Identifier, Scheme
from .identifiers.normal import normal
from .metadata import FreeCopy
from .work import Kind, Name, PartialDate, Season, Work

NAMED = 3
"""How many authors a line names."""


def dump_work(work: Work) -> str:
    """Write a work as JSON, without what is empty."""
    return json.dumps(_filled(asdict(work)), ensure_ascii=False, default=_plain)


def load_work(kept: str | None) -> Work | None:
    """Read what `dump_work` wrote."""
    if not kept:
        return None
    data: dict[str, Any] = json.loads(kept)
    known = {each.name for each in fields(Work)}
    data = {key: value for key, value in data.items() if key in known}
    data["kind"] = Kind(data["kind"])
    for key in ("authors", "editors"):
        data[key] = tuple(Name(**name) for name in data.get(key, ()))
    for key in ("archive_date", "access_date"):
        if key in data:
            data[key] = dt.date.fromisoformat(data[key])
    if when := data.get("date"):
        data["date"] = PartialDate(**when | {"season": Season(when["season"]) if "season" in when else None})
    return Work(**{"title": ""} | data)


def dump_copies(copies: Iterable[FreeCopy]) -> str:
    """Write free copies as JSON."""
    return json.dumps([asdict(copy) for copy in copies], ensure_ascii=False)


def load_copies(kept: str) -> tuple[FreeCopy, ...]:
    """Read what `dump_copies` wrote."""
    return tuple(FreeCopy(**copy) for copy in json.loads(kept))


def identifiers_of(work: Work) -> tuple[Identifier, ...]:
    """Return the identifiers that a catalogue gave for a work."""
    given = {
        Scheme.DOI: work.doi,
        Scheme.ISBN: work.isbn,
        Scheme.PMID: work.pmid,
        Scheme.PMCID: work.pmcid,
        Scheme.ARXIV: work.arxiv,
        Scheme.OCLC: work.oclc,
    }
    found = ((scheme, normal(scheme, value)) for scheme, value in given.items() if value)
    return tuple(Identifier(scheme, value, 0, 0, value) for scheme, value in found if value)


def summary(work: Work) -> str:
    """Say in one line what a work is: authors, title, where it appeared, year."""
    names = [name.whole for name in (work.authors or work.editors)[:NAMED]]
    if len(work.authors or work.editors) > NAMED:
        names.append("et al.")
    year = str(work.date.year) if work.date else ""
    parts = [", ".join(names), work.title, work.container or work.publisher, year]
    return ". ".join(part.rstrip(".") for part in parts if part)


def _filled(data: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: _filled(value) if isinstance(value, dict) else value for key, value in data.items()}
    for key, value in kept.items():
        if isinstance(value, tuple | list):
            kept[key] = [_filled(each) for each in value]
    return {key: value for key, value in kept.items() if value not in ("", None, [], {})}


def _plain(value: Any) -> str:
    return value.value if isinstance(value, StrEnum) else str(value.isoformat())
