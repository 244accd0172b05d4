# SPDX-License-Identifier: MIT
"""Fits the constants of the FAQ's probability on question sets and shows how well they carry over to other sets.

    python scripts/fit_calibrator.py --set clinc=clinc_k1.json --set clinc=clinc_k3.json --set stackfaq=stackfaq.json
        --set own=benchmarks/questions/fitted.jsonl [--questions benchmarks/questions/judged.jsonl …] [--write]

A set is a JSON file {"entries": [{"id", "question", "aliases", "answer"}], "queries": [{"text", "typo", "gold"}]}, or
questions for the starter FAQ as `refdesk faq eval` reads them, and belongs to a family. Every family is judged with
constants that were fitted on the other families only; the questions given by --questions are judged and never fitted
on. --write stores constants fitted on all families.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cogs.faq.layers import Catalogue
from cogs.faq.model import Holdings
from cogs.faq.search import Document, Embedder, Engine, EnglishEncoder, MemoryVectors, SentenceEncoder
from cogs.faq.search.calibration import CONSTANTS
from cogs.faq.search.evaluate import read_questions
from cogs.faq.search.features import FITTED as NAMES

SEED = 7
SIZES = (30, 60, 100, 150)
QUERIES_PER_RUN = 260
STRANGERS_SHARE = 0.3
RIDGE = 3.0
NEVER_AGAINST = {"top", "gap", "z", "words", "letters", "meaning", "english", "agreement"}
NEVER_FOR = {"unsaid"}  # what an entry does not say never makes it likelier


@dataclass
class Sample:
    """Feature rows of one family with whether the best entry was right."""

    family: str
    name: str
    features: np.ndarray
    right: np.ndarray
    stranger: np.ndarray


def load(path: Path) -> tuple[list[Document], list[dict]]:
    """Read a set."""
    if path.suffix == ".jsonl":
        return starter(), [{"text": one.text, "gold": one.topic} for one in read_questions(path)]
    data = json.loads(path.read_text("utf-8"))
    documents = [
        Document(row["id"], "en", row["question"], tuple(row["aliases"]), row["answer"]) for row in data["entries"]
    ]
    return documents, data["queries"]


def sample_set(family: str, path: Path, embedder: Embedder | None, vectors: MemoryVectors) -> list[Sample]:
    """Ask the set's questions of FAQs of several sizes: the questions of entries left out must not be answered."""
    documents, queries = load(path)
    slugs_of_all = sorted({document.slug for document in documents})
    chooser = random.Random(SEED)  # noqa: S311
    found = []
    for size in (*(size for size in SIZES if size < len(slugs_of_all)), len(slugs_of_all)):
        slugs = set(chooser.sample(slugs_of_all, size))
        kept = [document for document in documents if document.slug in slugs]
        engine = Engine.build(kept, embedder=embedder, vectors=vectors)
        for field in ("text", "typo") if "typo" in queries[0] else ("text",):
            inside = [row for row in queries if row["gold"] in slugs]
            outside = [row for row in queries if row["gold"] not in slugs]
            strangers = round(QUERIES_PER_RUN * STRANGERS_SHARE)
            asked = chooser.sample(inside, min(len(inside), QUERIES_PER_RUN - strangers))
            asked += chooser.sample(outside, min(len(outside), strangers))
            rows = [(row[field], row["gold"] if row["gold"] in slugs else None) for row in asked]
            found.append(ask(family, f"{path.stem}/{size}/{field}", engine, rows))
    return [sample for sample in found if len(sample.right)]


def ask(family: str, name: str, engine: Engine, rows: Iterable[tuple[str, str | None]]) -> Sample:
    """Collect features and outcomes."""
    features, right, stranger = [], [], []
    for text, gold in rows:
        ranking = engine.ask(text)
        english = bool(engine.index.english)
        if ranking.best is None or ("english" in ranking.best.parts) != english:
            continue  # another mode's constants decide about it
        features.append([ranking.features[feature] for feature in NAMES])
        right.append(ranking.best.slug == gold)
        stranger.append(gold is None)
    return Sample(family, name, np.array(features), np.array(right, dtype=float), np.array(stranger, dtype=bool))


