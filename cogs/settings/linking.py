# SPDX-License-Identifier: MIT
"""Commands that link homes into one community, and take them out again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated

from bot.kit import (
    Arg,
    Code,
    Confirm,
    Context,
    Database,
    Field,
    JoinView,
    Level,
    LinksDesk,
    Poster,
    Reply,
    Text,
    Tone,
    Transaction,
    Visible,
    command,
    n,
    t,
)

LOG = "log"
"""The slot of the places where moderators read what happened."""

KINDS: Mapping[str, Callable[[int], Text]] = {
    "requests": lambda count: n("{count} request", "{count} requests", count),
    "events": lambda count: n("{count} event", "{count} events", count),
    "faq_entries": lambda count: n("{count} FAQ entry", "{count} FAQ entries", count),
}
"""The tables whose rows people know, and how many there are in words."""


class LinkCommands:
    """Links between homes."""

    links: LinksDesk
    db: Database
    poster: Poster

    @command(
        "settings link",
        "Share one FAQ, calendar and request list with another server or room",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.SECRET,
        example="settings link",
        task="moderate",
    )
    async def link(
        self,
        ctx: Context,
        code: Annotated[str | None, Arg("The code from the other side; leave it out to get one", max=40)] = None,
    ) -> Reply | Confirm:
        """Give a code, or join the community that a code stands for."""
        if code is None:
            return await self._offer(ctx)
        if not ctx.confirmed:
            view = await self.links.preview(ctx, code)
            return Confirm(
                t(
                    "{home} will share everything with {community}: {moved}. {numbers} Go on?",
                    home=view.home,
                    community=view.community,
                    moved=moved(view),
                    numbers=numbers(view),
                )
            )
        view = await self.links.join(ctx, code)
        joined = Reply(
            t("{home} is now part of {community}.", home=view.home, community=view.community),
            fields=(Field(t("Moved"), moved(view)), Field(t("Numbers"), numbers(view))),
            tone=Tone.GOOD,
        )
        await self.db.write(self._tell, ctx, view.community_id, joined)
        return joined

    @command(
        "settings unlink",
        "Leave the community that this server or room joined",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.QUIET,
        example="settings unlink",
        task="moderate",
    )
    async def unlink(self, ctx: Context) -> Reply | Confirm:
        """Take this home, with its rows, back into its own community."""
        if not ctx.confirmed:
            return Confirm(t("What was made here goes back here; what others made stays with them. Go on?"))
        view = await self.links.leave(ctx)
        left = Reply(t("{home} is on its own again: {moved}.", home=view.home, moved=moved(view)), tone=Tone.GOOD)
        await self.db.write(self._tell, ctx, ctx.community.id, left)
        return left

    def _tell(self, tx: Transaction, ctx: Context, community_id: int, words: Reply) -> None:
        """Tell the moderators of the other side, where they read what happened."""
        by = replace(words, note=t("By {name}.", name=ctx.person))
        self.poster.announce(tx, community_id, LOG, f"settings:link:{community_id}:{ctx.now.isoformat()}", by)

    async def _offer(self, ctx: Context) -> Reply:
        code = await self.links.home_code(ctx)
        return Reply(
            t(
                "Within ten minutes, a moderator of the other server or room types {command} there. It works once.",
                command=Code(f"settings link {code}"),
            ),
            title=t("Your code is {code}", code=Code(code)),
        )


def moved(view: JoinView) -> Text:
    """Say how much moves: what people know by name, and how many other entries (settings, levels, notes)."""
    counts = {kind: view.moved.get(kind, 0) for kind in KINDS}
    rest = sum(view.moved.values()) - sum(counts.values())
    parts = [KINDS[kind](count) for kind, count in counts.items() if count]
    words = n("{count} other entry", "{count} other entries", rest)
    for part in reversed(parts):
        words = t("{some}, {more}", some=part, more=words)
    return words


def numbers(view: JoinView) -> Text:
    """Say which numbers are renewed, and how much stays where it is."""
    words = t("All numbers stay.")
    if view.renewed:
        shown = ", ".join(f"{old} → {new}" for _, old, new in view.renewed[:10])
        more = ", …" if len(view.renewed) > 10 else ""
        words = t("New numbers (the old ones still work): {shown}.", shown=shown + more)
    if stays := sum(view.stayed.values()):
        left = n(
            "{count} entry stays behind, since there is one like it already.",
            "{count} entries stay behind, since there are some like them already.",
            stays,
        )
        return t("{some} {more}", some=words, more=left)
    return words
