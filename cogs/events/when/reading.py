# SPDX-License-Identifier: MIT
"""Reads when something starts, as people type it, in the zone of who types."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from bot.kit import Code, Invalid, Text, t, zone_of

from .clocks import find_hour
from .days import NoSuchDay, OtherWeekday, both_ways, read_day
from .ranges import parted
from .vocabulary import numbers
from .zones import LETTERS, Fit, LocalTime, city_in, known_zone, of_moment, offset_text, readings, zones_like

MAX_AHEAD = timedelta(days=3 * 366)
TYPED_MAX = 100

_ZONE = re.compile(r"(?<![^\s(])([A-Za-z]{2,}(?:/[A-Za-z0-9_+-]+)+)\)?(?=\s|$|[,+-])")
_OFFSET = re.compile(r"\s*(?:UTC|GMT)?\s*(?<=[\s\dTC])([+-])(\d{2}):?(\d{2})$")
_SHORT_OFFSET = re.compile(r"\b(?:UTC|GMT)\s*([+-])\s*(\d{1,2})(?::?(\d{2}))?\)?$", re.IGNORECASE)
_SOON = re.compile(
    r"(?:in|within|dentro\s+de|en|dans|d['’]aqu[íi]\s+a?)\s+(\w+)\s*"
    r"(?:(h|hours?|horas?|heures?|stunden?|hores)|(?:m|min|mins|minutes?|minutos?|minuten?|minuts?))",
    re.IGNORECASE,
)
_STAMP = re.compile(r"<t:(\d{1,12})(?::[a-zA-Z])?>")
_LETTERS = re.compile(r"(?<![^\s(])([A-Z]{2,5}|Z|[a-z]{3,4})\)?$")
_T = re.compile(r"^(\d{4}-\d{2}-\d{2})[Tt](?=\d)")
_ZULU = re.compile(r"(?<=\d)[Zz]$")
_NO_ZONES = {"AM", "PM", "UHR", "NOON", "TODAY", "MIDI"}
_AMBIGUOUS = {
    "IST": "Asia/Kolkata",
    "CST": "America/Chicago",
    "MST": "America/Denver",
    "AST": "America/Halifax",
    "SST": "Pacific/Pago_Pago",
}
"""Letters that mean several zones, and a city in one of them."""


class NoDay(Invalid):
    """The words for the day name none."""


class NoHour(Invalid):
    """There is a day and no hour."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who types: the present moment, their zone and language; `day_first` is how they write 1/2/2027."""

    now: datetime
    zone: str
    language: str = "en"

    @property
    def day_first(self) -> bool:
        """Tell whether they write the day before the month."""
        return self.language.replace("_", "-").casefold() not in {"en-us", "en"}

    @property
    def either_first(self) -> bool:
        """Tell whether nobody can know it: English is written in both ways."""
        return self.language.casefold() == "en"

    @property
    def local(self) -> datetime:
        """What their clocks show."""
        return self.now.astimezone(zone_of(self.zone)).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class _Split:
    """A text without its zone: the rest, the zone, what was written for it, and a distance from UTC."""

    rest: str
    zone: str | None = None
    letters: str = ""
    offset: timedelta | None = None


def read_time(text: str, asker: Asker, param: str = "start") -> LocalTime:
    """Return the one time that a text means; raises Invalid with what to write instead.

    An hour that daylight saving skips, or that comes twice, is asked about; so is a missing hour.
    """
    split, when = _read(text, asker, param)
    if when.fit is Fit.TWICE and split.offset is None and not split.letters:
        first, second = map(canonical, readings(when))
        raise Invalid(
            param,
            t(
                "That hour comes twice on that day, because clocks are set back. Which one: {first} or {second}?",
                first=Code(first),
                second=Code(second),
            ),
        )
    if when.fit is Fit.NEVER:
        first, second = map(canonical, readings(when))
        raise Invalid(
            param,
            t(
                "Clocks are set forward that night and skip this hour. Take {first} or {second}.",
                first=Code(first),
                second=Code(second),
            ),
        )
    return _within(when, asker, param)


def possible(text: str, asker: Asker) -> tuple[LocalTime, ...]:
    """Return the times that a text may mean, to be offered while it is typed; none when nobody can tell."""
    try:
        split, when = _read(text, asker, "start")
        found = (when,) if split.offset is not None or split.letters else readings(when)
        return tuple(_within(each, asker, "start") for each in found)
    except Invalid:
        return ()


def _read(text: str, asker: Asker, param: str) -> tuple[_Split, LocalTime]:
    """Return what a text says, and the local time; the end of "6-8pm" is not looked at."""
    words = " ".join(text.split())[:TYPED_MAX]
    if (moment := _moment(words, asker)) is not None:
        return _Split(words, offset=moment.aware.utcoffset()), moment
    split = _zone_in(parted(words).start, param, asker.language)
    return split, _local(split, asker, param)


def _moment(words: str, asker: Asker) -> LocalTime | None:
    """Read "in 2 hours", and the moments that Discord's clients copy: "<t:1800000000:F>"."""
    if stamp := _STAMP.fullmatch(words):
        try:
            return of_moment(datetime.fromtimestamp(int(stamp[1]), UTC), asker.zone)
        except (ValueError, OverflowError, OSError):
            return None
    found = _SOON.fullmatch(words)
    if found is None:
        return None
    count = int(found[1]) if re.fullmatch(r"[0-9]{1,4}", found[1]) else numbers().get(found[1].casefold())
    if not count:
        return None
    ahead = timedelta(hours=count) if found[2] else timedelta(minutes=count)
    return of_moment((asker.now + ahead).replace(second=0, microsecond=0), asker.zone)


