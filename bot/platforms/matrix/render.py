# SPDX-License-Identifier: MIT
"""A reply as Matrix shows it: pieces of HTML with their plain text, and what each sign on it does. Pure.

Source: Matrix client-server API v1.13, "m.room.message msgtypes"; an event may have 65,536 bytes with everything in
it, and encryption makes it longer, so a piece has far less.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape as escape_html

from bot.core import markup
from bot.core.exchange import Question
from bot.core.i18n.style import Style
from bot.core.i18n.voice import Voice
from bot.kit.arg import Choice
from bot.kit.params import Kind, Param
from bot.kit.reply import Attachment, Button, Reply, Words
from bot.kit.text import Code, Text, t
from bot.platforms.matrix.style import STYLE

PIECE_BYTES = 15_000
"""What the HTML and the plain text of one event may have together, in UTF-8."""

ITEMS_AT_ONCE = 25
"""How many items of a list are shown at once; the rest follows in a thread."""

SEEDED = 3
"""How many reactions the bot itself puts on a card: a homeserver lets ten events through, then one in five seconds."""

KEYCAPS = tuple(f"{number}\ufe0f\u20e3" for number in range(1, 10))
_LABEL_MAX = 80
_LITERAL = re.compile(r"(?![\s\d+-])(?:[^\\`*_\[\]<>#|~&=\n\t\r]|\\[!-/:-@\[-`{-~])*(?<!\s)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SURELY_SHORT = PIECE_BYTES // 8


@dataclass(frozen=True, slots=True)
class Piece:
    """What one event says; `html` is empty where it would say no more than `body`."""

    body: str
    html: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """Something to press: a number to be typed, or an emoji to react with; `seeded` ones the bot puts there itself."""

    sign: str
    button: Button
    label: str
    seeded: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rendered reply: at least one piece, signs on the first of them, files after it."""

    pieces: tuple[Piece, ...]
    signs: tuple[Sign, ...] = ()
    files: tuple[Attachment, ...] = ()
    card: bool = False


def render(reply: Reply, voice: Voice, lead: str = "", style: Style = STYLE) -> Sheet:
    """Render a reply for one reader's language and time zone; `lead` is Markdown to begin with, such as mentions."""
    signs = signs_of(reply, voice)
    first, rest = reply.items[:ITEMS_AT_ONCE], reply.items[ITEMS_AT_ONCE:]
    blocks = [
        lead,
        *_head(reply, voice, style),
        _points(reply, first, voice, style),
        *_foot(reply, voice, style),
        _signs(signs, voice, card=reply.card),
    ]
    source = "\n\n".join(block for block in blocks if block)
    pieces = [*pieces_of(source), *pieces_of(_listed(rest, voice, style))]
    files = tuple(_described(file, voice) for file in (*((reply.image,) if reply.image else ()), *reply.files))
    return Sheet(tuple(pieces) or (Piece("…"),), signs, files, reply.card)


def render_question(question: Question, voice: Voice, style: Style = STYLE) -> Sheet:
    """Render what is asked: the first thing that is missing, or a yes or no."""
    lines = list(_confirmation(question, voice, style) if question.confirm else _asked(question, voice, style))
    return Sheet(tuple(pieces_of("\n\n".join(line for line in lines if line))) or (Piece("?"),))


def signs_of(reply: Reply, voice: Voice) -> tuple[Sign, ...]:
    """Give each button its sign: numbers on answers; on cards emoji, each of them once."""
    labels = [voice.label(button.label, _LABEL_MAX) for button in reply.buttons]
    if not reply.card:
        return tuple(
            Sign(str(number), button, label)
            for number, (button, label) in enumerate(zip(reply.buttons, labels, strict=True), 1)
        )
    taken: set[str] = set()
    signs = []
    for number, (button, label) in enumerate(zip(reply.buttons, labels, strict=True)):
        sign = _free_sign(button, taken)
        taken.add(sign)
        signs.append(Sign(sign, button, label, seeded=number < SEEDED))
    return tuple(signs)


def pieces_of(source: str) -> list[Piece]:
    """Cut Markdown into pieces that fit into an event each, at the borders of its blocks."""
    if markup.utf8(source) <= _SURELY_SHORT:
        return [_piece(source)] if source.strip() else []
    return [_piece(piece) for piece in markup.blocks(source, PIECE_BYTES, _weight)]


