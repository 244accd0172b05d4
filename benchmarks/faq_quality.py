# SPDX-License-Identifier: MIT
"""How good the FAQ's answers are: hit@1 beside plain search, each part taken out, stated against observed probability.

    python benchmarks/faq_quality.py [SET.json …] [--questions FILE.jsonl …] [--every 2]

SET is a file {"entries": [{"id", "question", "aliases", "answer"}], "queries": [{"text", "typo", "gold"}]}; a file of
questions is asked of the starter FAQ as by `refdesk faq eval`. Without either, the project's own questions are asked.
"""

import argparse
import json
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cogs.faq.layers import Catalogue
from cogs.faq.model import Holdings
from cogs.faq.search import Document, Engine, MemoryVectors, SentenceEncoder, decide, fusion
from cogs.faq.search.evaluate import Outcome, Question, read_questions, reliability, score, summarise
from cogs.faq.search.reading import read
from cogs.faq.search.text import words

OWN = Path(__file__).parent / "questions" / "judged.jsonl"
PARTS = ("words", "letters", "whole", "meaning", "english", "answers", "repair", "centre")
ANSWERS = {"answer", "english answer"}


@dataclass(frozen=True)
class FullText:
    """SQLite's full-text search over wordings and answers, ranked by bm25."""

    db: sqlite3.Connection

    @classmethod
    def of(cls, documents: list[Document]) -> "FullText":
        """Index the documents."""
        db = sqlite3.connect(":memory:")
        db.execute("CREATE VIRTUAL TABLE found USING fts5(slug UNINDEXED, body, tokenize='porter unicode61')")
        rows = [(one.slug, " ".join((one.question, *one.aliases, one.answer))) for one in documents]
        db.executemany("INSERT INTO found VALUES (?, ?)", rows)
        return cls(db)

    def best(self, text: str) -> str | None:
        """Return the first hit for any of the words."""
        wanted = " OR ".join(f'"{word}"' for word in words(text))
        row = self.db.execute("SELECT slug FROM found WHERE found MATCH ? ORDER BY bm25(found) LIMIT 1", (wanted,))
        return next((slug for (slug,) in row), None) if wanted else None


class AsTyped:
    """Repairs nothing."""

    def __init__(self, repairer) -> None:
        self.known_share = repairer.known_share

    def repair(self, text: str, _language: str | None) -> str:
        """Return the text as it is."""
        return text


def rankers(engine: Engine, plain: FullText) -> dict[str, Callable[[str], str | None]]:
    """Return ways to find an entry: the engine, without each part, one embedding alone, full-text search."""
    found: dict[str, Callable[[str], str | None]] = {"all parts": lambda text: by_parts(engine, text, set())}
    for part in PARTS:
        found[f"without {part}"] = lambda text, part=part: by_parts(engine, text, {part})
    found["USE alone"] = lambda text: alone(engine, text, "meaning")
    found["MiniLM alone"] = lambda text: alone(engine, text, "english")
    found["SQLite FTS5"] = plain.best
    return found


_scored: dict[tuple[int, str, bool, bool], tuple] = {}


def scored(engine: Engine, text: str, *, repair: bool = True, centre: bool = True):
    """Return reading and scores, worked out once a question."""
    key = (id(engine), text, repair, centre)
    if key not in _scored:
        repairer = engine.repairer if repair else AsTyped(engine.repairer)
        reading = read(text, None, engine.index.words, repairer, engine.index.corpus.spoken)
        parts = dict(engine.index.score(reading).parts) if reading.query.words else {}
        if parts and not centre:
            index = engine.index
            cosines = index.meaning.score_rows(index.meaning.encode(reading.repaired))
            parts["meaning"] = fusion.spread(index.corpus.best(cosines))
            if "english" in parts:
                own = index.english
                rows = own.meaning.score_rows(own.meaning.encode(reading.repaired))
                parts["english"] = parts["meaning"].copy()
                parts["english"][own.entries] = fusion.spread(own.corpus.best(rows), fusion.ENGLISH_FLOOR)
        _scored[key] = reading, parts
    return _scored[key]


