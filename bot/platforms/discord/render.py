# SPDX-License-Identifier: MIT
"""A reply as Discord shows it: Components V2, in pages that keep below every limit. Pure.

Components rather than embeds: their text is the message itself, so that it is read where embeds are hidden, is found
by the search, and is read aloud in order. A reply that is no more than words is not framed.
"""

import re
from dataclasses import dataclass

from bot.core.i18n.voice import Speakable, Voice
from bot.core.markup import blocks, cut
from bot.kit.limits import BUTTON_LABEL_MAX
from bot.kit.reply import Attachment, Button, Reply, Tone
from bot.kit.text import t
from bot.platforms.discord import components as parts
from bot.platforms.discord.components import Component
from bot.platforms.discord.limits import (
    ALT_TEXT_MAX,
    BUTTONS_MAX,
    CHOICE_MAX,
    FILES_MAX,
    ITEMS_PER_PAGE,
    OPTIONS_MAX,
    PLACEHOLDER_MAX,
    TEXT_MAX,
)
from bot.platforms.discord.markdown import to_discord
from bot.platforms.discord.style import STYLE
from bot.platforms.discord.targets import MORE, Press
from bot.platforms.wholes import to_markdown

_COLOURS = {Tone.PLAIN: 0x3366CC, Tone.GOOD: 0x14866D, Tone.WARNING: 0xEDAB00, Tone.BAD: 0xBF3C2C}
_SIGNS = {Tone.PLAIN: "", Tone.GOOD: "✅ ", Tone.WARNING: "⚠️ ", Tone.BAD: "❌ "}
_HEAD_MAX = 600
_TAIL_MAX = 1_200
_UNSAFE_IN_NAME = re.compile(r"[^A-Za-z0-9._-]+")


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


def render(reply: Reply, voice: Voice, *, framed: bool = False) -> Sheet:
    """Render a reply for one reader; `framed` puts even a mere word in a frame, as posts of their own are."""
    title = _line(reply.title, voice)
    tail = _tail(reply, voice)
    room = TEXT_MAX - min(len(title), _HEAD_MAX) - len(tail) - 40
    bodies = _bodies(reply, voice, title, room) or [""]
    files = (*((reply.image,) if reply.image else ()), *reply.files)[:FILES_MAX]
    names = safe_names(files)
    below = _below(reply, voice, names)
    plain = not (framed or title or tail or below or reply.fields or reply.items or reply.tone is not Tone.PLAIN)
    pages = []
    for number, body in enumerate(bodies):
        count = f"  ({number + 1}/{len(bodies)})" if len(bodies) > 1 else ""
        head = _head(title, body, _SIGNS[reply.tone], count)
        shown: list[Component] = [parts.text(head)]
        shown += [parts.rule(), parts.text(tail)] if tail else []
        pages.append(Page(tuple(shown) if plain else (parts.box([*shown, *below], _COLOURS[reply.tone]),)))
    presses = (_press(button) for button in reply.buttons)
    return Sheet(
        tuple(pages),
        tuple(Attachment(name, each.content, each.media_type, _alt(each, voice)) for name, each in names),
        tuple(press for press in presses if not press.fits),
        to_markdown(reply, voice) if len(pages) > 1 else "",
    )


def safe_names(files: tuple[Attachment, ...]) -> list[tuple[str, Attachment]]:
    """Name files so that Discord keeps their names as they are, each differently."""
    named: dict[str, Attachment] = {}
    for number, each in enumerate(files, 1):
        name = _UNSAFE_IN_NAME.sub("_", each.name).strip("._") or f"file{number}"
        named[f"{number}-{name}" if name in named else name] = each
    return list(named.items())


def _alt(attachment: Attachment, voice: Voice) -> str:
    return voice.label(attachment.description, ALT_TEXT_MAX)


def _line(words: Speakable, voice: Voice) -> str:
    return " ".join(_words(words, voice).split())


def _words(words: Speakable, voice: Voice) -> str:
    return to_discord(voice.markdown(words, STYLE)) if words else ""


def _head(title: str, body: str, sign: str, count: str) -> str:
    if title:
        heading = f"### {sign}{title if len(title) <= _HEAD_MAX else title[:_HEAD_MAX].rsplit(' ', 1)[0] + ' …'}{count}"
        return f"{heading}\n{body}" if body else heading
    return f"{sign}{body}{count}"


def _bodies(reply: Reply, voice: Voice, title: str, room: int) -> list[str]:
    """Return the text, the facts and the list in pieces that fit, the list a page at a time."""
    fields = "\n".join(f"**{_line(f.name, voice)}:** {_words(f.value, voice)}" for f in reply.fields)
    beyond = title if len(title) > _HEAD_MAX else ""
    above = "\n\n".join(part for part in (beyond, _words(reply.text, voice), fields, _long_tail(reply, voice)) if part)
    items = [f"- {_words(item, voice)}".replace("\n", "\n  ") for item in reply.items]
    lists = ["\n".join(items[at : at + ITEMS_PER_PAGE]) for at in range(0, len(items), ITEMS_PER_PAGE)]
    pieces = blocks(above, room)
    if lists and pieces and len(pieces[-1]) + len(lists[0]) + 2 <= room:
        pieces[-1] = f"{pieces[-1]}\n\n{lists.pop(0)}"
    return [*pieces, *(piece for listed in lists for piece in blocks(listed, room))]


def _tail(reply: Reply, voice: Voice) -> str:
    """Return the link and the small print, which every page shows."""
    note = _words(reply.note, voice)
    if len(note) > _TAIL_MAX:
        note = ""
    small = "\n".join(f"-# {line}" for line in note.split("\n") if line.strip())
    return "\n".join(part for part in (_words(reply.link, voice) if reply.link else "", small) if part)


def _long_tail(reply: Reply, voice: Voice) -> str:
    if not reply.note:
        return ""
    note = _words(reply.note, voice)
    return note if len(note) > _TAIL_MAX else ""


def _below(reply: Reply, voice: Voice, names: list[tuple[str, Attachment]]) -> list[Component]:
    """Return the pictures, files and buttons."""
    shown: list[Component] = []
    for name, each in names:
        shown.append(parts.picture(name, _alt(each, voice)) if each is reply.image else parts.file(name))
    buttons = [_button(button, voice, first=not at) for at, button in enumerate(reply.buttons[:BUTTONS_MAX])]
    shown += parts.rows(buttons)
    if more := reply.buttons[BUTTONS_MAX : BUTTONS_MAX + OPTIONS_MAX]:
        options = [
            parts.option(voice.label(button.label, CHOICE_MAX), _press(button).custom_id, emoji=button.emoji)
            for button in more
        ]
        shown.append(parts.menu(MORE, options, cut(voice.label(t("More …")), PLACEHOLDER_MAX)))
    return shown


def _button(button: Button, voice: Voice, *, first: bool) -> Component:
    return parts.button(
        voice.label(button.label, BUTTON_LABEL_MAX),
        _press(button).custom_id,
        emoji=button.emoji,
        style=parts.PRIMARY if first else parts.SECONDARY,
    )


def _press(button: Button) -> Press:
    return Press(button.target, button.arguments)
