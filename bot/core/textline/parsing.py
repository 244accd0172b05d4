# SPDX-License-Identifier: MIT
"""Reads a typed line into a command and its arguments, as they were typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from rapidfuzz.distance import OSA

from bot.core.textline.arguments import BadLine, name_of, read
from bot.kit.operation import Operation
from bot.kit.text import Text

_WORD = re.compile(r"\S+")
_SUGGESTED = 3
_WORD_MAX = 64
_SLIPS = 2


@dataclass(frozen=True, slots=True)
class Parsed:
    """A command and what was typed for its parameters, by their names."""

    command: Operation
    arguments: dict[str, str]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No command is meant by `word`; `suggestions` are the names that it resembles, the best first."""

    word: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several commands begin so; `options` are their names."""

    word: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Malformed:
    """The command is known and its arguments cannot be read; `text` says what to write instead."""

    command: Operation
    text: Text


Outcome: TypeAlias = "Parsed | Unknown | Ambiguous | Malformed"


def parse(line: str, commands: Iterable[Operation], *, exact_first: bool = False) -> Outcome:
    """Read a line without its prefix. With `exact_first`, the first word must be whole: other bots may be listening."""
    by_name = {name_of(command): command for command in commands}
    found = find(line, by_name, exact_first=exact_first)
    if not isinstance(found, tuple):
        return found
    command, end = found
    try:
        return Parsed(command, read(command, line[end:], by_name.keys()))
    except BadLine as error:
        return Malformed(command, error.text)


def find(
    line: str, commands: dict[str, Operation], *, exact_first: bool = False
) -> tuple[Operation, int] | Unknown | Ambiguous:
    """Return the command that a line begins with and where its name ends."""
    words = [(word.group().casefold()[:_WORD_MAX], word.end()) for word in _first_two(line)]
    if not words:
        return Unknown("")
    (first, first_end), *rest = words
    heads = list(dict.fromkeys(name.split(" ")[0] for name in commands))
    matching = [first] if first in heads else [] if exact_first else [head for head in heads if head.startswith(first)]
    verbs = [name for name in commands if name.split(" ")[0] in matching]
    if len(matching) > 1:
        return Ambiguous(first, tuple(verbs))
    if not matching:
        return Unknown(first, _similar(" ".join(word for word, _ in words), commands))
    if matching[0] in commands:
        return commands[matching[0]], first_end
    if not rest:
        return Ambiguous(first, tuple(verbs))
    return _find_verb(matching[0], rest[0], verbs, commands)


def _find_verb(
    noun: str, typed: tuple[str, int], names: Sequence[str], commands: dict[str, Operation]
) -> tuple[Operation, int] | Unknown | Ambiguous:
    verb, end = typed
    whole = f"{noun} {verb}"
    matching = [whole] if whole in names else [name for name in names if name.startswith(whole)]
    if len(matching) == 1:
        return commands[matching[0]], end
    return Ambiguous(whole, tuple(matching)) if matching else Unknown(whole, _similar(whole, names))


def slips(line: str, commands: Iterable[Operation]) -> tuple[str, ...]:
    """Return the commands that somebody surely meant who mistyped one among ordinary words, the nearest first.

    Names of two words are compared with the first two, within two slips; those of one word with a line of nothing
    else, within one. What could be the beginning of a question is left alone.
    """
    words = [word.group().casefold()[:_WORD_MAX] for word in _first_two(line)]
    alone = len(line.split()) == 1
    scored = []
    for name in map(name_of, commands):
        most = _SLIPS if " " in name else 1
        if len(words) == name.count(" ") + 1 and (" " in name or alone):
            distance = OSA.distance(" ".join(words), name, score_cutoff=most)
            if distance <= most:
                scored.append((distance, name))
    return tuple(name for _, name in sorted(scored)[:_SUGGESTED])


def _first_two(line: str) -> list[re.Match[str]]:
    first = _WORD.search(line)
    second = _WORD.search(line, first.end()) if first else None
    return [word for word in (first, second) if word]


def _similar(typed: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names within a few slips of what was typed (optimal string alignment: a swap counts as one)."""
    scored = []
    for name in names:
        compared = " ".join(typed.split(" ")[: name.count(" ") + 1])
        distance = min(OSA.distance(compared, name), OSA.distance(compared, name.split(" ")[0]) + 1)
        if distance <= max(1, len(compared) // 3):
            scored.append((distance, name))
    return tuple(name for _, name in sorted(scored)[:_SUGGESTED])
