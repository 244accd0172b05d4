# SPDX-License-Identifier: MIT
"""Local times with their zone, and what daylight saving does to them: hours that are skipped or come twice."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import cache
from zoneinfo import available_timezones

from bot.kit import zone_of

FORMAT = "%Y-%m-%dT%H:%M"
_TIME = re.compile(r"\s+(?:local\s+)?(?:time|zeit|ortszeit)$", re.IGNORECASE)
_OF = re.compile(
    r"[,(]?\s*(?:\b(?:hora|heure)\s+(?:local\s+|locale\s+)?(?:de|d['’]|à|en)|\b(?:in|en|at|à|a))$", re.IGNORECASE
)

LETTERS = {
    "UTC": "UTC",
    "GMT": "UTC",
    "Z": "UTC",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "MEZ": "Europe/Berlin",
    "MESZ": "Europe/Berlin",
    "WET": "Europe/Lisbon",
    "WEST": "Europe/Lisbon",
    "EET": "Europe/Athens",
    "EEST": "Europe/Athens",
    "BST": "Europe/London",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "ET": "America/New_York",
    "CDT": "America/Chicago",
    "CT": "America/Chicago",
    "MDT": "America/Denver",
    "PST": "America/Los_Angeles",
    "PDT": "America/Los_Angeles",
    "PT": "America/Los_Angeles",
}
"""Letters that people write and the zone they most likely mean; those that mean several (IST, CST) are not here."""


class Fit(Enum):
    """Whether a local time exists: once, not at all, or twice."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class LocalTime:
    """An hour as the clocks of a zone show it; `fold` 1 is the second of two equal ones."""

    local: datetime
    zone: str
    fold: int = 0

    @property
    def text(self) -> str:
        """The local hour as it is stored: "2027-01-15T18:00"."""
        return self.local.strftime("%Y-%m-%dT%H:%M").rjust(16, "0")

    @property
    def aware(self) -> datetime:
        """The moment, in its own zone; an hour that is skipped is read as the clock before the change would."""
        return self.local.replace(tzinfo=zone_of(self.zone), fold=self.fold)

    @property
    def at(self) -> datetime:
        """The moment in UTC."""
        return self.aware.astimezone(UTC)

    @property
    def fit(self) -> Fit:
        """Whether this hour exists in its zone."""
        first, second = (self.local.replace(tzinfo=zone_of(self.zone), fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return Fit.ONCE
        back = first.astimezone(UTC).astimezone(zone_of(self.zone)).replace(tzinfo=None)
        return Fit.TWICE if back == self.local else Fit.NEVER

    def with_local(self, local: datetime) -> "LocalTime":
        """Return another hour in the same zone; one that does not exist becomes the one that clocks then show."""
        return of_moment(LocalTime(local, self.zone, self.fold).at, self.zone)


def of_text(text: str, zone: str, fold: int = 0) -> LocalTime:
    """Read a stored local hour."""
    return LocalTime(datetime.strptime(text, FORMAT), zone, fold)  # noqa: DTZ007 (its zone stands beside it)


def of_moment(at: datetime, zone: str) -> LocalTime:
    """Return what the clocks of a zone show at a moment."""
    aware = at.astimezone(zone_of(zone))
    return LocalTime(aware.replace(tzinfo=None, fold=0), zone, aware.fold)


def readings(when: LocalTime) -> tuple[LocalTime, ...]:
    """Return what a local time can mean: itself, both of two equal hours, or what lies around a gap."""
    if when.fit is Fit.ONCE:
        return (when,)
    folds = tuple(LocalTime(when.local, when.zone, fold) for fold in (0, 1))
    if when.fit is Fit.TWICE:
        return folds
    return tuple(sorted((of_moment(each.at, when.zone) for each in folds), key=lambda each: each.at))


def offset_of(when: LocalTime) -> str:
    """Write the distance from UTC: "+01:00"."""
    return offset_text(when.aware.utcoffset() or timedelta())


def offset_text(offset: timedelta) -> str:
    """Write a distance from UTC."""
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@cache
def _zones() -> dict[str, str]:
    names = {name.casefold(): name for name in available_timezones() if "/" in name}
    cities: dict[str, str] = {}
    for name in sorted(available_timezones()):
        region, _, city = name.rpartition("/")
        if region in {"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}:
            cities[city.replace("_", " ").casefold()] = name
    return cities | names | {letters.casefold(): zone for letters, zone in LETTERS.items()}


def known_zone(typed: str) -> str | None:
    """Return the zone that people mean by "Europe/Madrid", "madrid" or "CET"; None for one that there is not."""
    return _zones().get(typed.strip().casefold())


@cache
def _cities(language: str) -> dict[str, str]:
    """Return zones by their cities, in English and in a language: "Nueva York"."""
    from babel import Locale, UnknownLocaleError

    cities = {name: zone for name, zone in _zones().items() if "/" not in name and name.upper() not in LETTERS}
    try:
        named = Locale.parse(language, sep="-" if "-" in language else "_").time_zones
    except (UnknownLocaleError, ValueError):
        return cities
    return cities | {
        known["city"].casefold(): zone
        for zone, known in named.items()
        if known.get("city") and zone in available_timezones()
    }


def city_in(text: str, language: str) -> tuple[str, str] | None:
    """Take a city out of the end of a text: "18:00 New York", "a las 18:00, hora de Madrid"; None without one."""
    plain = _TIME.sub("", text.rstrip(" .)"))
    words = plain.split()
    for count in (3, 2, 1):
        zone = _cities(language).get(" ".join(words[-count:]).strip("(,").casefold()) if len(words) > count else None
        if zone is not None:
            return _OF.sub("", " ".join(words[:-count])).rstrip(" ,("), zone
    return None


def zones_like(typed: str, limit: int = 5) -> list[str]:
    """Return zones whose names are near what was typed."""
    from rapidfuzz import process

    found = process.extract(typed.casefold(), list(_zones()), limit=limit, score_cutoff=70)
    return list(dict.fromkeys(_zones()[name] for name, _, _ in found))
