# SPDX-License-Identifier: MIT
"""A reply as Discord shows it: Components V2, in pages that keep below every limit. Pure.

Components rather than embeds: their text is the message itself, so that it is read where embeds are hidden, is found
by the search, and is read aloud in order. A reply that is no more than words is not framed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.i18n.style import Style
from bot.core.i18n.voice import Speakable, Voice
from bot.core.markup import blocks, clean
from bot.kit.reply import Attachment, Reply, Tone
from bot.kit.text import Code, Text, n
from bot.platforms.discord import components as parts
from bot.platforms.discord.attaching import packed
from bot.platforms.discord.components import Component
from bot.platforms.discord.limits import COMPONENTS_MAX, FILES_MAX, ITEMS_PER_PAGE, TEXT_MAX
from bot.platforms.discord.markdown import to_discord
from bot.platforms.discord.pressing import most, press_of, render_buttons, told_apart
from bot.platforms.discord.style import STYLE
from bot.platforms.discord.targets import Press
from bot.platforms.wholes import to_markdown

_COLOURS = {Tone.PLAIN: 0x3366CC, Tone.GOOD: 0x14866D, Tone.WARNING: 0xEDAB00, Tone.BAD: 0xBF3C2C}
_SIGNS = {Tone.PLAIN: "", Tone.GOOD: "✅ ", Tone.WARNING: "⚠️ ", Tone.BAD: "❌ "}
_HEAD_MAX = 600
_TAIL_MAX = 1_200
_ROOM_MIN = 400
"""Characters of a page that its text has at least."""

_ABOVE = 9
"""Components that a message may have besides: the frame, its texts and line, who is called, and what turns pages."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes words for one reader, in one style."""

    voice: Voice
    style: Style

    def words(self, words: Speakable) -> str:
        """Write words as Discord Markdown."""
        return to_discord(self.voice.markdown(words, self.style)) if words else ""

    def line(self, words: Speakable) -> str:
        """Write words on one line."""
        return " ".join(self.words(words).split())


@dataclass(frozen=True, slots=True)
class Page:
    """One message's components."""

    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rendered reply. `kept` are presses that need a row; `whole` is all its text, where it takes several pages."""

    pages: tuple[Page, ...]
    files: tuple[Attachment, ...] = ()
    kept: tuple[Press, ...] = ()
    whole: str = ""

    @property
    def first(self) -> tuple[Component, ...]:
        """The components of the first page."""
        return self.pages[0].components


def render(reply: Reply, voice: Voice, *, framed: bool = False, style: Style = STYLE, above: int = 0) -> Sheet:
    """Render a reply for one reader; `framed` puts even a mere word in a frame, as posts of their own are.

    `above` is how many characters stand above it in the same message.
    """
    pen = Pen(voice, style)
    if not framed and _is_mere(reply) and len(words := clean(pen.words(reply.text)).strip("\n")) <= TEXT_MAX - above:
        return Sheet((Page((parts.text(words),)),))  # as most answers are: what follows would find nothing to do
    title = pen.line(reply.title)
    attached, packing = packed((*((reply.image,) if reply.image else ()), *reply.files), voice, FILES_MAX - 1)
    buttons = told_apart(reply.buttons)
    room_below = COMPONENTS_MAX - _ABOVE - len(attached)
    besides = (packing, _left_out(len(buttons) - most(room_below)) if buttons else None)
    room = TEXT_MAX - above - min(len(title), _HEAD_MAX) - 40
    tail, fits = _tail(reply, pen, besides, room - _ROOM_MIN)
    bodies = _bodies(reply, pen, title, room - len(tail), whole=not fits) or [""]
    below = [*_shown(reply, attached), *(render_buttons(buttons, voice, room_below) if buttons else ())]
    plain = not (framed or title or tail or below or reply.fields or reply.items or reply.tone is not Tone.PLAIN)
    pages = []
    for number, body in enumerate(bodies):
        count = f"  ({number + 1}/{len(bodies)})" if len(bodies) > 1 else ""
        head = _head(title, body, _SIGNS[reply.tone], count)
        shown: list[Component] = [parts.text(head)]
        shown += [parts.rule(), parts.text(tail)] if tail else []
        pages.append(Page(tuple(shown) if plain else (parts.box([*shown, *below], _COLOURS[reply.tone]),)))
    presses = map(press_of, buttons)
    return Sheet(
        tuple(pages),
        attached,
        tuple(press for press in presses if not press.fits),
        to_markdown(reply, voice) if len(pages) > 1 else "",
    )


def _is_mere(reply: Reply) -> bool:
    """Tell whether a reply is words and nothing else."""
    return reply == Reply(reply.text, visible=reply.visible)


def _head(title: str, body: str, sign: str, count: str) -> str:
    if title:
        heading = f"### {sign}{title if len(title) <= _HEAD_MAX else title[:_HEAD_MAX].rsplit(' ', 1)[0] + ' …'}{count}"
        return f"{heading}\n{body}" if body else heading
    return f"{sign}{body}{count}"


def _bodies(reply: Reply, pen: Pen, title: str, room: int, *, whole: bool) -> list[str]:
    """Return the text, the facts and the list in pieces that fit, the list a page at a time.

    With `whole`, the link and the small print are among them.
    """
    fields = "\n".join(f"**{pen.line(f.name)}:** {pen.words(f.value)}" for f in reply.fields)
    beyond = title if len(title) > _HEAD_MAX else ""
    ends = (pen.words(reply.link) if reply.link else "", pen.words(reply.note)) if whole else ()
    above = "\n\n".join(part for part in (beyond, pen.words(reply.text), fields, *ends) if part)
    items = [f"- {pen.words(item)}".replace("\n", "\n  ") for item in reply.items]
    lists = ["\n".join(items[at : at + ITEMS_PER_PAGE]) for at in range(0, len(items), ITEMS_PER_PAGE)]
    pieces = blocks(above, room)
    if lists and pieces and len(pieces[-1]) + len(lists[0]) + 2 <= room:
        pieces[-1] = f"{pieces[-1]}\n\n{lists.pop(0)}"
    return [*pieces, *(piece for listed in lists for piece in blocks(listed, room))]


def _tail(reply: Reply, pen: Pen, besides: Sequence[Text | None], room: int) -> tuple[str, bool]:
    """Return what every page shows below, and whether the link and the small print are in it.

    They are where they are short; `besides` is of the bot's own making, and always is.
    """
    told = [pen.words(each) for each in besides if each is not None]
    link = pen.words(reply.link) if reply.link else ""
    tail = _small(link, [pen.words(reply.note), *told])
    fits = len(tail) <= min(_TAIL_MAX, room)
    return (tail if fits else _small("", told)), fits


def _small(link: str, told: Sequence[str]) -> str:
    small = "\n".join(f"-# {line}" for words in told for line in words.split("\n") if line.strip())
    return "\n".join(part for part in (link, small) if part)


def _left_out(count: int) -> Text | None:
    """Say that not everything that could be pressed is shown; whatever a button does has a command as well."""
    if count <= 0:
        return None
    return n(
        "{count} more button does not fit here; {command} tells which command does the same.",
        "{count} more buttons do not fit here; {command} tells which commands do the same.",
        count,
        command=Code("/help"),
    )


def _shown(reply: Reply, attached: Sequence[Attachment]) -> list[Component]:
    """Return what shows the picture and the files that are attached; the picture is the first of them."""
    pictures = 1 if reply.image else 0
    shown = [parts.picture(each.name, str(each.description)) for each in attached[:pictures]]
    return [*shown, *(parts.file(each.name) for each in attached[pictures:])]
