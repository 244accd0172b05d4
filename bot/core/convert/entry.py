# SPDX-License-Identifier: MIT
"""Turns an argument as it arrived, from any platform, into the value that a handler takes."""

import math
from typing import Any, Protocol

from bot.core.convert.naming import caption
from bot.core.convert.reading import INTEGER_MAX, bounded, read
from bot.core.exchange import ACCOUNT, PlaceRef, Raw
from bot.core.i18n.voice import Voice
from bot.kit.arg import Upload
from bot.kit.errors import Invalid
from bot.kit.params import Kind, Param
from bot.kit.people import Identity, Person, Place, Role
from bot.kit.text import Code, t


class Resolver(Protocol):
    """Finds whom and what somebody means, within their community; None where nobody or several are meant.

    It also takes what `to_raw` writes down: "person:17", "place:4".
    """

    async def person(self, said: str | Identity) -> Person | None:
        """Return the person meant by an account, by "@Ana", "Ana", "<@123>" or "@ana:example.org"."""

    async def place(self, said: str | PlaceRef) -> Place | None:
        """Return the place meant by a reference, by "#requests", "requests" or "<#123>"."""

    def role(self, said: str) -> Role | None:
        """Return the role meant by its id or name, by "<@&123>", or by a power level where roles are those."""


async def convert(param: Param, raw: Raw, resolver: Resolver, voice: Voice) -> Any:
    """Return the value of an argument. Raises Invalid, which says what to give instead."""
    match param.kind:
        case Kind.UPLOAD:
            return _upload(param, raw)
        case Kind.PERSON if raw != "" or param.required:
            return await _person(param, raw, resolver)
        case Kind.PLACE if raw != "" or param.required:
            return await _place(param, raw, resolver)
        case Kind.PERSON | Kind.PLACE:
            return param.default
        case Kind.ROLE:
            return raw if isinstance(raw, Role) else _role(param, str(raw).strip(), resolver)
        case Kind.FLAG if isinstance(raw, bool):
            return raw
        case Kind.INTEGER if isinstance(raw, int) and not isinstance(raw, bool):
            return bounded(param, raw, INTEGER_MAX)
        case Kind.NUMBER if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
            return bounded(param, float(raw), math.inf)
        case _:
            return read(param, raw if isinstance(raw, str) else str(raw), voice)


def _upload(param: Param, raw: Raw) -> Upload:
    if not isinstance(raw, Upload):
        raise Invalid(param.name, t("{name} must be a file. Attach it to your message.", name=caption(param)))
    return raw


async def _person(param: Param, raw: Raw, resolver: Resolver) -> Person:
    said = raw if isinstance(raw, str | Identity) else str(raw)
    found = await resolver.person(said)
    if found is None:
        if isinstance(said, str) and ACCOUNT.fullmatch(said.strip()):
            raise Invalid(
                param.name,
                t(
                    "I see nobody with the account {account} in this community. Look whether it is written correctly.",
                    account=Code(said.strip()[:80]),
                ),
            )
        raise Invalid(
            param.name,
            t(
                "I do not know whom you mean by “{typed}”. Mention them, or write their account's whole name.",
                typed=said.name if isinstance(said, Identity) else said[:80],
            ),
        )
    return found


def _role(param: Param, said: str, resolver: Resolver) -> Role:
    found = resolver.role(said)
    if found is None:
        raise Invalid(
            param.name,
            t(
                "“{typed}” is no role of this room. Write a power level, such as {example}.",
                typed=said[:80],
                example="25",
            ),
        )
    return found


async def _place(param: Param, raw: Raw, resolver: Resolver) -> Place:
    said = raw if isinstance(raw, str | PlaceRef) else str(raw)
    found = await resolver.place(said)
    if found is None:
        raise Invalid(
            param.name,
            t(
                "I do not know the place “{typed}”. Link to it, or write its whole name as it stands here.",
                typed=said.name if isinstance(said, PlaceRef) else said[:80],
            ),
        )
    return found
