# SPDX-License-Identifier: MIT
"""Times that stand apart: behind a title without quotes ("edit-a-thon tomorrow 2pm"), or an hour said after its day."""

from bot.kit import Code, Invalid, t

from .clocks import find_hour
from .ranges import parted
from .reading import Asker, NoHour, read_time


def apart(text: str, asker: Asker) -> tuple[str, str] | None:
    """Return the words and the time, or the day alone, behind them, as long as that can be; None without either."""
    words = text.split()
    for count in range(1, len(words)):
        rest = " ".join(words[count:])
        if _names_day(rest, asker):
            return " ".join(words[:count]), rest
    return None


def is_time(text: str, asker: Asker) -> bool:
    """Tell whether a text is a time to come with its day: "2h" and "18:00" alone may be something else."""
    try:
        read_time(text, asker)
    except Invalid:
        return False
    return _has_day(text)


def with_hour(start: str, hour: str, asker: Asker, param: str = "hour") -> str:
    """Return when something starts, with the hour behind a day that has none; raises Invalid for `param`."""
    try:
        read_time(start, asker)
    except NoHour as error:
        if not hour.strip():
            raise Invalid(param, t("At what hour? Write it like {example}.", example=Code("18:00"))) from error
    except Invalid:
        return start  # it is asked about where it is read
    else:
        return start
    whole = hour if is_time(hour, asker) else f"{start} {hour}"
    read_time(whole, asker, param)
    return whole


def _names_day(text: str, asker: Asker) -> bool:
    try:
        read_time(text, asker)
    except NoHour:
        return True
    except Invalid:
        return False
    return _has_day(text)


def _has_day(text: str) -> bool:
    return bool(find_hour(parted(text).start).rest)
