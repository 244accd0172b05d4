# SPDX-License-Identifier: MIT
"""Looks for what keeps the bot from doing its work in a community: places gone, features down, posts held."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.core.loader import Failure, said_step
from bot.core.registry import Registry
from bot.kit.database import Database, Transaction
from bot.kit.moderation import Shortcoming
from bot.kit.people import Home, Place
from bot.kit.text import Code, t
from bot.storage import delivery, homes, places, settings, slots, switches

WANTED = {"requests": "requests", "announcements": "events"}
"""Slots without which a cog cannot do its work."""


class Checkup:
    """Looks at a community; `failures` are the cogs that should run and do not."""

    def __init__(
        self,
        db: Database,
        registry: Registry,
        failures: Callable[[], Mapping[str, Failure]],
    ) -> None:
        self._db = db
        self._registry = registry
        self._failures = failures

    async def of(self, community_id: int) -> tuple[Shortcoming, ...]:
        """Return what is not as it should be, the gravest first."""
        seen = await self._db.read(_look, community_id)
        told = await self._db.read(self._told, community_id)
        found = [*self._cogs(), *told, *_places(seen, self._wanted())]
        return (*found, *self._strangers(seen))

    def _wanted(self) -> list[str]:
        return [slot for slot, cog in WANTED.items() if cog in self._registry.cogs]

    def _told(self, tx: Transaction, community_id: int) -> list[Shortcoming]:
        """Ask the cogs themselves."""
        return [each for cog in self._registry.cogs.values() for each in cog.shortcomings(tx, community_id)]

    def _cogs(self) -> Iterator[Shortcoming]:
        for name, failure in self._failures().items():
            yield Shortcoming(
                t("The feature {name} does not run: its {step} failed.", name=Code(name), step=said_step(failure.step)),
                t("Whoever runs me finds the reason in the log, or with {command}.", command=Code("refdesk check")),
            )

    def _strangers(self, seen: "_Seen") -> Iterator[Shortcoming]:
        """Find settings and switches that belong to nothing that runs: they are kept, and have no effect."""
        known = {*self._registry.cogs, *self._failures(), "community"}
        names = known | {command.name for command in self._registry.commands}
        for name in sorted({each for each in seen.owners if each not in known}):
            yield Shortcoming(
                t("There are settings of {name}, a feature that I do not have now.", name=Code(name)),
                t("They wait until it comes back."),
            )
        for name in sorted({each for each in seen.switched if each not in names}):
            yield Shortcoming(
                t("{name} was switched, and is nothing that I have now.", name=Code(name)), t("It has no effect.")
            )
        if seen.held:
            yield Shortcoming(
                t("My posts wait: a moderator paused them."),
                t("{command} lets them go out.", command=Code("settings resume posts")),
                open=True,
            )
        if seen.paused:
            yield Shortcoming(
                t("I rest: a moderator paused me, and I answer moderators only."),
                t("{command} ends this.", command=Code("settings resume bot")),
                open=True,
            )


class _Seen:
    """What was read of a community."""

    def __init__(self, tx: Transaction, community_id: int) -> None:
        known = {home.id: home for home in homes.of_community(tx, community_id)}
        present = {home.id for home in homes.present(tx)}
        self.slots: list[tuple[str, Place, bool]] = []
        self.left: list[Home] = [home for home in known.values() if home.id not in present]
        for each in slots.everything(tx, community_id):
            place = places.get(tx, each.place_id)
            if place is not None:
                reachable = each.home_id in present and not places.is_gone(tx, place.id)
                self.slots.append((each.slot, place, reachable))
        chosen = [each for each in settings.everything(tx) if each.community_id == community_id]
        self.owners = [each.cog for each in chosen]
        self.paused = any((each.cog, each.key, each.value) == ("community", "paused", True) for each in chosen)
        self.switched = [each.name for each in switches.everything(tx, community_id)]
        self.held = delivery.is_held(tx, community_id)


def _look(tx: Transaction, community_id: int) -> _Seen:
    return _Seen(tx, community_id)


def _places(seen: _Seen, wanted: Sequence[str]) -> Iterator[Shortcoming]:
    reachable = {slot for slot, _, there in seen.slots if there}
    for home in seen.left:
        yield Shortcoming(
            t("I am no longer in {home}; what was made there is deleted thirty days after I left.", home=home.name),
            t("Invite me again to keep it."),
        )
    for slot, place, there in seen.slots:
        if not there:
            yield Shortcoming(
                t("{slot}: {place} is gone, or I may not enter it.", slot=Code(slot), place=place),
                t("Choose another one with {command}.", command=Code(f"settings channel {slot}")),
                place,
            )
    for slot in wanted:
        if slot not in reachable:
            yield Shortcoming(
                t("No channel is chosen for {slot}, so nothing is posted there.", slot=Code(slot)),
                t("Choose one with {command}.", command=Code(f"settings channel {slot}")),
            )