def _weight(source: str) -> int:
    return markup.utf8(source) if markup.utf8(source) > PIECE_BYTES else sum(map(markup.utf8, _both(source)))


def _both(source: str) -> tuple[str, str]:
    return markup.to_plain(source), markup.to_html(source)


def _piece(source: str) -> Piece:
    if _LITERAL.fullmatch(source):
        # Most answers are a sentence without markup; parsing it twice would be half the work of answering.
        return Piece(_ESCAPED.sub(r"\1", source))
    body, html = _both(source)
    said_already = html == escape_html(body, quote=False) and "\n" not in body
    return Piece(body, "" if said_already else html)


def _head(reply: Reply, voice: Voice, style: Style) -> Iterator[str]:
    if reply.title:
        yield f"**{_one_line(voice.markdown(reply.title, style))}**"
    yield voice.markdown(reply.text, style)


def _points(reply: Reply, items: Sequence[Words], voice: Voice, style: Style) -> str:
    """Write fields and items as one list: two lists that touch become one of paragraphs, with gaps between."""
    fields = "\n".join(
        f"- {_one_line(voice.markdown(field.name, style))}: {_within(voice.markdown(field.value, style))}"
        for field in reply.fields
    )
    return "\n".join(block for block in (fields, _listed(items, voice, style)) if block)


def _foot(reply: Reply, voice: Voice, style: Style) -> Iterator[str]:
    if reply.link:
        yield voice.markdown(reply.link, style)
    if reply.note:
        yield f"*{_one_line(voice.markdown(reply.note, style))}*"


def _listed(items: Sequence[Words], voice: Voice, style: Style) -> str:
    return "\n".join(f"- {_within(voice.markdown(item, style))}" for item in items)


def _described(file: Attachment, voice: Voice) -> Attachment:
    """Return a file with its description in the reader's words: what it shows, for whoever cannot see it."""
    return replace(file, description=voice.label(file.description))


def _within(source: str) -> str:
    """Keep the lines of a list's item in the item."""
    return source.strip("\n").replace("\n", "\n  ")


def _one_line(source: str) -> str:
    return " ".join(source.replace("\\\n", " ").split())


def _signs(signs: Sequence[Sign], voice: Voice, *, card: bool) -> str:
    if not signs:
        return ""
    if card:
        return " · ".join(f"{sign.sign} {markup.escape(sign.label)}" for sign in signs)
    lines = [f"{number}. {markup.escape(sign.label)}" for number, sign in enumerate(signs, 1)]
    return "\n\n".join([voice.markdown(t("Send a number to go on:"), STYLE), "\n".join(lines)])


def _free_sign(button: Button, taken: set[str]) -> str:
    for sign in (button.emoji, *KEYCAPS):
        if sign and sign not in taken:
            return sign
    return f"#{len(taken) + 1}"


def _confirmation(question: Question, voice: Voice, style: Style) -> Iterator[str]:
    confirm = question.confirm
    if confirm is None:
        return
    yield voice.markdown(confirm.text, style)
    yield voice.markdown(t("Say {yes} or {no}. Only your own answer counts.", yes=Code("yes"), no=Code("no")), style)
    labels = [voice.label(confirm.yes, _LABEL_MAX), voice.label(confirm.no, _LABEL_MAX)]
    yield "\n".join(f"{number}. {markup.escape(label)}" for number, label in enumerate(labels, 1))


def _asked(question: Question, voice: Voice, style: Style) -> Iterator[str]:
    if question.error is not None:
        yield voice.markdown(question.error, style)
    if not question.params:
        yield voice.markdown(question.title, style)
        return
    param = question.params[0]
    yield f"**{voice.markdown(Text(param.arg.description), style)}**:"
    yield "\n".join(_numbered(question.choices, voice))
    yield f"*{voice.markdown(_how(param, question), style)}*"


def _numbered(choices: Sequence[Choice], voice: Voice) -> Iterator[str]:
    for number, choice in enumerate(choices, 1):
        yield f"{number}. {markup.escape(voice.label(choice.label, _LABEL_MAX))}"


def _how(param: Param, question: Question) -> Text:
    cancel = Code("cancel")
    if param.kind is Kind.UPLOAD:
        return t("Your next message here should be the file; {cancel} stops.", cancel=cancel)
    if question.choices:
        return t("Your next message here is the answer: a number, or the words; {cancel} stops.", cancel=cancel)
    return t("Your next message here is the answer; {cancel} stops.", cancel=cancel)
