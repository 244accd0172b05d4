# SPDX-License-Identifier: MIT
"""Reads how long something takes: "2h", "90 min", "1:30", "two hours", "hora y media", "until 20:00", "18:00-20:00"."""

import re
from datetime import datetime, timedelta

from bot.kit import Code, Invalid, t

from .clocks import find_hour
from .ranges import parted
from .reading import Asker, read_time
from .vocabulary import numbers
from .zones import LocalTime

LONGEST = timedelta(days=31)
_HOURS = r"h|hrs?|hours?|horas?|heures?|stunden?|std\.?|hores?|hora"
_MINUTES = r"m|mn|'|′|min\.?|mins?|minutes?|minutos?|minuten?|minuts?"
_DAYS = r"d|days?|días?|dias?|jours?|tage?n?|dies|dia"
_SPAN = re.compile(
    rf"(?:(?P<d>\d{{1,3}})\s*(?:{_DAYS})\b)?\s*(?:and|y|et|und|i|,)?\s*"
    rf"(?:(?P<h>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s*(?:{_HOURS})(?![^\W\d_]))?\s*(?:and|y|et|und|i|,)?\s*"
    rf"(?:(?P<m>\d{{1,4}})\s*(?:{_MINUTES})?)?",
    re.IGNORECASE,
)
_WEEKS = re.compile(r"^(\d{1,2})\s*(?:w|weeks?|semanas?|semaines?|wochen?|setman(?:a|es))\b", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_UNTIL = re.compile(
    r"^(?:(?:until|till|to|hasta|bis|fins(?:\s+a)?(?:\s+les)?)\b|jusqu['’]?\s?[àa]u?\b|-|–)\s*", re.IGNORECASE
)
_HALF_HOUR = re.compile(
    r"\b(?:half\s+an\s+hour|media\s+hora|(?:une\s+)?demi[- ]heure|(?:eine\s+)?halbe\s+stunde|mitja\s+hora)\b",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(
    rf"(?P<n>\d+)?\s*(?P<u>{_HOURS})?\s*(?:½|(?:and\s+a\s+half|y\s+media|et\s+demie|i\s+mitja|einhalb))"
    rf"\s*(?:{_HOURS})?(?![^\W\d_])",
    re.IGNORECASE,
)
_ONE = re.compile(r"^(?=(?:hora|heure|stunde|hour)\b)", re.IGNORECASE)
_EVENING_ON = 12
"""From here on "20:00" is an hour of the day, not twenty hours."""


def read_length(text: str, when: LocalTime, asker: Asker, param: str = "duration") -> int:
    """Return the length in minutes, from a span or from the end; raises Invalid with what to write instead."""
    words = " ".join(text.split())
    end = parted(words).end
    clock = _CLOCK.fullmatch(words)
    if end or (clock and _EVENING_ON < int(clock[1]) < 24):
        minutes: int | None = _until(end or words, when, asker, param)
    else:
        minutes = _until(words, when, asker, param) if _UNTIL.match(words) else _span(words)
    if minutes is None:
        raise Invalid(
            param, t("Write how long it takes, like {first} or {second}.", first=Code("2h"), second=Code("90 min"))
        )
    if minutes < 1:
        raise Invalid(
            param, t("It would end before it starts. Write how long it takes, like {first}.", first=Code("2h"))
        )
    if timedelta(minutes=minutes) > LONGEST:
        raise Invalid(param, t("An event takes at most {count} days. For more, let it repeat.", count=LONGEST.days))
    return minutes


def _in_figures(words: str) -> str:
    """Write "two hours" and "hora y media" in figures."""
    words = _ONE.sub("1 ", _HALF_HOUR.sub("30 min", words))
    words = re.sub(
        r"[^\W\d_]+(?=\s)(?!\s+half\b)", lambda found: str(numbers().get(found[0].casefold(), found[0])), words
    )
    words = re.sub(r"^zwei(?=einhalb)", "2", re.sub(r"^ein(?=einhalb)|^andert(?=halb)", "1", words))
    words = _WEEKS.sub(lambda found: f"{int(found[1]) * 7} d", words)
    return _AND_A_HALF.sub(lambda found: f"{found['n'] or 1}.5 h", words)


def _span(words: str) -> int | None:
    if clock := _CLOCK.fullmatch(words):
        return int(clock[1]) * 60 + int(clock[2])
    found = _SPAN.fullmatch(_in_figures(words))
    if found is None or not any(found.groupdict().values()):
        return None
    if words.isdecimal():
        return int(words) * 60 if int(words) <= 12 else int(words)
    hours = float((found["h"] or "0").replace(",", "."))
    return int(found["d"] or 0) * 1440 + round(hours * 60) + int(found["m"] or 0)


def _until(words: str, when: LocalTime, asker: Asker, param: str) -> int:
    rest = re.sub(r"^(\d{1,2})\.(?=\d\d(?!\.))", r"\1:", _UNTIL.sub("", words))
    clocked = find_hour(rest)
    if clocked.hour is None and (bare := re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?", rest)):
        clocked = find_hour(f"{bare[1]}:{bare[2] or '00'}")
    if clocked.hour is not None and not clocked.rest:
        end = when.with_local(datetime.combine(when.local.date(), clocked.hour))
    else:
        end = read_time(rest, Asker(asker.now, when.zone, asker.language), param)
    return round((end.at - when.at).total_seconds() / 60)
