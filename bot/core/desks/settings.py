# SPDX-License-Identifier: MIT
"""Shows and changes settings: those of every cog, and the community's own name, language and time zone."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from rapidfuzz import process

from bot.core.convert import format_value, from_raw, read, to_raw
from bot.core.desks import community, resting, transfer, undo
from bot.core.desks.writing import note, write_default, write_value
from bot.core.gate import RIGHTS
from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.core.registry import Registry
from bot.core.settings import SettingsBook
from bot.kit.context import Context
from bot.kit.database import Database, Transaction
from bot.kit.desks import Change, KnownCommunity, LogEntry, Restored, SettingView
from bot.kit.errors import Denied, Invalid, NotFound, UserError
from bot.kit.params import Param
from bot.kit.people import Community, Level, Person, Place
from bot.kit.text import Code, Text, t
from bot.storage import apart, audit, communities, people, places, switches

_ALWAYS_ON = frozenset({"settings", RIGHTS})


class Settings:
    """Implements `bot.kit.desks.SettingsDesk`."""

    def __init__(
        self, db: Database, registry: Registry, book: SettingsBook, catalogs: Catalogs, changed: Callable[[], None]
    ) -> None:
        self._db = db
        self._registry = registry
        self._book = book
        self._catalogs = catalogs
        self._changed = changed

    def languages(self) -> Mapping[str, str]:
        """Return the languages that the bot speaks, by their codes: what each calls itself."""
        return {tag: community.own_name(tag) for tag in self._catalogs.languages}

    async def everything(self, ctx: Context, place: Place | None = None) -> tuple[SettingView, ...]:
        """Return every setting as the community has it, or as a place of it has it."""
        voice = self._voice(ctx)
        own = await self._db.read(communities.existing, ctx.community.id)
        values = community.values_of(own, await self._book.values(own.id, community.NAME))
        views = [_view(community.NAME, param, values, voice) for param in community.PARAMS]
        for cog in self._registry.cogs.values():
            values = await self._book.of(cog, ctx.community.id, place.id if place else 0)
            views += [
                _view(cog.name, param, _fields(values, cog.setting_params), voice) for param in cog.setting_params
            ]
        return tuple(views)

    async def find(self, ctx: Context, name: str) -> SettingView:
        """Return one setting as the community has it; raises NotFound for an unknown name."""
        return await self._find(ctx, name, None)

    async def change(self, ctx: Context, name: str, typed: str, place: Place | None = None) -> Change:
        """Set a value from what was typed; raises NotFound for an unknown name, Invalid for a value that cannot be."""
        check_reach(ctx, place)
        view = await self._find(ctx, name, place)
        value = self.check(view, typed, ctx)
        await self._db.write(_change, ctx, view, value, place)
        self._changed()
        return Change(view.name, view.shown, shown(view.name, view.param, value, self._voice(ctx)))

    async def reset(self, ctx: Context, name: str, place: Place | None = None) -> Change:
        """Return to the default; raises NotFound for an unknown name."""
        check_reach(ctx, place)
        view = await self._find(ctx, name, place)
        await self._db.write(_reset, ctx, view, place)
        self._changed()
        after = await self._find(ctx, name, place)
        return Change(view.name, view.shown, after.shown)

    async def rest(self, ctx: Context, since: str, until: str) -> Change:
        """Choose the quiet hours, both in one change; "" twice for none. Raises Invalid about `since` or `until`."""
        check_reach(ctx, None)
        after = resting.span(community.check_hour(since, "since"), community.check_hour(until, "until"))
        before = resting.span_of({view.name: view.value for view in await self.everything(ctx)})
        await self._db.write(resting.choose, ctx, before, after)
        self._changed()
        return Change(resting.NAME, before, after)

    async def switch(self, ctx: Context, name: str, enabled: bool, place: Place | None = None) -> None:
        """Switch a cog or a command on or off; raises NotFound for an unknown name."""
        check_reach(ctx, place)
        known = self.switches()
        if name not in known:
            raise NotFound(t("There is no feature or command {name} that can be switched.", name=Code(name[:60])))
        await self._db.write(_switch, ctx, name, enabled, place)
        self._changed()

    def switches(self) -> frozenset[str]:
        """Return the names of the cogs and commands that can be switched."""
        commands = {command.name for command in self._registry.commands if command.cog not in _ALWAYS_ON}
        return frozenset(commands | (self._registry.cogs.keys() - _ALWAYS_ON))

    async def enabled(self, ctx: Context, name: str) -> bool:
        """Tell whether a cog or a command is on in this community."""
        return await self._book.enabled(ctx.community.id, 0, name)

    async def log(self, ctx: Context, limit: int = 20) -> tuple[LogEntry, ...]:
        """Return the community's latest changes, the newest first."""
        return await self._db.read(_log, ctx.community.id, limit)

    async def undo(self, ctx: Context, number: int | None = None) -> Change:
        """Take one change of the log back (the latest, unless told); raises UserError where that cannot be."""
        entry = await self._db.read(undo.find, ctx, number)
        place_id = entry.detail.get("place_id")
        place = await self._db.read(places.get, place_id) if place_id else None
        voice = self._voice(ctx)
        known = {
            view.name: undo.Known(
                to_raw(view.param, view.value),
                to_raw(view.param, view.param.default),
                partial(from_raw, view.param),
                partial(_shown, view.name, view.param, voice),
            )
            for view in await self.everything(ctx, place)
        }
        change = await self._db.write(undo.undo, ctx, entry, known)
        self._changed()
        return change

    async def dump(self, ctx: Context) -> Mapping[str, Any]:
        """Return all that was chosen in this community, ready for JSON; nothing about people."""
        return await self._db.read(transfer.dump, ctx, await self.everything(ctx))

    async def restore(self, ctx: Context, dumped: Any, *, apply: bool, seen: str | None = None) -> Restored:
        """Take over what `dump` returned, or only tell what would change; raises UserError for anything else.

        Given what was `seen` before, it takes over exactly that, and raises UserError where it would be something else.
        """
        found = await transfer.Plan(self, self._db, ctx).make(dumped)
        shows = transfer.fingerprint(found)
        if seen is not None and seen != shows:
            raise UserError(t("Settings were changed since this was shown, so I changed nothing. Give the file again."))
        if apply:
            await self._db.write(transfer.carry_out, ctx, found)
            self._changed()
        return Restored(
            tuple(step.change for step in found.steps),
            tuple(found.left_out),
            done=apply and bool(found.steps),
            seen=shows,
        )

    def check(self, view: SettingView, typed: str, ctx: Context) -> Any:
        """Return the value of a setting from what was typed; raises Invalid."""
        if view.name == f"{community.NAME}.language":
            return community.check_language(typed, self._catalogs)
        if view.name == f"{community.NAME}.zone":
            return community.check_zone(typed)
        if view.name in resting.HOURS:
            return community.check_hour(typed)
        try:
            return read(view.param, typed, self._voice(ctx))
        except Invalid as error:
            raise Invalid("value", error.text) from error

    async def prefer(self, ctx: Context, locale: str | None, zone: str | None) -> None:
        """Set the asker's own language and time zone; None leaves them to the community. Raises Invalid."""
        language = None if locale is None else community.check_language(locale, self._catalogs, "language")
        checked = None if zone is None else community.check_zone(zone, "zone")
        await self._db.write(people.prefer, ctx.person.id, locale=language, zone=checked)
        self._changed()

    async def communities(self, ctx: Context) -> tuple[KnownCommunity, ...]:
        """Return the communities in which the asker uses the bot, the latest first."""
        return await self._db.read(_communities_of, ctx.person.id)

    async def prefer_community(self, ctx: Context, community: Community) -> None:
        """Let the asker's private conversation be about one of their communities."""
        await self._db.write(people.prefer_community, ctx.person.id, community.id)
        self._changed()

    async def _find(self, ctx: Context, name: str, place: Place | None) -> SettingView:
        views = {view.name: view for view in await self.everything(ctx, place)}
        wanted = name.strip().casefold().replace("-", "_")
        if wanted not in views:
            raise NotFound(_unknown(name, views))
        if place is not None and wanted.startswith(f"{community.NAME}."):
            raise NotFound(t("{name} is the same everywhere in a community; leave the place out.", name=Code(wanted)))
        return views[wanted]

    def _voice(self, ctx: Context) -> Voice:
        return self._catalogs.voice(ctx.locale, ctx.zone, ctx.now)


