# SPDX-License-Identifier: MIT
"""The bot's commands as Discord's JSON, from the registry and the catalogs. Pure.

`default_member_permissions` stays unset: it exists for a top-level command only, so it would hide all of `/settings`
from those who are moderators by a role. Who may do what is checked when it is done; a server's managers can hide
commands on its own page Integrations.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from bot.core.convert import caption
from bot.core.i18n.catalogs import SOURCE, Catalogs
from bot.core.markup import cut
from bot.kit.operation import Command, Shortcut
from bot.kit.params import Kind, Param
from bot.kit.text import Text
from bot.platforms.discord.forms import CHANNEL_TYPES
from bot.platforms.discord.limits import CHOICE_MAX, COMMAND_TEXT_MAX, DESCRIPTION_MAX, OPTIONS_MAX

Json: TypeAlias = dict[str, Any]

LOCALES = (
    *("id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "pt-BR"),
    *("ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja", "zh-TW", "ko"),
)
"""The languages that Discord's own surface has; see "Locales" in its API reference."""

_CHAT, _MESSAGE = 1, 3
_SUBCOMMAND, _TEXT, _INTEGER, _FLAG, _USER, _CHANNEL, _ROLE, _NUMBER, _FILE = 1, 3, 4, 5, 6, 7, 8, 10, 11
_TYPES = {
    Kind.TEXT: _TEXT,
    Kind.CHOICE: _TEXT,
    Kind.INTEGER: _INTEGER,
    Kind.NUMBER: _NUMBER,
    Kind.FLAG: _FLAG,
    Kind.PERSON: _USER,
    Kind.PLACE: _CHANNEL,
    Kind.ROLE: _ROLE,
    Kind.UPLOAD: _FILE,
}
_SERVER, _DIRECT, _ANYWHERE = 0, 1, 2
_BY_SERVER, _BY_PERSON = 0, 1
_NUMBER_MAX = 2**53 - 1
_NAME = re.compile(r"[-_'\w]{1,32}")


def payload(
    commands: Sequence[Command], shortcuts: Iterable[Shortcut], groups: Mapping[str, str], catalogs: Catalogs
) -> list[Json]:
    """Return every command as it is published."""
    tongues = Tongues(catalogs)
    ordered = sorted(commands, key=lambda command: command.name)
    published: list[Json] = []
    for top, found in groupby(ordered, key=lambda command: command.group or command.name):
        listed = list(found)
        made = _group(top, listed, groups[top], tongues) if listed[0].group else _command(listed[0], tongues)
        published.append({**made, "type": _CHAT, **_reach(listed)})
    return published + [_shortcut(each, tongues) for each in shortcuts]


def option_name(param: Param) -> str:
    """Return what a parameter is called in Discord."""
    return param.name.replace("_", "-")


def _reach(commands: Iterable[Command]) -> Json:
    """Say where a command is offered: one that also works alone, wherever the person who installed it is."""
    if any(command.alone for command in commands):
        return {"integration_types": [_BY_SERVER, _BY_PERSON], "contexts": [_SERVER, _DIRECT, _ANYWHERE]}
    return {"integration_types": [_BY_SERVER], "contexts": [_SERVER, _DIRECT]}


def _group(noun: str, commands: Iterable[Command], description: str, tongues: "Tongues") -> Json:
    children = [{**_command(each, tongues), "type": _SUBCOMMAND} for each in commands]
    return {**tongues.named(noun, f"/{noun}"), **tongues.described(description), "options": children}


def _command(command: Command, tongues: "Tongues") -> Json:
    name = command.name.rpartition(" ")[2]
    params = sorted(command.params, key=lambda param: not _required(param))
    made: Json = {**tongues.named(name, f"/{command.name}"), **tongues.described(command.description)}
    return {**made, "options": [_option(param, tongues) for param in params[:OPTIONS_MAX]]}


def _shortcut(shortcut: Shortcut, tongues: "Tongues") -> Json:
    names = tongues.all(shortcut.label, 32)
    made: Json = {"type": _MESSAGE, "name": shortcut.label, "integration_types": [_BY_SERVER], "contexts": [_SERVER]}
    return {**made, "name_localizations": names} if names else made


