# SPDX-License-Identifier: MIT
"""Takes changes of the log back, unless what they changed was changed again since."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.desks.settings import write_default, write_value
from bot.kit.context import Context
from bot.kit.database import Transaction
from bot.kit.desks import Change
from bot.kit.errors import Denied, NotFound, UserError
from bot.kit.levels import LEVEL_NAMES
from bot.kit.people import Level, Place
from bot.kit.text import Code, Text, t
from bot.storage import audit, delivery, levels, people, places, slots, switches
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
    change = work(tx, ctx, entry.detail, values)
    home_id = ctx.home.id if ctx.home else None
    audit.note(tx, ctx.community.id, ctx.person.id, "undone", {"entry": entry.id, "name": change.name}, home_id=home_id)
    return change


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
    return Change("level", LEVEL_NAMES[held], LEVEL_NAMES[before], people.get(tx, person_id))


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
    "switched": _switch,
    "slot.assigned": _assigned,
    "slot.withdrawn": _withdrawn,
    "level.granted": _granted,
    "posts.held": _held,
    "posts.let-go": _let_go,
}
