# SPDX-License-Identifier: MIT
"""Commands that show and change values, switches, and the log of changes."""

from collections.abc import Mapping
from typing import Annotated

from bot.kit import (
    Arg,
    Change,
    Choice,
    Code,
    Context,
    Invalid,
    Level,
    LogEntry,
    NotFound,
    Person,
    Place,
    Reply,
    SettingsDesk,
    SettingView,
    Text,
    Tone,
    Value,
    Visible,
    command,
    level_name,
    t,
)
from cogs.settings.places import purpose

NOTHING = "–"
"""What stands for a value that is not there."""

QUIET_HOURS = "quiet_hours"
"""What a change of both quiet hours is called."""

ACTIONS = {
    "setting.changed": t("changed a setting"),
    "setting.reset": t("reset a setting"),
    "quiet.changed": t("chose the quiet hours"),
    "switched": t("switched something on or off"),
    "slot.assigned": t("chose a channel"),
    "slot.withdrawn": t("gave a channel up"),
    "level.granted": t("granted a level"),
    "level.of-role": t("valued a role"),
    "home.joined": t("joined this community"),
    "home.left": t("left this community"),
    "undone": t("took a change back"),
    "blocked": t("blocked somebody"),
    "unblocked": t("lifted a block"),
    "posts.held": t("paused my posts"),
    "posts.let-go": t("let my posts go out again"),
    "post.retried": t("had a parked post tried again"),
    "post.dropped": t("gave a parked post up"),
    "events.role": t("chose the role that new events call"),
    "request.unmasked": t("looked who had asked anonymously"),
    "bridge.made": t("marked two places as bridged"),
    "bridge.removed": t("marked a place as bridged no longer"),
}


class ValueCommands:
    """Values, switches and the log."""

    desk: SettingsDesk

    async def complete_setting(self, ctx: Context, typed: str) -> list[Choice]:
        """Offer the names of settings that hold what is typed."""
        views = await self.desk.everything(ctx)
        said = typed.casefold()
        return [Choice(view.name, view.name) for view in views if said in view.name]

    async def check_setting(self, ctx: Context, name: str) -> None:
        """Raise Invalid where there is no such setting, before its value is asked for."""
        try:
            await self.desk.find(ctx, name)
        except NotFound as error:
            raise Invalid("name", error.text) from error

    async def check_switch(self, ctx: Context, name: str) -> None:
        """Raise Invalid where there is no such feature or command."""
        del ctx
        if name not in self.desk.switches():
            raise Invalid(
                "name", t("There is no feature or command {name} that can be switched.", name=Code(name[:60]))
            )

    async def complete_switch(self, ctx: Context, typed: str) -> list[Choice]:
        """Offer the features and commands that can be switched."""
        del ctx
        said = typed.casefold()
        known = sorted(self.desk.switches(), key=lambda name: (" " in name, name))
        return [Choice(name, name) for name in known if said in name]

    @command(
        "settings show",
        "Show the settings of this community",
        visible=Visible.QUIET,
        example="settings show",
        task="moderate",
    )
    async def show(
        self,
        ctx: Context,
        name: Annotated[
            str | None, Arg("Which setting, or the beginning of its name", complete=complete_setting)
        ] = None,
        place: Annotated[Place | None, Arg("As it is in this place")] = None,
    ) -> Reply:
        """List settings with their values."""
        views = [
            view for view in await self.desk.everything(ctx, place) if view.name.startswith((name or "").casefold())
        ]
        if not views:
            return Reply(
                t("There is no setting whose name begins with “{name}”.", name=(name or "")[:60]), tone=Tone.BAD
            )
        return Reply(
            title=t("Settings of {community}", community=ctx.community.name)
            if place is None
            else t("Settings of {community} in {place}", community=ctx.community.name, place=place),
            items=tuple(line(view) for view in views),
            note=t("Change one with {command}.", command=Code("settings set")),
        )

    @command(
        "settings set",
        "Change a setting of this community",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.QUIET,
        example="settings set community.zone Europe/Madrid",
        task="moderate",
    )
    async def set_value(
        self,
        ctx: Context,
        name: Annotated[str, Arg("Which setting", ask=True, complete=complete_setting, check=check_setting)],
        value: Annotated[str, Arg("Its new value", ask=True, max=1000)],
        place: Annotated[Place | None, Arg("Only in this place")] = None,
    ) -> Reply:
        """Set a value and tell what it was."""
        change = await self.desk.change(ctx, name, value, place)
        return Reply(changed(change, place), tone=Tone.GOOD)

    @command(
        "settings reset",
        "Return a setting to its default",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.QUIET,
        example="settings reset community.zone",
        task="moderate",
    )
    async def reset_value(
        self,
        ctx: Context,
        name: Annotated[str, Arg("Which setting", ask=True, complete=complete_setting, check=check_setting)],
        place: Annotated[Place | None, Arg("Only in this place")] = None,
    ) -> Reply:
        """Return to the default and tell what it is."""
        change = await self.desk.reset(ctx, name, place)
        key, after = Code(change.name), change.after or NOTHING
        if place is not None:
            words = t("In {place}, {name} is what it is everywhere: {after}.", place=place, name=key, after=after)
        elif change.before == change.after:
            words = t("{name} has its default already: {after}.", name=key, after=after)
        else:
            words = t("{name} is back to its default: {after}.", name=key, after=after)
        return Reply(words, tone=Tone.GOOD)

    @command(
        "settings switch",
        "Switch a feature or a command on or off",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.QUIET,
        example="settings switch faq on",
        task="moderate",
    )
    async def switch(
        self,
        ctx: Context,
        name: Annotated[
            str,
            Arg(
                "A feature (faq) or a command (faq add)",
                ask=True,
                complete=complete_switch,
                check=check_switch,
                command=True,
            ),
        ],
        enabled: Annotated[bool, Arg("Whether it is on", ask=True)],
        place: Annotated[Place | None, Arg("Only in this place")] = None,
    ) -> Reply:
        """Switch a cog or a command."""
        await self.desk.switch(ctx, name, enabled, place)
        key = Code(name)
        if place is not None:
            on, off = (
                t("In {place}, {name} is on.", place=place, name=key),
                t("In {place}, {name} is off.", place=place, name=key),
            )
        else:
            on, off = t("{name} is on.", name=key), t("{name} is off.", name=key)
        return Reply(on if enabled else off, tone=Tone.GOOD)

    @command(
        "settings log",
        "Show who changed what",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings log",
        task="moderate",
    )
    async def show_log(self, ctx: Context) -> Reply:
        """List the latest changes."""
        entries = await self.desk.log(ctx, limit=50)
        if not entries:
            return Reply(t("Nothing was changed yet."))
        return Reply(
            title=t("Changes in {community}", community=ctx.community.name),
            items=tuple(map(entry_line, entries)),
            note=t("{command} takes one of them back.", command=Code("settings undo")),
        )

    @command(
        "settings undo",
        "Take a change back, as far as nothing was changed since",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings undo",
        task="moderate",
    )
    async def undo(
        self,
        ctx: Context,
        number: Annotated[int | None, Arg("Its number in the log; leave it out for the latest", min=1)] = None,
    ) -> Reply:
        """Take one change of the log back."""
        change = await self.desk.undo(ctx, number)
        return Reply(undone(change), tone=Tone.GOOD)


