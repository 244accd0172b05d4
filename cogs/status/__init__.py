# SPDX-License-Identifier: MIT
"""Status: whether the bot is well, and what a moderator should know."""

from bot.kit import (
    Button,
    Cog,
    Component,
    Context,
    Field,
    Health,
    Level,
    Manifest,
    ModerationDesk,
    PlacesDesk,
    Reply,
    Snapshot,
    State,
    Text,
    Tone,
    Visible,
    Words,
    command,
    n,
    t,
)
from cogs.status.naming import part_name

WORDS = {State.OK: t("works"), State.DEGRADED: t("works in part"), State.DOWN: t("does not work")}
SIGNS = {State.OK: "🟢", State.DEGRADED: "🟡", State.DOWN: "🔴"}
TONES = {State.OK: Tone.GOOD, State.DEGRADED: Tone.WARNING, State.DOWN: Tone.BAD}


class Status(Cog):
    """Tell how the bot is doing."""

    name = "status"
    manifest = Manifest(summary="Tell whether I am well and what is degraded.", keeps="Nothing.", groups={})

    def __init__(self, health: Health, moderation: ModerationDesk, places: PlacesDesk) -> None:
        self.health = health
        self.moderation = moderation
        self.places = places

    @command("status", "Show whether I am well", visible=Visible.QUIET, example="status", task="ask", alone=True)
    async def show(self, ctx: Context) -> Reply:
        """Show what works; moderators see every part with its reason and the counts."""
        snapshot = self.health.snapshot()
        worst = max((part.state for part in snapshot.components), default=State.OK)
        moderator = max(ctx.level, ctx.local_level) >= Level.MODERATOR
        parts = [part for part in snapshot.components if moderator or part.state is not State.OK]
        wrong = await self._wrong(ctx, moderator=moderator)
        return Reply(
            summary(worst, here=bool(wrong)),
            title=t("How I am doing"),
            items=(*map(line, parts), *wrong),
            fields=counts(snapshot) if moderator else (),
            tone=Tone.WARNING if wrong and worst is State.OK else TONES[worst],
            buttons=(Button(t("What to do"), "settings check"),) if wrong and moderator else (),
        )

    async def _wrong(self, ctx: Context, *, moderator: bool) -> list[Words]:
        """Say what is wrong in this community: to its moderators everything, to others what concerns them."""
        told = [each for each in await self.moderation.shortcomings(ctx) if moderator or each.open]
        found: list[Words] = [t("🟡 {what}", what=each.what) for each in told]
        if not moderator:
            return found
        lacking = [each.place for each in await self.places.check(ctx) if each.lacking]
        found += [t("🟡 I lack permissions in {place}.", place=place) for place in lacking]
        if parked := len(await self.moderation.parked(ctx)):
            found.append(n("🟡 {count} post waits for a decision.", "🟡 {count} posts wait for a decision.", parked))
        return found


def summary(worst: State, *, here: bool) -> Text:
    """Say in one sentence how things are; `here` something is not as it should be in this community."""
    if worst is State.OK and here:
        return t("I am well, but not everything is as it should be here.")
    if worst is State.OK:
        return t("I am well: everything works.")
    return t("Something is not as it should be; the rest works.")


def line(part: Component) -> Text:
    """Say how one part is."""
    if part.reason is None:
        return t("{sign} {name} {state}", sign=SIGNS[part.state], name=part_name(part.name), state=WORDS[part.state])
    return t(
        "{sign} {name} {state}: {reason}",
        sign=SIGNS[part.state],
        name=part_name(part.name),
        state=WORDS[part.state],
        reason=part.reason,
    )


def counts(snapshot: Snapshot) -> tuple[Field, ...]:
    """Say how much was done since the start."""
    done = sum(count for (_, outcome), count in snapshot.commands.items() if outcome == "done")
    failed = sum(count for (_, outcome), count in snapshot.commands.items() if outcome == "failed")
    sent = sum(
        count for name, count in snapshot.counters.items() if name.startswith("outbox.") and name.endswith(".sent")
    )
    return (
        Field(t("Running since"), t("{when}", when=snapshot.started_at)),
        Field(t("Commands"), t("{done} done, {failed} failed", done=done, failed=failed)),
        Field(t("Posts"), t("{sent} delivered", sent=sent)),
    )


__all__ = ["Status"]
