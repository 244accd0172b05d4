# SPDX-License-Identifier: MIT
"""Editing: librarians draft, moderators publish, hide, restore and review; nothing that is changed is lost."""

from dataclasses import replace
from typing import Annotated, Any

from bot.kit import (
    Answer,
    Arg,
    Button,
    Code,
    Confirm,
    Context,
    Field,
    Level,
    Markdown,
    Reply,
    Text,
    Tone,
    Transaction,
    UserError,
    Visible,
    action,
    command,
    shortcut,
    t,
)

from . import service
from .browsing import Name
from .columns import tags_of
from .model import Audience, Change, Content, Entry, Status
from .parts import Parts, actor_of, complete_draft, complete_hidden, complete_tag, publishes
from .search import detect_language
from .settings import spoken
from .tidy import ANSWER_MAX, QUESTION_MAX, QUESTION_MIN, SLUG_MAX, URL_MAX, is_web_address, line, lines

TASK = "keep the FAQ"
TITLE_OF_SAVED = 100
NONE = frozenset({"", "-", "–", "—"})

Question = Annotated[str, Arg("The question, as it should be shown", min=QUESTION_MIN, max=QUESTION_MAX, ask=True)]
AnswerText = Annotated[str, Arg("The answer, in Markdown", min=3, max=ANSWER_MAX, ask=True, long=True)]
Source = Annotated[
    str, Arg("The page the answer rests on: its address or name; “-” for none", min=1, max=URL_MAX, ask=True)
]
Slug = Annotated[str, Arg("The entry", max=SLUG_MAX)]


