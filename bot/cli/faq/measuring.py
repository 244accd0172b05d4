# SPDX-License-Identifier: MIT
"""`refdesk faq eval`: how well the FAQ answers a file of questions whose right entries are known."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.ask import as_line
from bot.cli.community import COMMUNITY
from bot.cli.exits import Failure
from bot.cli.settings import DATABASE, read_settings

if TYPE_CHECKING:
    from cogs.faq.command_line import Report
    from cogs.faq.search.evaluate import Outcome, Score

HEADINGS: tuple[str, ...] = ("", "questions", "hit@1", "MRR@5", "cov@95%", "right", "wrong", "must not", "answered")
LEGEND = """\
hit@1, MRR@5: the right entry is first; mean of 1/rank among the first five. Over questions that have an entry.
cov@95%: share answered rightly when the threshold is set so that 95 of 100 answers are right.
right, wrong: shares answered rightly and wrongly with the thresholds as they are.
must not, answered: questions that no entry answers, and the share of them that was answered all the same."""


@click.command("eval")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with every figure.")
@click.option("--failures", type=click.IntRange(0), default=0, metavar="N", help="List the N worst failures as well.")
@click.option("--starter", is_flag=True, help="Ask the starter FAQ alone, whatever the database holds.")
@COMMUNITY
@DATABASE
def evaluate(
    source: Path, as_json: bool, failures: int, starter: bool, community: str | None, database: Path | None
) -> None:
    """Measure the answers on FILE: lines such as {"q": "...", "topic": "slug", "lang": "en", "kind": "..."}.

    A "topic" of null stands for a question that must not be answered.
    """
    from bot.cli.desk import with_desk

    config = read_settings(database)
    try:
        report = with_desk(config, community, lambda desk: desk.evaluate(source), starter=starter)
    except ValueError as error:
        raise Failure(f"{error}") from error
    if as_json:
        click.echo(json.dumps(figures(report, failures), ensure_ascii=True, indent=2))
        return
    click.echo("\n".join(table(report)))
    for failure in report.failures[:failures]:
        click.echo(as_line(described(failure)))


def figures(report: "Report", failures: int) -> dict[str, Any]:
    """Return every figure, for programs."""
    return {
        "overall": asdict(report.overall),
        "by_language": [asdict(score) for score in report.by_language],
        "by_kind": [asdict(score) for score in report.by_kind],
        "reliability": [asdict(each) for each in report.reliability],
        "failures": [described(failure) for failure in report.failures[:failures]],
    }


def table(report: "Report") -> list[str]:
    """Lay the figures out for people."""
    groups = [("", [report.overall]), ("by language", report.by_language), ("by kind", report.by_kind)]
    rows = [HEADINGS]
    for title, scores in groups:
        rows += [(title, *[""] * (len(HEADINGS) - 1))] if title else []
        rows += [_row(score, indent="  " if title else "") for score in scores]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "  ".join(
            cell.ljust(width) if not column else cell.rjust(width) for column, (cell, width) in _cells(row, widths)
        )
        for row in rows
    ]
    return [*(line.rstrip() for line in lines), "", *LEGEND.splitlines()]


def described(failure: "Outcome") -> dict[str, Any]:
    """Return what was asked, what should have come, and what came."""
    best = failure.ranking.best
    return {
        "q": failure.question.text,
        "lang": failure.question.language,
        "topic": failure.question.topic,
        "best": best.slug if best else None,
        "score": round(failure.confidence, 4),
        "action": failure.decision.action,
        "rank": failure.rank,
    }


def _cells(row: tuple[str, ...], widths: list[int]) -> "enumerate[tuple[str, int]]":
    return enumerate(zip(row, widths, strict=True))


def _row(score: "Score", indent: str) -> tuple[str, ...]:
    has_answers, has_intruders = bool(score.answerable), bool(score.intruders)
    return (
        f"{indent}{score.name}",
        f"{score.questions}",
        f"{score.hit_at_1:.3f}" if has_answers else "–",
        f"{score.mrr_at_5:.3f}" if has_answers else "–",
        f"{score.coverage:.3f}" if has_answers else "–",
        f"{score.answered_right:.3f}" if has_answers else "–",
        f"{score.answered_wrong:.3f}" if has_answers else "–",
        f"{score.intruders}",
        f"{score.intruders_answered:.3f}" if has_intruders else "–",
    )
