# SPDX-License-Identifier: MIT
"""How long the answer engine takes to build, to ask and to suggest, and what memory it takes.

    python benchmarks/faq_search.py [SET.json] [--sizes 150 1000 5000] [--lexical] [--cache DIRECTORY]

SET is a file {"entries": [{"id", "question", "aliases", "answer"}], "queries": [{"text", …}]}; without one, made-up
questions are used. Larger FAQs are made by repeating entries with changed words.
"""

import argparse
import gc
import json
import random
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cogs.faq.search import Document, Embedder, Engine, MemoryVectors, SentenceEncoder

SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "ka"]


@dataclass(frozen=True)
class Figures:
    """Seconds, milliseconds and megabytes of one size."""

    entries: int
    wordings: int
    build_s: float
    rebuild_s: float
    ask_p50_ms: float
    ask_p99_ms: float
    suggest_p50_ms: float
    suggest_p99_ms: float
    engine_mb: float


def resident_mb() -> float:
    """Return this process's resident memory."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def enlarge(documents: list[Document], size: int, seed: int = 1) -> list[Document]:
    """Repeat entries until there are `size`, with two words of each wording replaced by made-up ones."""
    chooser = random.Random(seed)

    def change(text: str) -> str:
        words = text.split()
        for at in chooser.sample(range(len(words)), min(2, len(words))):
            words[at] = "".join(chooser.choices(SYLLABLES, k=3))
        return " ".join(words)

    found = list(documents[:size])
    while len(found) < size:
        model = documents[len(found) % len(documents)]
        found.append(
            replace(
                model,
                slug=f"{model.slug}-{len(found)}",
                question=change(model.question),
                aliases=tuple(map(change, model.aliases)),
                answer=change(model.answer),
            )
        )
    return found


def made_up(count: int = 300, seed: int = 2) -> list[Document]:
    """Return questions of made-up words."""
    chooser = random.Random(seed)
    nouns = ["".join(chooser.choices(SYLLABLES, k=3)) for _ in range(400)]
    return [
        Document(
            f"entry-{number}",
            "en",
            f"How do I {chooser.choice(nouns)} the {chooser.choice(nouns)} of a {chooser.choice(nouns)}?",
            tuple(f"{chooser.choice(nouns)} my {chooser.choice(nouns)}" for _ in range(3)),
            " ".join(chooser.choices(nouns, k=30)),
        )
        for number in range(count)
    ]


def percentile(times: list[float], share: float) -> float:
    """Return a percentile in milliseconds."""
    return 1000 * sorted(times)[min(len(times) - 1, int(len(times) * share))]


def timed(call, inputs) -> list[float]:
    """Time a call for each input."""
    found = []
    for one in inputs:
        start = time.perf_counter()
        call(one)
        found.append(time.perf_counter() - start)
    return found


def measure(documents: list[Document], queries: list[str], embedder: Embedder | None) -> Figures:
    """Build an engine over the documents and use it."""
    vectors = MemoryVectors()
    gc.collect()
    before = resident_mb()
    start = time.perf_counter()
    engine = Engine.build(documents, embedder=embedder, vectors=vectors)
    build = time.perf_counter() - start
    gc.collect()
    used = resident_mb() - before
    start = time.perf_counter()
    engine = engine.rebuild([replace(documents[0], question="A question that is new?"), *documents[1:]])
    rebuild = time.perf_counter() - start
    timed(engine.ask, queries[:20])
    asked = timed(engine.ask, queries)
    typed = [query[: 3 + len(query) // 3] for query in queries]
    suggested = timed(engine.suggest, typed)
    return Figures(
        len(documents),
        sum(1 + len(document.aliases) for document in documents),
        build,
        rebuild,
        percentile(asked, 0.5),
        percentile(asked, 0.99),
        percentile(suggested, 0.5),
        percentile(suggested, 0.99),
        used,
    )


def main() -> None:
    """Print a row per size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("set", nargs="?", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[150, 1000, 5000])
    parser.add_argument("--lexical", action="store_true")
    parser.add_argument("--cache", type=Path, help="directory for the unpacked embedding table")
    options = parser.parse_args()
    documents, queries = made_up(), []
    if options.set:
        data = json.loads(options.set.read_text("utf-8"))
        documents = [
            Document(row["id"], "en", row["question"], tuple(row["aliases"]), row["answer"]) for row in data["entries"]
        ]
        queries = [row[field] for row in data["queries"] for field in ("text", "typo")]
    queries = random.Random(3).sample(queries or [document.question for document in documents], 300)
    Engine.build(documents[:5]).ask("a first question loads what is loaded once")
    before = resident_mb()
    embedder = None
    if not options.lexical:
        embedder = SentenceEncoder.best(options.cache)
        start = time.perf_counter()
        embedder.load()
        embedder.encode(["a first sentence"])
        print(f"embedding: loaded in {time.perf_counter() - start:.2f} s, {resident_mb() - before:.0f} MB")
    print("entries wordings  build s  rebuild s  ask p50/p99 ms  suggest p50/p99 ms  engine MB")
    for size in options.sizes:
        got = measure(enlarge(documents, size), queries, embedder)
        print(
            f"{got.entries:7} {got.wordings:8} {got.build_s:8.2f} {got.rebuild_s:10.2f} "
            f"{got.ask_p50_ms:8.1f}/{got.ask_p99_ms:5.1f} {got.suggest_p50_ms:13.1f}/{got.suggest_p99_ms:5.1f} "
            f"{got.engine_mb:10.0f}"
        )


if __name__ == "__main__":
    main()
