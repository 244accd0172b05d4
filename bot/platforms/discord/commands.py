# SPDX-License-Identifier: MIT
"""The bot's commands as Discord's JSON, from the registry and the catalogs. Pure.

`default_member_permissions` stays unset: it exists for a top-level command only, so it would hide all of `/settings`
from those who are moderators by a role. Who may do what is checked when it is done; a server's managers can hide
commands on its own page Integrations.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

from bot.core.convert import typed_name
from bot.core.i18n.catalogs import SOURCE, Catalogs
from bot.core.i18n.names import Siblings, of_commands, of_options, of_shortcuts
from bot.core.markup import cut
from bot.kit.operation import Command, Shortcut
from bot.kit.params import Kind, Param
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
_ON_MESSAGE = {"type": _MESSAGE, "integration_types": [_BY_SERVER], "contexts": [_SERVER]}


def payload(
    commands: Sequence[Command], shortcuts: Iterable[Shortcut], groups: Mapping[str, str], catalogs: Catalogs
) -> list[Json]:
    """Return every command as it is published."""
    tongues = Tongues(catalogs)
    ordered = sorted(commands, key=lambda command: command.name)
    by_top = {top: list(found) for top, found in groupby(ordered, key=lambda command: command.group or command.name)}
    named = tongues.named(of_commands("the commands", by_top))
    published: list[Json] = []
    for top, found in by_top.items():
        made = _group(found, groups[top], tongues) if found[0].group else _command(found[0], tongues)
        published.append({**named[top], **made, "type": _CHAT, **_reach(found)})
    menu = list(shortcuts)
    entries = tongues.named(of_shortcuts(menu))
    return published + [{**entries[each.label], **_ON_MESSAGE} for each in menu]


def _reach(commands: Iterable[Command]) -> Json:
    """Say where a command is offered: one that also works alone, wherever the person who installed it is."""
    if any(command.alone for command in commands):
        return {"integration_types": [_BY_SERVER, _BY_PERSON], "contexts": [_SERVER, _DIRECT, _ANYWHERE]}
    return {"integration_types": [_BY_SERVER], "contexts": [_SERVER, _DIRECT]}


def _group(commands: Sequence[Command], description: str, tongues: "Tongues") -> Json:
    verbs = [command.name.partition(" ")[2] for command in commands]
    named = tongues.named(of_commands(description, verbs))
    children = [
        {**named[verb], **_command(each, tongues), "type": _SUBCOMMAND}
        for verb, each in zip(verbs, commands, strict=True)
    ]
    return {**tongues.described(description), "options": children}


def _command(command: Command, tongues: "Tongues") -> Json:
    named = tongues.named(of_options(command))
    params = sorted(command.params, key=lambda param: not _required(param))
    options = [{**named[typed_name(param)], **_option(param, tongues)} for param in params[:OPTIONS_MAX]]
    return {**tongues.described(command.description), "options": options}


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
        made: Json = {"name": cut(choice.english, CHOICE_MAX), "value": choice.value}
        listed.append(_with(made, "name_localizations", tongues.all(choice.english, CHOICE_MAX)))
    return {"choices": listed}


class Tongues:
    """Says declared texts in every language that both Discord and the catalogs have."""

    def __init__(self, catalogs: Catalogs) -> None:
        self._catalogs = catalogs
        served = {locale: catalogs.negotiate(locale) for locale in LOCALES}
        self._languages = {locale: language for locale, language in served.items() if language != SOURCE}
        self._spoken = frozenset(self._languages.values())

    def all(self, message: str, limit: int) -> dict[str, str]:
        """Return the translations of a text by Discord's locale, those that are the English words left out."""
        said = {locale: self._catalogs.translate(language, message) for locale, language in self._languages.items()}
        return {locale: cut(words, limit) for locale, words in said.items() if words != message}

    def described(self, description: str) -> Json:
        """Return a description and its translations."""
        return _with({"description": description}, "description_localizations", self.all(description, DESCRIPTION_MAX))

    def named(self, siblings: Siblings) -> dict[str, Json]:
        """Return each of some names that stand beside one another, with those of its translations that can be used."""
        settled = {language: siblings.settled(self._said(language, siblings)) for language in self._spoken}
        by_locale = {locale: settled[language] for locale, language in self._languages.items()}
        return {
            name: _with(
                {"name": name},
                "name_localizations",
                {locale: words[name] for locale, words in by_locale.items() if words[name] != name},
            )
            for name in siblings.names
        }

    def _said(self, language: str, siblings: Siblings) -> dict[str, str]:
        translate = self._catalogs.translate
        return {name: translate(language, name, context=siblings.context) for name in siblings.names}


def _with(made: Json, key: str, translations: Mapping[str, str]) -> Json:
    return {**made, key: dict(translations)} if translations else made