def check_reach(ctx: Context, place: Place | None) -> None:
    """Let moderators of a home that joined decide on its own places only; raises Denied."""
    if ctx.level >= Level.MODERATOR:
        return
    if place is None or ctx.home is None or place.home_id != ctx.home.id:
        raise Denied(
            t(
                "This holds for the whole community, for which the moderators of its first home decide. "
                "You decide for each place of yours: name it with {option}.",
                option=Code("place="),
            )
        )


def _view(owner: str, param: Param, values: Mapping[str, Any], voice: Voice) -> SettingView:
    name, value = f"{owner}.{param.name}", values[param.name]
    return SettingView(name, param, value, shown(name, param, value, voice), chosen=value != param.default)


def shown(name: str, param: Param, value: Any, voice: Voice) -> str:
    """Return the value of a setting as people read it: a language by what it calls itself."""
    if name == f"{community.NAME}.language":
        return community.with_name(value)
    return format_value(param, value, voice)


def _shown(name: str, param: Param, voice: Voice, raw: str) -> str:
    return shown(name, param, from_raw(param, raw), voice)


def _fields(values: Any, params: tuple[Param, ...]) -> dict[str, Any]:
    return {param.name: getattr(values, param.name) for param in params}


def _unknown(name: str, known: Iterable[str]) -> Text:
    near = [found for found, _, _ in process.extract(name, list(known), limit=3, score_cutoff=50)]
    if near:
        return t("There is no setting {name}. Did you mean {near}?", name=Code(name[:60]), near=Code(", ".join(near)))
    return t(
        "There is no setting {name}. {command} lists what there is.",
        name=Code(name[:60]),
        command=Code("settings show"),
    )


