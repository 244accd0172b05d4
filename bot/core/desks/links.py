# SPDX-License-Identifier: MIT
"""Links homes into one community, and accounts to one person."""

from collections.abc import Callable

from bot.kit.context import Context
from bot.kit.database import Database
from bot.kit.desks import JoinView
from bot.kit.errors import Denied
from bot.kit.people import Home, Identity, Level, Person
from bot.kit.text import t
from bot.storage import codes, linking, merging, people


class Links:
    """Implements `bot.kit.desks.LinksDesk`."""

    def __init__(self, db: Database, changed: Callable[[], None]) -> None:
        self._db = db
        self._changed = changed

    async def home_code(self, ctx: Context) -> str:
        """Return a code by which another home may join this community; raises Denied to all but its moderators."""
        home = _home(ctx)
        _moderates(ctx)
        return await self._db.write(codes.issue_home_code, home.id, ctx.person.id)

    async def gave(self, ctx: Context, code: str) -> bool:
        """Tell whether a code was given here, and not on the other side; raises Invalid for one that does not work."""
        return await self._db.write(linking.gave, code, ctx.community.id)

    async def preview(self, ctx: Context, code: str) -> JoinView:
        """Return what joining would do, to either side; raises UserError for a code that does not work."""
        if not await self.gave(ctx, code):
            return _view(await self._db.write(linking.preview_join, code, _home(ctx).id))
        _moderates(ctx)
        guest_id = await self._db.write(linking.guest_of, code)
        return _view(await self._db.write(linking.preview_join, code, guest_id))

    async def redeem(self, ctx: Context, code: str) -> JoinView:
        """Ask the community that a code stands for to let this home join it; raises UserError."""
        asked = await self._db.write(codes.asked, code)
        return _view(await self._db.write(linking.redeem, code, _home(ctx).id, ctx.person.id), asked.given_by)

    async def agree(self, ctx: Context, code: str) -> JoinView:
        """Let the home join that redeemed a code given here; raises UserError."""
        _moderates(ctx)
        if not await self.gave(ctx, code):
            raise codes.spent()
        asked = await self._db.write(codes.asked, code)
        joined = await self._db.write(linking.agree, code, ctx.person.id)
        self._changed()
        return _view(joined, asked.guest_person_id)

    async def leave(self, ctx: Context) -> JoinView:
        """Take this home, with all that was made in it, back into its own community; raises UserError."""
        left = await self._db.write(linking.leave_community, _home(ctx).id, ctx.person.id)
        self._changed()
        return _view(left)

    async def account_code(self, ctx: Context) -> str:
        """Return a code by which another account may become the asker's."""
        return await self._db.write(codes.issue_person_code, ctx.person.id)

    async def account_of(self, ctx: Context, code: str) -> Person:
        """Return whose code it is; raises Invalid for one that does not work, UserError for the asker's own."""
        return await self._db.write(merging.who_asked, code, ctx.person.id)

    async def claim_account(self, ctx: Context, code: str) -> Person:
        """Make the asker's account one of the person who asked for the code; raises Invalid."""
        person = await self._db.write(merging.redeem_person_code, code, ctx.person.id)
        self._changed()
        return person

    async def release_account(self, ctx: Context, account: Identity) -> None:
        """Make one of the asker's accounts a person of its own again; raises UserError."""
        await self._db.write(people.unlink, ctx.person.id, account.platform, account.external_id)
        self._changed()


def _home(ctx: Context) -> Home:
    if ctx.home is None:
        raise Denied(t("Say this in the server or room that is to be linked."))
    return ctx.home


def _moderates(ctx: Context) -> None:
    if ctx.level < Level.MODERATOR:
        raise Denied(
            t("Who joins {community} is for the moderators of its first home to say.", community=ctx.community.name)
        )


def _view(joined: linking.Joined, other: int | None = None) -> JoinView:
    renewed = tuple((renewal.kind, renewal.old, renewal.new) for renewal in joined.renewals)
    names = joined.community.name, joined.home.name
    return JoinView(
        joined.community.id, *names, joined.moved, joined.stayed, renewed, () if other is None else (other,)
    )
