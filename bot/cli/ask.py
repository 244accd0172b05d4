# SPDX-License-Identifier: MIT
"""`refdesk ask`: the answer to a question, or one line of JSON for each question of a file."""

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.community import COMMUNITY
from bot.cli.exits import Failure
from bot.cli.settings import DATABASE, read_settings

if TYPE_CHECKING:
    from cogs.faq.command_line import Answered, Desk

_SURROGATES = re.compile("[\ud800-\udfff]")

ACTIONS = {
    "suggest": "Not sure. The bot offers these to choose from:",
    "handoff": "This asks for a source: the bot hands it to the librarians.",
    "decline": "The bot does not answer such questions.",
    "unknown": "The FAQ has no answer; the bot offers to ask a librarian.",
}


@click.command()
@click.argument("question", required=False)
@click.option(
    "--file",
    "source",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE",
    help='Ask every line of a file, such as {"q": "..."}; - reads standard input.',
)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON for each question.")
@click.option("--lang", metavar="CODE", help="The language of the question; else it is recognised.")
@click.option("--starter", is_flag=True, help="Ask the starter FAQ alone, whatever the database holds.")
@COMMUNITY
@DATABASE
def ask(
    question: str | None,
    source: Path | None,
    as_json: bool,
    lang: str | None,
    starter: bool,
    community: str | None,
    database: Path | None,
) -> None:
    """Answer a QUESTION, or a file of them, as the bot would.

    Asks the community's FAQ, or the starter FAQ where there is no database yet. JSON: "answer" is the entry's short
    name or null, "score" the probability that it is right, "candidates" the five best with theirs, "action" one of
    answer, suggest, handoff, decline and unknown.
    """
    from bot.cli.desk import with_desk

    if (question is None) == (source is None):
        raise click.UsageError('Give one question in quotation marks, or --file FILE: refdesk ask "…"')
    config = read_settings(database)
    questions = [question] if question is not None else read_questions(source or Path("-"))

    def answer(desk: "Desk") -> None:
        for each in questions:
            answered = desk.ask(each, lang)
            click.echo(as_line(answered.as_json()) if as_json else "\n".join(described(desk, answered)))

    with_desk(config, community, answer, starter=starter)


def read_questions(source: Path) -> list[str]:
    """Read the questions of a JSON-lines file; raises Failure with the number of a line that is none."""
    content = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    lines = content.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [_question(line, f"{source}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _question(line: bytes, where: str) -> str:
    try:
        row = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise Failure(f"{where}: this is no text in UTF-8.") from None
    except (ValueError, RecursionError):
        raise Failure(f'{where}: this is no JSON. Write each question as {{"q": "..."}}.') from None
    found = row.get("q") if isinstance(row, dict) else row
    if not isinstance(found, str):
        raise Failure(f'{where}: there is no question. Write {{"q": "..."}}.')
    return found


def as_line(row: dict[str, Any]) -> str:
    """Write a line of JSON; what UTF-8 cannot hold (a lone surrogate) is escaped."""
    return _SURROGATES.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(row, ensure_ascii=False))


def described(desk: "Desk", answered: "Answered") -> list[str]:
    """Say for people what the bot would do."""
    from bot.core.markup import to_plain

    sure = f"({answered.decision.probability:.0%} sure)"
    if found := desk.answer_text(answered):
        title, text, address = found
        return [f"{title} {sure}", to_plain(text), *([address] if address else []), ""]
    offers = [f"  {each.slug} ({each.score:.0%})" for each in answered.decision.candidates]
    return [ACTIONS[answered.decision.action], *offers, ""]
