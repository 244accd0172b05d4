# SPDX-License-Identifier: MIT
"""Reads typed text into a value of a parameter's kind, or says what to type instead."""

import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar, cast

from babel.numbers import NumberFormatError, get_group_symbol, parse_decimal
from rapidfuzz.distance import OSA

from bot.core.convert.naming import caption
from bot.core.i18n.voice import Voice
from bot.core.markup import clean
from bot.kit.arg import Choice
from bot.kit.errors import Invalid
from bot.kit.params import Kind, Param
from bot.kit.text import Code, n, t

TEXT_MAX = 4_000
"""The longest text where a parameter sets no limit of its own; no platform's form takes more."""

INTEGER_MAX = 2**53 - 1
"""The largest number that every platform passes on unharmed (a JSON number is a double)."""

_NUMBERED = re.compile(r"(?:#|[A-Za-z]{1,3}-)(?P<number>\d+)")
_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_BLANK_IN_NUMBER = re.compile(r"(?<=\d)\s(?=\d)")
_DIGITS_MAX = 40
_MAGNITUDE_MAX = 400
_FLAGS = (
    (True, (t("yes"), t("on"), t("true")), {"y", "1"}),
    (False, (t("no"), t("off"), t("false")), {"n", "0"}),
)

N = TypeVar("N", int, float, Decimal)


def read(param: Param, typed: str, voice: Voice) -> Any:
    """Return the value that somebody typed. Raises Invalid, which says what to type instead.

    Nothing typed for a parameter that may be absent is its default; people, places and files are not read here.
    """
    text = clean(typed).strip()
    if not text and not param.required and not _may_be_empty(param):
        return param.default
    return _READERS[param.kind](param, text, voice)


def _may_be_empty(param: Param) -> bool:
    return param.kind is Kind.TEXT and param.default is not None and not param.arg.min


def _text(param: Param, text: str, _: Voice) -> str:
    shown = text if param.arg.long else " ".join(text.split("\n"))
    least = 1 if param.required and param.arg.min is None else int(param.arg.min or 0)
    most = TEXT_MAX if param.arg.max is None else int(param.arg.max)
    size = len(shown)
    if least and not size:
        raise Invalid(param.name, t("{name} is empty. Please write something.", name=caption(param)))
    if size < least:
        raise Invalid(
            param.name,
            n(
                "{name} has {size} of at least {count} character. Please write more.",
                "{name} has {size} of at least {count} characters. Please write more.",
                least,
                name=caption(param),
                size=size,
            ),
        )
    if size > most:
        raise Invalid(
            param.name,
            n(
                "{name} has {size} characters; {count} is the most. Please shorten it.",
                "{name} has {size} characters; {count} are the most. Please shorten it.",
                most,
                name=caption(param),
                size=size,
            ),
        )
    return shown


def _integer(param: Param, text: str, voice: Voice) -> int:
    numbered = _NUMBERED.fullmatch(text)
    value = _decimal(numbered["number"] if numbered else text, voice)
    if value is None or value != value.to_integral_value():
        raise Invalid(
            param.name,
            t(
                "“{typed}” is not a whole number. For {name}, write one in digits.",
                typed=text[:80],
                name=caption(param),
            ),
        )
    return int(bounded(param, value, INTEGER_MAX))


def _number(param: Param, text: str, voice: Voice) -> float:
    value = _decimal(text, voice)
    if value is None or not math.isfinite(float(value)):
        raise Invalid(
            param.name,
            t("“{typed}” is not a number. For {name}, write one in digits.", typed=text[:80], name=caption(param)),
        )
    return float(bounded(param, value, math.inf))


def _decimal(text: str, voice: Voice) -> Decimal | None:
    """Read a number as the reader writes it, else as programs do; None where it is none, or endless."""
    plain = text.replace("−", "-")
    if get_group_symbol(voice.babel).isspace():
        plain = _BLANK_IN_NUMBER.sub(get_group_symbol(voice.babel), plain)
    if not plain or "_" in plain or len(plain) > _DIGITS_MAX:
        return None
    try:
        value = parse_decimal(plain, voice.babel, strict=True)
    except NumberFormatError:
        value = Decimal(plain) if _PLAIN_NUMBER.fullmatch(plain) else Decimal("nan")
    return value if value.is_finite() and abs(value.adjusted()) <= _MAGNITUDE_MAX else None


def bounded(param: Param, value: N, most: float) -> N:
    """Return a number that is within its parameter's bounds; raise Invalid."""
    low = -most if param.arg.min is None else param.arg.min
    high = most if param.arg.max is None else param.arg.max
    if value < low:
        raise Invalid(param.name, t("{name} must be at least {low}.", name=caption(param), low=_short(low)))
    if value > high:
        raise Invalid(param.name, t("{name} must be at most {high}.", name=caption(param), high=_short(high)))
    return value


def _short(bound: float) -> float | int:
    return int(bound) if float(bound).is_integer() else bound


def _flag(param: Param, text: str, voice: Voice) -> bool:
    typed = text.casefold()
    for value, words, signs in _FLAGS:
        said = {spoken for word in words for spoken in (word.message, voice.label(word).casefold())}
        if typed in said | signs:
            return value
    raise Invalid(
        param.name,
        t("“{typed}” is neither yes nor no. For {name}, write yes or no.", typed=text[:80], name=caption(param)),
    )


def _choice(param: Param, text: str, voice: Voice) -> StrEnum:
    enumeration = cast("type[StrEnum]", param.type)
    said = {choice.value: _sayings(choice, voice) for choice in param.choices}
    typed = _folded(text)
    found = [value for value, words in said.items() if typed in words]
    if not found and typed:
        found = [value for value, words in said.items() if any(word.startswith(typed) for word in words)]
    if len(found) == 1:
        return enumeration(found[0])
    near = found or sorted(said, key=lambda value: min(OSA.distance(typed, word) for word in said[value]))
    slip = min((OSA.distance(typed, word) for word in said[near[0]]), default=0)
    if found or slip <= max(1, len(typed) // 3):
        raise Invalid(
            param.name,
            t(
                "“{typed}” is not one of the choices for {name}. Did you mean {near}?",
                typed=text[:80],
                name=caption(param),
                near=Code(" | ".join(found or near[:1])),
            ),
        )
    raise Invalid(
        param.name,
        t(
            "“{typed}” is not one of the choices for {name}: {choices}.",
            typed=text[:80],
            name=caption(param),
            choices=Code(" | ".join(said)),
        ),
    )


def _sayings(choice: Choice, voice: Voice) -> frozenset[str]:
    """Return all that may be typed for a choice: its value, its label, and its label in the reader's language."""
    return frozenset(map(_folded, (choice.value, choice.english, voice.label(choice.label))))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("_", " ").split())


_READERS: Mapping[Kind, Callable[[Param, str, Voice], Any]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
}
