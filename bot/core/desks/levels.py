# SPDX-License-Identifier: MIT
"""Says who may do what: levels granted by name, and what the roles of a home are worth."""

from collections.abc import Callable

from bot.kit.context import Context
from bot.kit.database import Database, Transaction
from bot.kit.desks import Grant
from bot.kit.errors import Denied
from bot.kit.people import Level, Person
from bot.kit.text import t
from bot.storage import audit, levels, people


class Levels:
    """Implements `bot.kit.desks.LevelsDesk`."""

    def __init__(self, db: Database, changed: Callable[[], None]) -> None:
        self._db = db
        self._changed = changed

    async def grants(self, ctx: Context) -> tuple[Grant, ...]:
        """Return what was granted in this community, and what the roles of this home are worth."""
        return await self._db.read(_grants, ctx.community.id, ctx.home.id if ctx.home else 0)

    async def grant(self, ctx: Context, person: Person, level: Level | None) -> bool:
        """Grant a level throughout the community, at most the asker's own; None takes it back. Raises Denied.

        False when it was so already.
        """
        if level is not None and level > ctx.level:
            raise Denied(t("You cannot give a level that you do not have yourself."))
        done = await self._db.write(_grant, ctx, person, level)
        self._changed()
        return done

    async def value_role(self, ctx: Context, role_id: str, role_name: str, level: Level | None) -> bool:
        """Say what a role of this home is worth; None takes it back. Raises Denied. False when it was so already."""
        if ctx.home is None:
            raise Denied(t("Roles belong to a server or room: say this there."))
        if level is not None and level > max(ctx.level, ctx.local_level):
            raise Denied(t("You cannot give a level that you do not have yourself."))
        done = await self._db.write(_value_role, ctx, ctx.home.id, role_id, role_name, level)
        self._changed()
        return done


def _grants(tx: Transaction, community_id: int, home_id: int) -> tuple[Grant, ...]:
    by_name = levels.person_levels(tx, community_id)
    by_role = levels.role_levels(tx, home_id)
    return (
        *(Grant(row.level, person=people.get(tx, row.person_id)) for row in by_name),
        *(Grant(row.level, role=row.role_name) for row in by_role),
    )


def _grant(tx: Transaction, ctx: Context, person: Person, level: Level | None) -> bool:
    held = levels.level_of(tx, ctx.community.id, None, person.id)
    if held > ctx.level:
        raise Denied(t("{name} has a higher level than you; ask somebody who has it too.", name=person.name))
    if held == (level or Level.MEMBER):
        return False
    levels.set_person_level(tx, ctx.community.id, person.id, level, ctx.person.id)
    detail = {"person_id": person.id, "before": held.name, "after": None if level is None else level.name}
    audit.note(tx, ctx.community.id, ctx.person.id, "level.granted", detail)
    return True


def _value_role(tx: Transaction, ctx: Context, home_id: int, role_id: str, role_name: str, level: Level | None) -> bool:
    before = next((row.level for row in levels.role_levels(tx, home_id) if row.role_id == role_id), None)
    if before == level:
        return False
    levels.set_role_level(tx, home_id, role_id, role_name, level, ctx.person.id)
    detail = {
        "role_id": role_id,
        "role_name": role_name,
        "before": None if before is None else before.name,
        "after": None if level is None else level.name,
    }
    audit.note(tx, ctx.community.id, ctx.person.id, "level.of-role", detail, home_id=home_id)
    return True
