# SPDX-License-Identifier: MIT
"""Commands that link homes into one community, and take them out again."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.kit import (
    Arg,
    Button,
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
    UserError,
    Visible,
    command,
    n,
    t,
)

LOG = "log"
"""The slot of the places where moderators read what happened."""

LIFETIME = timedelta(minutes=10)
"""How long the other side may agree."""

LOOK = t("Look and decide")

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
        """Give a code, ask to join the community that a code stands for, or agree to who asked with one's own."""
        if code is None:
            return await self._offer(ctx)
        given_here = await self.links.gave(ctx, code)
        if not ctx.confirmed:
            return Confirm(asking(await self.links.preview(ctx, code)))
        return await (self._agree(ctx, code) if given_here else self._redeem(ctx, code))

    async def _redeem(self, ctx: Context, code: str) -> Reply:
        """Ask the side that gave the code; its moderators read there what would move, and may agree."""
        view = await self.links.redeem(ctx, code)
        line = Code(f"settings link {code.strip()}")
        asked = Reply(
            t(
                "{home} asks to share everything with {community}. A moderator of {community} agrees with {command}, "
                "said there within ten minutes.",
                home=view.home,
                community=view.community,
                command=line,
            ),
            fields=(Field(t("Would move"), moved(view)), Field(t("Numbers"), numbers(view))),
            note=t("By {name}.", name=ctx.person),
        )
        await self.db.write(self._ask, ctx, view, asked, code.strip())
        return Reply(
            t(
                "The moderators of {community} see the same now. As soon as one of them agrees with {command} there, "
                "within ten minutes, {home} is part of it. Nothing has moved yet.",
                community=view.community,
                command=line,
                home=view.home,
            ),
            tone=Tone.GOOD,
        )

    async def _agree(self, ctx: Context, code: str) -> Reply:
        """Let the other home join, and tell both sides."""
        view = await self.links.agree(ctx, code)
        joined = Reply(
            t("{home} is now part of {community}.", home=view.home, community=view.community),
            fields=(Field(t("Moved"), moved(view)), Field(t("Numbers"), numbers(view))),
            tone=Tone.GOOD,
        )
        await self.db.write(self._tell, ctx, view, joined)
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
        if ctx.home is not None and ctx.home.community_id == ctx.home.own_community_id:
            name = ctx.home.name
            raise UserError(t("{name} has not joined another community, so there is nothing to leave.", name=name))
        if not ctx.confirmed:
            return Confirm(t("What was made here goes back here; what others made stays with them. Go on?"))
        view = await self.links.leave(ctx)
        left = Reply(t("{home} is on its own again: {moved}.", home=view.home, moved=moved(view)), tone=Tone.GOOD)
        await self.db.write(self._announce, ctx, ctx.community.id, left)
        return left

    def _ask(self, tx: Transaction, ctx: Context, view: JoinView, asked: Reply, code: str) -> None:
        """Tell the moderators of the other side who asks, where they read what happened; and who gave the code."""
        key, until = f"settings:link:{view.community_id}:{ctx.now.isoformat()}", ctx.now + LIFETIME
        shown = replace(asked, buttons=(Button(LOOK, "settings link", code=code),))
        self.poster.announce(tx, view.community_id, LOG, key, shown, expires_at=until, urgent=True)
        for person_id in view.others:
            self.poster.tell(tx, view.community_id, person_id, f"{key}:giver", asked, expires_at=until, urgent=True)

    def _tell(self, tx: Transaction, ctx: Context, view: JoinView, joined: Reply) -> None:
        """Tell the moderators of both sides, who are one community now, and who asked."""
        self._announce(tx, ctx, view.community_id, joined)
        for person_id in view.others:
            key = f"settings:linked:{view.community_id}:{ctx.now.isoformat()}"
            self.poster.tell(tx, view.community_id, person_id, key, joined)

    def _announce(self, tx: Transaction, ctx: Context, community_id: int, words: Reply) -> None:
        """Tell the moderators of a community, where they read what happened."""
        by = replace(words, note=t("By {name}.", name=ctx.person))
        self.poster.announce(tx, community_id, LOG, f"settings:link:{community_id}:{ctx.now.isoformat()}", by)

    async def _offer(self, ctx: Context) -> Reply:
        code = await self.links.home_code(ctx)
        return Reply(
            t(
                "Within ten minutes, a moderator of the other server or room types {command} there. Then say the same "
                "here, to see what would move and to agree.",
                command=Code(f"settings link {code}"),
            ),
            title=t("Your code is {code}", code=Code(code)),
            buttons=(Button(LOOK, "settings link", code=code),),
        )


def asking(view: JoinView) -> Text:
    """Ask either side, with all that would move, before anything does."""
    return t(
        "{home} will share everything with {community}: {moved}. {numbers} Go on?",
        home=view.home,
        community=view.community,
        moved=moved(view),
        numbers=numbers(view),
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
