# SPDX-License-Identifier: MIT
"""Takes what moderators chose out as JSON, and in again: settings, switches, channels, roles; nothing about people."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.core.convert import to_raw
from bot.core.desks import community, resting
from bot.core.desks.writing import note, write_value
from bot.kit.context import Context
from bot.kit.database import Database, Transaction
from bot.kit.desks import Change, SettingView
from bot.kit.errors import Invalid, UserError
from bot.kit.levels import level_name
from bot.kit.people import Level, Place
from bot.kit.text import Code, Text, t
from bot.storage import homes, levels, places, settings, slots, switches

if TYPE_CHECKING:
    from bot.core.desks.settings import Settings

FORMAT, VERSION = "refdesk-settings", 1
MOST = 2_000
"""How many entries an import may have."""


def dump(tx: Transaction, ctx: Context, views: Sequence[SettingView]) -> dict[str, Any]:
    """Return what was chosen in a community. A store function."""
    here = ctx.community.id
    own = [
        {"name": view.name, "value": to_raw(view.param, view.value)}
        for view in views
        if view.name.startswith(f"{community.NAME}.") and view.chosen
    ]
    params = {view.name: view.param for view in views}
    chosen = [
        {"name": name, "value": to_raw(params[name], each.value), **_where(tx, each.place_id)}
        for each in settings.everything(tx)
        if each.community_id == here and each.cog != community.NAME and (name := f"{each.cog}.{each.key}") in params
    ]
    return {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": ctx.now.isoformat(timespec="seconds"),
        "community": ctx.community.name,
        "settings": own + chosen,
        "switches": [
            {"name": each.name, "enabled": each.enabled, **_where(tx, each.place_id)}
            for each in switches.everything(tx, here)
        ],
        "channels": [{"slot": each.slot, **_where(tx, each.place_id)} for each in slots.everything(tx, here)],
        "roles": [
            {
                "home": {"platform": home.platform, "id": home.external_id},
                "role": each.role_id,
                "name": each.role_name,
                "level": each.level.name.casefold(),
            }
            for home in homes.of_community(tx, here)
            for each in levels.role_levels(tx, home.id)
        ],
    }


def _where(tx: Transaction, place_id: int | None) -> dict[str, Any]:
    place = places.get(tx, place_id) if place_id is not None else None
    if place is None:
        return {}
    found = {"platform": place.platform, "channel": place.channel_id, "thread": place.thread_id, "name": place.name}
    return {"place": {key: value for key, value in found.items() if value}}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an import changes."""

    change: Change
    action: str
    value: Any
    detail: dict[str, Any]


@dataclass(slots=True)
class Steps:
    """What an import changes, and what it leaves out."""

    steps: list[Step] = field(default_factory=list)
    left_out: list[tuple[str, Text]] = field(default_factory=list)


