# SPDX-License-Identifier: MIT
"""The checks that a cog's declaration passes at import; each error says what to change."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.kit import limits
from bot.kit.errors import DeclarationError
from bot.kit.operation import Action, Command, Operation, Shortcut
from bot.kit.params import Kind, Param

if TYPE_CHECKING:
    from bot.kit.cog import Cog

_ID_DIGITS = 19


def check_cog(cog: "type[Cog]") -> None:
    """Raise DeclarationError unless every platform can show what a cog declares."""
    limits.check_name(cog.__qualname__, cog.name)
    if not hasattr(cog, "manifest"):
        raise DeclarationError(f"{cog.__qualname__}: add a manifest = Manifest(summary, keeps, groups).")
    commands = [operation for operation in cog.operations if isinstance(operation, Command)]
    for operation in cog.operations:
        _check_operation(operation)
    _check_undoing([operation for operation in cog.operations if isinstance(operation, Action)])
    check_commands(commands, cog.manifest.groups)


def check_commands(commands: Iterable[Command], groups: Mapping[str, str]) -> None:
    """Raise DeclarationError where commands clash with each other or overflow a group."""
    commands = list(commands)
    names = Counter(command.name for command in commands)
    if twice := [name for name, count in names.items() if count > 1]:
        raise DeclarationError(f'The command "{twice[0]}" is declared twice; rename one.')
    nouns = Counter(command.group for command in commands if command.group)
    for noun, count in nouns.items():
        if noun in names:
            raise DeclarationError(f'"{noun}" is both a command and a group; Discord allows one of them: rename one.')
        if count > limits.CHILDREN_MAX:
            raise DeclarationError(f'"{noun}" has {count} subcommands; Discord allows {limits.CHILDREN_MAX}.')
        if noun not in groups:
            raise DeclarationError(f'The group "{noun}" needs a description in manifest.groups.')
        limits.check_description(noun, groups[noun])
    for top in {*nouns, *(name for name in names if " " not in name)}:
        check_size(top, [c for c in commands if top in (c.name, c.group)], groups)


def check_size(top: str, commands: Iterable[Command], groups: Mapping[str, str]) -> None:
    """Raise DeclarationError if names, descriptions and values of a top-level command exceed 8,000 characters."""
    size = len(top) + len(groups.get(top, "")) + sum(_size(command) for command in commands)
    if size > limits.COMMAND_CHARACTERS_MAX:
        raise DeclarationError(
            f'"{top}" takes {size} characters; Discord allows {limits.COMMAND_CHARACTERS_MAX}: shorten or split it.'
        )


def _size(command: Command) -> int:
    own = len(command.name.rpartition(" ")[2]) + len(command.description)
    return own + sum(
        len(param.name)
        + len(param.arg.description)
        + sum(len(choice.value) + len(choice.english) for choice in param.choices)
        for param in command.params
    )


def _check_operation(operation: Operation) -> None:
    if len(operation.params) > limits.OPTIONS_MAX:
        raise DeclarationError(
            f"{operation.key} has {len(operation.params)} parameters; Discord allows {limits.OPTIONS_MAX}."
        )
    if isinstance(operation, Command):
        _check_command(operation)
    elif isinstance(operation, Action):
        _check_action(operation)
    elif isinstance(operation, Shortcut):
        limits.check_name(operation.key, operation.word)
        if not 1 <= len(operation.label) <= limits.SHORTCUT_NAME_MAX:
            raise DeclarationError(
                f"{operation.key}: a shortcut's label has 1 to {limits.SHORTCUT_NAME_MAX} characters."
            )


def _check_command(command: Command) -> None:
    words = command.name.split(" ")
    if len(words) > 2:
        raise DeclarationError(f'{command.key}: the command "{command.name}" must be one word or "noun verb".')
    for word in words:
        limits.check_name(command.key, word)
    limits.check_description(command.key, command.description)


def _check_action(action: Action) -> None:
    budget = len(f"a:{action.key}") + sum(1 + _bound_size(action, param) for param in action.bound)
    if budget > limits.CUSTOM_ID_MAX:
        raise DeclarationError(
            f"{action.key}: its arguments may take {budget} characters; "
            f"a button carries {limits.CUSTOM_ID_MAX}: pass an id instead."
        )


def _check_undoing(actions: Sequence[Action]) -> None:
    by_handler = {action.handler: action for action in actions}
    for action in (action for action in actions if action.undo is not None):
        undoing = by_handler.get(action.undo or "")
        if undoing is None:
            raise DeclarationError(f'{action.key}: undo="{action.undo}" must name another @action of the same cog.')
        if [param.name for param in undoing.params] != [param.name for param in action.bound]:
            raise DeclarationError(
                f"{action.key}: {undoing.key} takes it back, so it must take what the button carries."
            )


def _bound_size(action: Action, param: Param) -> int:
    if param.kind is Kind.INTEGER:
        return _ID_DIGITS
    if param.kind is Kind.CHOICE and issubclass(param.type, StrEnum):
        return max(len(member.value) for member in param.type)
    if param.kind is Kind.FLAG:
        return 5
    if param.kind is Kind.TEXT and param.arg.max is not None:
        return int(param.arg.max)
    raise DeclarationError(
        f"{action.key}: a button can carry {param.name} only as an int, a bool, a StrEnum or a str with Arg(max=...)."
    )
