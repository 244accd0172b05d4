# SPDX-License-Identifier: MIT
"""Asking: one free question, one reviewed answer or an honest "I do not know", and the road to a person."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Button,
    Context,
    NotFound,
    Reply,
    Tone,
    UserError,
    Visible,
    action,
    command,
    shortcut,
    t,
)

from . import replies, store_learning, store_suggestions
from .about import About, Asked, Private, Slug, ask_visible
from .handing import HandingOver
from .knowledge import Snapshot
from .model import Entry
from .parts import LABEL_MAX, actor_of
from .provenance import small_print
from .scrub import without_names
from .search.decide import Decision, decide
from .settings import AnswerLanguage, spoken, thresholds
from .store_learning import Counts
from .tidy import lines

NEXT_BEST = 2
QUESTION_KEPT = 300
FARED_FOR = timedelta(minutes=10)


class Asking(HandingOver):
    """The command `ask` and the buttons under its answer."""

    @command(
        "ask",
        "Ask about Wikipedia and libraries, in your own words",
        example="ask Can our library have one shared account?",
        task="ask",
        alone=True,
        free="question",
        visible=ask_visible,
    )
    async def ask(
        self,
        ctx: Context,
        question: Annotated[str, Arg("Your question, in your own words", ask=True, long=True)],
        language: Annotated[AnswerLanguage, Arg("The language of the answer")] = AnswerLanguage.ASKED,
        private: Private = False,
    ) -> Answer:
        """Answer, suggest, hand over, decline, or say that it is not known."""
        words = lines(question)
        if not any(char.isalnum() for char in words):
            return Reply(replies.NO_WORDS)
        snapshot, ranking = await self.knowledge.ask(ctx.community.id, words)
        settings = self.settings_of(ctx)
        decision = decide(
            ranking, words, thresholds(settings, await self._fared(ctx), await self.knowledge.learnt(ctx.community.id))
        )
        wanted = language.code or settings.language.code or spoken(ranking.language) or spoken(ctx.locale)
        candidates = [candidate.slug for candidate in ranking.candidates]
        asked_id = await self._note(ctx, decision, ranking.language or "", candidates, words)
        return self._reply(ctx, snapshot, decision, candidates, About(asked_id, private), wanted)

    @shortcut("Answer from the FAQ", word="answer")
    async def answer_message(self, ctx: Context) -> Answer:
        """Answer what somebody wrote."""
        if ctx.message is None or not ctx.message.text.strip():
            raise UserError(t("Use this on a message that has words."))
        return await self.ask(ctx, ctx.message.text)

    @action(visible=ask_visible)
    async def pick(self, ctx: Context, asked_id: Asked, slug: Slug, private: Private = False) -> Answer:
        """Show another entry for a question."""
        snapshot = await self.knowledge.of(ctx.community.id)
        asked = await self.db.read(store_learning.recall, ctx.community.id, asked_id)
        wanted = self.settings_of(ctx).language.code or spoken(asked.language if asked else None) or spoken(ctx.locale)
        entry = snapshot.catalogue.entry(slug, wanted)
        if entry is None:
            raise NotFound(t("That entry is no longer there."))
        if asked:
            await self.db.write(store_learning.chosen, actor_of(ctx), asked_id, slug)
        return self._answer(ctx, entry, (), About(asked_id if asked else 0, private), wanted)

    @action(visible=Visible.QUIET)
    async def helped(self, ctx: Context, asked_id: Asked, slug: Slug) -> Answer:
        """Count that an answer helped; a remembered question becomes a suggested alias."""
        asked = await self.db.read(store_learning.recall, ctx.community.id, asked_id)
        if asked is None:
            return Reply(t("Glad to hear it!"), tone=Tone.GOOD)
        counted = await self.db.write(store_learning.verdict, actor_of(ctx), asked_id, slug, "helped")
        if counted and asked.question and await self._is_new_wording(ctx, slug, asked.question):
            await self.db.write(
                store_suggestions.suggest_alias, actor_of(ctx), slug, asked.language or "en", asked.question
            )
        return Reply(t("Glad to hear it! Thank you for telling."), tone=Tone.GOOD)

    @action(visible=ask_visible)
    async def not_this(self, ctx: Context, asked_id: Asked, slug: Slug = "", private: Private = False) -> Answer:
        """Count that an answer was not the one, and show what else it might be."""
        snapshot = await self.knowledge.of(ctx.community.id)
        asked = await self.db.read(store_learning.recall, ctx.community.id, asked_id)
        if asked and slug:
            await self.db.write(store_learning.verdict, actor_of(ctx), asked_id, slug, "refused")
        others = [other for other in (asked.candidates if asked else ()) if other != slug]
        about = About(asked_id, private)
        titles = self._titles(ctx, snapshot, about, others, asked.language if asked else None)
        words = t("Sorry. Is it one of these?") if titles else t("Sorry. Then it is not in the FAQ.")
        return Reply(words, buttons=(*titles[:3], self.librarian_button(about)))

    def _reply(
        self,
        ctx: Context,
        snapshot: Snapshot,
        decision: Decision,
        candidates: list[str],
        about: About,
        wanted: str | None,
    ) -> Reply:
        found = decision.candidate
        entry = snapshot.catalogue.entry(found.slug, wanted) if found else None
        if entry is not None:
            others = [slug for slug in candidates if slug != entry.slug][:NEXT_BEST]
            offered = self._titles(ctx, snapshot, about, others, wanted) if self.settings_of(ctx).suggestions else ()
            return self._answer(ctx, entry, offered, about, wanted)
        if decision.smalltalk:
            return Reply(replies.GREETING)
        offers = [candidate.slug for candidate in decision.candidates]
        helpful = replies.HELP_FOR.get(decision.kind or "", ())
        titles = self._titles(ctx, snapshot, about, dict.fromkeys((*offers, *helpful)), wanted)[:3]
        if decision.action == "suggest" and titles:
            return Reply(replies.SUGGEST, buttons=(*titles, self._none(about), self.librarian_button(about)))
        if decision.action == "handoff":
            words = replies.HANDOFF_SEE if titles else replies.HANDOFF
            return Reply(words, buttons=(self.librarian_button(about), *titles))
        if decision.action == "decline":
            words = replies.DECLINED.get(decision.kind or "", replies.DECLINED["professional-advice"])
            return Reply(words, buttons=() if decision.kind == "abuse" else titles)
        unknown = replies.UNKNOWN if snapshot.catalogue.entries else replies.EMPTY_FAQ
        return Reply(
            replies.ELSEWHERE.get(decision.kind or "", unknown), buttons=(*titles, self.librarian_button(about))
        )

    def _answer(self, ctx: Context, entry: Entry, others: Iterable[Button], about: About, wanted: str | None) -> Reply:
        note = small_print(entry, ctx.now, self.settings_of(ctx).review_months, wanted)
        verdicts: tuple[Button, ...] = ()
        if about.asked_id:
            verdicts = (
                Button(t("This helped"), self.helped, about.asked_id, entry.slug, emoji="👍"),
                about.button(t("Not what I asked"), self.not_this, entry.slug, emoji="👎"),
            )
        return replies.answer(entry, note, (*verdicts, *others, self.librarian_button(about)))

    def _titles(
        self, ctx: Context, snapshot: Snapshot, about: About, slugs: Iterable[str], wanted: str | None
    ) -> tuple[Button, ...]:
        entries = (snapshot.catalogue.entry(slug, wanted or ctx.locale) for slug in slugs)
        return tuple(
            about.button(entry.content.question[:LABEL_MAX], self.pick, entry.slug) for entry in entries if entry
        )

    def _none(self, about: About) -> Button:
        return about.button(t("None of these"), self.not_this)

    async def _note(self, ctx: Context, decision: Decision, language: str, candidates: list[str], words: str) -> int:
        """Write down that something was asked; its words only where the community remembers questions."""
        if not ctx.community.id:
            return 0
        kept = without_names(words)[:QUESTION_KEPT] if self.settings_of(ctx).remember_questions else None
        if decision.kind is not None:
            kept = None
        slug = decision.candidate.slug if decision.candidate else None
        asked_id = await self.db.write(
            store_learning.asked, actor_of(ctx), language, decision.action, slug, candidates, kept
        )
        self.recent.keep(asked_id, words, ctx.now)
        return asked_id

    async def _is_new_wording(self, ctx: Context, slug: str, words: str) -> bool:
        snapshot = await self.knowledge.of(ctx.community.id)
        versions = snapshot.catalogue.entries.get(slug, {}).values()
        known = {text.casefold() for entry in versions for text in (entry.content.question, *entry.aliases)}
        return bool(versions) and words.casefold() not in known

    async def _fared(self, ctx: Context) -> Counts:
        """Return how the community's answers fared, as of some minutes ago at most."""
        at, counts = self.fared.get(ctx.community.id, (None, Counts()))
        if at is None or ctx.now - at > FARED_FOR:
            counts = await self.db.read(store_learning.total, ctx.community.id)
            self.fared[ctx.community.id] = (ctx.now, counts)
        return counts
