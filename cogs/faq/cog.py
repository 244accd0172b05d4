# SPDX-License-Identifier: MIT
"""The cog: puts the groups of handlers together and provides answers and drafts to other cogs."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.kit import (
    Cog,
    Community,
    Database,
    FaqDrafts,
    Http,
    Late,
    Manifest,
    Poster,
    Provider,
    QuestionDesk,
    Reply,
    Reports,
    Scene,
    State,
    TopicAnswers,
    Transaction,
    Workspace,
    daily,
    every,
    t,
)

from . import demo, replies, store_learning, store_personal, store_waiting
from .asking import Asking
from .browsing import Browsing
from .drafting import draft_entry
from .editing import Editing
from .hiding import Hiding
from .insight import Insight
from .knowledge import Knowledge
from .learning import Learning
from .model import Actor
from .provenance import small_print
from .recent import RecentQuestions
from .search import SentenceEncoder
from .settings import FaqSettings, spoken
from .sources import check_some
from .transfer import Transfer

PART = "faq search"


class Faq(Asking, Browsing, Editing, Hiding, Transfer, Learning, Insight, Cog):
    """Answers librarians' questions from a reviewed FAQ, or says that it does not know."""

    name = "faq"
    manifest = Manifest(
        summary="Answers questions about Wikipedia and libraries from a reviewed FAQ, each with its source.",
        keeps=(
            "Who changed and reviewed entries, until they ask to be forgotten, and for 30 days who found an answer "
            "helpful. Questions are not kept, unless your community keeps unanswered ones, without names, for a year."
        ),
        groups={"faq": "The reviewed answers: read, search and keep them"},
        parts={
            "changes": "Changes that you made",
            "reviews": "Entries that you reviewed",
            "verdicts": "Answers that you judged",
            "decisions": "Suggestions that you decided on",
        },
    )
    settings = FaqSettings
    provides = (TopicAnswers, FaqDrafts)

    def __init__(
        self,
        db: Database,
        poster: Poster,
        desk: Provider[QuestionDesk],
        reports: Reports,
        workspace: Workspace,
        http: Http | None,
    ) -> None:
        self.db = db
        self.poster = poster
        self.desk = desk
        self.reports = reports
        self.http = http
        self.recent = RecentQuestions()
        self.fared = {}
        self._wanted = workspace.models
        encoder = SentenceEncoder.best(workspace.cache) if workspace.models else None
        self.knowledge = Knowledge(db, encoder, self._tell)

    async def start(self) -> None:
        """Begin loading the model of sentences; until it is there, words decide."""
        self.knowledge.start()
        self._tell()

    async def ready(self) -> None:
        """Wait for the model of sentences, and for what is being indexed by it."""
        await self.knowledge.loaded()

    async def stop(self) -> None:
        """End the threads that build the index."""
        await self.knowledge.stop()
        self.reports.withdraw(PART)

    @every(timedelta(days=1), late=Late.SKIP)
    async def tidy_up(self, community: Community) -> None:
        """Delete questions that have served, and files that nobody decided about."""
        await self.db.write(store_learning.purge, community.id)
        await self.db.write(store_waiting.purge_files, community.id)

    @daily("04:20", late=Late.SKIP)
    async def check_sources(self, community: Community) -> None:
        """Look whether some of the pages that answers rest on are still there."""
        if self.http is not None:
            await check_some(self.db, self.http, (await self.knowledge.of(community.id)).catalogue)

    async def answer_of(self, community: Community, slug: str, locale: str) -> Reply | None:
        """Return the answer of a topic in the reader's language, for other cogs."""
        snapshot = await self.knowledge.of(community.id)
        entry = snapshot.catalogue.entry(slug, locale)
        if entry is None:
            return None
        now = await self.db.read(lambda tx: tx.now)
        return replies.answer(entry, small_print(entry, now, FaqSettings().review_months, spoken(locale)))

    def draft(
        self,
        tx: Transaction,
        community_id: int,
        person_id: int | None,
        question: str,
        answer: str,
        *,
        home_id: int | None = None,
        language: str = "en",
        source_url: str = "",
    ) -> str:
        """Take an answer given elsewhere as a draft; return its short name."""
        actor = Actor(community_id, home_id, person_id)
        return draft_entry(tx, actor, question, answer, language, source_url=source_url).slug

    def export(self, tx: Transaction, person_id: int) -> Mapping[str, list[dict[str, Any]]]:
        """Return all that the FAQ keeps about a person."""
        return store_personal.export_person(tx, person_id)

    def forget(self, tx: Transaction, person_id: int) -> None:
        """Take a person's name off all that they did here."""
        store_personal.forget_person(tx, person_id)

    def demo(self, tx: Transaction, scene: Scene) -> Mapping[str, Any]:
        """Fill a demonstration with entries, reviews and unanswered questions."""
        return demo.fill(tx, scene)

    def _tell(self) -> None:
        """Say how the search does, for the status command."""
        if self.knowledge.full:
            models = ", ".join(self.knowledge.models)
            self.reports.report(
                PART, State.OK, t("Questions are matched by words and by meaning ({models}).", models=models)
            )
        elif self.knowledge.failure:
            self.reports.report(
                PART,
                State.DEGRADED,
                t(
                    "The model of sentences cannot be used ({reason}); words alone decide.",
                    reason=self.knowledge.failure,
                ),
            )
        elif self.knowledge.encoder_expected:
            self.reports.report(PART, State.DEGRADED, t("The model of sentences is being loaded; words alone decide."))
        elif self._wanted:
            self.reports.report(PART, State.DEGRADED, t("The model of sentences is not installed; words alone decide."))
        else:
            self.reports.report(PART, State.OK, t("The model of sentences is switched off; words alone decide."))
