# SPDX-License-Identifier: MIT
"""Takes changes of the log back, unless what they changed was changed again since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.desks import resting
from bot.core.desks.writing import note, write_default, write_value
from bot.kit.context import Context
from bot.kit.database import Transaction
from bot.kit.desks import Change
from bot.kit.errors import Denied, NotFound, UserError
from bot.kit.levels import level_name
from bot.kit.people import Level, Person, Place
from bot.kit.text import Code, Text, t
from bot.storage import audit, blocks, delivery, levels, people, places, slots, switches
from bot.storage.audit import Entry

Detail = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A setting as it is: its present value and its default as written down, and how to read and show such."""

    now: str
    default: str
    read: Callable[[str], Any]
    shown: Callable[[str], str]


Values = Mapping[str, Known]


def undo(tx: Transaction, ctx: Context, entry: Entry, values: Values) -> Change:
    """Take a change back, and note that. Raises NotFound, Denied or UserError. A store function."""
    work = _WAYS.get(entry.action)
    if work is None:
        raise UserError(t("Change {number} cannot be taken back by itself.", number=Code(str(entry.id))))
    change = work(tx, ctx, {**entry.detail, "home_id": entry.home_id}, values)
    noted = {"entry": entry.id, "name": change.name, **_reversed(entry.detail)}
    note(tx, ctx, "undone", noted)
    return change


def _reversed(detail: Detail) -> dict[str, Any]:
    """Return what was and is since, the other way round, and whom it is about: for the log."""
    about = {key: detail[key] for key in ("person_id", "place_id") if key in detail}
    if "enabled" in detail:
        return {**about, "before": detail["enabled"], "enabled": detail.get("before") is not False}
    if "before" in detail and "after" in detail:
        return {**about, "before": detail["after"], "after": detail["before"]}
    return about


def find(tx: Transaction, ctx: Context, number: int | None) -> Entry:
    """Return a change by its number, or the latest that can be taken back; raises NotFound."""
    if number is not None:
        found = audit.find(tx, ctx.community.id, number)
        if found is None:
            raise NotFound(t("There is no change {number} in the log of this community.", number=Code(str(number))))
        return found
    latest = audit.recent(tx, ctx.community.id, 100)
    undone = {entry.detail.get("entry") for entry in latest if entry.action == "undone"}
    for entry in latest:
        if entry.action in _WAYS and entry.id not in undone:
            return entry
    raise NotFound(t("There is nothing to take back."))


def _check(now: Any, after: Any, name: str) -> None:
    if now != after:
        raise UserError(
            t("{name} was changed again since. Take the later change back first, or set it anew.", name=Code(name))
        )


def _setting(tx: Transaction, ctx: Context, detail: Detail, values: Values) -> Change:
    name, place_id = str(detail["setting"]), detail.get("place_id")
    known = values.get(name)
    if known is None:
        raise NotFound(t("There is no setting {name} any more.", name=Code(name)))
    _check(known.now, detail["after"], name)
    before = str(detail["before"])
    if before == known.default and name != "community.name":
        write_default(tx, ctx, name, place_id)
    else:
        write_value(tx, ctx, name, known.read(before), place_id)
    return Change(name, known.shown(known.now), known.shown(before))


def _rested(tx: Transaction, ctx: Context, detail: Detail, values: Values) -> Change:
    now, before = resting.span_of({name: values[name].now for name in resting.HOURS}), str(detail["before"])
    if now != detail["after"]:
        raise UserError(t("The quiet hours were changed again since. Choose them anew."))
    resting.write(tx, ctx, before)
    return Change(resting.NAME, now, before)


def _switch(tx: Transaction, ctx: Context, detail: Detail, _: Values) -> Change:
    name, place_id = str(detail["name"]), detail.get("place_id")
    _check(switches.chosen(tx, ctx.community.id, name, place_id), detail["enabled"], name)
    switches.change(tx, ctx.community.id, name, detail.get("before"), ctx.person.id, place_id=place_id)
    return Change(name, _on(detail["enabled"]), _on(detail.get("before")))


def _on(enabled: bool | None) -> Text:
    return t("off") if enabled is False else t("on")


def _assigned(tx: Transaction, ctx: Context, detail: Detail, _: Values) -> Change:
    slot = str(detail["slot"])
    _check(slots.withdraw(tx, ctx.community.id, slot, detail["place_id"]), True, slot)
    return Change(slot, _place(tx, detail), "")


