# SPDX-License-Identifier: MIT
"""Commands that let the bot rest: quiet hours, paused posts, the whole bot."""

import re
from enum import StrEnum
from typing import Annotated

from bot.kit import (
    Arg,
    Code,
    Context,
    Invalid,
    Level,
    ModerationDesk,
    Reply,
    SettingsDesk,
    Tone,
    Visible,
    command,
    t,
)


class Resting(StrEnum):
    """What can rest."""

    POSTS = "posts"
    BOT = "bot"

    @property
    def label(self) -> str:
        """What people read."""
        return {Resting.POSTS: "Posts in channels", Resting.BOT: "Answers to members"}[self]


_HOUR = re.compile(r"(?<!\d)(\d{1,2})(?:[:.h](\d{2})(?!\d))?\s*([ap])?(?(3)\.?m\b\.?)", re.IGNORECASE)

_BETWEEN = re.compile(
    "from|to|until|till|between|and|[-–—]|von|ab|bis|zwischen|und|uhr|del?|desde|a|las?|hasta|entre|y|les|des|fins|i"
    "|du|dès|à|jusqu['’]à|et|heures|hores|horas|h"
)
"""Words that stand around hours, in the languages that the bot speaks."""


def both(since: str, until: str) -> tuple[str, str]:
    """Return both hours as they were meant ("10pm to 7am", "22-7"), or "" twice for none; raises Invalid."""
    typed = f"{since} {until}".strip()
    if not typed:
        return "", ""
    for param, text in (("since", since), ("until", until)):
        if strange := [word for word in _HOUR.sub(" ", text).split() if not _BETWEEN.fullmatch(word.casefold())]:
            raise _no_hour(param, strange[0][:20])
    found = [_hour(each) for each in _HOUR.finditer(typed)]
    if len(found) == 2:
        for param, hour in zip(("since", "until"), found, strict=True):  # before either is set
            if not "00:00" <= hour <= "23:59" or hour[3:] > "59":
                raise _no_hour(param, hour)
        return found[0], found[1]
    if len(found) == 1:
        raise Invalid("since" if until and not since else "until", t("Give both hours, or none."))
    raise _no_hour("since", typed[:20])


def _no_hour(param: str, typed: str) -> Invalid:
    return Invalid(param, t("“{typed}” is no hour. Write it like {example}.", typed=typed, example=Code("22:00")))


def _hour(found: re.Match[str]) -> str:
    number, minutes, half = int(found[1]), found[2] or "00", (found[3] or "").casefold()
    if half and 1 <= number <= 12:
        number = number % 12 + (12 if half == "p" else 0)
    return f"{number:02}:{minutes}"


class PauseCommands:
    """Quiet hours and pauses."""

    desk: SettingsDesk
    moderation: ModerationDesk

    @command(
        "settings quiet",
        "Choose the hours in which I post nothing but what is urgent",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings quiet 22:00 07:00",
        task="moderate",
    )
    async def choose_quiet_hours(
        self,
        ctx: Context,
        since: Annotated[str, Arg("From which hour, such as 22:00; leave both out for none", max=20, word=True)] = "",
        until: Annotated[str, Arg("Until which hour, such as 07:00", max=40)] = "",
    ) -> Reply:
        """Set both hours, or none."""
        since, until = both(since, until)
        await self.desk.rest(ctx, since, until)
        if not since:
            return Reply(t("I post at every hour now."), tone=Tone.GOOD)
        words = t(
            "From {since} until {until} ({zone}) I post nothing but what is urgent; the rest follows afterwards.",
            since=since,
            until=until,
            zone=ctx.community.zone,
        )
        return Reply(words, tone=Tone.GOOD)

    @command(
        "settings pause",
        "Let my posts wait, or let me answer moderators only",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings pause posts",
        task="moderate",
    )
    async def pause(self, ctx: Context, what: Annotated[Resting, Arg("What rests", ask=True)]) -> Reply:
        """Pause posts, or the bot."""
        again = Code(f"settings resume {what.value}")
        if what is Resting.POSTS:
            await self.moderation.hold_posts(ctx, held=True)
            words = t("My posts wait now; what is too late by then is left out. {command} ends this.", command=again)
            return Reply(words, tone=Tone.GOOD)
        await self.desk.change(ctx, "community.paused", "yes")
        return Reply(t("I answer moderators only now. {command} ends this.", command=again), tone=Tone.GOOD)

    @command(
        "settings resume",
        "Let my posts go out again, or let me answer everybody again",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings resume posts",
        task="moderate",
    )
    async def resume(self, ctx: Context, what: Annotated[Resting, Arg("What goes on", ask=True)]) -> Reply:
        """Resume posts, or the bot."""
        if what is Resting.POSTS:
            done = await self.moderation.hold_posts(ctx, held=False)
            return Reply(t("My posts go out again.") if done else t("My posts were not paused."), tone=Tone.GOOD)
        await self.desk.reset(ctx, "community.paused")
        return Reply(t("I answer everybody again."), tone=Tone.GOOD)
