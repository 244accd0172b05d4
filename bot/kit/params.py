# SPDX-License-Identifier: MIT
"""Parameters are read once, at import, from a handler's signature or from a settings class."""

import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from enum import Enum, StrEnum
from typing import Annotated, Any, Union, cast, get_args, get_origin, get_type_hints

from bot.kit.arg import Arg, Choice, Upload
from bot.kit.errors import DeclarationError
from bot.kit.limits import CHOICES_MAX, check_description, check_name
from bot.kit.people import Person, Place, Role
from bot.kit.text import Text

REQUIRED = object()
"""The default of a parameter that has none."""


class Kind(Enum):
    """What a parameter holds, in terms that every platform can show."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    PERSON = "person"
    PLACE = "place"
    ROLE = "role"
    UPLOAD = "upload"


_KINDS: Mapping[type, Kind] = {
    str: Kind.TEXT,
    int: Kind.INTEGER,
    float: Kind.NUMBER,
    bool: Kind.FLAG,
    Person: Kind.PERSON,
    Place: Kind.PLACE,
    Role: Kind.ROLE,
    Upload: Kind.UPLOAD,
}


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter as read from its declaration."""

    name: str
    kind: Kind
    type: type
    arg: Arg
    default: Any = REQUIRED

    @property
    def required(self) -> bool:
        """Tell whether the handler cannot run without it."""
        return self.default is REQUIRED

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The values of an enumeration with their human labels."""
        if self.kind is not Kind.CHOICE:
            return ()
        return tuple(Choice(member.value, Text(label_of(member))) for member in cast("type[StrEnum]", self.type))


def label_of(member: StrEnum) -> str:
    """Return the human label of an enumeration's member: its `label`, else its value in words."""
    label = getattr(member, "label", None)
    return str(label) if label else member.value.replace("-", " ").replace("_", " ").capitalize()


def read_params(
    function: Callable[..., Any], skip: int, names: Mapping[str, Any], *, bare: bool = False
) -> tuple[Param, ...]:
    """Read a handler's parameters after the first `skip`; `names` are the names of its class body.

    `bare` allows a parameter without `Arg(...)`: the ids that a button carries are never shown to anybody.

    Raises DeclarationError for an unknown type, a missing description, or more than Discord can show.
    """
    hints = get_type_hints(function, localns=dict(names), include_extras=True)
    listed = list(inspect.signature(function).parameters.values())[skip:]
    where = function.__qualname__
    return tuple(
        _read(where, p.name, hints.get(p.name), REQUIRED if p.default is p.empty else p.default, bare=bare)
        for p in listed
    )


def read_fields(settings: type) -> tuple[Param, ...]:
    """Read the fields of a cog's settings class (a frozen dataclass whose fields all have defaults)."""
    hints = get_type_hints(settings, include_extras=True)
    found = tuple(
        _read(settings.__qualname__, f.name, hints[f.name], REQUIRED if f.default is MISSING else f.default)
        for f in fields(settings)
    )
    if lacking := [param.name for param in found if param.required]:
        raise DeclarationError(
            f"{settings.__qualname__}: every setting needs a default; add one to {', '.join(lacking)}."
        )
    return found


def _read(where: str, name: str, hint: Any, default: Any, *, bare: bool = False) -> Param:
    if bare and get_origin(hint) is not Annotated:
        hint = Annotated[hint, Arg(name.replace("_", " "))]
    if get_origin(hint) is not Annotated:
        raise DeclarationError(f'{where}: annotate {name} as Annotated[type, Arg("what it is")].')
    base, *extras = get_args(hint)
    arg = next((extra for extra in extras if isinstance(extra, Arg)), None)
    if arg is None:
        raise DeclarationError(f"{where}: the annotation of {name} has no Arg(...).")
    check_name(where, name.replace("_", "-"))
    check_description(f"{where}.{name}", arg.description)
    found = _strip_none(base)
    return Param(name, _kind(where, name, found), found, arg, default)


def _strip_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        rest = [part for part in get_args(hint) if part is not type(None)]
        return rest[0] if len(rest) == 1 else hint
    return hint


def _kind(where: str, name: str, found: Any) -> Kind:
    if found in _KINDS:
        return _KINDS[found]
    if isinstance(found, type) and issubclass(found, StrEnum):
        if len(found) > CHOICES_MAX:
            raise DeclarationError(
                f"{where}: {name} has {len(found)} choices; Discord shows {CHOICES_MAX}: complete it instead."
            )
        return Kind.CHOICE
    known = ", ".join(sorted(kind.__name__ for kind in _KINDS))
    raise DeclarationError(f"{where}: {name} has the type {found!r}; use one of {known} or a StrEnum.")
