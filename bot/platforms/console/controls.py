# SPDX-License-Identifier: MIT
"""The lines that begin with ":": they steer the terminal itself, not the bot."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.i18n.voice import Voice
from bot.kit.errors import RefdeskError, UserError
from bot.kit.levels import level_name
from bot.kit.people import Identity, Level
from bot.kit.reply import Button, Reply, Tone, Visible, Words
from bot.kit.text import Code, Text, t
from bot.platforms.console.desk import DIRECT, Arrival, Desk
from bot.platforms.console.moments import read_moment
from bot.platforms.console.plain import files_of
from bot.platforms.console.previews import EVERYWHERE, Renderer
from bot.platforms.console.safety import Speech
from bot.platforms.console.saving import save
from bot.platforms.console.screen import Screen

LEVELS: Mapping[str, Level] = {level.name.casefold(): level for level in Level}


class Stage(Protocol):
    """Moves time on demonstration data, and lets everything happen that is due."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""

    def set(self, moment: datetime) -> object:
        """Move the clock."""

    async def settle(self) -> None:
        """Run due jobs and deliver their posts."""


Reload = Callable[[str], Awaitable[None]]
"""Puts a cog's present source in place of the running one; raises RefdeskError where that fails."""


@dataclass(frozen=True, slots=True)
class Control:
    """One control; `words` says what it is for. `run` returns False where its arguments were not understood."""

    name: str
    usage: str
    words: Text
    run: Callable[[str], Awaitable[bool]]


