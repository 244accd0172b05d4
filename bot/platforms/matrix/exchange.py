# SPDX-License-Identifier: MIT
"""How one event is answered: where it was asked, as notices that disturb nobody; secrets in a room for two."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.core.exchange import Origin, Question
from bot.core.i18n.style import Style
from bot.core.i18n.voice import Voice
from bot.kit.reply import Reply, Visible, Words
from bot.kit.text import Code, Link, t
from bot.platforms.matrix.content import Spot
from bot.platforms.matrix.direct import Closed
from bot.platforms.matrix.errors import Forbidden, MatrixError
from bot.platforms.matrix.render import Sheet, render, render_question
from bot.platforms.matrix.style import STYLE, address_of

if TYPE_CHECKING:
    from bot.platforms.matrix.desk import Desk

log = logging.getLogger(__name__)

TYPING_AFTER = timedelta(seconds=0.7)
"""How long work goes on before the bot shows that it is typing."""

TYPING_LASTS = 30_000


class MatrixExchange:
    """Answers one event. `pressed` is the message whose button was pressed."""

    def __init__(self, desk: "Desk", origin: Origin, spot: Spot, *, pressed: str | None = None) -> None:
        self._desk = desk
        self._origin = origin
        self._spot = spot
        self._pressed = pressed
        self._private = origin.home is None
        self._begun = Visible.PUBLIC
        self._typing = False
        self._hush: Callable[[], None] | None = None

    @property
    def origin(self) -> Origin:
        """Who said this, and where."""
        return self._origin

    async def begin(self, visible: Visible) -> None:
        """Show that the bot is typing if the answer takes longer than a moment."""
        self._begun = visible
        if visible is not Visible.SECRET or self._private:
            clock = self._desk.clock
            self._hush = clock.call_at(clock.now() + TYPING_AFTER, self._show_typing)

    async def show(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Say something here, or to the asker alone."""
        style = await self._style_for(visible)
        await self._say(render(reply, voice, style=style), visible, voice)

    async def ask(self, question: Question, visible: Visible, voice: Voice) -> None:
        """Ask for the first thing that is missing; the asker's next message there is the answer."""
        if visible is Visible.SECRET and not self._private:
            visible = Visible.QUIET
        style = await self._style_for(visible)
        await self._say(render_question(question, voice, style), visible, voice, question.draft_id)

    async def progress(self, words: Words, voice: Voice) -> None:
        """Show that work goes on."""
        del words, voice
        if not self._typing:
            self._show_typing()

    async def edit(self, reply: Reply, voice: Voice) -> None:
        """Replace the message whose button was pressed; say the reply where there is none."""
        if self._pressed is None:
            await self.show(reply, self._begun, voice)
            return
        sheet = render(reply, voice, style=await self._style_for(self._begun))
        await self._quietly(self._desk.replace(self._spot, self._pressed, sheet))

    async def finish(self) -> None:
        """End what shows that work goes on."""
        if self._hush is not None:
            self._hush()
        if self._typing:
            self._typing = False
            await self._desk.type(self._spot.room_id, 0)

    async def _style_for(self, visible: Visible) -> Style:
        """Return how to write: commands have their prefix in shared rooms, where they need it."""
        apart = self._private or visible is Visible.SECRET
        return STYLE if apart else await self._desk.style_of(self._spot.room_id)

    async def _say(self, sheet: Sheet, visible: Visible, voice: Voice, question: int | None = None) -> None:
        await self.finish()
        if visible is Visible.SECRET and not self._private:
            await self._say_apart(sheet, voice)
            return
        await self._quietly(self._desk.say(self._spot, sheet, question=question))

    async def _say_apart(self, sheet: Sheet, voice: Voice) -> None:
        """Answer in the room for two, and tell in one line here that it was done."""
        person = self._origin.person
        try:
            room_id = await self._desk.directs.room_with(person.external_id, person.name)
            await self._desk.say(Spot(room_id), sheet)
        except Closed:
            words = t(
                "I cannot write to you in private: you left our conversation, or take none. "
                "Start a direct chat with {me} and ask there.",
                me=Code(self._desk.me.user_id),
            )
        except MatrixError as error:
            log.warning("%s: a private answer could not be given: %s", person.external_id, error)
            words = t("I cannot write to you in private at the moment. Please try again later.")
        else:
            words = t("I answered you {in_private}.", in_private=Link(t("in private"), address_of(room_id)))
        await self._quietly(self._desk.say(self._spot, render(Reply(words), voice)))

    async def _quietly(self, saying: "Saying") -> None:
        """Say something; where the homeserver will not have it, that is logged, and the room is left if it is mute."""
        try:
            await saying
        except Forbidden as error:
            log.warning("%s: I may not answer here: %s", self._spot.room_id, error)
            await self._desk.on_mute(self._spot.room_id)
        except MatrixError as error:
            log.warning("%s: an answer could not be sent: %s", self._spot.room_id, error)

    def _show_typing(self) -> None:
        self._typing = True
        self._desk.tasks.spawn("matrix.typing", self._desk.type(self._spot.room_id, TYPING_LASTS))


if TYPE_CHECKING:
    from collections.abc import Awaitable

    Saying = Awaitable[object]
