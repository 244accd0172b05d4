# SPDX-License-Identifier: MIT
"""Commands that say who may do what."""

from enum import StrEnum
from typing import Annotated

from bot.kit import (
    Arg,
    Context,
    Grant,
    Level,
    LevelsDesk,
    Person,
    Reply,
    Role,
    Text,
    Tone,
    Visible,
    command,
    level_name,
    t,
)


class Granted(StrEnum):
    """A level as moderators give it."""

    NONE = "none"
    ORGANISER = "organiser"
    LIBRARIAN = "librarian"
    MODERATOR = "moderator"

    @property
    def level(self) -> Level | None:
        """The level itself; None takes what was granted back."""
        return None if self is Granted.NONE else Level[self.name]


class LevelCommands:
    """Levels of people and roles."""

    levels: LevelsDesk

    @command(
        "settings level",
        "Make somebody an organiser, a librarian or a moderator",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings level person=Ana level=librarian",
        task="moderate",
    )
    async def grant_level(
        self,
        ctx: Context,
        person: Annotated[Person, Arg("Who", ask=True)],
        level: Annotated[Granted, Arg("What they may do; none takes it back", ask=True)],
    ) -> Reply:
        """Grant a level by name."""
        done = await self.levels.grant(ctx, person, level.level)
        if level is Granted.NONE:
            words = (
                t("{name} has no level by name any more.", name=person)
                if done
                else t("{name} had no level by name.", name=person)
            )
            return Reply(words, tone=Tone.GOOD if done else Tone.WARNING)
        named = level_name(Level[level.name])
        return Reply(t("{name} now has the level: {level}.", name=person, level=named), tone=Tone.GOOD)

    @command(
        "settings role",
        "Say what a role of this server or room is worth",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.QUIET,
        example="settings role role=volunteers level=librarian",
        task="moderate",
    )
    async def value_role(
        self,
        ctx: Context,
        role: Annotated[Role, Arg("Which role", ask=True)],
        level: Annotated[Granted, Arg("What its holders may do; none takes it back", ask=True)],
    ) -> Reply:
        """Say what a role is worth."""
        await self.levels.value_role(ctx, role.id, role.name, level.level)
        if level is Granted.NONE:
            return Reply(t("The role {role} gives no level any more.", role=role.name), tone=Tone.GOOD)
        return Reply(
            t(
                "Whoever has the role {role} now has the level: {level}.",
                role=role.name,
                level=level_name(Level[level.name]),
            ),
            tone=Tone.GOOD,
        )

    @command(
        "settings levels",
        "Show who may do what",
        visible=Visible.QUIET,
        example="settings levels",
        task="moderate",
    )
    async def show_levels(self, ctx: Context) -> Reply:
        """List the levels that were granted."""
        mine = t("Your level here: {level}.", level=level_name(ctx.level))
        grants = await self.levels.grants(ctx)
        return Reply(mine, title=t("Who may do what"), items=tuple(map(line, grants)))


def line(grant: Grant) -> Text:
    """Say what was granted to whom."""
    level = level_name(grant.level)
    if grant.role is not None:
        return t("the role {role}: {level}", role=grant.role, level=level)
    return t("{name}: {level}", name=grant.person.name if grant.person else "?", level=level)
