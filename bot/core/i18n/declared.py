# SPDX-License-Identifier: MIT
"""The texts that a cog declares in plain English: descriptions, labels, names; translated where they are shown."""

from collections.abc import Iterator

from bot.core.convert.naming import caption
from bot.kit.cog import Cog
from bot.kit.operation import Action, Command, Operation, Shortcut
from bot.kit.params import Param
from bot.kit.text import Text


def declared(cog: type[Cog]) -> Iterator[tuple[str, str]]:
    """Yield each declared text of a cog, with a note for translators on where it stands."""
    yield cog.manifest.summary, f"What the feature {cog.name} is for"
    yield cog.manifest.keeps, f"What personal data the feature {cog.name} keeps"
    for service, told in cog.manifest.tells.items():
        yield told, f"What the feature {cog.name} tells {service}"
    for noun, description in cog.manifest.groups.items():
        yield description, f"Description of the group {noun}; 100 characters at most"
    for operation in cog.operations:
        yield from _of_operation(operation)
    for param in cog.setting_params:
        yield from _of_param(param, f"setting {cog.name}.{param.name}")


def _of_operation(operation: Operation) -> Iterator[tuple[str, str]]:
    params = operation.params
    if isinstance(operation, Command):
        yield operation.description, f"Description of the command {operation.name}; 100 characters at most"
        if operation.task:
            yield operation.task, "What people want to do; a heading of the help"
    elif isinstance(operation, Shortcut):
        yield operation.label, "Entry in the menu of a message; 32 characters at most"
    elif isinstance(operation, Action):
        params = tuple(param for param in params if param.arg.ask)
    for param in params:
        yield from _of_param(param, f"parameter {param.name} of {operation.key}")


def _of_param(param: Param, where: str) -> Iterator[tuple[str, str]]:
    yield param.arg.description, f"Description of the {where}; 100 characters at most"
    yield caption(param).message, f"Short name of the {where}; 45 characters at most"
    for choice in param.choices:
        label = choice.label.message if isinstance(choice.label, Text) else choice.label
        yield label, f"A choice for the {where}"
