# SPDX-License-Identifier: MIT
"""Each kind of reply as HTML and as plain text, compared with what was looked at and found right.

`REFDESK_WRITE_GOLDENS=1 pytest …` writes the file anew; then read the difference.
"""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.exchange import Question
from bot.core.i18n.catalogs import Catalogs
from bot.kit import (
    Ago,
    Arg,
    Attachment,
    Button,
    Choice,
    Code,
    Confirm,
    Field,
    Identity,
    Kind,
    Link,
    Markdown,
    Param,
    Person,
    Place,
    Reply,
    Tone,
    n,
    t,
)
from bot.platforms.matrix.render import render, render_question

GOLDENS = Path(__file__).parent / "goldens.json"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VOICE = Catalogs.load().voice("en", "Europe/Zagreb", NOW)
HOSTILE = "<b>@room</b> **bold** [x](https://evil.example) `code`"
ANA = Person(1, "Ana <i>", identities=(Identity("matrix", "@ana:hs.example", "Ana"),))
TITLE = Param("title", Kind.TEXT, str, Arg("What you are looking for", ask=True))
FILE = Param("file", Kind.UPLOAD, str, Arg("The file", ask=True))

REPLIES = {
    "a sentence": Reply(t("Saved.")),
    "an error": Reply(t("Only a librarian may do this. Ask a moderator for the role."), tone=Tone.BAD),
    "words of a person": Reply(t("You said: {words}", words=HOSTILE), title=HOSTILE, note=HOSTILE),
    "a plain string": Reply(HOSTILE),
    "an answer of the FAQ": Reply(
        Markdown("Ask for **access**:\n\n1. Log in.\n2. Apply at [the library](https://library.example/a?b=1&c=2)."),
        title=t("How do I get access?"),
        link=Link(t("The page"), "https://en.wikipedia.org/wiki/Library"),
        note=t("Reviewed {ago}.", ago=Ago(datetime(2026, 11, 20, 12, 0, tzinfo=UTC))),
        buttons=(Button(t("This helped"), "faq helped"), Button(t("Ask a librarian"), "request open")),
    ),
    "a card": Reply(
        title=t("{number} · {title}", number="R-17", title="Zagreb fair, 1921 & more"),
        fields=(
            Field(t("Kind"), "newspaper"),
            Field(t("Due"), t("{at}", at=NOW)),
            Field(t("Identifier"), Code("10.1000/182")),
            Field(t("Asked by"), t("{person}", person=ANA)),
            Field(t("Page"), Link(t("Catalogue"), "https://catalogue.example/17")),
        ),
        buttons=(Button(t("I take it"), "request claim", emoji="✋\ufe0f"), Button(t("Follow"), "request follow")),
        card=True,
    ),
    "a list": Reply(title=t("Open requests"), items=(t("One"), HOSTILE, "two\nlines")),
    "a long list": Reply(title=t("Open requests"), items=tuple(f"Request {number}" for number in range(1, 31))),
    "counted": Reply(n("{count} request is open.", "{count} requests are open.", 3)),
    "a place": Reply(t("See {place}.", place=Place(1, "matrix", "!room:hs.example", name="Reading room"))),
    "code": Reply(Markdown("```python\nprint('<hello>')\n```")),
    "files": Reply(
        t("Here it is."), files=(Attachment("list.csv", b"a", "text/csv", t("The list")),),
        image=Attachment("shelf.png", b"p", "image/png", t("A shelf")),
    ),
    "right to left": Reply(t("You said: {words}", words="שלום \u202eעולם")),
    "nothing": Reply(""),
}  # fmt: skip
QUESTIONS = {
    "a question": Question(1, t("Open a request"), (TITLE,)),
    "a wrong answer": Question(1, "", (TITLE,), {"title": "x"}, error=t("That is too short.")),
    "numbered choices": Question(1, "", (TITLE,), choices=(Choice("a", t("Article")), Choice("b", "Book <b>"))),
    "a file": Question(1, "", (FILE,)),
    "a confirmation": Question(1, "", confirm=Confirm(t("Delete everything?"), t("Delete"), t("Keep"))),
}


def shown(sheet):
    return {
        "html": [piece.html for piece in sheet.pieces],
        "plain": [piece.body for piece in sheet.pieces],
        "signs": [f"{sign.sign} {sign.label}{' (seeded)' if sign.seeded else ''}" for sign in sheet.signs],
        "files": [f"{file.name}: {file.description}" for file in sheet.files],
    }


def everything():
    replies = {name: shown(render(reply, VOICE)) for name, reply in REPLIES.items()}
    return replies | {name: shown(render_question(question, VOICE)) for name, question in QUESTIONS.items()}


@pytest.mark.parametrize("name", [*REPLIES, *QUESTIONS])
def test_each_kind_of_reply_looks_as_it_was_found_right(name):
    if os.environ.get("REFDESK_WRITE_GOLDENS"):
        GOLDENS.write_text(json.dumps(everything(), ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")
    assert everything()[name] == json.loads(GOLDENS.read_text("utf-8"))[name]


@pytest.mark.parametrize("name", REPLIES)
def test_nothing_of_a_person_or_of_markdown_leaks(name):
    seen = shown(render(REPLIES[name], VOICE))
    html, plain = "".join(seen["html"]), "".join(seen["plain"])
    assert "<b>" not in html
    assert "<i>" not in html
    assert 'evil.example"' not in html
    assert "\u202e" not in plain + html
    if name not in {"words of a person", "a plain string", "a list"}:
        assert "**" not in plain
        assert "](" not in plain
        assert "```" not in plain


def test_a_person_is_a_pill_and_reads_as_a_name():
    [piece] = render(Reply(t("{person} asks.", person=ANA)), VOICE).pieces
    assert piece.html == '<a href="https://matrix.to/#/@ana:hs.example">Ana &lt;i&gt;</a> asks.'
    assert piece.body == "Ana <i> asks."


def test_rendering_is_pure():
    assert render(REPLIES["a card"], VOICE) == render(REPLIES["a card"], VOICE)