def _required(param: Param) -> bool:
    """Tell whether Discord itself insists; what is asked for may be left out."""
    return param.required and not param.arg.ask


def _option(param: Param, tongues: "Tongues") -> Json:
    kind = _TYPES[param.kind]
    complete = param.arg.complete is not None and param.kind in (Kind.TEXT, Kind.INTEGER)
    if complete:
        kind = _TEXT  # so that "R-17" can be typed for a number as well
    made: Json = {
        "type": kind,
        **tongues.option(option_name(param), caption(param)),
        **tongues.described(param.arg.description),
        "required": _required(param),
    }
    if complete:
        made["autocomplete"] = True
    return {**made, **_limits(param, kind), **_choices(param, tongues)}


def _limits(param: Param, kind: int) -> Json:
    low, high = param.arg.min, param.arg.max
    if param.kind is Kind.PLACE:
        return {"channel_types": list(CHANNEL_TYPES)}
    if param.kind is Kind.TEXT:
        limits: Json = {"max_length": min(int(high or COMMAND_TEXT_MAX), COMMAND_TEXT_MAX)}
        return {**limits, "min_length": int(low)} if low else limits
    if kind == _INTEGER:
        bounds = {"min_value": low, "max_value": high}
        return {key: _bounded(int(value)) for key, value in bounds.items() if value is not None}
    if kind == _NUMBER:
        return {key: value for key, value in (("min_value", low), ("max_value", high)) if value is not None}
    return {}


def _bounded(value: int) -> int:
    return max(-_NUMBER_MAX, min(value, _NUMBER_MAX))


def _choices(param: Param, tongues: "Tongues") -> Json:
    if param.kind is not Kind.CHOICE:
        return {}
    listed = []
    for choice in param.choices:
        label = choice.label.message if isinstance(choice.label, Text) else str(choice.label)
        names = tongues.all(label, CHOICE_MAX)
        made: Json = {"name": cut(label, CHOICE_MAX), "value": choice.value}
        listed.append({**made, "name_localizations": names} if names else made)
    return {"choices": listed}


class Tongues:
    """Says declared texts in every language that both Discord and the catalogs have."""

    def __init__(self, catalogs: Catalogs) -> None:
        self._catalogs = catalogs
        served = {locale: catalogs.negotiate(locale) for locale in LOCALES}
        self._languages = {locale: language for locale, language in served.items() if language != SOURCE}

    def all(self, message: str, limit: int) -> dict[str, str]:
        """Return the translations of a text by Discord's locale, those that are the English words left out."""
        said = {locale: self._catalogs.translate(language, message) for locale, language in self._languages.items()}
        return {locale: cut(words, limit) for locale, words in said.items() if words != message}

    def described(self, description: str) -> Json:
        """Return a description and its translations."""
        return _with({"description": description}, "description_localizations", self.all(description, DESCRIPTION_MAX))

    def named(self, name: str, typed: str) -> Json:
        """Return a command's name and its translations; a catalog translates it as it is typed ("/request open")."""
        said = {locale: words.rpartition(" ")[2].lstrip("/") for locale, words in self.all(typed, 100).items()}
        return _with({"name": name}, "name_localizations", _fit(said))

    def option(self, name: str, label: Text) -> Json:
        """Return an option's name and its translations, which are those of its label."""
        said = {locale: words.replace(" ", "-") for locale, words in self.all(label.message, 100).items()}
        return _with({"name": name}, "name_localizations", _fit(said))


def _fit(names: Mapping[str, str]) -> dict[str, str]:
    """Keep the names that Discord takes, in lower case."""
    lowered = {locale: name.lower() for locale, name in names.items()}
    return {locale: name for locale, name in lowered.items() if _NAME.fullmatch(name)}


def _with(made: Json, key: str, translations: Mapping[str, str]) -> Json:
    return {**made, key: dict(translations)} if translations else made