class Controls:
    """Runs controls. `stage` is None where time is the real one, `reload` where cogs stay as they are."""

    def __init__(
        self,
        desk: Desk,
        screen: Screen,
        voice: Callable[[], Voice],
        press: Callable[[Button], Awaitable[None]],
        renderers: Mapping[str, Renderer],
        stage: Stage | None,
        reload: Reload | None = None,
    ) -> None:
        self._desk = desk
        self._screen = screen
        self._voice = voice
        self._press = press
        self._renderers = renderers
        self._stage = stage
        self._reload_cog = reload
        self.wants_to_quit = False
        self.previews = tuple(renderers)
        self.all = (
            Control(
                "as", ":as NAME [LEVEL]", t("be somebody: a member, organiser, librarian, moderator or owner"), self._as
            ),
            Control(
                "in",
                ":in ROOM",
                t("go into a room, or into a private conversation with {direct}", direct=Code(DIRECT)),
                self._in,
            ),
            Control("press", ":press N|LABEL", t("press a button of the last answer"), self._press_button),
            Control("inbox", ":inbox", t("show what you and this room were sent"), self._inbox),
            Control(
                "clock",
                ":clock +2d|+3h|2026-12-01T09:00",
                t("move time on demo data, and let happen what is due"),
                self._clock,
            ),
            Control("preview", ":preview NAME", t("show how the last answer looks elsewhere"), self._preview),
            Control("save", ":save [FOLDER]", t("write the files of the last answer to a folder"), self._save),
            Control("reload", ":reload COG", t("run a cog that you have changed, as its files are now"), self._reload),
            Control("help", ":help", t("list these"), self._help),
            Control("quit", ":quit", t("leave (or press Ctrl-D)"), self._quit),
        )

    async def take(self, line: str) -> bool:
        """Run a control; False where there is none of that name or its arguments were not understood."""
        name, _, rest = line.removeprefix(":").strip().partition(" ")
        found = next((control for control in self.all if control.name == name.casefold()), None)
        if found is None:
            return self._refuse(
                t("There is no {name}. {help} lists what there is.", name=Code(f":{name}"), help=Code(":help"))
            )
        return await found.run(rest.strip())

    def who(self) -> Text:
        """Say who sits here, and where."""
        level = level_name(self._desk.seat.level)
        if self._desk.direct:
            return t("You act as {name}, in a private conversation with the bot.", name=self._desk.seat.name)
        return t(
            "You act as {name} ({level}) in #{room}.", name=self._desk.seat.name, level=level, room=self._desk.room
        )

    def heading(self, arrival: Arrival) -> str:
        """Say where a post came to."""
        if isinstance(arrival.where, Identity):
            return self._voice().plain(t("Sent to {name}:", name=arrival.where.name))
        return self._voice().plain(t("Posted in #{room}:", room=arrival.place.name or arrival.place.channel_id))

    async def _as(self, rest: str) -> bool:
        if not rest:
            return self._refuse(t("Say who: {example}.", example=Code(":as Ana librarian")))
        words = rest.split()
        level = LEVELS.get(words[-1].casefold()) if len(words) > 1 else None
        self._desk.sit(" ".join(words[:-1] if level is not None else words).strip("\"'"), level)
        return self._tell(self.who())

    async def _in(self, rest: str) -> bool:
        if not rest.removeprefix("#").strip():
            rooms = ", ".join([*self._desk.rooms.values(), DIRECT])
            return self._refuse(t("Say where: {rooms}, or any other name.", rooms=rooms))
        new = self._desk.enter(rest)
        opened = t("{who} This room is new.", who=self.who())
        return self._tell(opened if new and not self._desk.direct else self.who())

    async def _press_button(self, rest: str) -> bool:
        buttons = self._desk.present_buttons
        button = find_button(buttons, rest, self._voice())
        if button is None:
            labels = ", ".join(f"[{number}] {self._voice().label(b.label)}" for number, b in enumerate(buttons, 1))
            return self._refuse(t("There is no such button. There are: {labels}", labels=labels or "-"))
        await self._press(button)
        return True

    async def _inbox(self, rest: str) -> bool:
        del rest
        arrivals = list(self._desk.received())
        for arrival in arrivals:
            self._screen.arrival(self.heading(arrival), arrival.reply, arrival.voice)
        return True if arrivals else self._tell(t("Nothing has been sent to you or to this room."))

    async def _clock(self, rest: str) -> bool:
        stage = self._stage
        if stage is None:
            return self._refuse(t("Time can be moved on demo data only."))
        moment = read_moment(rest, stage.now())
        if moment is None or moment < stage.now():
            return self._refuse(
                t("Say how far ahead: {examples}.", examples=Code(":clock +2d, :clock +3h, :clock 2026-12-01T09:00"))
            )
        stage.set(moment)
        self._tell(t("It is now {moment}.", moment=moment))
        await stage.settle()
        return True

    async def _preview(self, rest: str) -> bool:
        last, name = self._desk.last, rest.casefold()
        if name not in self._renderers:
            there = ", ".join(self._renderers)
            if name in EVERYWHERE:
                return self._refuse(
                    t("This installation has no preview for {name}. There are: {there}.", name=name, there=there)
                )
            return self._refuse(t("Say for what: {there}.", there=there))
        if last is None:
            return self._refuse(t("There is no answer yet to show."))
        self._screen.plain(self._renderers[name](last.reply, last.voice))
        return True

    async def _save(self, rest: str) -> bool:
        files = files_of(self._desk.last.reply) if self._desk.last else ()
        if not files:
            return self._refuse(t("The last answer holds no file."))
        try:
            saved = await asyncio.to_thread(save, files, rest)
        except UserError as error:
            return self._refuse(error.text)
        return self._tell(t("Saved as {path}.", path=Code(", ".join(map(str, saved)))))

    async def _reload(self, rest: str) -> bool:
        if self._reload_cog is None:
            return self._refuse(t("Cogs cannot be reloaded here."))
        if not rest:
            return self._refuse(t("Say which cog: {example}.", example=Code(":reload faq")))
        try:
            await self._reload_cog(rest)
        except RefdeskError as error:
            return self._refuse(str(error))
        return self._tell(t("The cog {name} runs as its files are now.", name=Code(rest)))

    async def _help(self, rest: str) -> bool:
        del rest
        speech = Speech(self._voice())
        width = max(len(control.usage) for control in self.all)
        self._screen.plain("\n".join(f"  {c.usage:<{width}}  {speech.label(c.words)}" for c in self.all))
        return True

    async def _quit(self, rest: str) -> bool:
        del rest
        self.wants_to_quit = True
        return True

    def _tell(self, words: Words) -> bool:
        self._screen.reply(Reply(words), Visible.PUBLIC, self._voice())
        return True

    def _refuse(self, words: Words) -> bool:
        self._screen.reply(Reply(words, tone=Tone.BAD), Visible.PUBLIC, self._voice())
        return False


def find_button(buttons: tuple[Button, ...], wanted: str, voice: Voice) -> Button | None:
    """Find a button by its number, its emoji, its label, or the beginning of its label where that is unique."""
    if wanted.isascii() and wanted.isdigit():
        return buttons[int(wanted) - 1] if 1 <= int(wanted) <= len(buttons) else None
    labels = {voice.label(button.label).casefold(): button for button in buttons}
    typed = wanted.casefold()
    begun = [button for label, button in labels.items() if typed and label.startswith(typed)]
    exact = labels.get(typed) or next((button for button in buttons if wanted and button.emoji == wanted), None)
    return exact or (begun[0] if len(begun) == 1 else None)