def _change(tx: Transaction, ctx: Context, view: SettingView, value: Any, place: Place | None) -> None:
    write_value(tx, ctx, view.name, value, place.id if place else None)
    if place is not None or value != view.value:
        _note(tx, ctx, "setting.changed", view, to_raw(view.param, value), place)


def _reset(tx: Transaction, ctx: Context, view: SettingView, place: Place | None) -> None:
    write_default(tx, ctx, view.name, place.id if place else None)
    if place is not None or view.chosen:
        _note(tx, ctx, "setting.reset", view, to_raw(view.param, view.param.default), place)


def _note(
    tx: Transaction, ctx: Context, action: str, view: SettingView, after: str | None, place: Place | None
) -> None:
    detail = {
        "setting": view.name,
        "before": to_raw(view.param, view.value),
        "after": after,
        "place_id": place.id if place else None,
    }
    note(tx, ctx, action, detail)


def _switch(tx: Transaction, ctx: Context, name: str, enabled: bool, place: Place | None) -> None:
    place_id = place.id if place else None
    before = switches.chosen(tx, ctx.community.id, name, place_id)
    switches.change(tx, ctx.community.id, name, enabled, ctx.person.id, place_id=place_id)
    if before is enabled or (enabled and before is None and place is None):
        return  # it was so already
    detail = {"name": name, "enabled": enabled, "before": before, "place_id": place_id}
    note(tx, ctx, "switched", detail)


def _communities_of(tx: Transaction, person_id: int) -> tuple[KnownCommunity, ...]:
    met = dict.fromkeys(each.community_id for each in people.memberships(tx, person_id))
    return apart.told_apart(tx, person_id, [communities.existing(tx, each) for each in met])


def _about(tx: Transaction, detail: Mapping[str, Any]) -> Person | Place | None:
    if person_id := detail.get("person_id"):
        return people.get(tx, person_id)
    return places.get(tx, detail["place_id"]) if detail.get("place_id") else None


def _log(tx: Transaction, community_id: int, limit: int) -> tuple[LogEntry, ...]:
    return tuple(
        LogEntry(
            entry.at,
            people.get(tx, entry.person_id) if entry.person_id else None,
            entry.action,
            entry.detail,
            entry.id,
            _about(tx, entry.detail),
        )
        for entry in audit.recent(tx, community_id, limit)
    )
