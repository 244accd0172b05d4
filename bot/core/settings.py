# SPDX-License-Identifier: MIT
"""What moderators chose: settings of cogs and switches, read once and kept until something changes."""

import logging
from dataclasses import dataclass, field
from typing import Any

from bot.kit.cog import Cog
from bot.kit.database import Database, Transaction
from bot.storage import settings, switches

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Everything that was chosen, by community, place (0: the whole community) and name."""

    values: dict[tuple[int, int, str, str], Any] = field(default_factory=dict)
    switches: dict[tuple[int, int, str], bool] = field(default_factory=dict)

    def value(self, community_id: int, owner: str, key: str) -> Any:
        """Return one value that was chosen throughout a community; None when it was never set."""
        return self.values.get((community_id, 0, owner, key))

    def enabled(self, community_id: int, place_id: int, name: str, channel_place_id: int = 0) -> bool:
        """Tell whether a cog or a command is on in a place, or in the channel whose thread it is."""
        for where in (place_id, channel_place_id, 0):
            if (enabled := self.switches.get((community_id, where, name))) is not None:
                return enabled
        return True


def read_all(tx: Transaction) -> Chosen:
    """Read every setting and every switch."""
    return Chosen(
        {(s.community_id, s.place_id or 0, s.cog, s.key): s.value for s in settings.everything(tx)},
        {(s.community_id, s.place_id or 0, s.name): s.enabled for s in switches.everything(tx)},
    )


class SettingsBook:
    """Answers what a cog's settings are in a place: the place's choice, else the community's, else the default."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._chosen: Chosen | None = None
        self._changes = 0

    @property
    def version(self) -> int:
        """A number that grows with every change, for those who remember what they asked."""
        return self._changes

    def forget(self) -> None:
        """Read everything anew: something was changed."""
        self._changes += 1
        self._chosen = None

    async def of(self, cog: Cog | type[Cog], community_id: int, place_id: int = 0, channel_place_id: int = 0) -> Any:
        """Return an instance of a cog's settings class, as this place has it, or the channel whose thread it is."""
        chosen = await self.chosen()
        if not chosen.values:
            return _build(cog, {})
        values = {}
        for param in cog.setting_params:
            for where in (place_id, channel_place_id, 0):
                if (key := (community_id, where, cog.name, param.name)) in chosen.values:
                    values[param.name] = chosen.values[key]
                    break
        return _build(cog, values)

    async def value(self, community_id: int, owner: str, key: str) -> Any:
        """Return one value that was chosen throughout a community; None when it was never set."""
        return (await self.chosen()).value(community_id, owner, key)

    async def values(self, community_id: int, owner: str) -> dict[str, Any]:
        """Return what was chosen for an owner throughout a community; what was never set is absent."""
        chosen = (await self.chosen()).values
        return {
            key: value
            for (where, place_id, of, key), value in chosen.items()
            if (where, place_id, of) == (community_id, 0, owner)
        }

    async def enabled(self, community_id: int, place_id: int, name: str, channel_place_id: int = 0) -> bool:
        """Tell whether a cog or a command is on in a place, or in the channel whose thread it is."""
        return (await self.chosen()).enabled(community_id, place_id, name, channel_place_id)

    async def chosen(self) -> Chosen:
        """Return everything that was chosen, for who asks several things at once."""
        chosen = self._chosen
        if chosen is None:
            changes = self._changes
            chosen = await self._db.read(read_all)
            if changes == self._changes:
                self._chosen = chosen
        return chosen


def _build(cog: Cog | type[Cog], values: dict[str, Any]) -> Any:
    typed = {}
    for param in cog.setting_params:
        if param.name in values:
            try:
                typed[param.name] = param.type(values[param.name])
            except (TypeError, ValueError):
                log.warning(
                    "The setting %s.%s holds %r; its default is used.", cog.name, param.name, values[param.name]
                )
    return cog.settings(**typed)
