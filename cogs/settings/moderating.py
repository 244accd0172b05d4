# SPDX-License-Identifier: MIT
"""Commands about what is wrong here, parked posts, blocked people and bridges."""

from collections.abc import Sequence
from typing import Annotated

from bot.kit import (
    Ago,
    Arg,
    Button,
    Choice,
    Code,
    Confirm,
    Context,
    Invalid,
    KnownPlace,
    Level,
    ModerationDesk,
    NotFound,
    ParkedPost,
    Person,
    Place,
    PlaceCheck,
    PlacesDesk,
    Reply,
    Shortcoming,
    Text,
    Tone,
    UserError,
    Visible,
    Words,
    action,
    command,
    t,
)
from cogs.settings.places import purpose

PARKED_SHOWN = 2
"""How many parked posts come with buttons at a time: Matrix and Discord show five buttons well."""


class ModerationCommands:
    """What moderators do beside choosing settings."""

    places: PlacesDesk
    moderation: ModerationDesk

    @command(
        "settings check",
        "Find out what keeps me from doing my work here",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.QUIET,
        example="settings check",
        task="moderate",
    )
    async def check_all(self, ctx: Context) -> Reply:
        """Look at channels, features, permissions and parked posts."""
        wrong = await self.moderation.shortcomings(ctx)
        gone = {each.place for each in wrong}
        rooms = [each for each in await self.places.check(ctx) if each.place not in gone]
        parked = await self.moderation.parked(ctx)
        well = not (wrong or parked or any(each.lacking for each in rooms))
        lines: list[Words] = [*map(told, wrong), *map(checked, rooms), *map(parked_line, parked)]
        advice = self.places.advice(ctx)
        return Reply(
            t("All is well.") if well else "",
            title=t("What I looked at"),
            items=tuple(lines),
            note=advice[0] if advice else "",
            tone=Tone.GOOD if well else Tone.WARNING,
            buttons=tuple(button for each in parked[:PARKED_SHOWN] for button in self._decisions(each)),
        )

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def retry(self, ctx: Context, row_id: int) -> Reply:
        """Try a parked post again."""
        if not await self.moderation.release(ctx, row_id):
            raise NotFound(decided(row_id))
        return Reply(t("I try to deliver post {number} again.", number=Code(str(row_id))), tone=Tone.GOOD)

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def drop(self, ctx: Context, row_id: int) -> Reply:
        """Give a parked post up."""
        if not await self.moderation.drop(ctx, row_id):
            raise NotFound(decided(row_id))
        return Reply(t("I have given post {number} up.", number=Code(str(row_id))), tone=Tone.GOOD)

    @command(
        "settings parked",
        "Decide on posts that could not be delivered",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings parked",
        task="moderate",
    )
    async def decide(
        self,
        ctx: Context,
        number: Annotated[int | None, Arg("Which post; leave it out to see them all", min=1)] = None,
        again: Annotated[bool, Arg("Try it again (else it is given up)")] = True,
    ) -> Reply:
        """List parked posts, or decide on one: what the buttons do, to be typed."""
        if number is not None:
            return await (self.retry if again else self.drop)(ctx, number)
        parked = await self.moderation.parked(ctx)
        return Reply(
            "" if parked else t("No post waits for a decision."),
            title=t("Posts that could not be delivered"),
            items=tuple(map(parked_line, parked)),
            buttons=tuple(button for each in parked[:PARKED_SHOWN] for button in self._decisions(each)),
        )

    @command(
        "settings block",
        "Bar somebody from using me in this community",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings levels",
        task="moderate",
    )
    async def block(self, ctx: Context, person: Annotated[Person, Arg("Who", ask=True)]) -> Reply | Confirm:
        """Block every account of somebody."""
        if person.id == ctx.person.id:
            raise UserError(t("You cannot block yourself."))
        if not ctx.confirmed:
            return Confirm(t("{name} will not be able to use me here, but for their own data. Go on?", name=person))
        await self.moderation.block(ctx, person)
        undo = Code("settings unblock")
        return Reply(t("{name} is blocked. {command} lifts it.", name=person, command=undo), tone=Tone.GOOD)

    @command(
        "settings unblock",
        "Let somebody use me again",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings levels",
        task="moderate",
    )
    async def unblock(self, ctx: Context, person: Annotated[Person, Arg("Who", ask=True)]) -> Reply:
        """Lift a block."""
        if await self.moderation.unblock(ctx, person):
            return Reply(t("{name} may use me again.", name=person), tone=Tone.GOOD)
        return Reply(t("{name} was not blocked here.", name=person), tone=Tone.WARNING)

    async def complete_other(self, ctx: Context, typed: str) -> list[Choice]:
        """Offer the places of the community, in all its homes."""
        known = await self.moderation.places(ctx)
        said = typed.casefold()
        found = named(known, typed) or [each for each in known if said in place_label(each).casefold()]
        return [Choice(str(each.place.id), place_label(each)) for each in found]

    @command(
        "settings bridge",
        "Say that a bridge connects two channels, so that each post is made once",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings channels",
        task="moderate",
    )
    async def bridge(
        self,
        ctx: Context,
        place: Annotated[Place, Arg("A channel or room of this home", ask=True)],
        other: Annotated[
            str, Arg("The one that it is bridged with; leave it out for none", max=100, complete=complete_other)
        ] = "",
    ) -> Reply:
        """Mark places as bridged, or no longer."""
        if not other:
            await self.moderation.bridge(ctx, place, None)
            return Reply(t("{place} is bridged with nothing now.", place=place), tone=Tone.GOOD)
        meant = named(await self.moderation.places(ctx), other)
        if len(meant) != 1:
            words = t("Several are called so; choose one.") if meant else t("I know no such channel or room here.")
            raise Invalid("other", words)
        [chosen] = meant
        await self.moderation.bridge(ctx, place, chosen.place.id)
        label = place_label(chosen)
        return Reply(t("{place} and {other} get each post once now.", place=place, other=label), tone=Tone.GOOD)

    def _decisions(self, post: ParkedPost) -> tuple[Button, Button]:
        number = post.number
        return (
            Button(t("Try {number} again", number=number), self.retry, number),
            Button(t("Give {number} up", number=number), self.drop, number),
        )


