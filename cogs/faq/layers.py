# SPDX-License-Identifier: MIT
"""The FAQ as one community sees it: its own entries over the starter set, which they override or hide by slug."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .model import Entry, Holdings, Layer, Status
from .search import Document
from .starter import phrasings, starter_entries


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What may be shown (by slug, then language), what waits as a draft, what is hidden, and further wordings.

    `wordings` find an entry without being shown: starter translations of an entry that the community rewrote, and
    aliases in a language that the entry does not have. The starter set's further phrasings do too.
    """

    entries: Mapping[str, Mapping[str, Entry]] = field(default_factory=dict)
    drafts: tuple[Entry, ...] = ()
    hidden: tuple[Entry, ...] = ()
    wordings: tuple[Document, ...] = ()

    @classmethod
    def of(cls, holdings: Holdings, starter: Sequence[Entry] | None = None) -> "Catalogue":
        """Lay a community's holdings over the starter set."""
        starter = starter_entries() if starter is None else starter
        own = _standing(holdings)
        shown: dict[str, dict[str, Entry]] = {}
        hidden: list[Entry] = [entry for entry in own.values() if entry.status is Status.HIDDEN]
        wordings: list[Document] = []
        marked = {mark.slug for mark in holdings.marks if mark.hidden}
        for entry in starter:
            if entry.slug in marked:
                hidden.append(replace(entry, status=Status.HIDDEN))
            elif entry.content.key in own:
                continue
            elif (entry.slug, entry.content.translation_of) in own:
                wordings.append(_document(entry, answer=""))
            else:
                shown.setdefault(entry.slug, {})[entry.language] = _marked(entry, holdings)
        for entry in own.values():
            if entry.status is Status.PUBLISHED:
                shown.setdefault(entry.slug, {})[entry.language] = entry
        lone = _add_aliases(shown, holdings)
        drafts = tuple(entry for entry in holdings.entries if entry.status is Status.DRAFT)
        kept = tuple(document for document in wordings if document.slug in shown)
        return cls(shown, drafts, tuple(hidden), (*kept, *lone, *_untranslated(shown, kept)))

    def __iter__(self) -> Iterator[Entry]:
        for by_language in self.entries.values():
            yield from by_language.values()

    def documents(self) -> list[Document]:
        """Return what the engine indexes."""
        return [*(_document(entry) for entry in self), *self.wordings]

    def entry(self, slug: str, language: str | None = None) -> Entry | None:
        """Return an entry in a language if there is a version in it, else the original, else any version."""
        versions = self.entries.get(slug, {})
        wanted = (language or "").casefold()
        for code in (wanted, wanted.partition("-")[0]):
            if code in versions:
                return versions[code]
        originals = [entry for entry in versions.values() if entry.content.translation_of is None]
        return next(iter(originals), next(iter(versions.values()), None))

    def draft(self, slug: str, language: str | None = None) -> Entry | None:
        """Return the draft of a slug, in a language if one is named."""
        found = (entry for entry in self.drafts if entry.slug == slug and language in (None, entry.language))
        return next(found, None)

    @property
    def taken(self) -> frozenset[str]:
        """Every slug that stands for something, shown or not."""
        return frozenset({*self.entries, *(entry.slug for entry in (*self.drafts, *self.hidden))})

    @property
    def tags(self) -> Mapping[str, int]:
        """How many slugs each tag has, most first."""
        counts: dict[str, int] = {}
        for versions in self.entries.values():
            for tag in {tag for entry in versions.values() for tag in entry.content.tags}:
                counts[tag] = counts.get(tag, 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _standing(holdings: Holdings) -> dict[tuple[str, str], Entry]:
    """Return the community's own entries that stand; the older one where two homes brought the same."""
    found: dict[tuple[str, str], Entry] = {}
    for entry in holdings.entries:
        if entry.status is not Status.DRAFT:
            found.setdefault(entry.content.key, entry)
    return found


def _marked(entry: Entry, holdings: Holdings) -> Entry:
    found = (
        mark.review
        for mark in holdings.marks
        if (mark.slug, mark.language, mark.digest) == (entry.slug, entry.language, entry.content.digest)
    )
    return replace(entry, review=next((review for review in found if review), None))


def _add_aliases(shown: dict[str, dict[str, Entry]], holdings: Holdings) -> list[Document]:
    """Give entries the aliases that the community added; return those in languages that an entry does not have."""
    lone: dict[tuple[str, str], list[str]] = {}
    for slug, language, alias in holdings.aliases:
        entry = shown.get(slug, {}).get(language)
        if entry:
            shown[slug][language] = replace(entry, added_aliases=(*entry.added_aliases, alias))
        elif slug in shown:
            lone.setdefault((slug, language), []).append(alias)
    return [Document(slug, language, texts[0], tuple(texts[1:])) for (slug, language), texts in lone.items()]


def _untranslated(shown: Mapping[str, Mapping[str, Entry]], kept: Sequence[Document]) -> list[Document]:
    """Return the phrasings of starter entries in languages that nothing else finds them in."""
    found = {(document.slug, document.language) for document in kept}
    return [
        Document(slug, language, wordings[0], wordings[1:])
        for (slug, language), wordings in phrasings().items()
        if _is_starter(shown.get(slug, {})) and language not in shown[slug] and (slug, language) not in found
    ]


def _is_starter(versions: Mapping[str, Entry]) -> bool:
    return any(entry.layer is Layer.STARTER for entry in versions.values())


def _document(entry: Entry, answer: str | None = None) -> Document:
    shown = entry.content.answer if answer is None else answer
    further = phrasings().get((entry.slug, entry.language), ()) if entry.layer is Layer.STARTER else ()
    return Document(entry.slug, entry.language, entry.content.question, (*entry.aliases, *further), shown)
