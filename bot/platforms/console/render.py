# SPDX-License-Identifier: MIT
"""A reply as a rich renderable: what a person at a terminal sees. Pure."""

from collections.abc import Iterator, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from bot.core.i18n.voice import Voice
from bot.kit.reply import Button, Field, Reply, Tone, Visible
from bot.platforms.console.plain import SIGNS, file_words, files_of, private_mark
from bot.platforms.console.safety import Speech

COLOURS = {Tone.PLAIN: "cyan", Tone.GOOD: "green", Tone.WARNING: "yellow", Tone.BAD: "red"}
WIDEST = 100
"""Lines longer than this many columns are hard to read, however wide the terminal is."""


def render(reply: Reply, voice: Voice, width: int, visible: Visible = Visible.PUBLIC) -> RenderableType:
    """Render a reply for a terminal of `width` columns; a short one is a line, others a panel."""
    speech = Speech(voice)
    body = list(_body(reply, speech))
    if _is_short(reply):
        shown: RenderableType = _sentence(reply, speech, private_mark(visible, voice))
    else:
        shown = _panel(reply, speech, body, min(width, WIDEST), private_mark(visible, voice))
    return Group(shown, *_buttons(reply.buttons, speech)) if reply.buttons else shown


def _is_short(reply: Reply) -> bool:
    return not (
        reply.fields or reply.items or reply.link or reply.note or files_of(reply) or (reply.title and reply.text)
    )


def _sentence(reply: Reply, speech: Speech, mark: str) -> Table:
    """Set the sign before the words, so that a second line stands under the first."""
    sentence = Table.grid(padding=(0, 1, 0, 0))
    sentence.add_row(Line(SIGNS[reply.tone], f"bold {COLOURS[reply.tone]}"), _written(reply, speech, mark))
    return sentence


def _written(reply: Reply, speech: Speech, mark: str) -> RenderableType:
    words = reply.title or reply.text
    plain = speech.plain(words)
    if "\n" in plain:
        return Group(_prose(speech.markdown(words)), *([Line(mark.strip(), "dim")] if mark else []))
    return Line.assemble((plain, "bold" if reply.title else ""), (mark, "dim"))


def _panel(reply: Reply, speech: Speech, body: Sequence[RenderableType], width: int, mark: str) -> Panel:
    title = speech.label(reply.title)
    heading = f"{SIGNS[reply.tone]} {title}".strip() if title else ""
    fits = cell_len(heading) <= width - 8
    inside = body if fits else [Line(title, "bold"), Line(""), *body]
    return Panel(
        Group(*inside),
        title=Line(heading, "bold") if heading and fits else None,
        title_align="left",
        subtitle=Line(mark.strip(), "dim") if mark else None,
        subtitle_align="right",
        border_style=COLOURS[reply.tone],
        box=box.ROUNDED,
        width=width,
        padding=(0, 1),
    )


def _body(reply: Reply, speech: Speech) -> Iterator[RenderableType]:
    blocks: list[RenderableType] = []
    if text := speech.markdown(reply.text):
        blocks.append(_prose(text))
    if reply.fields:
        blocks.append(_fields(reply.fields, speech))
    if reply.items:
        blocks.append(_items(reply, speech))
    if files := files_of(reply):
        blocks.append(Group(*(Line(file_words(file, speech), "cyan") for file in files)))
    if small := list(_small_print(reply, speech)):
        blocks.append(Group(*small))
    for number, block in enumerate(blocks):
        if number:
            yield Line("")
        yield block


def _prose(source: str) -> Markdown:
    """Typeset Markdown; addresses are written out, since not every terminal shows links."""
    return Markdown(source, hyperlinks=False, code_theme="bw")


def _fields(fields: Sequence[Field], speech: Speech) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for field in fields:
        table.add_row(Line(speech.label(field.name)), Line(speech.plain(field.value)))
    return table


def _items(reply: Reply, speech: Speech) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    for item in reply.items:
        table.add_row(Line("-", "dim"), Line(speech.plain(item)))
    return table


def _small_print(reply: Reply, speech: Speech) -> Iterator[RenderableType]:
    if reply.link:
        yield Line.assemble(("→ ", "cyan"), (speech.plain(reply.link), "cyan"), overflow="fold")
    if note := speech.plain(reply.note):
        yield Line(note, "dim")


def _buttons(buttons: Sequence[Button], speech: Speech) -> Iterator[RenderableType]:
    for number, button in enumerate(buttons, 1):
        yield Padding(Line.assemble((f"[{number}]", "bold cyan"), f" {speech.label(button.label)}"), (0, 0, 0, 2))
