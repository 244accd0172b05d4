# SPDX-License-Identifier: MIT
"""A reply as its reader sees it, part by part in plain text: what tests look at."""

from dataclasses import dataclass

from bot.core.i18n.voice import Voice
from bot.kit.limits import BUTTON_LABEL_MAX
from bot.kit.reply import Attachment, Button, Reply, Tone
from bot.platforms.wholes import to_markdown


@dataclass(frozen=True, slots=True)
class Pressable:
    """A button as it is shown, with all that pressing it needs."""

    label: str
    target: str
    arguments: tuple[tuple[str, str], ...] = ()
    emoji: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A rendered reply. `link` is the address of its link, `markdown` the whole as CommonMark source."""

    text: str = ""
    title: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    link: str = ""
    note: str = ""
    tone: Tone = Tone.PLAIN
    buttons: tuple[Pressable, ...] = ()
    files: tuple[Attachment, ...] = ()
    markdown: str = ""

    @property
    def plain(self) -> str:
        """Everything that is to be read, one part a line."""
        fields = [f"{name}: {value}" for name, value in self.fields]
        parts = [self.title, self.text, *fields, *(f"- {item}" for item in self.items), self.link, self.note]
        return "\n".join(part for part in parts if part)


def render(reply: Reply, voice: Voice) -> Sheet:
    """Render a reply for one reader; pure."""
    return Sheet(
        text=voice.plain(reply.text),
        title=voice.plain(reply.title),
        fields=tuple((voice.plain(field.name), voice.plain(field.value)) for field in reply.fields),
        items=tuple(voice.plain(item) for item in reply.items),
        link=reply.link.url if reply.link else "",
        note=voice.plain(reply.note),
        tone=reply.tone,
        buttons=tuple(pressable(button, voice) for button in reply.buttons),
        files=(*((reply.image,) if reply.image else ()), *reply.files),
        markdown=to_markdown(reply, voice),
    )


def pressable(button: Button, voice: Voice) -> Pressable:
    """Render a button."""
    return Pressable(voice.label(button.label, BUTTON_LABEL_MAX), button.target, button.arguments, button.emoji)
