# SPDX-License-Identifier: MIT
"""What the command line does with an FAQ: ask, evaluate, import and export, over a database or the starter set."""

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.kit import Community, Database, Transaction, Workspace

from . import store_learning
from .exporting import Format, chosen, export
from .file_vectors import FileVectors
from .import_plan import Plan, bring_in
from .importing import ParsedFile, parse
from .knowledge import Knowledge, Snapshot, starter_snapshot
from .layers import Catalogue
from .model import Actor, Holdings
from .search import Decision, Engine, Ranking, SentenceEncoder, Thresholds, decide
from .search.evaluate import Report, evaluate, read_questions
from .service import catalogue
from .settings import FaqSettings, thresholds

CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Answered:
    """One question and what the bot would do with it."""

    question: str
    ranking: Ranking
    decision: Decision

    def as_json(self) -> dict[str, Any]:
        """Return the line that `refdesk ask --json` prints; every figure is a probability between 0 and 1."""
        candidate = self.decision.candidate
        return {
            "q": self.question,
            "answer": candidate.slug if candidate else None,
            "score": round(self.decision.probability, 4),
            "candidates": [[each.slug, round(each.score, 4)] for each in self.ranking.candidates[:CANDIDATES]],
            "action": self.decision.action,
            "lang": self.ranking.language,
        }


@dataclass(frozen=True, slots=True)
class Desk:
    """A snapshot to ask, with the thresholds of its community."""

    snapshot: Snapshot
    limits: Thresholds

    def ask(self, question: str, language: str | None = None) -> Answered:
        """Ask one question."""
        ranking = self.snapshot.engine.ask(question, language=language)
        return Answered(question, ranking, decide(ranking, question, self.limits))

    def ask_all(self, questions: Iterable[str]) -> Iterator[Answered]:
        """Ask one question after the other."""
        return (self.ask(question) for question in questions)

    def answer_text(self, answered: Answered) -> tuple[str, str, str] | None:
        """Return title, Markdown and address of the answer, or None where there is none."""
        candidate = answered.decision.candidate
        entry = self.snapshot.catalogue.entry(candidate.slug, answered.ranking.language) if candidate else None
        return (entry.content.question, entry.content.answer, entry.content.source_url) if entry else None

    def evaluate(self, path: Path) -> Report:
        """Measure the answers on a file of questions; raises ValueError naming a bad line."""
        return evaluate(self.snapshot.engine, read_questions(path), self.limits)


def starter_desk(workspace: Workspace) -> Desk:
    """Return a desk over the starter set alone, with the model of sentences where it may be used; blocks."""
    encoder = encoder_for(workspace)
    if encoder is None:
        return Desk(starter_snapshot(), Thresholds())
    catalogue = Catalogue.of(Holdings())
    vectors = FileVectors(workspace.cache) if workspace.cache else None
    engine = Engine.build(catalogue.documents(), embedder=encoder, vectors=vectors)
    return Desk(Snapshot((0, 0), catalogue, engine), Thresholds())


@asynccontextmanager
async def community_desk(
    db: Database, community_id: int, workspace: Workspace, settings: FaqSettings | None = None
) -> AsyncIterator[Desk]:
    """Give a desk over a community's FAQ, with the model of sentences where it may be used."""
    knowledge = Knowledge(db, encoder_for(workspace))
    knowledge.start()
    try:
        snapshot = await knowledge.complete(community_id)
        fared = await db.read(store_learning.total, community_id)
        learnt = await knowledge.learnt(community_id)
        yield Desk(snapshot, thresholds(settings or FaqSettings(), fared, learnt))
    finally:
        await knowledge.stop()


async def import_file(
    db: Database, community: Community, name: str, content: bytes, *, apply: bool
) -> tuple[Plan, ParsedFile]:
    """Plan an import, and with `apply` carry it out; raises Invalid for a file that is no FAQ."""
    parsed = parse(name, content)
    actor = Actor(community.id, community.first_home_id)
    return await db.write(bring_in, actor, parsed, community.locale, apply=apply), parsed


async def export_file(db: Database, community_id: int, kind: Format, *, everything: bool) -> bytes:
    """Return a community's entries as a file."""
    return await db.read(_exported, community_id, kind, everything)


def encoder_for(workspace: Workspace) -> SentenceEncoder | None:
    """Return the model of sentences where it is wanted and installed."""
    return SentenceEncoder.best(workspace.cache) if workspace.models else None


def _exported(tx: Transaction, community_id: int, kind: Format, everything: bool) -> bytes:
    return export(chosen(catalogue(tx, community_id), everything=everything), kind, tx.now)


__all__ = [
    "Answered",
    "Desk",
    "Format",
    "Report",
    "community_desk",
    "encoder_for",
    "export_file",
    "import_file",
    "starter_desk",
]