def _withdrawn(tx: Transaction, ctx: Context, detail: Detail, _: Values) -> Change:
    slots.assign(tx, ctx.community.id, str(detail["slot"]), detail["place_id"])
    return Change(str(detail["slot"]), "", _place(tx, detail))


def _place(tx: Transaction, detail: Detail) -> Place | str:
    return places.get(tx, detail["place_id"]) or ""


def _granted(tx: Transaction, ctx: Context, detail: Detail, _: Values) -> Change:
    person_id = detail["person_id"]
    if person_id is None:
        raise NotFound(t("Whom this was about has asked to be forgotten."))
    held = levels.level_of(tx, ctx.community.id, None, person_id)
    before = _level(detail["before"])
    if max(before, held) > ctx.level:
        raise Denied(t("You cannot give or take a level that you do not have yourself."))
    _check(held, _level(detail["after"]), "level")
    levels.set_person_level(tx, ctx.community.id, person_id, before or None, ctx.person.id)
    return Change("level", level_name(held), level_name(before), people.get(tx, person_id))


def _valued(tx: Transaction, ctx: Context, detail: Detail, _: Values) -> Change:
    home_id, role_id, name = detail["home_id"], detail["role_id"], str(detail["role_name"])
    if ctx.home is None or ctx.home.id != home_id:
        raise Denied(t("{name} is a role of another server or room; take this back there.", name=name))
    now = next((row.level for row in levels.role_levels(tx, home_id) if row.role_id == role_id), None)
    _check(now, _worth(detail["after"]), name)
    before = _worth(detail["before"])
    if max(before or Level.MEMBER, now or Level.MEMBER) > max(ctx.level, ctx.local_level):
        raise Denied(t("You cannot give or take a level that you do not have yourself."))
    levels.set_role_level(tx, home_id, role_id, name, before, ctx.person.id)
    return Change(name, level_name(now or Level.MEMBER), level_name(before or Level.MEMBER))


def _worth(noted: str | int | None) -> Level | None:
    return None if noted is None else _level(noted)


def _blocked(tx: Transaction, ctx: Context, detail: Detail, _: Values) -> Change:
    person = _whom(tx, detail)
    _check(blocks.unblock(tx, ctx.community.id, person.identities), True, person.name)
    return Change(person.name, t("blocked"), t("not blocked"))


def _unblocked(tx: Transaction, ctx: Context, detail: Detail, _: Values) -> Change:
    person = _whom(tx, detail)
    blocks.block(tx, ctx.community.id, person.identities, ctx.person.id)
    return Change(person.name, t("not blocked"), t("blocked"))


def _whom(tx: Transaction, detail: Detail) -> Person:
    found = people.get(tx, detail["person_id"]) if detail.get("person_id") else None
    if found is None:
        raise NotFound(t("Whom this was about has asked to be forgotten."))
    return found


def _bridged(tx: Transaction, ctx: Context, detail: Detail, _: Values) -> Change:
    place = places.within(tx, ctx.community.id, detail["place_id"])
    _check(detail["other_id"] in {each.id for each in places.bridged_with(tx, place.id)}, True, place.name)
    places.bridge(tx, [place.id], None)
    return Change(place.name, t("bridged"), t("not bridged"))


def _level(noted: str | int | None) -> Level:
    """Read a level as the log has it; what was written before there were organisers is a number."""
    if isinstance(noted, str):
        return Level[noted]
    return (Level.MEMBER, Level.LIBRARIAN, Level.MODERATOR, Level.OWNER)[noted or 0]


def _held(tx: Transaction, ctx: Context, _: Detail, __: Values) -> Change:
    delivery.let_go(tx, ctx.community.id)
    return Change("posts", _on(False), _on(True))


def _let_go(tx: Transaction, ctx: Context, _: Detail, __: Values) -> Change:
    delivery.hold(tx, ctx.community.id, ctx.person.id)
    return Change("posts", _on(True), _on(False))


_WAYS: Mapping[str, Callable[[Transaction, Context, Detail, Values], Change]] = {
    "setting.changed": _setting,
    "setting.reset": _setting,
    resting.ACTION: _rested,
    "switched": _switch,
    "slot.assigned": _assigned,
    "slot.withdrawn": _withdrawn,
    "level.granted": _granted,
    "level.of-role": _valued,
    "blocked": _blocked,
    "unblocked": _unblocked,
    "bridge.made": _bridged,
    "posts.held": _held,
    "posts.let-go": _let_go,
}