def fingerprint(found: Steps) -> str:
    """Return what stands for everything that an import changes and leaves out."""
    steps = [[step.action, step.detail] for step in found.steps]
    said = json.dumps([steps, [name for name, _ in found.left_out]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def carry_out(tx: Transaction, ctx: Context, found: Steps) -> None:
    """Change everything, in one transaction, and note each change. A store function."""
    for step in found.steps:
        detail = step.detail
        match step.action:
            case "setting.changed":
                write_value(tx, ctx, detail["setting"], step.value, detail["place_id"])
            case resting.ACTION:
                resting.write(tx, ctx, step.value)
            case "switched":
                place_id = detail["place_id"]
                switches.change(tx, ctx.community.id, detail["name"], step.value, ctx.person.id, place_id=place_id)
            case "level.of-role":
                levels.set_role_level(
                    tx, detail["home_id"], detail["role_id"], detail["role_name"], step.value, ctx.person.id
                )
            case _:
                slots.assign(tx, ctx.community.id, detail["slot"], detail["place_id"])
        note(tx, ctx, step.action, detail)


class Plan:
    """Compares an import with what is, entry by entry; what cannot be taken over is left out with the reason."""

    def __init__(self, desk: "Settings", db: Database, ctx: Context) -> None:
        self._desk = desk
        self._db = db
        self._ctx = ctx
        self._found = Steps()

    async def make(self, dumped: Any) -> Steps:
        """Return what would be changed; raises UserError where this is no export of ours, or of another version."""
        _check_form(dumped)
        for entry in _entries(dumped, "settings"):
            await self._guarded(self._setting, entry)
        self._found.steps = _with_quiet_hours(self._found.steps)
        for entry in _entries(dumped, "switches"):
            await self._guarded(self._switch, entry)
        for entry in _entries(dumped, "channels"):
            await self._guarded(self._channel, entry)
        for entry in _entries(dumped, "roles"):
            await self._guarded(self._role, entry)
        return self._found

    async def _guarded(self, work: Any, entry: Any) -> None:
        name = str(entry.get("name") or entry.get("slot") or "?")[:80] if isinstance(entry, dict) else "?"
        try:
            await work(entry)
        except UserError as error:
            self._found.left_out.append((name, error.text))
        except (KeyError, TypeError, ValueError, AttributeError):
            self._found.left_out.append((name, t("This entry is not as I write them.")))

    async def _setting(self, entry: dict[str, Any]) -> None:
        name, value = str(entry["name"]), str(entry["value"])
        place = await self._place(entry)
        views = {view.name: view for view in await self._desk.everything(self._ctx, place)}
        if name not in views:
            raise UserError(t("There is no such setting here."))
        view = views[name]
        try:
            checked = self._desk.check(view, value, self._ctx)
        except Invalid as error:
            raise UserError(error.text) from error
        before, after = to_raw(view.param, view.value), to_raw(view.param, checked)
        if before != after:
            detail = {"setting": name, "before": before, "after": after, "place_id": place.id if place else None}
            self._found.steps.append(Step(Change(name, before, after), "setting.changed", checked, detail))

    async def _switch(self, entry: dict[str, Any]) -> None:
        name, enabled = str(entry["name"]), entry["enabled"]
        if not isinstance(enabled, bool):
            raise TypeError(enabled)
        if name not in self._desk.switches():
            raise UserError(t("There is no such feature or command here."))
        place = await self._place(entry)
        place_id = place.id if place else None
        before = await self._db.read(switches.chosen, self._ctx.community.id, name, place_id)
        if before is not enabled:
            detail = {"name": name, "enabled": enabled, "before": before, "place_id": place_id}
            said = Change(name, t("off") if before is False else t("on"), t("on") if enabled else t("off"))
            self._found.steps.append(Step(said, "switched", enabled, detail))

    async def _channel(self, entry: dict[str, Any]) -> None:
        slot, place = str(entry["slot"])[:40], await self._place(entry)
        if place is None:
            raise KeyError("place")
        there = await self._db.read(slots.everything, self._ctx.community.id)
        if (slot, place.id) not in {(each.slot, each.place_id) for each in there}:
            detail = {"slot": slot, "place_id": place.id}
            self._found.steps.append(Step(Change(slot, "", place.name), "slot.assigned", None, detail))

    async def _role(self, entry: dict[str, Any]) -> None:
        """Take over what a role is worth, in a home of this community and at most the asker's own level."""
        role_id, name = str(entry["role"])[:100], str(entry["name"])[:100]
        level = Level[str(entry["level"]).upper()]
        if not Level.MEMBER < level <= min(self._ctx.level, Level.MODERATOR):
            raise UserError(t("You cannot give a level that you do not have yourself."))
        said = entry["home"]
        home = await self._db.read(homes.find, str(said["platform"]), str(said["id"]))
        if home is None or home.community_id != self._ctx.community.id:
            raise UserError(t("Its server or room is not known here."))
        valued = await self._db.read(levels.role_levels, home.id)
        before = next((each.level for each in valued if each.role_id == role_id), None)
        if before is not level:
            was = before.name if before else None
            detail = {"home_id": home.id, "role_id": role_id, "role_name": name, "before": was, "after": level.name}
            change = Change(name, level_name(before) if before else "", level_name(level))
            self._found.steps.append(Step(change, "level.of-role", level, detail))

    async def _place(self, entry: dict[str, Any]) -> Place | None:
        said = entry.get("place")
        if said is None:
            return None
        found = await self._db.read(
            places.find, str(said["platform"]), str(said["channel"]), str(said["thread"]) if "thread" in said else None
        )
        if found is None:
            raise UserError(t("Its place is not known here."))
        return await self._db.read(places.within, self._ctx.community.id, found.id)


def _with_quiet_hours(steps: list[Step]) -> list[Step]:
    """Make one step of both quiet hours, where both change: they are one change to be taken back."""
    hours = {step.change.name: step for step in steps if step.change.name in resting.HOURS}
    if len(hours) < len(resting.HOURS):
        return steps
    before, after = (
        resting.span_of({name: step.detail[key] for name, step in hours.items()}) for key in ("before", "after")
    )
    chosen = Step(Change(resting.NAME, before, after), resting.ACTION, after, {"before": before, "after": after})
    return [*(step for step in steps if step.change.name not in hours), chosen]


def _check_form(dumped: Any) -> None:
    if not isinstance(dumped, dict) or dumped.get("format") != FORMAT:
        raise UserError(
            t("This is no export of settings. Use a file that {command} made.", command=Code("settings export"))
        )
    version = dumped.get("version")
    if version != VERSION:
        raise UserError(
            t(
                "This export has the form {found}; I read the form {version}. Export it anew where it came from.",
                found=str(version)[:20],
                version=VERSION,
            )
        )


def _entries(dumped: dict[str, Any], part: str) -> Iterable[Any]:
    found = dumped.get(part, [])
    if not isinstance(found, list) or len(found) > MOST:
        raise UserError(t("The part {part} of this export cannot be read.", part=part))
    return found
