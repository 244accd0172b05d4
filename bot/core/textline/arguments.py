# SPDX-License-Identifier: MIT
"""Gives the words of a line to a command's parameters."""

import re
from collections.abc import Collection, Iterable, Sequence

from rapidfuzz.distance import OSA

from bot.core.convert.naming import typed_name
from bot.core.textline.words import Word, split
from bot.kit.errors import UserError
from bot.kit.operation import Command, Operation, Shortcut
from bot.kit.params import Kind, Param
from bot.kit.text import Code, t

_KEY = re.compile(r"[^\W\d][\w-]*=")
_SHORTEST_PREFIX = 2
_SHOWN = 40
_HOLDS_NO_QUOTES = 100
"""A text of at most so many characters (a number, a day) is a value: what is quoted behind it is another one."""


class BadLine(UserError):
    """The words of a line cannot be given to the parameters; `text` says what to write instead."""


def name_of(operation: Operation) -> str:
    """Return what is typed to run an operation: a command's name, a shortcut's word."""
    if isinstance(operation, Command):
        return operation.name
    return operation.word if isinstance(operation, Shortcut) else operation.key


def slots(operation: Operation) -> tuple[Param, ...]:
    """Return the parameters that need no key, in their order; a text at the end takes the rest of the line."""
    params = [param for param in operation.params if param.kind is not Kind.UPLOAD]
    taken = [param for param in params if param.required]
    for param in (param for param in params if not param.required):
        if taken and takes_rest(taken[-1]):
            break
        if param.kind is not Kind.FLAG:
            taken.append(param)
    return tuple(taken)


def takes_rest(param: Param) -> bool:
    """Tell whether a parameter, as the last one, takes all the words that are left."""
    return param.kind is Kind.TEXT and not param.arg.word


def read(operation: Operation, text: str, names: Collection[str] = ()) -> dict[str, str]:
    """Return the arguments in a text by the parameters' names, as they were typed; raise BadLine.

    `names` are those of all commands.
    """
    words = list(split(text, Keys(operation.params)))
    arguments = _keyed(words)
    free = [param for param in slots(operation) if param.name not in arguments]
    positional, following = _deal(operation, words, len(free))
    positional = with_names(free, positional, names)
    for name, extra in following.items():
        arguments[name] = f"{arguments[name]} {_joined(text, extra)}".strip()
    _check_keys(operation, free, positional)
    further = [param for param in operation.params if param.name not in arguments and _may_follow(param, free)]
    return {**arguments, **_fill(text, free, positional, further)}


def with_names(free: Sequence[Param], words: Sequence[Word], names: Collection[str]) -> list[Word]:
    """Return the words for the slots, the two of a command's whole name as one where a parameter may name a command."""
    found = list(words)
    for at, param in enumerate(free):
        pair = found[at : at + 2]
        name = " ".join(word.value.casefold() for word in pair)
        if param.arg.command and len(pair) == 2 and name in names and not any(word.quoted for word in pair):
            found[at : at + 2] = [Word(pair[0].start, pair[1].end, pair[0].value_at, name)]
    return found


class Keys:
    """Tells which parameter a key names; a key that is nearly one is an error, not text."""

    def __init__(self, params: Iterable[Param]) -> None:
        self._names = {typed_name(param): param.name for param in params if param.kind is not Kind.UPLOAD}

    def __call__(self, key: str, separator: str) -> str | None:
        """Return the parameter's name, or None where the "key" is a part of the text; raise BadLine for a slip."""
        typed = key.casefold().replace("_", "-")
        if typed in self._names:
            return self._names[typed]
        if separator == ":":
            return None
        begun = [name for name in self._names if len(typed) >= _SHORTEST_PREFIX and name.startswith(typed)]
        if len(begun) == 1:
            return self._names[begun[0]]
        near = begun or [
            name for name in self._names if len(name) > 3 and OSA.distance(typed, name, score_cutoff=1) <= 1
        ]
        if near:
            raise BadLine(
                t(
                    "{typed} names nothing here. Did you mean {names}? If it is part of a text, put that in quotes.",
                    typed=Code(f"{key}="),
                    names=Code(" ".join(f"{name}=" for name in near)),
                )
            )
        return None


def _keyed(words: Iterable[Word]) -> dict[str, str]:
    arguments: dict[str, str] = {}
    for word in words:
        if word.key is None:
            continue
        _check_closed(word)
        if word.key in arguments:
            raise BadLine(t("{name} is given twice. Give it once.", name=Code(word.key.replace("_", "-"))))
        arguments[word.key] = word.value
    return arguments