def decided(number: int) -> Text:
    """Say that there is nothing to decide: somebody did, or there was no such post."""
    return t("No post {number} waits for a decision here.", number=Code(str(number)))


def told(found: Shortcoming) -> Text:
    """Say what is wrong and what to do."""
    return t("✗ {what} {remedy}", what=found.what, remedy=found.remedy)


def checked(found: PlaceCheck) -> Text:
    """Say how a place is."""
    purposes = tuple(map(purpose, found.slots))
    if not found.lacking:
        return t("✓ {place} ({purposes})", place=found.place, purposes=purposes)
    return t("✗ {place} ({purposes}): I lack {lacking}", place=found.place, purposes=purposes, lacking=found.lacking)


def parked_line(post: ParkedPost) -> Text:
    """Say which post waits, and why."""
    number, reason, when = Code(str(post.number)), post.reason, Ago(post.since)
    if post.where is None:
        return t("✗ Post {number}, to somebody in private, {when}: {reason}", number=number, when=when, reason=reason)
    return t("✗ Post {number} to {place}, {when}: {reason}", number=number, place=post.where, when=when, reason=reason)


def named(known: Sequence[KnownPlace], typed: str) -> list[KnownPlace]:
    """Return the places that are meant: by their number or label as they are offered, by their name, or by a link."""
    said = typed.strip()
    offered = [each for each in known if said in (str(each.place.id), place_label(each))]
    bare = said.strip("<#>").casefold()
    called = [each for each in known if each.place.name.removeprefix("#").casefold() == bare]
    return offered or called or [each for each in known if each.place.channel_id in (said, said.strip("<#>"))]


def place_label(known: KnownPlace) -> str:
    """Name a place so that it can be told from those of other homes."""
    place = known.place
    thread = "/…" if place.thread_id else ""
    return f"{place.platform}: #{place.name.removeprefix('#')}{thread} ({known.home})"[:100]
