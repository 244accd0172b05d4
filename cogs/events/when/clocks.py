# SPDX-License-Identifier: MIT
"""Finds the hour in what people type: "2pm", "18:30", "a las 18", "18h30", "um 18 Uhr", "noon", "les 10 del matí"."""

import re
from dataclasses import dataclass
from datetime import time

_BEFORE = r"(?:\b(?:at|um|a\s+las?|a\s+les|les|las|ab|gegen)\s+|à\s*|@\s*)"
_MORNING = (
    r"a\.?m\.?|de\s+la\s+mañana|de\s+la\s+madrugada|del\s+mat[íi]|de\s+la\s+matinada|du\s+matin|morgens|vormittags|früh"
)
_EVENING = (
    r"p\.?m\.?|de\s+la\s+tarde|de\s+la\s+noche|de\s+la\s+tarda|del\s+vespre|de\s+la\s+nit|de\s+l['’]après-midi"
    r"|du\s+soir|nachmittags|abends"
)
_SPACED = r"\sh\s(?=\d\d(?!\s+(?:de\s+|d['’])?[^\W\d_]{3}))"
"""Of "14 h 30", but not of "14 h 30 mai", where 30 is a day."""
_HALF = rf"(?:\s*(?P<{{0}}_am>{_MORNING})(?![^\W\d_])|\s*(?P<{{0}}_pm>{_EVENING})(?![^\W\d_]))"
_WORDS = {
    "noon": time(12),
    "midday": time(12),
    "midnight": time(0),
    "mediodía": time(12),
    "medianoche": time(0),
    "migdia": time(12),
    "mitjanit": time(0),
    "midi": time(12),
    "minuit": time(0),
    "mittag": time(12),
    "mittags": time(12),
    "mitternacht": time(0),
}
_LATE = re.compile(
    r"\btonight\b|\b(?:(?:in\s+the|this)\s+)?(?:evening|afternoon|night)\b"
    r"|\b(?:esta|por\s+la|en\s+la|de\s+la|a\s+la)\s+(?:tarde|noche)\b"
    r"|\b(?:(?:ce|cet|cette|le|en|du)\s+|dans\s+l['’]|de\s+l['’]|l['’])?(?:soir|soirée|après-midi)\b"
    r"|(?:\bam\s+)?(?:abend|nachmittag)s?\b"
    r"|\b(?:aquest|aquesta|al|a\s+la|de\s+la|del)\s+(?:vespre|tarda|nit)\b",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"\b(?:in\s+the\s+|this\s+)?morning\b|\b(?:esta|por\s+la|en\s+la|de\s+la)\s+mañana\b"
    r"|\b(?:(?:au|ce|le|du)\s+)?matin\b|\bfrüh\b|(?:\bam\s+)?vormittags?\b|\b(?:al|del|aquest)\s+matí\b",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?:\b(?:at|al|a\s+la|a|à|um|zu)\s+)?\b(?P<word>{'|'.join(_WORDS)})\b", re.IGNORECASE)
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 18:30, 6:30 pm, 18.30 Uhr, 18h30
        (
            rf"{_BEFORE}?(?<![\d./:-])(?P<h>\d{{1,2}})(?::|h|{_SPACED}|(?<=\d)\.(?=\d\d\s*uhr))(?P<m>\d{{2}})"
            rf"(?::\d{{2}})?(?![\d/.:-]\d|\d)(?:\s*(?:uhr|h|hrs|hours)\b)?{_HALF.format('a')}?"
        ),
        # 6pm, 10 de la mañana
        rf"{_BEFORE}?(?<![\d./:-])(?P<h>\d{{1,2}}){_HALF.format('b')}",
        # 18 Uhr 30
        rf"{_BEFORE}?(?<![\d./:-])(?P<h>\d{{1,2}})\s*uhr\s*(?P<m>\d{{2}})(?![\d/.:-])(?!\s+[^\W\d_]{{3}})",
        # 18h, 18 Uhr
        rf"{_BEFORE}?(?<![\d./:-])(?P<h>\d{{1,2}})\s*(?:uhr|h|hores|horas|heures?|o['’]?clock)\b{_HALF.format('c')}?",
        # a las 18.30, 6.30 pm
        rf"{_BEFORE}(?P<h>\d{{1,2}})\.(?P<m>\d{{2}})(?![\d.])(?:\s*h\b)?{_HALF.format('d')}?",
        rf"(?<![\d./:-])(?P<h>\d{{1,2}})\.(?P<m>\d{{2}}){_HALF.format('e')}",
        # at 18, a las 18
        rf"{_BEFORE}(?P<h>\d{{1,2}})(?![\d/.:-])(?!\s*(?:de|d['’]|days?|weeks?)\b)",
    )
)


@dataclass(frozen=True, slots=True)
class Clocked:
    """The hour that was found, and what is left of the text; `hour` None when there is none that exists."""

    hour: time | None
    rest: str
    wrong: bool = False


def find_hour(text: str) -> Clocked:
    """Take the hour out of a text."""
    for pattern in _PATTERNS:
        if found := pattern.search(text):
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            hour = _hour(found)
            if hour is None or any(value for name, value in found.groupdict().items() if name.endswith(("_am", "_pm"))):
                return Clocked(hour, " ".join(rest.split()), wrong=hour is None)
            return _by_part_of_day(hour, rest)
    if named := _NAMED.search(text):
        rest = f"{text[: named.start()]} {text[named.end() :]}"
        return Clocked(_WORDS[named["word"].casefold()], " ".join(rest.split()))
    return Clocked(None, " ".join(text.split()))


def _by_part_of_day(hour: time, rest: str) -> Clocked:
    """Read "tonight at 8", "heute Abend um 8", "mañana por la tarde a las 6": the part of the day makes it 20 or 18."""
    if found := _LATE.search(rest):
        hour = hour.replace(hour=hour.hour + 12) if 1 <= hour.hour < 12 else hour
    else:
        found = _EARLY.search(rest)
    left = f"{rest[: found.start()]} {rest[found.end() :]}" if found else rest
    return Clocked(hour, " ".join(left.split()))


def _hour(found: re.Match[str]) -> time | None:
    parts = found.groupdict()
    hour, minute = int(parts["h"]), int(parts.get("m") or 0)
    morning = any(value for name, value in parts.items() if name.endswith("_am"))
    evening = any(value for name, value in parts.items() if name.endswith("_pm"))
    if (morning or evening) and not 1 <= hour <= 12 and not (evening and hour <= 23):
        return None
    if evening and hour < 12:
        hour += 12
    elif morning and hour == 12:
        hour = 0
    return time(hour, minute) if hour <= 23 and minute <= 59 else None
