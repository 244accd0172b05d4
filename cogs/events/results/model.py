# SPDX-License-Identifier: MIT
"""What came of an event, in numbers that name nobody."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.kit import Text, t


class Measure(StrEnum):
    """What is counted."""

    PEOPLE = "participants"
    EDITED = "articles_edited"
    CREATED = "articles_created"
    EDITS = "edits"
    REFERENCES = "references"
    CHARACTERS = "characters"
    WORDS = "words"
    UPLOADS = "uploads"
    VIEWS = "views"
    WIKIS = "wikis"

    @property
    def label(self) -> Text:
        """What people read."""
        return _LABELS[self]


_LABELS = {
    Measure.PEOPLE: t("People who edited"),
    Measure.EDITED: t("Articles edited"),
    Measure.CREATED: t("Articles created"),
    Measure.EDITS: t("Edits"),
    Measure.REFERENCES: t("References added"),
    Measure.CHARACTERS: t("Characters added"),
    Measure.WORDS: t("Words added"),
    Measure.UPLOADS: t("Files uploaded"),
    Measure.VIEWS: t("Views of these articles"),
    Measure.WIKIS: t("Wikis"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What one source counted, and when it last looked (None: it does not say)."""

    source: str
    url: str
    counts: tuple[tuple[Measure, int], ...]
    as_of: datetime | None = None