class Editing(Parts):
    """`/faq add`, `edit`, `alias`, `hide`, `restore`, `review`, and "Save as FAQ entry"."""

    @command(
        "faq add",
        "Add an entry to the FAQ",
        example='faq add "When is the reading room open?"',
        task=TASK,
        level=Level.LIBRARIAN,
        visible=Visible.QUIET,
    )
    async def add(
        self,
        ctx: Context,
        question: Question,
        answer: AnswerText,
        source: Source,
        tags: Annotated[str, Arg("Tags, with commas between them", max=300, complete=complete_tag)] = "",
        audience: Annotated[Audience, Arg("For whom it is written")] = Audience.BOTH,
        language: Annotated[str, Arg("The language, such as en; else it is recognised", max=12)] = "",
        slug: Annotated[str, Arg("A short name, or that of the entry which this translates", max=SLUG_MAX)] = "",
    ) -> Answer:
        """Add an entry; a librarian's waits as a draft for a moderator."""
        content = Content(
            slug=slug,
            language=language or _language(ctx, question),
            question=question,
            answer=answer,
            tags=tags_of(tags),
            audience=audience,
            as_of=f"{ctx.now:%Y-%m}",
        )
        entry = await self.db.write(_add, ctx, replace(content, **_source(source)))
        await self.knowledge.of(ctx.community.id)
        return self._written(ctx, entry)

    @command(
        "faq edit",
        "Change an entry; a starter entry becomes your own",
        example="faq edit account-institution",
        task=TASK,
        level=Level.LIBRARIAN,
        visible=Visible.QUIET,
    )
    async def edit(
        self,
        ctx: Context,
        entry: Name,
        question: Annotated[str, Arg("The new question; empty leaves it", max=QUESTION_MAX)] = "",
        answer: Annotated[str, Arg("The new answer, in Markdown; empty leaves it", max=ANSWER_MAX, long=True)] = "",
        source: Annotated[str, Arg("The new source's address or name; empty leaves it", max=URL_MAX)] = "",
        tags: Annotated[str, Arg("The new tags, with commas between them; empty leaves them", max=300)] = "",
        language: Annotated[str, Arg("Which language of the entry, such as en", max=12)] = "",
    ) -> Answer:
        """Change what is given; with nothing given, ask for the answer anew."""
        slug = await self.slug(ctx, entry)
        given: dict[str, Any] = {"question": question, "answer": answer, "tags": tags_of(tags)}
        changes = {name: value for name, value in given.items() if value} | (_source(source) if source else {})
        if not changes:
            return await self._offer_form(ctx, slug, language)
        changes["as_of"] = f"{ctx.now:%Y-%m}"
        changed = await self.db.write(
            service.edit, actor_of(ctx), slug, line(language).casefold() or None, changes, publish=publishes(ctx)
        )
        await self.knowledge.of(ctx.community.id)
        return self._written(ctx, changed)

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def rewrite(self, ctx: Context, slug: Slug, answer: AnswerText, source: Source) -> Answer:
        """Write an entry's answer anew."""
        return await self.edit(ctx, slug, answer=answer, source=source)

    @command(
        "faq alias",
        "Add another way of asking an entry's question",
        example='faq alias account-institution "one login for all of us"',
        task=TASK,
        level=Level.LIBRARIAN,
        visible=Visible.QUIET,
    )
    async def alias(
        self,
        ctx: Context,
        entry: Name,
        words: Annotated[str, Arg("How people ask it", ask=True, min=3, max=300)],
    ) -> Answer:
        """Add an alias; it helps at once."""
        slug = await self.slug(ctx, entry)
        found = await self.db.write(service.alias, actor_of(ctx), slug, _language(ctx, words), words)
        await self.knowledge.of(ctx.community.id)
        return Reply(t("“{title}” is now found by these words too.", title=found.content.question), tone=Tone.GOOD)

    @command(
        "faq hide",
        "Hide an entry from everybody, or discard a draft",
        example="faq hide account-institution",
        task=TASK,
        level=Level.MODERATOR,
        visible=Visible.QUIET,
    )
    async def hide(
        self, ctx: Context, entry: Annotated[str, Arg("The entry", ask=True, max=300, complete=complete_draft)]
    ) -> Answer:
        """Hide an entry of either layer, in every language."""
        slug = await self.slug(ctx, entry)
        if not ctx.confirmed:
            return Confirm(t("Hide “{slug}”? It is no longer given as an answer; you can restore it.", slug=slug))
        done = await self.db.write(service.hide, actor_of(ctx), slug)
        await self.knowledge.of(ctx.community.id)
        words = t("The draft “{slug}” is discarded.", slug=slug) if done is Change.DISCARDED else None
        return Reply(
            words
            or t("“{slug}” is hidden. Restore it with {command}.", slug=slug, command=Code(f"/faq restore {slug}"))
        )

    @command(
        "faq restore",
        "Show a hidden entry again, or go back to older words",
        example="faq restore account-institution",
        task=TASK,
        level=Level.MODERATOR,
        visible=Visible.QUIET,
    )
    async def restore(
        self,
        ctx: Context,
        entry: Annotated[str, Arg("The entry", ask=True, max=300, complete=complete_hidden)],
        revision: Annotated[int | None, Arg("The number of the change to go back to", min=1, max=1_000_000)] = None,
    ) -> Answer:
        """Undo hiding, or bring back the words of a revision."""
        slug = await self.slug(ctx, entry)
        found = await self.db.write(service.restore, actor_of(ctx), slug, revision)
        await self.knowledge.of(ctx.community.id)
        return self._written(ctx, found)

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def publish(self, ctx: Context, slug: Slug) -> Answer:
        """Review an entry: a draft is published, another is marked with the day and the reviewer."""
        found = await self.db.write(service.review, actor_of(ctx), slug)
        await self.knowledge.of(ctx.community.id)
        return self._written(ctx, found)

    @shortcut("Save as FAQ entry", word="save", level=Level.LIBRARIAN)
    async def save_message(self, ctx: Context) -> Answer:
        """Keep what somebody wrote as a draft at once, and then ask which question it answers."""
        words = lines(ctx.message.text) if ctx.message else ""
        if not any(char.isalpha() for char in words):
            raise UserError(t("Use this on a message that has words."))
        first = line(words)
        title = first if len(first) <= TITLE_OF_SAVED else f"{first[:TITLE_OF_SAVED]}…"
        content = Content("", _language(ctx, words), title.ljust(QUESTION_MIN, "…"), words, as_of=f"{ctx.now:%Y-%m}")
        entry = await self.db.write(_add, ctx, content, draft=True)
        await self.knowledge.of(ctx.community.id)
        return Reply(
            t("Saved as the draft “{slug}”. Which question does it answer?", slug=entry.slug),
            tone=Tone.GOOD,
            buttons=(Button(t("Write the question"), self.name_draft, entry.slug),),
        )

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def name_draft(self, ctx: Context, slug: Slug, question: Question, source: Source) -> Answer:
        """Give a draft its question and its source."""
        changes = {"question": question, **_source(source)}
        entry = await self.db.write(service.edit, actor_of(ctx), slug, None, changes, publish=False)
        await self.knowledge.of(ctx.community.id)
        return self._written(ctx, entry)

    async def _offer_form(self, ctx: Context, slug: str, language: str) -> Answer:
        """Show the words as they are, and a button that asks for new ones."""
        snapshot = await self.knowledge.of(ctx.community.id)
        found = snapshot.catalogue.draft(slug) or snapshot.catalogue.entry(slug, language or ctx.locale)
        if found is None:
            raise service.unknown(slug)
        return Reply(
            title=found.content.question,
            text=Markdown(found.content.answer),
            note=t("Nothing was given to change. Write a new answer here, or name what to change."),
            buttons=(Button(t("Write a new answer"), self.rewrite, slug),),
        )

    def _written(self, ctx: Context, entry: Entry) -> Reply:
        facts = (Field(t("Short name"), t("{code}", code=Code(entry.slug))), Field(t("Language"), entry.language))
        draft = entry.status is Status.DRAFT
        words: Text = (
            t(
                "“{title}” waits as a draft; a moderator publishes it with {command}.",
                title=entry.content.question,
                command=Code(f"/faq review {entry.slug}"),
            )
            if draft
            else t("“{title}” is live.", title=entry.content.question)
        )
        buttons = (Button(t("Publish"), self.publish, entry.slug),) if draft and publishes(ctx) else ()
        return Reply(words, fields=facts, tone=Tone.GOOD, buttons=buttons)


def _add(tx: Transaction, ctx: Context, content: Content, *, draft: bool = False) -> Entry:
    content = _as_translation(tx, ctx, content)
    return service.add(tx, actor_of(ctx), content, publish=publishes(ctx) and not draft)


def _as_translation(tx: Transaction, ctx: Context, content: Content) -> Content:
    """Note the original's language when an entry of this name exists in another one."""
    versions = service.catalogue(tx, ctx.community.id).entries.get(line(content.slug).casefold(), {})
    originals = [entry.language for entry in versions.values() if entry.content.translation_of is None]
    if originals and content.language not in originals:
        return replace(content, translation_of=originals[0])
    return content


def _source(source: str) -> dict[str, Any]:
    """Tell an address from a name."""
    tidy = line(source)
    if tidy in NONE:
        return {"source_title": "", "source_url": ""}
    return {"source_url": tidy} if is_web_address(tidy) or "://" in tidy else {"source_title": tidy}


def _language(ctx: Context, text: str) -> str:
    return spoken(detect_language(text)) or spoken(ctx.locale) or spoken(ctx.community.locale) or "en"
