# SPDX-License-Identifier: MIT
"""What a person sees after they did something: plain values to assert on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.exchange import Question
from bot.core.i18n.voice import Voice
from bot.kit.limits import ASKED_AT_ONCE
from bot.kit.params import Kind, Param
from bot.kit.reply import Attachment, Tone, Visible
from bot.kit.text import Text
from bot.platforms.memory import Pressable, Said, Sheet


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bot asks for. On a chat without forms `names` holds the first parameter only.

    `labels` are the descriptions of the fields, `choices` the values that are offered, `typed` what was entered before,
    `error` what was wrong with it. `confirm` is set for a yes or no.
    """

    title: str
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    error: str = ""
    confirm: str = ""
    draft_id: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """The last thing that the bot said in reply, in the reader's language; `all` holds everything, in order.

    `heard` is False where the bot took a line for none of its own and stayed silent. `steps` is what it showed while it
    worked. `edited` tells that the message was replaced since it was first said.
    """

    message: Said | None = None
    all: tuple["Seen", ...] = field(default=(), repr=False)
    heard: bool = True
    edited: bool = False
    steps: tuple[str, ...] = ()
    asked: Asked | None = None
    seen_by: frozenset[str] = frozenset()
    sheet: Sheet = field(default_factory=Sheet)

    @property
    def text(self) -> str:
        """The main words."""
        return self.sheet.text

    @property
    def title(self) -> str:
        """The title of a card."""
        return self.sheet.title

    @property
    def fields(self) -> Mapping[str, str]:
        """The facts of a card by their names."""
        return dict(self.sheet.fields)

    @property
    def items(self) -> Sequence[str]:
        """The lines of a list."""
        return self.sheet.items

    @property
    def link(self) -> str:
        """The address that an answer rests on."""
        return self.sheet.link

    @property
    def note(self) -> str:
        """The small print."""
        return self.sheet.note

    @property
    def tone(self) -> Tone:
        """How it feels."""
        return self.sheet.tone

    @property
    def buttons(self) -> tuple[str, ...]:
        """The labels of what can be pressed."""
        return tuple(button.label for button in self.sheet.buttons)

    @property
    def files(self) -> Mapping[str, Attachment]:
        """The files and the picture by their names."""
        return {file.name: file for file in self.sheet.files}

    @property
    def visible(self) -> Visible | None:
        """Who may see it; None when nothing was said."""
        return self.message.visible if self.message else None

    @property
    def silent(self) -> bool:
        """Tell whether the bot said nothing at all."""
        return self.message is None

    @property
    def markdown(self) -> str:
        """Everything as CommonMark source, as it is sent to a platform that takes Markdown."""
        return self.sheet.markdown

    @property
    def plain(self) -> str:
        """Everything that is to be read, one part a line."""
        return self.sheet.plain

    def __str__(self) -> str:
        return self.plain

    def button(self, label: str) -> Pressable:
        """Find a button by its label or by the beginning of it; AssertionError when there is none."""
        return find_button(self.sheet, label)


def find_button(sheet: Sheet, label: str) -> Pressable:
    """Find a button by its label, its emoji, its number, or the beginning of its label."""
    exact = [b for b in sheet.buttons if label in (b.label, b.emoji)]
    exact = exact or [b for number, b in enumerate(sheet.buttons, 1) if label == str(number)]
    fits = exact or [b for b in sheet.buttons if b.label.casefold().startswith(label.casefold())]
    if not fits:
        raise AssertionError(f"There is no button {label!r}; there are {[b.label for b in sheet.buttons]}.")
    return fits[0]


def asked_of(question: Question, voice: Voice, *, forms: bool) -> Asked:
    """Read a question as its reader sees it."""
    shown = question.params[: ASKED_AT_ONCE if forms else 1]
    return Asked(
        title=voice.plain(question.title),
        names=tuple(param.name for param in shown),
        labels=tuple(voice.plain(Text(param.arg.label or param.arg.description)) for param in shown),
        choices={c.value: _label(c.label, shown, voice) for c in question.choices},
        typed=dict(question.typed),
        error=voice.plain(question.error) if question.error else "",
        confirm=voice.plain(question.confirm.text) if question.confirm else "",
        draft_id=question.draft_id,
    )


def _label(label: object, shown: Sequence[Param], voice: Voice) -> str:
    """Say a choice; the labels of an enumeration are English source text."""
    if isinstance(label, str):
        return voice.translate(label) if shown and shown[0].kind is Kind.CHOICE else voice.plain(label)
    return voice.plain(label)  # type: ignore[arg-type]
