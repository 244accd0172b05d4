# SPDX-License-Identifier: MIT
"""`/faq add`, `edit` and `alias`: librarians draft, moderators publish; and what somebody wrote becomes an entry."""

from dataclasses import replace
from typing import Annotated, Any

from bot.kit import (
    Answer,
    Arg,
    Button,
    Context,
    Level,
    Markdown,
    Reply,
    Tone,
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
from .model import Audience, Content
from .parts import actor_of, complete_tag, publishes
from .tidy import ANSWER_MAX, QUESTION_MAX, QUESTION_MIN, SLUG_MAX, URL_MAX, line, lines
from .writing import TASK, AnswerText, Question, Slug, Source, Writing, add_content, language_of, source_of

TITLE_OF_SAVED = 100


class Editing(Writing):
    """`/faq add`, `edit`, `alias`, and "Save as FAQ entry"."""

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
            language=language or language_of(ctx, question),
            question=question,
            answer=answer,
            tags=tags_of(tags),
            audience=audience,
            as_of=f"{ctx.now:%Y-%m}",
        )
        entry = await self.db.write(add_content, ctx, replace(content, **source_of(source)))
        await self.knowledge.of(ctx.community.id)
        return self.written(ctx, entry)

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
        changes = {name: value for name, value in given.items() if value} | (source_of(source) if source else {})
        if not changes:
            return await self._offer_form(ctx, slug, language)
        changes["as_of"] = f"{ctx.now:%Y-%m}"
        changed = await self.db.write(
            service.edit, actor_of(ctx), slug, line(language).casefold() or None, changes, publish=publishes(ctx)
        )
        await self.knowledge.of(ctx.community.id)
        return self.written(ctx, changed)

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
        found = await self.db.write(service.alias, actor_of(ctx), slug, language_of(ctx, words), words)
        await self.knowledge.of(ctx.community.id)
        return Reply(t("“{title}” is now found by these words too.", title=found.content.question), tone=Tone.GOOD)

    @shortcut("Save as FAQ entry", word="save", level=Level.LIBRARIAN)
    async def save_message(self, ctx: Context) -> Answer:
        """Keep what somebody wrote as a draft at once, and then ask which question it answers."""
        words = lines(ctx.message.text) if ctx.message else ""
        if not any(char.isalpha() for char in words):
            raise UserError(t("Use this on a message that has words."))
        first = line(words)
        title = first if len(first) <= TITLE_OF_SAVED else f"{first[:TITLE_OF_SAVED]}…"
        content = Content("", language_of(ctx, words), title.ljust(QUESTION_MIN, "…"), words, as_of=f"{ctx.now:%Y-%m}")
        entry = await self.db.write(add_content, ctx, content, draft=True)
        await self.knowledge.of(ctx.community.id)
        return Reply(
            t("Saved as the draft “{slug}”. Which question does it answer?", slug=entry.slug),
            tone=Tone.GOOD,
            buttons=(Button(t("Write the question"), self.name_draft, entry.slug),),
        )

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def name_draft(self, ctx: Context, slug: Slug, question: Question, source: Source) -> Answer:
        """Give a draft its question and its source."""
        changes = {"question": question, **source_of(source)}
        entry = await self.db.write(service.edit, actor_of(ctx), slug, None, changes, publish=False)
        await self.knowledge.of(ctx.community.id)
        return self.written(ctx, entry)

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
