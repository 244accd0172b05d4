# SPDX-License-Identifier: MIT
"""What may be done with entries, each in one transaction: every change is checked, written and kept as a revision."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.kit import Code, Invalid, NotFound, Transaction, t

from . import store
from . import store_history as log
from .layers import Catalogue
from .model import Actor, Change, Content, Entry, Layer, Revision, Status
from .tidy import SLUG_MAX, check, free_slug, line


def catalogue(tx: Transaction, community_id: int) -> Catalogue:
    """Return the FAQ as a community sees it."""
    return Catalogue.of(store.holdings(tx, community_id))


def add(tx: Transaction, actor: Actor, content: Content, *, publish: bool) -> Entry:
    """Add an entry, or another language of one; without a slug it gets one from its question.

    Raises Invalid where something cannot be kept, or where there is such an entry already.
    """
    seen = catalogue(tx, actor.community_id)
    content = check(content if content.slug else replace(content, slug=free_slug(seen.taken, content.question)))
    content = _as_translation(seen, content)
    taken = content.language in seen.entries.get(content.slug, {}) or seen.draft(content.slug, content.language)
    hidden = any(entry.content.key == content.key for entry in seen.hidden)
    if taken or hidden:
        advice = t("restore it") if hidden else t("edit that one")
        raise Invalid("slug", t("There is an entry “{slug}” already; {advice}.", slug=content.slug, advice=advice))
    return _write(tx, actor, content, Change.ADDED, publish=publish)


def edit(
    tx: Transaction, actor: Actor, slug: str, language: str | None, changes: Mapping[str, Any], *, publish: bool
) -> Entry:
    """Change some fields of an entry. A starter entry is copied to the community with the changes.

    Without `publish` the change waits as a draft, on top of the draft that there is.
    """
    seen = catalogue(tx, actor.community_id)
    draft = seen.draft(slug, language)
    base = (seen.entry(slug, language) or draft) if publish else (draft or seen.entry(slug, language))
    if base is None:
        raise unknown(slug)
    content = check(replace(base.content, **changes))
    if content == base.content:
        raise Invalid("answer", t("Nothing would change: write what the entry should say."))
    return _write(tx, actor, content, Change.EDITED, publish=publish)


def alias(tx: Transaction, actor: Actor, slug: str, language: str, text: str) -> Entry:
    """Add another way of asking to a published entry of either layer; it is live at once."""
    seen = catalogue(tx, actor.community_id)
    entry = seen.entry(slug, language)
    if entry is None:
        raise unknown(slug)
    tidy = line(text)
    check(replace(entry.content, aliases=(tidy,)))
    known = {known.casefold() for known in (entry.content.question, *entry.aliases)}
    if not tidy or tidy.casefold() in known:
        raise Invalid("alias", t("“{slug}” is found by these words already.", slug=slug))
    store.add_alias(tx, actor, slug, language, tidy)
    log.note(tx, actor, slug, language, Change.ALIAS, Status.PUBLISHED, replace(entry.content, aliases=(tidy,)))
    return entry


def hide(tx: Transaction, actor: Actor, slug: str) -> Change:
    """Hide an entry in every language; where there is only a draft, discard that."""
    seen = catalogue(tx, actor.community_id)
    versions = seen.entries.get(slug, {}).values()
    if not versions:
        return _discard(tx, actor, seen, slug)
    for entry in versions:
        if entry.layer is Layer.COMMUNITY:
            store.set_status(tx, entry, Status.HIDDEN, actor.community_id)
    if any(entry.layer is Layer.STARTER for entry in versions):
        store.mark(tx, actor, slug, "", "hidden")
    log.note(tx, actor, slug, _original(seen, slug).language, Change.HIDDEN, Status.HIDDEN, None)
    return Change.HIDDEN


def restore(tx: Transaction, actor: Actor, slug: str, number: int | None = None) -> Entry:
    """Show a hidden entry again, or bring back its words as they were at a revision."""
    if number is not None:
        found = log.revision(tx, actor.community_id, slug, number)
        if found is None or found.content is None or found.change is Change.ALIAS:
            raise Invalid("revision", t("There are no words to go back to under this number; look at the history."))
        store.unmark(tx, actor.community_id, slug, "", "hidden")
        return _write(tx, actor, check(found.content), Change.RESTORED, publish=True)
    seen = catalogue(tx, actor.community_id)
    hidden = [entry for entry in seen.hidden if entry.slug == slug]
    if not hidden:
        raise Invalid(
            "slug",
            t(
                "“{slug}” is not hidden. To go back to older words, give the number of a change, such as {option}; "
                "{command} lists them.",
                slug=slug,
                option=Code("revision=3"),
                command=Code(f"faq history {slug}"),
            ),
        )
    for entry in hidden:
        if entry.layer is Layer.COMMUNITY:
            store.set_status(tx, entry, Status.PUBLISHED, actor.community_id)
    store.unmark(tx, actor.community_id, slug, "", "hidden")
    now = _original(catalogue(tx, actor.community_id), slug)
    log.note(tx, actor, slug, now.language, Change.RESTORED, Status.PUBLISHED, now.content)
    return now


def review(tx: Transaction, actor: Actor, slug: str, language: str | None = None) -> Entry:
    """Vouch for an entry: publish its draft if there is one, else note who looked at it and when."""
    seen = catalogue(tx, actor.community_id)
    if draft := seen.draft(slug, language):
        store.remove(tx, draft, actor.community_id)
        return _write(tx, actor, check(draft.content), Change.REVIEWED, publish=True)
    entry = seen.entry(slug, language)
    if entry is None:
        raise unknown(slug)
    if entry.layer is Layer.STARTER:
        store.mark(tx, actor, slug, entry.language, "reviewed", entry.content.digest)
    else:
        store.set_reviewed(tx, actor, entry)
    log.note(tx, actor, slug, entry.language, Change.REVIEWED, Status.PUBLISHED, entry.content)
    return catalogue(tx, actor.community_id).entries[slug][entry.language]


def history(tx: Transaction, community_id: int, slug: str) -> list[Revision]:
    """Return an entry's changes, newest first; raises NotFound where there never was such an entry."""
    found = log.history(tx, community_id, slug)
    if not found and slug not in catalogue(tx, community_id).entries:
        raise unknown(slug)
    return found


