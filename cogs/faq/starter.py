# SPDX-License-Identifier: MIT
"""The starter FAQ: read-only entries in several languages that ship with the bot."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from .model import Audience, Content, Entry, Layer
from .tidy import tidied

FOLDER = "starter"
PHRASINGS = "phrasings"


@cache
def starter_entries() -> tuple[Entry, ...]:
    """Return every starter entry; originals come before their translations."""
    folder = files(__package__).joinpath(FOLDER)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    found = [entry for name in names for entry in read_starter(json.loads(folder.joinpath(name).read_text("utf-8")))]
    return tuple(sorted(found, key=lambda entry: entry.content.translation_of is not None))


@cache
def phrasings() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return further ways to ask for starter entries, by slug and language; they find an entry and are never shown.

    Where an entry has no translation, the first is its title in that language.
    """
    folder = files(__package__).joinpath(PHRASINGS)
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".json"):
            language = file.name.removesuffix(".json")
            by_slug = json.loads(file.read_text("utf-8"))
            found |= {(slug, language): tuple(wordings) for slug, wordings in by_slug.items()}
    return found


def read_starter(document: Mapping[str, Any]) -> Sequence[Entry]:
    """Read one file of the starter set; raises KeyError or ValueError where it is not as it should be."""
    return [Entry(_content(row, document), Layer.STARTER) for row in document["entries"]]


def _content(row: Mapping[str, Any], document: Mapping[str, Any]) -> Content:
    return tidied(
        Content(
            slug=row["slug"],
            language=document["language"],
            question=row["question"],
            answer=row["answer"],
            aliases=tuple(row.get("aliases", ())),
            source_title=row.get("source_title", ""),
            source_url=row.get("source_url", ""),
            tags=tuple(row.get("tags", ())),
            audience=Audience(row.get("audience", "both")),
            as_of=row.get("as_of") or document.get("as_of", ""),
            translation_of=_original(row),
        )
    )


def _original(row: Mapping[str, Any]) -> str | None:
    """Return the original's language: files may name it, or the slug that they translate, which is English."""
    named = row.get("translation_of")
    if not named:
        return None
    return "en" if named == row["slug"] else str(named)