def changed(change: Change, place: Place | None) -> Text:
    """Say what a setting is now, and what it was where that differs."""
    name, before, after = Code(change.name), change.before or NOTHING, change.after or NOTHING
    if place is not None:
        return t("In {place}, {name} is now {after}.", place=place, name=name, after=after)
    if before == after:
        return t("{name} is {after} already.", name=name, after=after)
    return t("{name} was {before} and is now {after}.", name=name, before=before, after=after)


def called(name: str) -> Value:
    """Return what is changed as people read it: the quiet hours in words, a setting by its name."""
    return t("quiet hours") if name == QUIET_HOURS else Code(name)


def undone(change: Change) -> Text:
    """Say what is again as it was."""
    before, after = change.before or NOTHING, change.after or NOTHING
    if change.whom is not None:
        return t(
            "The level of {person} was {before} and is again {after}.", person=change.whom, before=before, after=after
        )
    if change.name == QUIET_HOURS:
        return t("The quiet hours were {before} and are again {after}.", before=before, after=after)
    slot = purpose(change.name)
    name = slot if isinstance(slot, Text) else Code(change.name)
    return t("{name} was {before} and is again {after}.", name=name, before=before, after=after)


def line(view: SettingView) -> Text:
    """Say what a setting is."""
    about = Text(view.param.arg.description)
    return t("{name} = **{value}** · {about}", name=Code(view.name), value=view.shown or NOTHING, about=about)


def entry_line(entry: LogEntry) -> Text:
    """Say what somebody changed."""
    who = entry.person.name if entry.person else t("somebody who was forgotten")
    what = ACTIONS.get(entry.action) or Text(entry.action)
    detail = entry.detail
    number, values = Code(str(entry.number)), from_to(entry)
    subject = detail.get("setting") or detail.get("name") or detail.get("role_name")
    said: Value | None = called(str(subject)) if subject else None
    if isinstance(entry.about, Person) or (said is None and "slot" not in detail):
        said = entry.about
    elif "slot" in detail:
        said = purpose(str(detail["slot"]))
    if values is not None and said is not None:
        said = t("{subject} ({before} → {after})", subject=said, before=values[0], after=values[1])
    elif values is not None:
        said = t("{before} → {after}", before=values[0], after=values[1])
    if said is None:
        return t("{number} · {when} · {who} {what}", number=number, when=entry.at, who=who, what=what)
    return t(
        "{number} · {when} · {who} {what}: {subject}", number=number, when=entry.at, who=who, what=what, subject=said
    )


def from_to(entry: LogEntry) -> tuple[Value, Value] | None:
    """Return what something was and is since; None where there is no such thing."""
    detail = entry.detail
    if "enabled" in detail:
        return _switched(detail.get("before") is not False), _switched(bool(detail["enabled"]))
    if "slot" in detail and isinstance(entry.about, Place):
        return (NOTHING, entry.about) if entry.action == "slot.assigned" else (entry.about, NOTHING)
    if "before" in detail and "after" in detail:
        return _shown(entry, detail["before"]), _shown(entry, detail["after"])
    return None


def _switched(on: bool) -> Text:
    return t("on") if on else t("off")


def _shown(entry: LogEntry, value: object) -> Text | str:
    level = entry.action.startswith("level.") or (entry.action == "undone" and _about_level(entry.detail))
    if level and (value is None or value in Level.__members__):
        return level_name(Level[str(value)] if value else Level.MEMBER)
    return str(value)[:80] if value not in (None, "") else NOTHING


def _about_level(detail: Mapping[str, object]) -> bool:
    return any(detail[key] in Level.__members__ for key in ("before", "after"))
