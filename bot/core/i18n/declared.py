# SPDX-License-Identifier: MIT
"""The texts that a cog declares in plain English: descriptions, labels, names; translated where they are shown."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.core.convert.naming import caption, typed_name
from bot.core.i18n.names import COMMAND, OPTION, RULE
from bot.kit.cog import Cog
from bot.kit.limits import DESCRIPTION_MAX, SHORTCUT_NAME_MAX
from bot.kit.operation import Action, Command, Operation, Shortcut
from bot.kit.params import Param


class Declared(NamedTuple):
    """A declared text, with notes for translators on where it stands.

    `context` keeps names that are typed apart from the same words elsewhere; `limit` is in characters.
    """

    message: str
    notes: tuple[str, ...]
    context: str | None = None
    limit: int | None = None


def declared(cog: type[Cog]) -> Iterator[Declared]:
    """Yield each declared text of a cog; one that stands in several places comes several times."""
    yield Declared(cog.manifest.summary, (f"What the feature {cog.name} is for",))
    yield Declared(cog.manifest.keeps, (f"What personal data the feature {cog.name} keeps",))
    for service, told in cog.manifest.tells.items():
        yield Declared(told, (f"What the feature {cog.name} tells {service}",))
    for part in cog.manifest.parts.values():
        yield Declared(part, ("What is kept about somebody; the name of a row in /mydata show",))
    for noun, description in cog.manifest.groups.items():
        yield Declared(noun, (RULE, f"The group /{noun}: {description}"), COMMAND)
        yield _description(description, f"group {noun}")
    for operation in cog.operations:
        yield from _of_operation(operation)
    yield from of_settings(cog.name, cog.setting_params)


def of_settings(owner: str, params: Iterable[Param]) -> Iterator[Declared]:
    """Yield the declared texts of settings: those of a cog, or of the community itself."""
    for param in params:
        yield from _of_param(param, f"setting {owner}.{param.name}")


def _of_operation(operation: Operation) -> Iterator[Declared]:
    params = operation.params
    if isinstance(operation, Command):
        yield from _of_command(operation)
    elif isinstance(operation, Shortcut):
        note = f"Entry in the menu of a message; {SHORTCUT_NAME_MAX} characters at most"
        yield Declared(operation.label, (note,), None, SHORTCUT_NAME_MAX)
    elif isinstance(operation, Action):
        params = tuple(param for param in params if param.arg.ask)
    for param in params:
        yield from _of_param(param, f"parameter {param.name} of {operation.key}")


def _of_command(command: Command) -> Iterator[Declared]:
    word = command.name.rpartition(" ")[2]
    yield Declared(word, (RULE, f"The command /{command.name}: {command.description}"), COMMAND)
    yield _description(command.description, f"command {command.name}")
    if command.task:
        yield Declared(command.task, ("What people want to do; a heading of the help",))
    for param in command.params:
        note = f"In /{command.name}: {param.arg.description}"
        yield Declared(typed_name(param), (RULE, note), OPTION)


def _description(words: str, where: str) -> Declared:
    note = f"Description of the {where}; {DESCRIPTION_MAX} characters at most"
    return Declared(words, (note,), None, DESCRIPTION_MAX)


def _of_param(param: Param, where: str) -> Iterator[Declared]:
    yield _description(param.arg.description, where)
    yield Declared(caption(param).message, (f"Short name of the {where}; 45 characters at most",))
    for choice in param.choices:
        yield Declared(choice.english, (f"A choice for the {where}",))
