# SPDX-License-Identifier: MIT
"""`/faq gaps` and `review`: what people asked in vain, and what waits for a moderator."""

import asyncio
from typing import Annotated, TypeAlias

from bot.kit import (
    Answer,
    Arg,
    Button,
    Code,
    Context,
    Level,
    NotFound,
    Reply,
    Text,
    Tone,
    Visible,
    action,
    command,
    n,
    t,
)

from . import service, store_learning, store_suggestions
from .drafting import accept_suggestion, alias_of_gap, draft_of_gap
from .gaps import Group, group_questions
from .model import Entry
from .parts import LABEL_MAX, Parts, actor_of, complete_draft, complete_entry
from .provenance import is_stale
from .settings import spoken
from .tidy import ANSWER_MAX, QUESTION_MAX, line

TASK = "keep the FAQ"
SHOWN = 10
PLACE_DIGITS = 6

AskedId = Annotated[int, Arg("The question")]
Waiting: TypeAlias = tuple[Text, tuple[Button, ...]]
"""Something that waits for a moderator, and what can be done about it."""


class Learning(Parts):
    """What the FAQ learns from people, with somebody's hand on everything."""

    @command(
        "faq gaps",
        "Show what people asked and the FAQ could not answer",
        example="faq gaps",
        task=TASK,
        level=Level.LIBRARIAN,
        visible=Visible.QUIET,
    )
    async def gaps(
        self,
        ctx: Context,
        group: Annotated[int, Arg("Which group the buttons are for, by its number", min=1, max=10_000)] = 1,
    ) -> Answer:
        """Group unanswered questions by meaning; offer to write an entry for a group or to add it to one."""
        asked = await self.db.read(store_learning.gaps, ctx.community.id)
        if not self.settings_of(ctx).remember_questions:
            return self._not_remembered(ctx, len(asked))
        if not asked:
            return Reply(t("No unanswered questions are kept."), note=t("Questions are kept without names."))
        snapshot = await self.knowledge.of(ctx.community.id)
        groups = await asyncio.to_thread(group_questions, asked, snapshot.engine)
        number = min(group, len(groups))
        first_shown = (number - 1) // SHOWN * SHOWN
        shown = groups[first_shown : first_shown + SHOWN]
        return Reply(
            title=n("{count} unanswered question", "{count} unanswered questions", len(asked)),
            items=tuple(_group_line(place, each) for place, each in enumerate(shown, first_shown + 1)),
            note=_gaps_note(number, len(groups)),
            buttons=self._group_buttons(groups[number - 1], number, len(groups)),
        )

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def write_entry(
        self,
        ctx: Context,
        asked_id: AskedId,
        question: Annotated[str, Arg("The question, as it should be shown", ask=True, min=5, max=QUESTION_MAX)],
        answer: Annotated[str, Arg("The answer, in Markdown", ask=True, long=True, min=3, max=ANSWER_MAX)],
    ) -> Answer:
        """Draft an entry out of a gap; the questions of its group become aliases."""
        group = await self._group_of(ctx, asked_id)
        language = spoken(group.asked[0].language) or spoken(ctx.community.locale) or "en"
        entry = await self.db.write(draft_of_gap, actor_of(ctx), group.asked, question, answer, language)
        return Reply(
            t(
                "“{title}” waits as a draft; a moderator publishes it with {command}.",
                title=entry.content.question,
                command=Code(f"faq review {entry.slug}"),
            ),
            tone=Tone.GOOD,
        )

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def add_to_entry(
        self,
        ctx: Context,
        asked_id: AskedId,
        entry: Annotated[str, Arg("The entry that answers it", ask=True, max=300, complete=complete_entry)],
    ) -> Answer:
        """Add a group's first question to an entry as an alias."""
        group = await self._group_of(ctx, asked_id)
        slug = await self.slug(ctx, entry)
        await self.db.write(alias_of_gap, actor_of(ctx), group.asked, slug, spoken(ctx.locale) or "en")
        await self.knowledge.of(ctx.community.id)
        return Reply(t("“{slug}” is now found by these words too.", slug=slug), tone=Tone.GOOD)

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def set_aside(self, ctx: Context, asked_id: AskedId) -> Answer:
        """Take a group out of the gaps."""
        group = await self._group_of(ctx, asked_id)
        count = await self.db.write(store_learning.settle, ctx.community.id, [asked.id for asked in group.asked])
        return Reply(n("{count} question set aside.", "{count} questions set aside.", count))

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def delete_questions(self, ctx: Context) -> Answer:
        """Delete every question that was kept."""
        count = await self.db.write(store_learning.forget_questions, ctx.community.id)
        return Reply(n("{count} question deleted.", "{count} questions deleted.", count))

    @command(
        "faq review",
        "Vouch for an entry or publish a draft; alone, list what waits",
        example="faq review account-institution",
        task=TASK,
        level=Level.MODERATOR,
        visible=Visible.QUIET,
    )
    async def review(
        self,
        ctx: Context,
        entry: Annotated[
            str,
            Arg("The entry, or a number in the list; empty lists what waits for you", max=300, complete=complete_draft),
        ] = "",
        language: Annotated[str, Arg("Which language of the entry, such as en", max=12)] = "",
    ) -> Answer:
        """Mark an entry as reviewed by you, now; a draft is published by it."""
        if not line(entry) or await self._is_place(ctx, line(entry)):
            return await self._queue(ctx, int(line(entry) or 1))
        slug = await self.slug(ctx, entry)
        wanted = line(language).casefold() or None
        found = await self.db.write(service.review, actor_of(ctx), slug, wanted)
        await self.knowledge.of(ctx.community.id)
        return Reply(
            t("“{title}” is reviewed by you, {date}.", title=found.content.question, date=ctx.now.date()),
            tone=Tone.GOOD,
        )

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def accept_alias(self, ctx: Context, suggestion_id: Annotated[int, Arg("The suggestion")]) -> Answer:
        """Make a confirmed question an alias."""
        slug = await self.db.write(accept_suggestion, actor_of(ctx), suggestion_id)
        await self.knowledge.of(ctx.community.id)
        return Reply(t("“{slug}” is now found by these words too.", slug=slug), tone=Tone.GOOD)

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def reject_alias(self, ctx: Context, suggestion_id: Annotated[int, Arg("The suggestion")]) -> Answer:
        """Do not make it an alias, now or later."""
        await self.db.write(store_suggestions.decide_suggestion, actor_of(ctx), suggestion_id, "rejected")
        return Reply(t("Not added, and not suggested again."))

    def _group_buttons(self, group: Group, number: int, of: int) -> tuple[Button, ...]:
        asked_id, place = group.asked[0].id, str(number)
        buttons = [
            Button(t("Write an entry for {number}", number=place), self.write_entry, asked_id),
            Button(t("Add {number} to an entry", number=place), self.add_to_entry, asked_id),
            Button(t("Set {number} aside", number=place), self.set_aside, asked_id),
        ]
        if number < of:
            buttons.append(Button(t("Next: {number}", number=str(number + 1)), "faq gaps", group=number + 1))
        return tuple(buttons)

    def _not_remembered(self, ctx: Context, kept: int) -> Reply:
        words = t(
            "This community does not keep unanswered questions. A moderator can switch it on with {command}.",
            command=Code("settings set faq.remember_questions yes"),
        )
        if not kept or ctx.level < Level.MODERATOR:
            return Reply(words)
        return Reply(words, buttons=(Button(t("Delete those kept before"), self.delete_questions),))

    async def _is_place(self, ctx: Context, typed: str) -> bool:
        """Tell whether a place in the list of what waits is meant; an entry may have a number for its short name."""
        if not (typed.isascii() and typed.isdigit() and len(typed) < PLACE_DIGITS):
            return False
        return typed not in (await self.knowledge.of(ctx.community.id)).catalogue.taken

    async def _group_of(self, ctx: Context, asked_id: int) -> Group:
        asked = await self.db.read(store_learning.gaps, ctx.community.id)
        snapshot = await self.knowledge.of(ctx.community.id)
        groups = await asyncio.to_thread(group_questions, asked, snapshot.engine)
        found = next((group for group in groups if any(one.id == asked_id for one in group.asked)), None)
        if found is None:
            raise NotFound(t("That question is no longer among the unanswered ones."))
        return found

    async def _queue(self, ctx: Context, number: int = 1) -> Reply:
        """List what waits for a moderator: drafts, suggested aliases, entries past their date; buttons are for one."""
        snapshot = await self.knowledge.of(ctx.community.id)
        suggested = await self.db.read(store_suggestions.suggestions, ctx.community.id)
        months = self.settings_of(ctx).review_months
        late = [entry for entry in snapshot.catalogue if is_stale(entry, ctx.now, months)]
        waiting = [
            *(self._draft_waiting(draft) for draft in snapshot.catalogue.drafts),
            *(self._alias_waiting(each) for each in suggested),
            *(_late_waiting(entry) for entry in late),
        ]
        if not waiting:
            return Reply(t("Nothing waits for you."), tone=Tone.GOOD)
        number = min(max(number, 1), len(waiting))
        first_shown = (number - 1) // SHOWN * SHOWN
        items = [words for words, _ in waiting[first_shown : first_shown + SHOWN]]
        buttons = list(waiting[number - 1][1])
        if len(waiting) > 1:
            items = [
                t("{number}. {words}", number=str(place), words=words)
                for place, words in enumerate(items, first_shown + 1)
            ]
        if number < len(waiting):
            buttons.append(Button(t("Next: {number}", number=str(number + 1)), "faq review", entry=str(number + 1)))
        return Reply(
            title=t("What waits for you"),
            items=tuple(items),
            note=_queue_note(number, len(waiting)),
            buttons=tuple(buttons),
        )

    def _draft_waiting(self, draft: Entry) -> Waiting:
        words = t("Draft: {title} — {code}", title=draft.content.question, code=Code(draft.slug))
        return words, (Button(t("Publish {slug}", slug=draft.slug), "faq review", entry=draft.slug),)

    def _alias_waiting(self, each: store_suggestions.Suggested) -> Waiting:
        words = n(
            "Suggested alias for {code}, confirmed once: {words}",
            "Suggested alias for {code}, confirmed {count} times: {words}",
            each.times,
            code=Code(each.slug),
            words=each.alias,
        )
        accept = Button(t("Accept “{words}”", words=each.alias[: LABEL_MAX - 20]), self.accept_alias, each.id)
        return words, (accept, Button(t("Do not add it"), self.reject_alias, each.id))


def _late_waiting(entry: Entry) -> Waiting:
    words = t("Past its date: {title} — {code}", title=entry.content.question, code=Code(entry.slug))
    reviewed = Button(
        t("It still holds: {slug}", slug=entry.slug), "faq review", entry=entry.slug, language=entry.language
    )
    return words, (reviewed,)


def _gaps_note(number: int, of: int) -> Text:
    kept = t("Kept without names, for at most a year.")
    if of == 1:
        return kept
    return t(
        "{kept} The buttons are for group {number} of {count}; any other: {command}.",
        kept=kept,
        number=str(number),
        count=of,
        command=Code("faq gaps 2"),
    )


def _queue_note(number: int, of: int) -> Text | str:
    if of == 1:
        return ""
    return t(
        "The buttons are for {number} of {count}; any other: {command}.",
        number=str(number),
        count=of,
        command=Code("faq review 2"),
    )


def _group_line(number: int, group: Group) -> Text:
    count = len(group.asked)
    if count == 1:
        return t("{number}. {words}", number=str(number), words=group.question)
    return n(
        "{number}. {words} (asked {count} time)",
        "{number}. {words} (asked {count} times)",
        count,
        number=str(number),
        words=group.question,
    )