def _deal(operation: Operation, words: Iterable[Word], slots_free: int) -> tuple[list[Word], dict[str, list[Word]]]:
    """Part the words without a key: those for the slots, and those that go on with a keyed text (`note=I have it`)."""
    positional: list[Word] = []
    following: dict[str, list[Word]] = {}
    latest: Param | None = None
    for word in words:
        if word.key:
            latest = None if word.quoted else operation.param(word.key)
        elif latest and takes_rest(latest) and len(positional) >= slots_free:
            following.setdefault(latest.name, []).append(word)
        else:
            positional.append(word)
    return positional, following


def _check_keys(operation: Operation, free: Sequence[Param], words: Sequence[Word]) -> None:
    """Name a key that is none where it cannot be a part of a text: as a value it would be refused in other words."""
    for at, word in enumerate(words):
        param = free[min(at, len(free) - 1)] if free else None
        in_text = param is not None and param.kind is Kind.TEXT and (at < len(free) or takes_rest(param))
        key = None if in_text or word.quoted else _KEY.match(word.value)
        names = [f"{typed_name(each)}=" for each in operation.params if each.kind is not Kind.UPLOAD]
        if key and names:
            raise BadLine(
                t("{typed} names nothing here. This takes {names}.", typed=Code(key[0]), names=Code(" ".join(names)))
            )


def _may_follow(param: Param, free: Sequence[Param]) -> bool:
    """Tell whether a parameter comes behind the slots, where a quotation shows that the last of them has ended."""
    return not param.required and param not in free and param.kind not in (Kind.UPLOAD, Kind.FLAG)


def _fill(text: str, free: Sequence[Param], words: Sequence[Word], further: Sequence[Param] = ()) -> dict[str, str]:
    """Give one word to each free slot, and the rest to the last one if it is a text."""
    filled: dict[str, str] = {}
    for at, (param, word) in enumerate(zip(free, words, strict=False)):
        _check_closed(word)
        filled[param.name] = word.value
        if param is free[-1] and takes_rest(param):
            return filled | (_parted(text, (param, *further), words[at:]) or {param.name: _joined(text, words[at:])})
    if len(words) > len(free):
        extra = text[words[len(free)].start : words[-1].end]
        raise BadLine(
            t("{words} is more than this takes. Put text of several words in quotes.", words=Code(extra[:_SHOWN]))
        )
    return filled


def _parted(text: str, params: Sequence[Param], words: Sequence[Word]) -> dict[str, str] | None:
    """Give each quotation, and the words between them, to a parameter of its own; None where they are one text."""
    stretches: list[list[Word]] = []
    for word in words:
        if stretches and not word.quoted and not stretches[-1][-1].quoted:
            stretches[-1].append(word)
        else:
            stretches.append([word])
    first = params[0].arg.max
    ends = words[0].quoted or (first is not None and first <= _HOLDS_NO_QUOTES)
    if not ends or not 1 < len(stretches) <= len(params):
        return None
    if not all(map(_fits, params[1:], stretches[1:])):
        return None
    return {param.name: _joined(text, stretch) for param, stretch in zip(params, stretches, strict=False)}


def _fits(param: Param, words: Sequence[Word]) -> bool:
    """Tell whether words can be meant for a parameter, so that quotations inside a text stay a part of it."""
    if param.kind is Kind.TEXT:
        return True
    typed = words[0].value.casefold()
    if param.kind is Kind.CHOICE:
        return len(words) == 1 and any(typed == choice.value.casefold() for choice in param.choices)
    if param.kind in (Kind.INTEGER, Kind.NUMBER):
        return len(words) == 1 and typed.isdecimal()
    if param.kind is Kind.PLACE:
        return len(words) == 1 and typed[:1] in {"#", "<", "!"}
    return len(words) == 1


def _joined(text: str, words: Sequence[Word]) -> str:
    """Return a text of several words as it was typed, without the keyed words between them."""
    if len(words) == 1:
        return words[0].value
    stretches: list[list[Word]] = []
    for word in words:
        if stretches and not text[stretches[-1][-1].end : word.start].strip():
            stretches[-1].append(word)
        else:
            stretches.append([word])
    return " ".join(text[stretch[0].start : stretch[-1].end] for stretch in stretches)


def _check_closed(word: Word) -> None:
    if word.unclosed:
        raise BadLine(
            t(
                "The quotation mark at the start of {words} is never closed. Close it, or leave it out.",
                words=Code(word.value[:_SHOWN]),
            )
        )
