# SPDX-License-Identifier: MIT
"""The options of a command and the fields of a form, as arguments of the core."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.exchange import Raw
from bot.kit.arg import Upload
from bot.kit.errors import UserError
from bot.kit.people import Role
from bot.kit.text import t
from bot.platforms.discord.limits import FILE_BYTES_MAX
from bot.platforms.discord.origins import resolved_identity, resolved_place

Fetch = Callable[[str], Awaitable[bytes]]
"""Reads a file that somebody attached, by its address."""

_SUBCOMMAND, _GROUP = 1, 2
_USER, _CHANNEL, _ROLE, _FILE = 6, 7, 8, 11
_USER_SELECT, _ROLE_SELECT, _CHANNEL_SELECT, _UPLOAD = 5, 6, 8, 19


@dataclass(frozen=True, slots=True)
class Typed:
    """A command as it arrived; `focused` is the option that is being typed."""

    name: str
    options: tuple[Mapping[str, Any], ...]

    @property
    def focused(self) -> Mapping[str, Any] | None:
        """The option that somebody is typing."""
        return next((each for each in self.options if each.get("focused")), None)


def read_command(data: Mapping[str, Any]) -> Typed:
    """Find the whole name of a command and its options."""
    name, options = str(data["name"]), data.get("options", ())
    while options and options[0]["type"] in (_SUBCOMMAND, _GROUP):
        name, options = f"{name} {options[0]['name']}", options[0].get("options", ())
    return Typed(name, tuple(options))


def param_name(option: str) -> str:
    """Return the parameter that an option stands for."""
    return option.replace("-", "_")


async def read_options(typed: Typed, resolved: Mapping[str, Any], fetch: Fetch) -> dict[str, Raw]:
    """Return the arguments of a command. Raises UserError for a file that is too large."""
    found: dict[str, Raw] = {}
    for option in typed.options:
        kind, value = option["type"], option["value"]
        found[param_name(option["name"])] = await _value(_OF_OPTION.get(kind, ""), value, resolved, fetch)
    return found


async def read_form(data: Mapping[str, Any], resolved: Mapping[str, Any], fetch: Fetch) -> dict[str, Raw]:
    """Return what was entered in a form; an empty field is left out. Raises UserError for a file that is too large."""
    found: dict[str, Raw] = {}
    for field in _fields(data.get("components", ())):
        entered = field.get("values") or ([field["value"]] if field.get("value") else [])
        if entered:
            kind = _OF_FIELD.get(field["type"], "")
            found[str(field["custom_id"])] = await _value(kind, entered[0], resolved, fetch)
    return found


def _fields(nodes: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for node in nodes:
        if "custom_id" in node:
            yield node
        elif "component" in node:
            yield from _fields([node["component"]])
        else:
            yield from _fields(node.get("components", ()))


_OF_OPTION = {_USER: "person", _CHANNEL: "place", _ROLE: "role", _FILE: "file"}
_OF_FIELD = {_USER_SELECT: "person", _CHANNEL_SELECT: "place", _ROLE_SELECT: "role", _UPLOAD: "file"}


async def _value(kind: str, value: Any, resolved: Mapping[str, Any], fetch: Fetch) -> Raw:
    match kind:
        case "person":
            return resolved_identity(str(value), resolved)
        case "place":
            return resolved_place({"id": value, **resolved.get("channels", {}).get(str(value), {})})
        case "role":
            return Role(str(value), str(resolved.get("roles", {}).get(str(value), {}).get("name", value)))
        case "file":
            return await _file(resolved["attachments"][str(value)], fetch)
        case _:
            raw: Raw = value
            return raw


async def _file(raw: Mapping[str, Any], fetch: Fetch) -> Upload:
    if int(raw.get("size", 0)) > FILE_BYTES_MAX:
        raise UserError(t("This file is larger than {size} MB. Please send a smaller one.", size=FILE_BYTES_MAX >> 20))
    content = await fetch(str(raw["url"]))
    return Upload(str(raw["filename"]), content, str(raw.get("content_type") or "application/octet-stream"))
