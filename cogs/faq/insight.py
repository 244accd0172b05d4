# SPDX-License-Identifier: MIT
"""`/faq test` and `health`: why something is answered, and which entries need care."""

import asyncio
from collections.abc import Iterable
from typing import Annotated

from bot.kit import Answer, Arg, Code, Context, Field, Level, Reply, Text, Tone, Visible, command, n, t

from . import store_learning, store_sources
from .checkup import Findings, examine
from .knowledge import Snapshot
from .parts import Parts
from .search import Ranking
from .search.decide import decide
from .settings import thresholds
from .tidy import lines

TASK = "keep the FAQ"
NAMES_SHOWN = 12
_DECISIONS = {
    "answer": t("answer"),
    "suggest": t("offer titles"),
    "handoff": t("pass on to a person"),
    "decline": t("decline"),
}


class Insight(Parts):
    """What the FAQ knows of itself."""

    @command(
        "faq test",
        "Show what would be answered to a question, and why",
        example="faq test Can our library have one shared account?",
        task=TASK,
        level=Level.LIBRARIAN,
        visible=Visible.QUIET,
    )
    async def test(
        self, ctx: Context, question: Annotated[str, Arg("A question as people would ask it", ask=True, long=True)]
    ) -> Answer:
        """Explain a decision: threshold, runners-up, and each part's score. Nothing is counted."""
        snapshot, ranking = await self.knowledge.ask(ctx.community.id, lines(question))
        fared = await self.db.read(store_learning.total, ctx.community.id)
        limits = thresholds(self.settings_of(ctx), fared, await self.knowledge.learnt(ctx.community.id))
        decision = decide(ranking, lines(question), limits)
        fields = [
            Field(t("Decision"), _decision_words(decision.action, decision.kind)),
            Field(t("Sure"), _percent(decision.probability)),
            Field(t("Answers from"), _percent(limits.answer)),
            Field(t("Offers from"), _percent(limits.suggest)),
            Field(t("Language"), ranking.language or "?"),
            Field(t("Read as"), ranking.read_as[:200] or "—"),
        ]
        if ranking.unknown:
            fields.append(Field(t("Words the FAQ does not know"), ", ".join(ranking.unknown)[:200]))
        items = tuple(
            t(
                "{percent} {code} — {parts}",
                percent=_percent(found.score),
                code=Code(found.slug),
                parts=tuple(_measured(name, value) for name, value in found.parts.items()),
            )
            for found in ranking.candidates
        )
        note = self._compared_by(snapshot, ranking)
        return Reply(title=t("What would be answered"), fields=tuple(fields), items=items, note=note)

    @command(
        "faq health",
        "Show entries that need care: old, refused, never shown, doubled",
        example="faq health",
        task=TASK,
        level=Level.LIBRARIAN,
        visible=Visible.QUIET,
    )
    async def health(self, ctx: Context) -> Answer:
        """Go through the whole FAQ and say what needs care."""
        snapshot = await self.knowledge.of(ctx.community.id)
        counts = await self.db.read(store_learning.counts, ctx.community.id)
        gone = await self.db.read(store_sources.gone)
        found = await asyncio.to_thread(
            examine, snapshot.catalogue, snapshot.engine, counts, gone, ctx.now, self.settings_of(ctx).review_months
        )
        return Reply(
            title=t("How the FAQ is doing"),
            fields=_health_fields(found),
            note=self._state(snapshot),
            tone=Tone.WARNING if found.needs_care else Tone.GOOD,
        )

    def _compared_by(self, snapshot: Snapshot, ranking: Ranking) -> Text:
        """Say by what a question was compared, with the names of the models."""
        if not snapshot.full:
            return t("By words alone; the model of sentences is not loaded.")
        every, *english = self.knowledge.models
        in_english = ranking.best is not None and "english" in ranking.best.parts
        return t("By words and meaning: {models}.", models=", ".join((every, *english) if in_english else (every,)))

    def _state(self, snapshot: Snapshot) -> Text:
        if snapshot.full:
            return t("Questions are matched by words and by meaning.")
        if self.knowledge.encoder_expected:
            return t("Questions are matched by words; the model of sentences is being loaded.")
        return t("Questions are matched by words alone; the model of sentences is not at hand.")


MEASURES = {
    "words": t("words"),
    "letters": t("letters"),
    "whole": t("whole question"),
    "literal": t("same words"),
    "meaning": t("meaning"),
    "english": t("meaning in English"),
}
"""What a question is compared by."""


def _measured(name: str, value: float) -> Text:
    return t("{measure} {percent}", measure=MEASURES.get(name, name), percent=_percent(value))


def _health_fields(found: Findings) -> tuple[Field, ...]:
    fields = [
        Field(t("Entries"), t("{count}, of which {own} are your own", count=found.entries, own=found.own)),
        Field(
            t("Not reviewed by your community"),
            n("{count} text", "{count} texts, translations included", found.unreviewed),
        ),
    ]
    groups: tuple[tuple[Text, Iterable[str]], ...] = (
        (t("Past their review date"), found.past_date),
        (t("Often “not what I asked”"), found.refused),
        (t("Much alike"), (f"{first} = {second}" for first, second in found.doubled)),
        (t("Sources that are gone"), found.gone),
        (t("Without a source"), found.without_source),
        (t("Never shown"), found.never_shown),
    )
    for name, slugs in groups:
        if listed := list(slugs):
            fields.append(Field(name, _names(listed)))
    return tuple(fields)


def _names(slugs: list[str]) -> Text:
    shown = ", ".join(slugs[:NAMES_SHOWN])
    if len(slugs) <= NAMES_SHOWN:
        return t("{count}: {names}", count=len(slugs), names=shown)
    return t("{count}: {names} …", count=len(slugs), names=shown)


def _decision_words(action: str, kind: str | None) -> Text:
    words = _DECISIONS.get(action, t("say that it is not known"))
    return t("{decision} ({kind})", decision=words, kind=kind) if kind else words


def _percent(share: float) -> Text:
    return t("{count} %", count=round(100 * share))