def canonical(when: LocalTime) -> str:
    """Write a time so that it is read in one way only."""
    plain = f"{when.text.replace('T', ' ')} {when.zone}"
    if when.fit is Fit.ONCE:
        return plain
    return f"{plain} {offset_text(when.aware.utcoffset() or timedelta())}"


def _within(when: LocalTime, asker: Asker, param: str) -> LocalTime:
    if when.at <= asker.now:
        raise Invalid(param, t("{when} is over. Give a time to come.", when=canonical(when)))
    if when.at > asker.now + MAX_AHEAD:
        raise Invalid(param, t("{when} is more than three years ahead. Give a nearer time.", when=canonical(when)))
    return when


def _zone_in(text: str, param: str, language: str = "en") -> _Split:
    offset: timedelta | None = None
    text = _ZULU.sub(" UTC", _T.sub(r"\1 ", text))
    text = _SHORT_OFFSET.sub(lambda found: f"UTC{found[1]}{found[2]:0>2}:{found[3] or '00'}", text)
    if found := _OFFSET.search(text):
        minutes = int(found[2]) * 60 + int(found[3])
        if minutes > 14 * 60:
            raise Invalid(param, t("No place is {offset} away from UTC.", offset=found[0].strip()))
        offset = timedelta(minutes=minutes if found[1] == "+" else -minutes)
        text = text[: found.start()].rstrip()
    if named := _ZONE.search(text):
        zone = known_zone(named[1])
        if zone is None:
            raise Invalid(param, _unknown(named[1]))
        return _Split(f"{text[: named.start()]} {text[named.end() :]}".strip(" ()"), zone, offset=offset)
    if (short := _LETTERS.search(text)) and short[1].upper() not in _NO_ZONES:
        letters = short[1].upper()
        if letters in LETTERS:
            rest = text[: short.start()].strip()
            return _Split(rest, LETTERS[letters], letters, offset)
        if letters in _AMBIGUOUS and short[1].isupper():
            raise Invalid(
                param,
                t(
                    "{zone} means several time zones. Write a city, such as {example}.",
                    zone=letters,
                    example=_AMBIGUOUS[letters],
                ),
            )
    if (city := city_in(text, language)) is not None:
        return _Split(*city, offset=offset)
    return _Split(text, offset=offset)


def _unknown(typed: str) -> Text:
    near = zones_like(typed)
    if near:
        return t("I know no time zone {zone}. Do you mean {near}?", zone=typed, near=tuple(near[:3]))
    return t("I know no time zone {zone}. Write it like {example}.", zone=typed, example=Code("Europe/Madrid"))


def _local(split: _Split, asker: Asker, param: str) -> LocalTime:
    zone = split.zone or asker.zone
    here = Asker(asker.now, zone, asker.language)
    clocked = find_hour(split.rest)
    if clocked.wrong:
        raise Invalid(param, t("A day has 24 hours. Write the hour like 18:00 or 6 pm."))
    day = _day(clocked.rest, here, param)
    if clocked.hour is None:
        raise NoHour(param, t("At what hour? Write it like {example}.", example=Code(f"{day:%Y-%m-%d} 18:00")))
    local = _coming(datetime.combine(day, clocked.hour), clocked.rest, here)
    if split.offset is not None:
        return _by_offset(local, zone, split.offset)
    if not split.letters:
        return LocalTime(local, zone)
    return _by_letters(local, zone, split.letters, asker)


def _by_letters(local: datetime, zone: str, letters: str, asker: Asker) -> LocalTime:
    """Take the asker's own zone where it has the letters they wrote: CET is Madrid's as well as Paris's."""
    for each in (asker.zone, zone):
        for fold in (0, 1):
            when = LocalTime(local, each, fold)
            if letters == when.aware.tzname():
                return when
    return LocalTime(local, zone)


def _day(words: str, asker: Asker, param: str) -> date:
    try:
        if asker.either_first and (days := both_ways(words, asker.local.date())):
            first, second = (Code(each.isoformat()) for each in days)
            raise Invalid(
                param, t("Which day is that: {first} or {second}? Write it like this.", first=first, second=second)
            )
        day = read_day(words, asker.local.date(), asker.language, day_first=asker.day_first)
    except OtherWeekday as error:
        raise Invalid(
            param, t("{day} is another day of the week. Check the day, or leave the weekday out.", day=error.day)
        ) from error
    except NoSuchDay as error:
        raise Invalid(param, t("The calendar has no such day. Check the day and the year.")) from error
    if day is None:
        raise NoDay(
            param,
            t(
                "I cannot read “{words}” as a day. Write it like {example}.",
                words=words[:60],
                example=Code("2027-01-15 18:00"),
            ),
        )
    return day


def _coming(local: datetime, words: str, asker: Asker) -> datetime:
    """Move what was said without a day, or with a weekday of today, to when it comes next."""
    if local > asker.local or local.date() != asker.local.date():
        return local
    if not words:
        return local + timedelta(days=1)
    return local + timedelta(days=7) if words.isalpha() and not _says_today(words) else local


def _says_today(words: str) -> bool:
    return words.casefold() in {"today", "hoy", "heute", "avui", "aujourd'hui", "tonight"}


def _by_offset(local: datetime, zone: str, offset: timedelta) -> LocalTime:
    moment = local.replace(tzinfo=timezone(offset))
    return of_moment(moment, zone)