def unknown(slug: str) -> NotFound:
    """Say that there is no such entry."""
    return NotFound(
        t("There is no entry “{slug}”. Look for it with {command}.", slug=slug[:SLUG_MAX], command=Code("faq search"))
    )


def _write(tx: Transaction, actor: Actor, content: Content, change: Change, *, publish: bool) -> Entry:
    status = Status.PUBLISHED if publish else Status.DRAFT
    entry = store.put(tx, actor, content, status, reviewed=publish)
    log.note(tx, actor, content.slug, content.language, change, status, content)
    return entry


def _as_translation(seen: Catalogue, content: Content) -> Content:
    """Note the original's language when an entry of this name exists in another one."""
    versions = seen.entries.get(content.slug, {}).values()
    originals = [entry.language for entry in versions if entry.content.translation_of is None]
    if originals and content.translation_of is None and content.language not in originals:
        return replace(content, translation_of=originals[0])
    return content


def _discard(tx: Transaction, actor: Actor, seen: Catalogue, slug: str) -> Change:
    drafts = [entry for entry in seen.drafts if entry.slug == slug]
    if not drafts:
        raise unknown(slug)
    for draft in drafts:
        store.remove(tx, draft, actor.community_id)
        log.note(tx, actor, slug, draft.language, Change.DISCARDED, Status.DRAFT, draft.content)
    return Change.DISCARDED


def _original(seen: Catalogue, slug: str) -> Entry:
    entry = seen.entry(slug)
    if entry is None:
        raise unknown(slug)
    return entry
