# SPDX-License-Identifier: MIT
"""A community's own name, language and time zone, as settings among the others."""

from dataclasses import dataclass
from typing import Annotated
from zoneinfo import available_timezones

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


PARAMS = read_fields(CommunitySettings)


def values_of(community: Community) -> dict[str, str]:
    """Return a community's own settings by name."""
    return {"name": community.name, "language": community.locale, "zone": community.zone}


def check_language(typed: str, catalogs: Catalogs, param: str = "value") -> str:
    """Return a language that the bot speaks; raises Invalid."""
    tag = typed.strip().replace("_", "-").casefold()
    spoken = (*catalogs.languages, PSEUDO)  # the pseudo-locale shows translators what escaped them
    found = next((language for language in spoken if language.casefold() == tag), None)
    if found is None:
        known = ", ".join(catalogs.languages)
        raise Invalid(param, t("I do not speak “{typed}”. I speak {known}.", typed=typed[:20], known=known))
    return found


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
