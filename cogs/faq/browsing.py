# SPDX-License-Identifier: MIT
"""Browsing: showing an entry, listing by tag, searching titles, and what changed when."""

import asyncio
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Button,
    Code,
    Context,
    Denied,
    Field,
    Invalid,
    Level,
    Reply,
    Text,
    Visible,
    action,
    command,
    n,
    t,
)

from . import replies, service
from .knowledge import Snapshot
from .model import Audience, Change, Entry, Revision, Status
from .parts import LABEL_MAX, Parts, complete_entry, complete_hidden, complete_tag
from .provenance import small_print
from .settings import AnswerLanguage
from .tidy import SLUG_MAX, line

TO_PRESS = 3
FOUND_MAX = 10
LIKELY = 0.1
HOLDS, NEAR = 1.0, 0.85
"""Above the one a title or an alias holds what was typed; from the other on it may be a slip of the keys."""

Name = Annotated[str, Arg("The entry, by its title or short name", ask=True, max=300, complete=complete_entry)]


class Reader(StrEnum):
    """Whose entries are listed."""

    ANYBODY = "anybody"
    LIBRARIANS = "librarians"
    WIKIMEDIANS = "wikimedians"


class Browsing(Parts):
    """`/faq show`, `list`, `search` and `history`."""

    @command("faq show", "Show an entry of the FAQ", example="faq show account-institution", task="ask", alone=True)
    async def show(
        self,
        ctx: Context,
        entry: Name,
        language: Annotated[AnswerLanguage, Arg("The language of the answer")] = AnswerLanguage.ASKED,
    ) -> Answer:
        """Show one entry with everything that is known of it."""
        wanted = language.code or self.settings_of(ctx).language.code or ctx.locale
        _, found = await self.entry(ctx, entry, wanted)
        return self._shown(ctx, found, wanted)

    @action
    async def show_entry(self, ctx: Context, slug: Annotated[str, Arg("The entry", max=SLUG_MAX)]) -> Answer:
        """Show an entry that was listed."""
        _, found = await self.entry(ctx, slug)
        return self._shown(ctx, found, ctx.locale)

    @command(
        "faq list",
        "List the entries of the FAQ, all or by tag",
        example="faq list copyright",
        task="ask",
        alone=True,
        visible=Visible.QUIET,
    )
    async def list_entries(
        self,
        ctx: Context,
        tag: Annotated[str, Arg("Only entries with this tag", max=40, complete=complete_tag)] = "",
        audience: Annotated[Reader, Arg("Only entries for these readers")] = Reader.ANYBODY,
        status: Annotated[Status, Arg("Published, draft or hidden entries")] = Status.PUBLISHED,
    ) -> Answer:
        """List titles with their short names, in the reader's language where there is one."""
        if status is not Status.PUBLISHED and ctx.level < Level.LIBRARIAN:
            raise Denied(t("Only librarians see drafts and hidden entries. Ask a moderator for the role."))
        snapshot = await self.knowledge.of(ctx.community.id)
        wanted = line(tag).casefold()
        if wanted and wanted not in snapshot.catalogue.tags and status is Status.PUBLISHED:
            raise Invalid("tag", t("No entry has the tag “{tag}”. {tags}", tag=wanted[:40], tags=_tags(snapshot)))
        found = [entry for entry in _listed(snapshot, status, ctx.locale) if _fits(entry, wanted, audience)]
        if not found:
            return Reply(t("There is nothing to list."))
        return Reply(
            title=n("{count} entry", "{count} entries", len(found)),
            items=tuple(_line(entry) for entry in found),
            note=t("Show one with {command}.", command=Code("faq show")) if wanted else _tags(snapshot),
        )

    @command(
        "faq search",
        "Search the titles of the FAQ",
        example="faq search shared account",
        task="ask",
        alone=True,
        visible=Visible.QUIET,
    )
    async def search(
        self,
        ctx: Context,
        words: Annotated[str, Arg("Some words, or how the title begins", ask=True, complete=complete_entry)],
    ) -> Answer:
        """List what comes near: by title and alias first, then by meaning."""
        snapshot, ranking = await self.knowledge.ask(ctx.community.id, line(words))
        titles = await asyncio.to_thread(snapshot.engine.suggest, words, FOUND_MAX)
        held = [title for title in titles if title.score > HOLDS]
        near = held or [title for title in titles if title.score >= NEAR]
        slugs = [line(words).casefold(), *(title.slug for title in near)]
        slugs += [candidate.slug for candidate in ranking.candidates if candidate.score >= LIKELY]
        found = [entry for slug in dict.fromkeys(slugs) if (entry := snapshot.catalogue.entry(slug, ctx.locale))]
        if not found:
            return Reply(
                t("No title has these words."),
                buttons=(Button(t("Ask it as a question"), "ask", question=words[:300]),),
            )
        return Reply(
            title=n("{count} entry found", "{count} entries found", len(found[:FOUND_MAX])),
            items=tuple(_line(entry) for entry in found[:FOUND_MAX]),
            buttons=tuple(
                Button(entry.content.question[:LABEL_MAX], self.show_entry, entry.slug) for entry in found[:TO_PRESS]
            ),
        )

    @command(
        "faq history",
        "Show who changed an entry, and when",
        example="faq history account-institution",
        task="keep the FAQ",
        level=Level.LIBRARIAN,
        visible=Visible.QUIET,
    )
    async def history(
        self,
        ctx: Context,
        entry: Annotated[str, Arg("The entry", ask=True, max=300, complete=complete_hidden)],
    ) -> Answer:
        """List the changes of an entry, newest first, each with its number."""
        slug = await self.slug(ctx, entry)
        found = await self.db.read(service.history, ctx.community.id, slug)
        if not found:
            return Reply(t("“{slug}” is as it came with the starter set; nobody changed it.", slug=slug))
        return Reply(
            title=t("History of {slug}", slug=slug),
            items=tuple(_change(revision) for revision in found),
            note=t("Go back to older words with {command}.", command=Code(f"faq restore {slug} revision=1")),
        )

    def _shown(self, ctx: Context, entry: Entry, wanted: str | None) -> Reply:
        note = small_print(entry, ctx.now, self.settings_of(ctx).review_months, wanted)
        facts = [Field(t("Short name"), t("{code}", code=Code(entry.slug)))]
        if entry.aliases:
            facts.append(Field(t("Also asked as"), " · ".join(entry.aliases[:5])))
        if entry.content.tags:
            facts.append(Field(t("Tags"), ", ".join(entry.content.tags)))
        return replies.answer(entry, note, fields=tuple(facts))


