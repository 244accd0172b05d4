# SPDX-License-Identifier: MIT
"""`/faq hide` and `restore`: moderators take entries away and bring them back, as they were at any revision."""

from typing import Annotated

from bot.kit import Answer, Arg, Code, Confirm, Context, Level, Reply, Visible, command, t

from . import service
from .model import Change
from .parts import actor_of, complete_draft, complete_hidden
from .writing import TASK, Writing


class Hiding(Writing):
    """Taking away and bringing back."""

    @command(
        "faq hide",
        "Hide an entry from everybody, or discard a draft",
        example="faq hide account-institution",
        task=TASK,
        level=Level.MODERATOR,
        visible=Visible.QUIET,
    )
    async def hide(
        self, ctx: Context, entry: Annotated[str, Arg("The entry", ask=True, max=300, complete=complete_draft)]
    ) -> Answer:
        """Hide an entry of either layer, in every language."""
        slug = await self.slug(ctx, entry)
        if not ctx.confirmed:
            return Confirm(t("Hide “{slug}”? It is no longer given as an answer; you can restore it.", slug=slug))
        done = await self.db.write(service.hide, actor_of(ctx), slug)
        await self.knowledge.of(ctx.community.id)
        words = t("The draft “{slug}” is discarded.", slug=slug) if done is Change.DISCARDED else None
        return Reply(
            words or t("“{slug}” is hidden. Restore it with {command}.", slug=slug, command=Code(f"faq restore {slug}"))
        )

    @command(
        "faq restore",
        "Show a hidden entry again, or go back to older words",
        example="faq restore account-institution",
        task=TASK,
        level=Level.MODERATOR,
        visible=Visible.QUIET,
    )
    async def restore(
        self,
        ctx: Context,
        entry: Annotated[str, Arg("The entry", ask=True, max=300, complete=complete_hidden)],
        revision: Annotated[int | None, Arg("The number of the change to go back to", min=1, max=1_000_000)] = None,
    ) -> Answer:
        """Undo hiding, or bring back the words of a revision."""
        slug = await self.slug(ctx, entry)
        found = await self.db.write(service.restore, actor_of(ctx), slug, revision)
        await self.knowledge.of(ctx.community.id)
        return self.written(ctx, found)
