# SPDX-License-Identifier: MIT
"""Tries every command, button and shortcut at every level, by every road, and notes who got through."""

from dataclasses import dataclass

from bot.kit.operation import Action, Command, Operation, Shortcut
from bot.kit.params import Kind, Param
from bot.kit.people import Level
from bot.testing.member import Member
from bot.testing.world import World

REFUSALS = (
    "Only an organiser may do this",
    "Only a librarian may do this",
    "Only a moderator",
    "Only the owner of the bot",
)
"""How a refusal for the level begins, in English."""

COLUMNS = ("member", "organiser", "librarian", "moderator", "moderator of a joined home", "owner")

_SAMPLES = {Kind.INTEGER: "1", Kind.NUMBER: "1", Kind.FLAG: "yes"}


@dataclass(frozen=True, slots=True)
class Row:
    """Who may run an operation; `allowed` has the columns that got through."""

    operation: Operation
    allowed: frozenset[str]

    @property
    def title(self) -> str:
        """What people know it by."""
        operation = self.operation
        if isinstance(operation, Command):
            return operation.name
        return operation.label if isinstance(operation, Shortcut) else operation.handler.replace("_", " ")

    @property
    def sort(self) -> str:
        """Which of the three it is."""
        kinds = {Command: "command", Action: "button", Shortcut: "on a message"}
        return kinds[type(self.operation)]


async def people_of(world: World) -> dict[str, Member]:
    """Return a person for each column, in two homes of one community."""
    found = {
        "member": world.member("Member"),
        "organiser": world.member("Organiser", Level.ORGANISER),
        "librarian": world.member("Librarian", Level.LIBRARIAN),
        "moderator": world.member("Moderator", Level.MODERATOR),
        "moderator of a joined home": world.member("Guest", Level.MODERATOR, home="Joined home"),
        "owner": world.member("Owner", Level.OWNER),
    }
    code = (await found["moderator"].says("settings link")).title.removeprefix("Your code is ")
    for each in ("moderator of a joined home", "moderator"):  # who asks first, then who agrees
        await found[each].says(f"settings link {code}")
        await found[each].confirms(True)
    return found


async def try_everything(world: World) -> list[Row]:
    """Try each operation of the world's cogs as everybody; raises AssertionError where two roads differ."""
    folk = await people_of(world)
    operations = [operation for cog in world.app.registry.cogs.values() for operation in cog.operations]
    rows = []
    for operation in sorted(operations, key=lambda each: (each.cog, type(each).__name__, each.key)):
        allowed = [column for column, person in folk.items() if await _passes(person, operation)]
        rows.append(Row(operation, frozenset(allowed)))
        world.clock.move(minutes=1)
    return rows


def expected(operation: Operation) -> frozenset[str]:
    """Return the columns that a declaration lets through."""
    least = operation.level
    levels = {level.name.casefold(): level for level in Level}
    allowed = {column for column, level in levels.items() if level >= least}
    guest = Level.MODERATOR if operation.local else Level.LIBRARIAN
    return frozenset(allowed | ({"moderator of a joined home"} if guest >= least else set()))


async def _passes(person: Member, operation: Operation) -> bool:
    """Try an operation by every road that leads to it."""
    given = {} if isinstance(operation, Command) else {each.name: _sample(each) for each in _bound(operation)}
    verdicts = {
        "typed options": await person.calls(operation.key, given),
        "a button": await person.pushes(operation.key, given),
    }
    if isinstance(operation, Command):
        verdicts["a line"] = await person.says(operation.name)
    passed = {road: not seen.text.startswith(REFUSALS) for road, seen in verdicts.items()}
    if len(set(passed.values())) > 1:
        raise AssertionError(f"{operation.key} as {person.name}: the roads differ: {passed}")
    return all(passed.values())


def _bound(operation: Operation) -> tuple[Param, ...]:
    return operation.bound if isinstance(operation, Action) else ()


def _sample(param: Param) -> str:
    if param.kind is Kind.CHOICE:
        return param.choices[0].value
    return _SAMPLES.get(param.kind, "x")
