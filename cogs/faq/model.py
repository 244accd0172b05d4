# SPDX-License-Identifier: MIT
"""What an FAQ is made of: entries in layers, their revisions, and where an answer stands with its community."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """How far an entry has come. A draft waits for a moderator beside the published entry, if there is one."""

    DRAFT = "draft"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class Audience(StrEnum):
    """For whom an answer is written."""

    LIBRARIANS = "librarians"
    WIKIMEDIANS = "wikimedians"
    BOTH = "both"


class Layer(StrEnum):
    """Where an entry comes from: the read-only set that ships with the bot, or the community above it."""

    STARTER = "starter"
    COMMUNITY = "community"


class Change(StrEnum):
    """What a revision did."""

    ADDED = "added"
    EDITED = "edited"
    ALIAS = "alias"
    HIDDEN = "hidden"
    RESTORED = "restored"
    REVIEWED = "reviewed"
    IMPORTED = "imported"
    DISCARDED = "discarded"

    @property
    def label(self) -> str:
        """The word for people."""
        return "alias added" if self is Change.ALIAS else self.value


@dataclass(frozen=True, slots=True)
class Content:
    """The words of one entry in one language: what is edited, compared, imported and kept in revisions.

    `as_of` is "2026-11" or "2026-11-05"; `translation_of` names the original's language, None for an original.
    """

    slug: str
    language: str
    question: str
    answer: str
    aliases: tuple[str, ...] = ()
    source_title: str = ""
    source_url: str = ""
    tags: tuple[str, ...] = ()
    audience: Audience = Audience.BOTH
    as_of: str = ""
    translation_of: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells entries of one community apart."""
        return self.slug, self.language

    @property
    def digest(self) -> str:
        """What changes whenever a reader would see other words."""
        seen = (self.question, self.answer, self.source_title, self.source_url, self.as_of)
        return hashlib.sha256("\0".join(seen).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody of the community vouched for an entry; `name` is empty when that person asked to be forgotten."""

    at: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as a community has it. Starter entries have no `id`; `added_aliases` are the community's own."""

    content: Content
    layer: Layer
    status: Status = Status.PUBLISHED
    review: Review | None = None
    id: int | None = None
    home_id: int | None = None
    added_aliases: tuple[str, ...] = ()

    @property
    def slug(self) -> str:
        """The entry's name within the community."""
        return self.content.slug

    @property
    def language(self) -> str:
        """The language that it is written in."""
        return self.content.language

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other way of asking, the community's included."""
        return tuple(dict.fromkeys((*self.content.aliases, *self.added_aliases)))

    def merged(self) -> Content:
        """Return the content with all aliases, as it is exported."""
        return replace(self.content, aliases=self.aliases)


@dataclass(frozen=True, slots=True)
class Revision:
    """One change: who, when, what, and the words as they were afterwards (None where none were touched)."""

    number: int
    slug: str
    language: str
    change: Change
    status: Status
    at: datetime
    name: str
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a community says of a starter entry without copying it: hidden, or reviewed."""

    slug: str
    language: str
    hidden: bool = False
    review: Review | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a community keeps above the starter set, read in one transaction; `version` differs after each change."""

    version: tuple[int, int] = (0, 0)
    entries: tuple[Entry, ...] = ()
    marks: tuple[Mark, ...] = ()
    aliases: tuple[tuple[str, str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changes something, and for which community and home."""

    community_id: int
    home_id: int | None = None
    person_id: int | None = None