def _listed(snapshot: Snapshot, status: Status, locale: str) -> Sequence[Entry]:
    if status is Status.DRAFT:
        return snapshot.catalogue.drafts
    if status is Status.HIDDEN:
        return list({entry.slug: entry for entry in snapshot.catalogue.hidden}.values())
    found = (snapshot.catalogue.entry(slug, locale) for slug in snapshot.catalogue.entries)
    return [entry for entry in found if entry]


def _fits(entry: Entry, tag: str, audience: Reader) -> bool:
    readers = (Audience.BOTH, audience.value)
    return (not tag or tag in entry.content.tags) and (audience is Reader.ANYBODY or entry.content.audience in readers)


def _line(entry: Entry) -> Text:
    return t("{title} — {code}", title=entry.content.question, code=Code(entry.slug))


def _tags(snapshot: Snapshot) -> Text:
    tags = ", ".join(f"{tag} ({count})" for tag, count in list(snapshot.catalogue.tags.items())[:30])
    return t("Tags: {tags}", tags=tags or "—")


def _change(revision: Revision) -> Text:
    what = t(
        "{number}. {change} ({language})",
        number=str(revision.number),
        change=_WORDS[revision.change],
        language=revision.language,
    )
    if revision.name:
        return t("{what} by {name}, {at}", what=what, name=revision.name, at=revision.at)
    return t("{what}, {at}", what=what, at=revision.at)


_WORDS = {
    Change.ADDED: t("added"),
    Change.EDITED: t("edited"),
    Change.ALIAS: t("alias added"),
    Change.HIDDEN: t("hidden"),
    Change.RESTORED: t("restored"),
    Change.REVIEWED: t("reviewed"),
    Change.IMPORTED: t("imported"),
    Change.DISCARDED: t("draft discarded"),
}
