# SPDX-License-Identifier: MIT
"""Completes what is being typed: names of commands, keys, and the values that a command itself knows."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.core.convert.naming import typed_name
from bot.core.textline.arguments import BadLine, Keys, name_of, slots, takes_rest, with_names
from bot.core.textline.parsing import find
from bot.core.textline.words import Word, quote, split
from bot.kit.operation import Command, Operation
from bot.kit.params import Kind, Param


@dataclass(frozen=True, slots=True)
class Completion:
    """Something to put in the place of `line[start:cursor]`; `hint` says what it is, in English source words."""

    text: str
    start: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parameter that is being typed, what is typed of it, and where it begins in the line."""

    command: Operation
    param: Param
    typed: str
    start: int


@dataclass(frozen=True, slots=True)
class Completions:
    """What may follow. Where `wanted` has a completer, or is a person or a place, the caller knows the values."""

    items: tuple[Completion, ...] = ()
    wanted: Wanted | None = None


def complete(line: str, cursor: int, commands: Iterable[Operation]) -> Completions:
    """Return what may stand at the cursor of a line without its prefix."""
    typed = line[: max(0, cursor)]
    by_name = {name_of(command): command for command in commands}
    found = find(typed, by_name)
    if not isinstance(found, tuple) or found[1] >= len(typed):
        return Completions(tuple(_names(typed, by_name)))
    command, end = found
    try:
        return _arguments(command, typed, end, by_name.keys())
    except BadLine:
        return Completions()


def _names(typed: str, commands: dict[str, Operation]) -> list[Completion]:
    begun, start = " ".join(typed.casefold().split()), len(typed) - len(typed.lstrip())
    if typed[-1:].isspace() and begun:
        begun += " "
    return [
        Completion(f"{name} ", start, command.description if isinstance(command, Command) else "")
        for name, command in sorted(commands.items())
        if _begins(name, begun)
    ]


def _begins(name: str, begun: str) -> bool:
    parts, typed = name.split(" "), begun.split(" ")
    return len(typed) <= len(parts) and all(part.startswith(word) for part, word in zip(parts, typed, strict=False))


def _arguments(command: Operation, line: str, end: int, names: Collection[str]) -> Completions:
    text = line[end:]
    settled, growing = _growing(text, list(split(text, Keys(command.params))))
    given = {word.key for word in settled if word.key}
    if growing.key in given:
        return Completions()
    if growing.key:
        param = command.param(growing.key)
        return _values(command, param, growing.value, end + growing.value_at) if param else Completions()
    keys = [
        Completion(f"{typed_name(param)}=", end + growing.start, param.arg.description)
        for param in command.params
        if param.name not in given
        and param.kind is not Kind.UPLOAD
        and typed_name(param).startswith(growing.value.casefold())
    ]
    free = [param for param in slots(command) if param.name not in given]
    done = with_names(free, [word for word in settled if not word.key], names)
    values = _positional(command, text, end, [*done, growing], free)
    return Completions((*values.items, *keys), values.wanted)


def _growing(text: str, words: list[Word]) -> tuple[list[Word], Word]:
    """Return the words that are complete, and the one at the end that grows (empty, or in open quotes)."""
    opened = next((at for at, word in enumerate(words) if word.unclosed), None)
    if opened is not None:
        word = words[opened]
        inner = text[word.value_at + 1 :]
        return words[:opened], Word(word.start, len(text), word.value_at, inner, word.key)
    if words and not text[-1:].isspace():
        return words[:-1], words[-1]
    return words, Word(len(text), len(text), len(text), "")


def _positional(command: Operation, text: str, end: int, words: list[Word], free: list[Param]) -> Completions:
    at = min(len(words), len(free)) - 1
    if at < 0 or (len(words) > len(free) and not takes_rest(free[-1])):
        return Completions()
    typed = words[at].value if len(words) <= len(free) else text[words[at].start :]
    return _values(command, free[at], typed, end + words[at].start)


def _values(command: Operation, param: Param, typed: str, start: int) -> Completions:
    known = [(choice.value, choice.english) for choice in param.choices]
    if param.kind is Kind.FLAG:
        known = [("yes", ""), ("no", "")]
    begun = typed.casefold()
    items = [
        Completion(quote(value), start, label)
        for value, label in known
        if value.casefold().startswith(begun) or label.casefold().startswith(begun)
    ]
    return Completions(tuple(items), Wanted(command, param, typed, start))
