# SPDX-License-Identifier: MIT
"""The evaluation counts what it says it counts."""

import pytest
from fakes import DOCUMENTS

from cogs.faq.search import Candidate, Decision, Engine, Ranking
from cogs.faq.search.evaluate import Outcome, Question, coverage_at, evaluate, read_questions, summarise


def outcome(topic: str | None, *scores: tuple[str, float], action: str = "answer", kind: str | None = None) -> Outcome:
    found = tuple(Candidate(slug, score, {}, "en") for slug, score in scores)
    decision = Decision(action, found[:1], found[0].score, kind)
    return Outcome(Question("?", topic, "en", "off-topic" if topic is None else ""), Ranking(found, "en"), decision)


def test_counts():
    report = summarise(
        [
            outcome("a", ("a", 0.9)),
            outcome("b", ("a", 0.4), ("b", 0.3), action="suggest"),
            outcome("c", ("a", 0.8)),
            outcome(None, ("a", 0.7)),
            outcome(None, ("a", 0.1), action="unknown"),
        ]
    )
    score = report.overall
    assert (score.questions, score.answerable, score.intruders) == (5, 3, 2)
    assert score.hit_at_1 == pytest.approx(1 / 3)
    assert score.mrr_at_5 == pytest.approx((1 + 0.5 + 0) / 3)
    assert score.answered_right == pytest.approx(1 / 3)
    assert score.answered_wrong == pytest.approx(1 / 3)
    assert score.intruders_answered == 0.5
    assert [group.name for group in report.by_kind] == ["faq", "off-topic"]
    assert report.failures[0].question.topic == "c"


def test_coverage_counts_an_intruder_as_wrong():
    outcomes = [outcome("a", ("a", 0.9)), outcome(None, ("a", 0.8)), outcome("a", ("a", 0.7))]
    assert coverage_at(outcomes, 0.95) == (0.5, 0.9)
    assert coverage_at(outcomes, 0.6) == (1.0, 0.7)


def test_what_a_rule_kept_back_is_no_answer():
    outcomes = [outcome("a", ("a", 0.9)), outcome(None, ("a", 0.95), action="decline", kind="abuse")]
    assert coverage_at(outcomes, 0.95) == (1.0, 0.9)


def test_ten_bins_hold_every_question():
    bins = summarise([outcome("a", ("a", score)) for score in (0.0, 0.05, 0.31, 0.39, 0.999, 1.0)]).reliability
    assert [one.questions for one in bins] == [2, 0, 0, 2, 0, 0, 0, 0, 0, 2]
    assert bins[3].mean_probability == pytest.approx(0.35)


def test_a_file_of_questions(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text(
        '{"q": "how do I add a citation", "topic": "cite-how", "lang": "en"}\n\n'
        '{"q": "insertar una referencia", "topic": "cite-how", "lang": "es"}\n'
        '{"q": "is there a bus to the airport", "topic": null, "lang": "en", "kind": "off-topic"}\n',
        "utf-8",
    )
    report = evaluate(Engine.build(DOCUMENTS), read_questions(path))
    assert report.overall.hit_at_1 == 1
    assert {group.name for group in report.by_language} == {"en", "es"}


@pytest.mark.parametrize("line", ["{", '{"q": "x", "lang": "en"}', "[]"])
def test_a_bad_line_is_named(tmp_path, line):
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"q": "x", "topic": null, "lang": "en"}}\n{line}\n', "utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_questions(path)
