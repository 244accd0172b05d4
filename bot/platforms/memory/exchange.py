# SPDX-License-Identifier: MIT
"""How the fake chat answers one event, in the manner of a chat with forms or of one without."""

from collections.abc import Awaitable, Callable, Sequence

from bot.core.courier import Parcel
from bot.core.exchange import Origin, PlaceRef, Question
from bot.core.i18n.voice import Voice
from bot.kit.people import Identity
from bot.kit.reply import Button, Reply, Visible, Words
from bot.kit.text import Markdown, Text, t
from bot.platforms.memory.courier import replace_said
from bot.platforms.memory.render import render
from bot.platforms.memory.rooms import Rooms, Said, direct_channel

Numberer = Callable[[PlaceRef, str, Sequence[tuple[str, Button]]], Awaitable[None]]
"""Keeps which button a number stands for: (place, message id, [(number, button)])."""


class MemoryExchange:
    """Answers one event.

    `heard` is everything that was said in reply, edited messages included, `steps` what was shown while work went on.
    """

    def __init__(
        self,
        rooms: Rooms,
        origin: Origin,
        *,
        forms: bool = True,
        message_id: str | None = None,
        closed: bool = False,
        number: Numberer | None = None,
    ) -> None:
        self.heard: list[Said] = []
        self.steps: list[str] = []
        self.begun: Visible | None = None
        self._rooms = rooms
        self._origin = origin
        self._forms = forms
        self._message_id = message_id
        self._closed = closed
        self._number = number

    @property
    def origin(self) -> Origin:
        """Who did this, and where."""
        return self._origin

    async def begin(self, visible: Visible) -> None:
        """Note who may see the answer; a second call is a mistake of the caller."""
        if self.begun is not None:
            raise RuntimeError("begin() was called twice for one event.")
        self.begun = visible

    async def show(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Say something to those who may see it."""
        said = self._say(reply, visible, voice)
        if said and reply.buttons and not reply.card and not self._forms and self._number:
            signs = [(str(number), button) for number, button in enumerate(reply.buttons, 1)]
            await self._number(self._place_of(said), said.id, signs)

    async def ask(self, question: Question, visible: Visible, voice: Voice) -> None:
        """Show a form, or ask for the first thing that is missing."""
        if self._forms and visible is Visible.PUBLIC:
            visible = Visible.QUIET
        said = self._say(Reply(ask_words(question)), visible, voice)
        if said:
            said.question = question

    async def progress(self, words: Words, voice: Voice) -> None:
        """Note what was shown while work went on."""
        self.steps.append(voice.plain(words))

    async def edit(self, reply: Reply, voice: Voice) -> None:
        """Replace the message whose button was pressed; show the reply where there is none."""
        said = self._rooms.get(self._message_id) if self._message_id else None
        if said is None:
            await self.show(reply, self.begun or Visible.PUBLIC, voice)
            return
        replace_said(said, Parcel(said.marker or "", reply, voice))
        self.heard.append(said)

    def _place_of(self, said: Said) -> PlaceRef:
        here = self._origin.place
        return here if said.channel_id in (here.thread_id, here.channel_id) else PlaceRef(said.channel_id)

    def _say(self, reply: Reply, visible: Visible, voice: Voice) -> Said | None:
        place, person = self._origin.place, self._origin.person
        channel_id = place.thread_id or place.channel_id
        if visible is Visible.SECRET and not self._forms and self._origin.home is not None:
            return self._say_apart(reply, channel_id, voice)
        reader = person if visible is Visible.SECRET or (self._forms and visible is Visible.QUIET) else None
        return self._add(reply, channel_id, reader, visible, voice)

    def _say_apart(self, reply: Reply, channel_id: str, voice: Voice) -> Said | None:
        """Answer in a conversation of two, and tell so in the room, as a chat does that has no private answers."""
        if self._closed:
            words = t("I cannot write to you in private. Start a conversation with me and ask there.")
            self._add(Reply(words), channel_id, None, Visible.QUIET, voice)
            return None
        self._add(Reply(t("I answered you in private.")), channel_id, None, Visible.QUIET, voice)
        person = self._origin.person
        return self._add(reply, direct_channel(person), person, Visible.SECRET, voice)

    def _add(self, reply: Reply, channel_id: str, reader: Identity | None, visible: Visible, voice: Voice) -> Said:
        said = Said(self._rooms.next_id(), channel_id, reply, voice, render(reply, voice), visible, reader)
        self.heard.append(self._rooms.add(said))
        return said


def ask_words(question: Question) -> Text | Markdown | str:
    """Say what is asked for: the text of a confirmation, an error, or the first thing that is missing."""
    if question.confirm:
        return question.confirm.text
    if question.error:
        return question.error
    return Text(question.params[0].arg.description) if question.params else question.title
