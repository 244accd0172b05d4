# SPDX-License-Identifier: MIT
"""Status: whether the bot is well, and what a moderator should know."""

from bot.kit import Cog, Context, Field, Health, Level, Manifest, Reply, Text, Tone, Visible, command, t
from bot.kit.health import Component, Snapshot, State

WORDS = {State.OK: t("works"), State.DEGRADED: t("works in part"), State.DOWN: t("does not work")}
SIGNS = {State.OK: "🟢", State.DEGRADED: "🟡", State.DOWN: "🔴"}
TONES = {State.OK: Tone.GOOD, State.DEGRADED: Tone.WARNING, State.DOWN: Tone.BAD}


class Status(Cog):
    """Tell how the bot is doing."""

    name = "status"
    manifest = Manifest(summary="Tell whether I am well and what is degraded.", keeps="Nothing.", groups={})

    def __init__(self, health: Health) -> None:
        self.health = health

    @command("status", "Show whether I am well", visible=Visible.QUIET, example="status", task="ask", alone=True)
    async def show(self, ctx: Context) -> Reply:
        """Show what works; moderators see every part with its reason and the counts."""
        snapshot = self.health.snapshot()
        worst = max((part.state for part in snapshot.components), default=State.OK)
        moderator = max(ctx.level, ctx.local_level) >= Level.MODERATOR
        parts = [part for part in snapshot.components if moderator or part.state is not State.OK]
        return Reply(
            summary(worst),
            title=t("How I am doing"),
            items=tuple(map(line, parts)),
            fields=counts(snapshot) if moderator else (),
            tone=TONES[worst],
        )


def summary(worst: State) -> Text:
    """Say in one sentence how things are."""
    if worst is State.OK:
        return t("I am well: everything works.")
    return t("Something is not as it should be; the rest works.")


def line(part: Component) -> Text:
    """Say how one part is."""
    if part.reason is None:
        return t("{sign} {name} {state}", sign=SIGNS[part.state], name=part.name, state=WORDS[part.state])
    return t(
        "{sign} {name} {state}: {reason}",
        sign=SIGNS[part.state],
        name=part.name,
        state=WORDS[part.state],
        reason=part.reason,
    )


def counts(snapshot: Snapshot) -> tuple[Field, ...]:
    """Say how much was done since the start."""
    done = sum(count for (_, outcome), count in snapshot.commands.items() if outcome == "done")
    failed = sum(count for (_, outcome), count in snapshot.commands.items() if outcome == "failed")
    return (
        Field(t("Running since"), t("{when}", when=snapshot.started_at)),
        Field(t("Commands"), t("{done} done, {failed} failed", done=done, failed=failed)),
        Field(t("Posts"), t("{sent} delivered", sent=snapshot.counters.get("posts.sent", 0))),
    )


__all__ = ["Status"]