def by_parts(engine: Engine, text: str, without: set[str]) -> str | None:
    """Return the best entry with some parts taken out."""
    reading, parts = scored(engine, text, repair="repair" not in without, centre="centre" not in without)
    gone = without | (ANSWERS if "answers" in without else set())
    parts = {name: values for name, values in parts.items() if name not in gone}
    if not parts:
        return None
    by = fusion.weights(parts, engine.index.trust(reading), with_answers=engine.index.corpus.has_answers)
    return engine.index.corpus.slugs[int(fusion.fuse(parts, by).argmax())]


def alone(engine: Engine, text: str, part: str) -> str | None:
    """Return the best entry by one embedding, the question as it was typed, by the best wording."""
    _, parts = scored(engine, text, repair=False, centre=False)
    return engine.index.corpus.slugs[int(parts[part].argmax())] if part in parts else None


def compare(path: Path, encoder: SentenceEncoder, every: int) -> None:
    """Print hit@1 of each way on a set, clean and with typos."""
    data = json.loads(path.read_text("utf-8"))
    documents = [
        Document(row["id"], "en", row["question"], tuple(row["aliases"]), row["answer"] or "")
        for row in data["entries"]
    ]
    engine = Engine.build(documents, embedder=encoder, vectors=MemoryVectors())
    queries = [row for row in data["queries"][::every] if row["gold"]]
    print(f"\n{path.stem}: {len(documents)} entries, {len(queries)} questions, hit@1 clean / typo")
    for name, ranker in rankers(engine, FullText.of(documents)).items():
        hits = [100 * np.mean([ranker(row[field]) == row["gold"] for row in queries]) for field in ("text", "typo")]
        print(f"  {name:18} {hits[0]:5.1f} / {hits[1]:5.1f}")
    outcomes = [outcome(engine, Question(row["text"], row["gold"], "en")) for row in data["queries"][::every]]
    print_bins(outcomes)


def outcome(engine: Engine, question: Question) -> Outcome:
    """Ask a question as the bot does."""
    ranking = engine.ask(question.text)
    return Outcome(question, ranking, decide(ranking, question.text))


def starter(path: Path, encoder: SentenceEncoder) -> None:
    """Print how the starter FAQ does on a file of questions, by language and kind, and beside the other ways."""
    engine = Engine.build(Catalogue.of(Holdings()).documents(), embedder=encoder)
    report = summarise([outcome(engine, question) for question in read_questions(path)])
    print(f"\n{path.stem}: the starter FAQ")
    for one in (report.overall, *report.by_language, *(kind for kind in report.by_kind if kind.intruders)):
        print(
            f"  {one.name:20} {one.questions:4} questions  hit@1 {one.hit_at_1:6.1%}  MRR@5 {one.mrr_at_5:6.1%}  "
            f"covered at 95 % precision {one.coverage:6.1%}  right {one.answered_right:6.1%} wrong "
            f"{one.answered_wrong:6.1%}  must-not answered {one.intruders_answered:6.1%} of {one.intruders}"
        )
    answerable = [one.question for one in report.outcomes if one.question.topic]
    for name, ranker in rankers(engine, FullText.of(list(engine.documents))).items():
        for language in ("en", "others"):
            some = [one for one in answerable if (one.language == "en") == (language == "en")]
            hit = np.mean([ranker(one.text) == one.topic for one in some]) if some else 0
            print(f"  {name:18} {language:6} hit@1 {hit:6.1%}")
    print_bins(list(report.outcomes))


def print_bins(outcomes: list[Outcome]) -> None:
    """Print stated against observed probability, and the coverage at 95 % precision."""
    print(f"  covered at 95 % precision: {score('', outcomes).coverage:.1%}; stated → observed (questions):")
    print(
        "   "
        + "  ".join(
            f"{one.mean_probability:.2f} → {one.share_right:.2f} ({one.questions})" for one in reliability(outcomes)
        )
    )


def main() -> None:
    """Print everything in one run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--questions", nargs="+", type=Path, default=[OWN])
    parser.add_argument("--every", type=int, default=2, help="ask every n-th question of the sets")
    options = parser.parse_args()
    encoder = SentenceEncoder.best(None)
    if encoder is None:
        sys.exit("The models of sentences are not installed.")
    encoder.load()
    for path in options.questions:
        starter(path, encoder)
    for path in options.sets:
        compare(path, encoder, options.every)
        _scored.clear()


if __name__ == "__main__":
    main()