def fit(samples: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    """Fit; a component's score may not speak against an entry, as that would only hold on these sets."""
    names = list(NAMES)
    while True:
        bias, weights = regress(samples, names)
        signed = {name: weights[name] for name in NEVER_AGAINST & set(names)}
        signed |= {name: -weights[name] for name in NEVER_FOR & set(names)}
        worst = min(sorted(signed), key=signed.__getitem__, default="")
        if not worst or signed[worst] >= 0:
            return bias, {name: weights.get(name, 0.0) for name in NAMES}
        names.remove(worst)


def regress(samples: Sequence[Sample], names: Sequence[str]) -> tuple[float, dict[str, float]]:
    """Fit a ridge logistic regression by Newton's method; every family weighs the same."""
    columns = [NAMES.index(name) for name in names]
    matrix = np.concatenate([sample.features[:, columns] for sample in samples])
    right = np.concatenate([sample.right for sample in samples])
    families = np.concatenate([[sample.family] * len(sample.right) for sample in samples])
    weight = np.array([1 / (families == family).sum() for family in families])
    weight *= len(weight) / weight.sum()
    mean, scale = matrix.mean(0), matrix.std(0) + 1e-9
    rows = np.column_stack([np.ones(len(matrix)), (matrix - mean) / scale])
    penalty = np.diag([0.0, *[RIDGE] * len(columns)])
    beta = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-rows @ beta))
        gradient = rows.T @ (weight * (right - chance)) - penalty @ beta
        hessian = (rows.T * (weight * chance * (1 - chance))) @ rows + penalty
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    weights = beta[1:] / scale
    return float(beta[0] - weights @ mean), dict(zip(names, map(float, weights), strict=True))


def predict(bias: float, weights: dict[str, float], features: np.ndarray) -> np.ndarray:
    """Return the probabilities of feature rows."""
    columns = [NAMES.index(name) for name in weights]
    return 1 / (1 + np.exp(-(bias + features[:, columns] @ np.array(list(weights.values())))))


def coverage(chance: np.ndarray, right: np.ndarray, stranger: np.ndarray, precision: float = 0.95) -> float:
    """Return the largest share of answerable questions answered right at a precision."""
    order = np.argsort(-chance, kind="stable")
    hits = np.cumsum(right[order])
    fine = hits / np.arange(1, len(order) + 1) >= precision
    return float(hits[fine].max() / max(1, (~stranger).sum())) if fine.any() else 0.0


def judge(name: str, model: tuple[float, dict[str, float]], samples: Sequence[Sample]) -> None:
    """Print how good the probabilities are on samples that the model has not seen."""
    features = np.concatenate([sample.features for sample in samples])
    right = np.concatenate([sample.right for sample in samples])
    stranger = np.concatenate([sample.stranger for sample in samples])
    chance = predict(*model, features)
    brier = float(((chance - right) ** 2).mean())
    edges = np.minimum((chance * 10).astype(int), 9)
    error = sum(abs(chance[edges == bin_].sum() - right[edges == bin_].sum()) for bin_ in range(10)) / len(chance)
    chosen = chance >= 0.5
    precision = right[chosen].mean() if chosen.any() else float("nan")
    print(
        f"{name:28} n={len(right):5} hit@1 {right[~stranger].mean():.3f} Brier {brier:.3f} ECE {error:.3f} "
        f"cov95 {coverage(chance, right, stranger):.3f} | at 0.5: precision {precision:.3f}, "
        f"right {right[chosen].sum() / max(1, (~stranger).sum()):.3f}, strangers {chosen[stranger].mean():.3f}"
    )


def starter() -> list[Document]:
    """Return the starter FAQ as the engine sees it."""
    return Catalogue.of(Holdings()).documents()


def run(mode: str, options: argparse.Namespace) -> tuple[float, dict[str, float]]:
    """Sample, judge each family by the others, and fit on all."""
    english = EnglishEncoder() if mode == "english" else None
    embedder = SentenceEncoder(english=english) if mode != "lexical" else None
    if embedder is not None:
        embedder.load()
    vectors = MemoryVectors()
    samples = [
        sample
        for family, _, path in (text.partition("=") for text in options.set)
        for sample in sample_set(family, Path(path), embedder, vectors)
    ]
    print(f"\n{mode}: every family judged by constants fitted on the others")
    for family in dict.fromkeys(sample.family for sample in samples):
        others = fit([sample for sample in samples if sample.family != family])
        own = [sample for sample in samples if sample.family == family]
        judge(f"{family} (all runs)", others, own)
        for sample in own:
            judge(f"  {sample.name}", others, [sample])
    model = fit(samples)
    engine = Engine.build(starter(), embedder=embedder, vectors=vectors)
    for path in options.questions:
        rows = [(question.text, question.topic) for question in read_questions(path)]
        judge(f"{path.name} (unseen)", model, [ask("judged", "judged", engine, rows)])
    print("bias", round(model[0], 2), {name: round(weight, 2) for name, weight in model[1].items()})
    return model


def main() -> None:
    """Read the command line, fit and maybe store."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--set", action="append", required=True, metavar="FAMILY=PATH")
    parser.add_argument("--questions", type=Path, nargs="+", default=[])
    parser.add_argument("--mode", nargs="+", default=["english", "meaning", "lexical"])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    target = Path(__file__).resolve().parents[1] / "cogs/faq/search" / CONSTANTS
    constants = json.loads(target.read_text("utf-8"))
    for mode in options.mode:
        bias, weights = run(mode, options)
        constants[mode] = {
            "bias": round(bias, 4),
            "weights": {name: round(value, 4) for name, value in weights.items()},
        }
    if options.write:
        target.write_text(json.dumps(constants, indent=2) + "\n", "utf-8")
        print("wrote", target.name)


if __name__ == "__main__":
    main()
