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
from bot.core.markup.parser import parse
from bot.kit.reply import Button, Field, Reply, Tone, Visible
from bot.platforms.console.plain import SIGNS, file_words, files_of, private_mark
from bot.platforms.console.safety import Speech, one_line

COLOURS = {Tone.PLAIN: "cyan", Tone.GOOD: "green", Tone.WARNING: "yellow", Tone.BAD: "red"}
WIDEST = 100
"""Lines longer than this many columns are hard to read, however wide the terminal is."""


def render(reply: Reply, voice: Voice, width: int, visible: Visible = Visible.PUBLIC) -> RenderableType:
    """Render a reply for a terminal of `width` columns; a short one is a line, others a panel."""
    speech, mark = Speech(voice), private_mark(visible, voice)
    shown = _sentence(reply, speech, mark) if _is_short(reply) else _panel(reply, speech, min(width, WIDEST), mark)
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


def _panel(reply: Reply, speech: Speech, width: int, mark: str) -> RenderableType:
    source = _source(reply, speech)
    inside_too = all(cell_len(line) <= width - 4 for line in source)
    body = list(_body(reply, speech, source if inside_too else ()))
    title = speech.label(reply.title)
    heading = f"{SIGNS[reply.tone]} {title}".strip() if title else ""
    fits = cell_len(heading) <= width - 8
    inside = body if fits else [Line(title, "bold"), Line(""), *body]
    panel = Panel(
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
    return panel if inside_too else Group(panel, *(_whole(line, "cyan") for line in source))


def _body(reply: Reply, speech: Speech, source: Sequence[str]) -> Iterator[RenderableType]:
    blocks: list[RenderableType] = []
    if text := speech.markdown(reply.text):
        blocks.append(_prose(text))
    if reply.fields:
        blocks.append(_fields(reply.fields, speech))
    if reply.items:
        blocks.append(_items(reply, speech))
    if files := files_of(reply):
        blocks.append(Group(*(Line(file_words(file, speech), "cyan") for file in files)))
    note = speech.plain(reply.note)
    if source or note:
        small = [Line(line, "cyan") for line in source]
        blocks.append(Group(*small, Line(note, "dim")) if note else Group(*small))
    for number, block in enumerate(blocks):
        if number:
            yield Line("")
        yield block


def _prose(source: str) -> Markdown:
    """Typeset Markdown, as the bot reads it; addresses are written out, since not every terminal shows links."""
    prose = Markdown("", hyperlinks=False, code_theme="bw")
    prose.parsed = parse(source)
    for token in prose.parsed:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type = "hardbreak"
    return prose


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


def _source(reply: Reply, speech: Speech) -> list[str]:
    """Return the page that an answer rests on, its address on a line of its own, so that it can be copied."""
    if reply.link is None:
        return []
    label, url = speech.label(reply.link.label), one_line(reply.link.url)
    return [f"→ {label}", f"  {url}"] if label and label != url else [f"→ {url}"]


def _whole(line: str, style: str) -> Line:
    """Leave the wrapping of an address to the terminal: one that is cut apart cannot be followed."""
    return Line(line, style, no_wrap=True, overflow="ignore")


def _buttons(buttons: Sequence[Button], speech: Speech) -> Iterator[RenderableType]:
    for number, button in enumerate(buttons, 1):
        yield Padding(Line.assemble((f"[{number}]", "bold cyan"), f" {speech.label(button.label)}"), (0, 0, 0, 2))
