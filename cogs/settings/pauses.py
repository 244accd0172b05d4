# SPDX-License-Identifier: MIT
"""Commands that let the bot rest: quiet hours, paused posts, the whole bot."""

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
        since: Annotated[str, Arg("From which hour, such as 22:00; leave both out for none", max=5, word=True)] = "",
        until: Annotated[str, Arg("Until which hour, such as 07:00", max=5, word=True)] = "",
    ) -> Reply:
        """Set both hours, or none."""
        if bool(since) != bool(until):
            missing = "until" if since else "since"
            raise Invalid(missing, t("Give both hours, or none."))
        since, until = await self._set("since", "from", since, ctx), await self._set("until", "until", until, ctx)
        if not since:
            return Reply(t("I post at every hour now."), tone=Tone.GOOD)
        words = t(
            "From {since} until {until} ({zone}) I post nothing but what is urgent; the rest follows afterwards.",
            since=since,
            until=until,
            zone=ctx.community.zone,
        )
        return Reply(words, tone=Tone.GOOD)

    async def _set(self, param: str, key: str, typed: str, ctx: Context) -> str:
        """Set one of the hours, and return it as it is written."""
        try:
            return str((await self.desk.change(ctx, f"community.quiet_{key}", typed)).after)
        except Invalid as error:
            raise Invalid(param, error.text) from error

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
