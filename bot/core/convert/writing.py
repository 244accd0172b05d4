# SPDX-License-Identifier: MIT
"""Shows a value back to people, and writes it down so that it reads the same in every language."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from bot.core.convert.naming import caption
from bot.core.convert.reading import read
from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.kit.errors import Invalid
from bot.kit.moment import from_stamp
from bot.kit.params import Kind, Param, label_of
from bot.kit.people import Person, Place, Role
from bot.kit.text import Text, t

_PLAIN = Voice("en", "UTC", from_stamp(0), Catalogs())


def format_value(param: Param, value: Any, voice: Voice) -> str:
    """Return a value as plain text for its reader: a choice by its label, a number in their notation."""
    if value is None:
        return voice.label(t("not set"))
    match param.kind:
        case Kind.CHOICE:
            return voice.label(Text(label_of(param.type(value))))
        case Kind.FLAG:
            return voice.translate("yes" if value else "no")
        case Kind.PERSON | Kind.PLACE | Kind.INTEGER | Kind.NUMBER:
            return voice.plain(value)
        case Kind.UPLOAD | Kind.ROLE:
            return str(value.name)
        case _:
            return str(value)


def to_raw(param: Param, value: Any) -> str:
    """Return a value as text that reads back as the same value, whatever the reader's language.

    A number has no decimal point there, since "1.234" is a thousand and more to a German reader: it is "1234e-3".
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if param.kind is Kind.NUMBER:
            return _pointless(Decimal(repr(value)))
        case Person():
            return f"person:{value.id}"
        case Place():
            return f"place:{value.id}"
        case Role():
            return value.id
        case _:
            return str(value)


def _pointless(value: Decimal) -> str:
    sign, digits, exponent = value.as_tuple()
    mantissa = ("-" if sign else "") + "".join(str(digit) for digit in digits)
    return mantissa if not exponent else f"{mantissa}e{exponent}"


def from_raw(param: Param, raw: str, find: Callable[[Kind, int], Any] | None = None) -> Any:
    """Read back what `to_raw` wrote; `find` gives the person or place of an id. Raises Invalid for anything else."""
    if param.kind not in {Kind.PERSON, Kind.PLACE} or not raw:
        return read(param, raw, _PLAIN)
    _, _, number = raw.partition(":")
    found = find(param.kind, int(number)) if find and number.isascii() and number.isdigit() else None
    if found is None:
        raise Invalid(param.name, t("What was chosen for {name} is no longer there.", name=caption(param)))
    return found
