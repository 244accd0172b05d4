# SPDX-License-Identifier: MIT
"""Before and after an event: the organiser's checklist, and what came of it."""

from typing import Annotated

from bot.kit import Answer, Arg, Context, Invalid, Reply, UserError, Visible, command, t

from . import checklist
from .card import title
from .parts import Parts, Which, address, complete_event
from .results import gather
from .results.hashtags import tag_of


class Afterwards(Parts):
    """Checklist and results."""

    @command(
        "event checklist",
        "What to see to before an edit-a-thon, with the FAQ's answers",
        example="event checklist E-1",
        task="event",
        visible=Visible.QUIET,
    )
    async def show_checklist(self, ctx: Context, event: Which) -> Answer:
        """Show each point, and how to see to it."""
        found = await self.find(ctx, event)
        replies = await checklist.full(found, self.topics.get(), ctx.community, ctx.locale)
        for reply in replies[:-1]:
            await ctx.reply(reply)
        return replies[-1]

    @command(
        "event results",
        "What came of an event, in numbers",
        example="event results E-1 hashtag=1lib1ref",
        task="event",
    )
    async def results(
        self,
        ctx: Context,
        event: Annotated[str, Arg("Its number, such as E-3", ask=True, max=12, word=True, complete=complete_event)],
        dashboard: Annotated[str, Arg("The address of its page on the Dashboard", max=500)] = "",
        hashtag: Annotated[str, Arg("The hashtag of its edits, such as 1lib1ref", max=60)] = "",
    ) -> Answer:
        """Fetch the numbers; they are shown with their age, as text, picture and files."""
        found = await self.find(ctx, event)
        if hashtag and tag_of(hashtag) is None:
            raise Invalid("hashtag", t("A hashtag has letters or figures, at least two, and no spaces."))
        from dataclasses import replace

        content = replace(
            found.content,
            dashboard=address("dashboard", dashboard) or found.content.dashboard,
            hashtag=hashtag or found.content.hashtag,
        )
        if found.starts_at > ctx.now:
            raise UserError(t("{number} has not begun yet.", number=found.name))
        await ctx.progress(t("I ask for the numbers."))
        known = await gather(self.http, self.services, replace(found, content=content), ctx.now)
        if known is None:
            raise UserError(t("I need the address of its page on the Dashboard, or the hashtag of its edits."))
        shown = known.reply()
        if not known.figures:
            return Reply(t("Nobody could tell me the numbers. Try again later."), title=title(found), note=shown.note)
        return replace(shown, title=title(found), image=known.chart(), files=(known.table(), known.wikitext()))
