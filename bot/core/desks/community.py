# SPDX-License-Identifier: MIT
"""A community's own name, language, time zone and hours, as settings among the others."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from rapidfuzz import process

from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.pseudo import LANGUAGE as PSEUDO
from bot.kit.arg import Arg
from bot.kit.errors import Invalid
from bot.kit.params import read_fields
from bot.kit.people import Community
from bot.kit.text import Code, t

NAME = "community"


@dataclass(frozen=True, slots=True)
class CommunitySettings:
    """What is kept with the community itself."""

    name: Annotated[str, Arg("What this community is called", min=1, max=100)] = ""
    language: Annotated[str, Arg("Language in which I speak to people who chose none", min=2, max=20)] = "en"
    zone: Annotated[str, Arg("Time zone of this community, such as Europe/Madrid", min=2, max=50)] = "UTC"
    quiet_from: Annotated[str, Arg("Hour from which I post nothing but what is urgent, such as 22:00", max=5)] = ""
    quiet_until: Annotated[str, Arg("Hour until which I post nothing but what is urgent, such as 07:00", max=5)] = ""
    paused: Annotated[bool, Arg("Whether I rest: then I answer moderators only")] = False


PARAMS = read_fields(CommunitySettings)


COLUMNS = {"name": "name", "language": "locale", "zone": "zone"}
"""Which settings are kept with the community itself; the others are kept like those of a cog."""


def values_of(community: Community, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return a community's own settings by name."""
    defaults = {param.name: chosen.get(param.name, param.default) for param in PARAMS}
    return defaults | {"name": community.name, "language": community.locale, "zone": community.zone}


def check_hour(typed: str, param: str = "value") -> str:
    """Return an hour as "07:00", or "" for none; raises Invalid."""
    said = typed.strip().replace(".", ":")
    if not said:
        return ""
    try:
        return time.fromisoformat(said if ":" in said else f"{int(said):02}:00").strftime("%H:%M")
    except ValueError:
        raise Invalid(
            param, t("“{typed}” is no hour. Write it like {example}.", typed=said[:20], example=Code("22:00"))
        ) from None


def check_language(typed: str, catalogs: Catalogs, param: str = "value") -> str:
    """Return a language that the bot speaks; raises Invalid."""
    tag = typed.strip().replace("_", "-").casefold()
    spoken = (*catalogs.languages, PSEUDO)  # the pseudo-locale shows translators what escaped them
    found = next((language for language in spoken if language.casefold() == tag), None)
    found = found or _named(catalogs.languages).get(_plain(typed))
    if found is None:
        known = ", ".join(map(with_name, catalogs.languages))
        raise Invalid(param, t("I do not speak “{typed}”. I speak {known}.", typed=typed[:20], known=known))
    return found


def own_name(tag: str) -> str:
    """Return what a language calls itself ("de" is "Deutsch"); the code where nobody knows."""
    try:
        return Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag


def with_name(tag: str) -> str:
    """Return a language by what it calls itself and its code: "Deutsch (de)"."""
    return f"{own_name(tag)} ({tag})"


def _named(tags: Sequence[str]) -> dict[str, str]:
    """Return languages by the names that each of them has in each of them: "deutsch", "german", "aleman"."""
    known = [Locale.parse(tag, sep="-") for tag in tags]
    named = (
        (each.get_display_name(speaking), tag) for speaking in known for tag, each in zip(tags, known, strict=True)
    )
    return {_plain(name): tag for name, tag in named if name}


def _plain(typed: str) -> str:
    """Return a name without capitals and accents."""
    letters = unicodedata.normalize("NFKD", typed.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def check_zone(typed: str, param: str = "value") -> str:
    """Return the name of a time zone, however it was capitalised; raises Invalid with the nearest names."""
    zones = {zone.casefold(): zone for zone in available_timezones()}
    asked = typed.strip().replace(" ", "_").casefold()
    if asked in zones:
        return zones[asked]
    by_city = sorted(zone for folded, zone in zones.items() if folded.rpartition("/")[2] == asked)
    if len(by_city) == 1:
        return by_city[0]
    near = by_city or [zones[found] for found, _, _ in process.extract(asked, zones.keys(), limit=3, score_cutoff=60)]
    raise Invalid(
        param,
        t("I do not know the time zone “{typed}”. Did you mean {near}?", typed=typed[:50], near=Code(", ".join(near)))
        if near
        else t(
            "I do not know the time zone “{typed}”. Write it like {example}.",
            typed=typed[:50],
            example=Code("Europe/Madrid"),
        ),
    )
