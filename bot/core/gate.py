# SPDX-License-Identifier: MIT
"""Whether somebody may run something here; each check tells what is needed and how to get it.

`checks` lists every check with its verdict, in the order of the pipeline, so that "why can't I?" has an answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.settings import Chosen, SettingsBook
from bot.core.situation import Situation
from bot.core.textline import quote
from bot.kit.errors import Denied
from bot.kit.operation import Command, Operation
from bot.kit.people import Level
from bot.kit.text import Code, Text, t

RIGHTS = "privacy"
"""The cog that no moderator can switch off or bar anybody from: everybody may see and delete their own data."""


AWAKE = frozenset({RIGHTS, "settings", "status", "help"})
"""The cogs that answer while the bot is paused."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it asks, why it refuses (None: passed), and what a moderator can do about that."""

    name: Text
    refusal: Text | None
    remedy: Text | None = None


class Gate:
    """Lets through who may pass."""

    def __init__(self, settings: SettingsBook) -> None:
        self._settings = settings

    async def check(self, operation: Operation, here: Situation) -> None:
        """Raise Denied at the first check that refuses."""
        refusal = await self._first(operation, here)
        if refusal is not None:
            raise Denied(refusal)

    async def checks(self, operation: Operation, here: Situation) -> list[Check]:
        """Return every check with its verdict."""
        refusals = _refusals(operation, here, await self._settings.chosen())
        return [
            Check(name, refusal, remedy) for (name, remedy), refusal in zip(_asked(operation), refusals, strict=True)
        ]

    async def allows(self, operation: Operation, here: Situation) -> bool:
        """Tell whether somebody may run something here."""
        return await self._first(operation, here) is None

    async def _first(self, operation: Operation, here: Situation) -> Text | None:
        refusals = _refusals(operation, here, await self._settings.chosen())
        return next((refusal for refusal in refusals if refusal is not None), None)


def _refusals(operation: Operation, here: Situation, chosen: Chosen) -> Iterator[Text | None]:
    """Give each check's verdict, in the order in which `_asked` names them."""
    yield _blocked(operation, here)
    yield _homeless(operation, here)
    yield _paused(operation, here, chosen)
    yield _off(operation, here, chosen)
    yield _too_low(operation, here)


def _paused(operation: Operation, here: Situation, chosen: Chosen) -> Text | None:
    if operation.cog in AWAKE or max(here.level, here.local_level) >= Level.MODERATOR:
        return None
    if chosen.value(here.community.id, "community", "paused"):
        return t("I rest at the moment: a moderator has paused me here. Try again later.")
    return None


def _off(operation: Operation, here: Situation, chosen: Chosen) -> Text | None:
    if operation.cog == RIGHTS:
        return None
    names = (operation.cog, operation.name) if isinstance(operation, Command) else (operation.cog,)
    place = here.place
    for name in names:
        if not chosen.enabled(here.community.id, place.id, name, place.channel_place_id or 0):
            return _switched_off(name, here, chosen)
    return None


def _switched_off(name: str, here: Situation, chosen: Chosen) -> Text:
    """Say that something is off; to those who may, also how it is switched on, since "why" may be off as well."""
    if max(here.level, here.local_level) < Level.MODERATOR:
        return t("A moderator has switched {what} off here.", what=name)
    line = f"settings switch {quote(name)} on"
    if chosen.enabled(here.community.id, 0, name):
        return t(
            "{what} is switched off in this place. {command} changes that.", what=name, command=Code(f"{line} place=#…")
        )
    return t("{what} is switched off here. {command} changes that.", what=name, command=Code(line))


def _asked(operation: Operation) -> tuple[tuple[Text, Text | None], ...]:
    """Return what each check asks, and what a moderator can do about its refusal."""
    return (
        (t("Not blocked"), _typed("settings unblock")),
        (t("Works in this place"), None),
        (t("Not paused"), _typed("settings resume bot")),
        (t("Switched on"), _typed("settings switch")),
        (t("Level high enough"), _raised(operation)),
    )


def _typed(line: str) -> Text:
    return t("A moderator changes this with {command}.", command=Code(line))


def _raised(operation: Operation) -> Text | None:
    if operation.level in {Level.ORGANISER, Level.LIBRARIAN, Level.MODERATOR}:
        return _typed(f"settings level level={operation.level.name.casefold()}")
    return None


def _blocked(operation: Operation, here: Situation) -> Text | None:
    if operation.cog == RIGHTS:
        return None
    return t("The moderators of this community have blocked you from using me.") if here.blocked else None


def _homeless(operation: Operation, here: Situation) -> Text | None:
    alone = isinstance(operation, Command) and operation.alone
    if here.community.id == 0 and not alone:
        return t("This works only in a community that I am part of. Use it there, or invite me to your own.")
    return None


def _moderated_elsewhere(here: Situation) -> Text:
    if not here.certain:
        return t("Only a moderator may do this. In private I cannot tell who is one: say it where you moderate.")
    return t(
        "Only a moderator of {community} may do this. If you mean another community, choose it with {command}.",
        community=here.community.name,
        command=Code("account community"),
    )


def _too_low(operation: Operation, here: Situation) -> Text | None:
    held = max(here.level, here.local_level) if operation.local else here.level
    if held >= operation.level:
        return None
    if operation.level is Level.LIBRARIAN and here.home is None and here.community.id and not here.certain:
        return t(
            "Only a librarian may do this. If you are one by a role, use me once where you have it: then I know it "
            "here too, for two weeks."
        )
    if operation.level is Level.ORGANISER:
        return t("Only an organiser may do this. Ask a moderator for the role.")
    if operation.level is Level.LIBRARIAN:
        return t("Only a librarian may do this. Ask a moderator for the role.")
    if operation.level is Level.MODERATOR and here.local_level >= Level.MODERATOR:
        return t("Only a moderator of the community's first home may do this.")
    if operation.level is Level.MODERATOR and here.home is None and here.community.id:
        return _moderated_elsewhere(here)
    if operation.level is Level.MODERATOR:
        return t("Only a moderator may do this. Ask one of them to do it for you.")
    return t("Only the owner of the bot may do this.")
