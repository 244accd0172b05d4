# SPDX-License-Identifier: MIT
"""A reply as lines of plain text: for scripts, for dumb terminals and for screen readers. Pure; nothing is wrapped."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from bot.core.i18n.voice import Voice
from bot.kit.arg import Choice
from bot.kit.reply import Attachment, Button, Reply, Tone, Visible
from bot.kit.text import Text
from bot.platforms.console.safety import Speech

SIGNS = {Tone.PLAIN: "•", Tone.GOOD: "✓", Tone.WARNING: "!", Tone.BAD: "✗"}
MARGIN = "  "


def lines(reply: Reply, voice: Voice, visible: Visible = Visible.PUBLIC) -> list[str]:
    """Lay a reply out as lines, the first with a sign for its tone."""
    speech = Speech(voice)
    found = [*_body(reply, speech), *button_lines(reply.buttons, speech)]
    if not found:
        return []
    first = f"{SIGNS[reply.tone]} {found[0].strip()}"
    return [first + private_mark(visible, voice), *found[1:]]


def private_mark(visible: Visible, voice: Voice) -> str:
    """Return the mark of an answer that only the asker sees."""
    return "" if visible is Visible.PUBLIC else f"  ({voice.translate('only you')})"


def button_lines(buttons: Sequence[Button], speech: Speech) -> list[str]:
    """Return the buttons with their numbers."""
    return [f"{MARGIN}[{number}] {speech.label(button.label)}" for number, button in enumerate(buttons, 1)]


def choice_lines(choices: Sequence[Choice], speech: Speech, *, english: bool) -> list[str]:
    """Return with their numbers the values that may be chosen; `english` labels are ours and are translated."""
    labels = [Text(c.label) if english and isinstance(c.label, str) else c.label for c in choices]
    return [f"{MARGIN}[{number}] {speech.label(label)}" for number, label in enumerate(labels, 1)]


def _body(reply: Reply, speech: Speech) -> Iterator[str]:
    yield from _indented(speech.plain(reply.title))
    yield from _indented(speech.plain(reply.text))
    yield from field_lines(reply, speech)
    for item in reply.items:
        yield from _hanging("- ", speech.plain(item))
    if reply.link:
        yield from _hanging("→ ", speech.plain(reply.link))
    for file in files_of(reply):
        yield MARGIN + file_words(file, speech)
    if note := speech.plain(reply.note):
        yield from _hanging("— ", note)


def field_lines(reply: Reply, speech: Speech) -> Iterator[str]:
    """Write the fields under each other, their values aligned."""
    pairs = [(speech.label(field.name), speech.plain(field.value)) for field in reply.fields]
    width = max((cell_len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        yield from _hanging(name + " " * (width - cell_len(name) + 2), value)


def files_of(reply: Reply) -> Sequence[Attachment]:
    """Return the picture and the files of a reply."""
    return (*((reply.image,) if reply.image else ()), *reply.files)


def file_words(file: Attachment, speech: Speech) -> str:
    """Name a file, with its size and what is in it."""
    size = f"{len(file.content) / 1000:.1f} kB" if len(file.content) >= 1000 else f"{len(file.content)} B"
    described = speech.label(file.description)
    return f"[{speech.label(file.name)}, {size}]" + (f" {described}" if described else "")


def _indented(text: str) -> list[str]:
    return [MARGIN + line if line else "" for line in text.split("\n")] if text else []


def _hanging(head: str, text: str) -> Iterator[str]:
    first, *rest = text.split("\n") if text else [""]
    yield (MARGIN + head + first).rstrip()
    yield from _indented_under(cell_len(head), rest)


def _indented_under(width: int, rest: Iterable[str]) -> Iterator[str]:
    for line in rest:
        yield (MARGIN + " " * width + line).rstrip()
