# SPDX-License-Identifier: MIT
"""Numbers, weekdays and months as they are written in words, in English, Spanish, French, German and Catalan."""

import re
from datetime import date, timedelta
from functools import cache

LANGUAGES = ("en", "es", "fr", "de", "ca")
LAST = -1
"""The last weekday of a month."""

_NUMBERS = (
    "a an one un una uno une ein eine einer einem",
    "two dos deux zwei dues",
    "three tres trois drei",
    "four cuatro quatre vier",
    "five cinco cinq fünf cinc",
    "six seis sechs sis",
    "seven siete sept sieben set",
    "eight ocho huit acht vuit",
    "nine nueve neuf neun nou",
    "ten diez dix zehn deu",
)
_ORDINALS = {
    1: "first 1st primer primero primera première premier primeros premiers primers 1er 1ère erste ersten erster 1r",
    2: "second 2nd segundo segunda segundos deuxième seconde 2e zweite zweiten zweiter segon segona segons 2n",
    3: "third 3rd tercer tercero tercera troisième troisièmes terceros tercers 3e dritte dritten dritter 3r",
    4: "fourth 4th cuarto cuarta quatrième quatrièmes cuartos quarts 4e vierte vierten vierter quart quarta 4t",
    LAST: "last último última últimos dernier dernière derniers letzte letzten letzter darrer darrera darrers últim",
}
_FILLERS = (
    "the of in on each every month el la los las del de cada mes le les du des chaque tous mois der den dem am im "
    "jeden jeder monat monats d l els tots tot"
)
_AND = "and y i und et e"
_WEEKLY = "todos todas toutes tots totes jede jedes alle immer jeweils a al als às os on at am"
_TO = "- – — to through bis au à a al"
_BEFORE = rf"(?:(?:{'|'.join(f'{_FILLERS} {_WEEKLY}'.split())})\s+)*"
_WORKDAYS = re.compile(
    rf"{_BEFORE}(?:weekdays?|work(?:ing)?\s?days?|werktags?|werktagen?|unter\s+der\s+woche|entre\s+semana|en\s+semaine"
    r"|d[ií]as?\s+laborables?|jours?\s+(?:ouvrables?|ouvrés?)|dies?\s+(?:feiners?|laborables?)|entre\s+setmana)"
)
_WEEKENDS = re.compile(
    rf"{_BEFORE}(?:weekends?|week-ends?|wochenenden?|wochenends|fin(?:es)?\s+de\s+semana|caps?\s+de\s+setmana|fins?\s+de\s+semaine)"
)
_MONTH = re.compile(r"\b(?:months?|mes|mois|monate?s?)\b", re.IGNORECASE)
_THIS = "this este ce diesem diesen dieses aquest"
_NEXT = "next próximo proximo prochain nächsten nächster pròxim vinent que viene ve qui vient"
_ENDS = "end finales final fin ende finals al"
_TOKEN = re.compile(r"[^\W_]+")


@cache
def numbers() -> dict[str, int]:
    """Return the numbers from one to ten, in words."""
    return {word: number for number, words in enumerate(_NUMBERS, 1) for word in words.split()}


@cache
def ordinals() -> dict[str, int]:
    """Return "first" to "fourth" and "last", in words."""
    return {word: number for number, words in _ORDINALS.items() for word in words.split()}


@cache
def weekdays() -> dict[str, int]:
    """Return the weekdays, 0 is Monday; two letters are too few, and "mar" is a Tuesday or a month."""
    from babel.dates import get_day_names

    table: dict[str, int] = {}
    for width in ("abbreviated", "wide"):
        for language in LANGUAGES:
            for number, name in get_day_names(width, locale=language).items():
                table[name.casefold().strip(".")] = number
    return {name: number for name, number in table.items() if len(name) > 2 and name != "mar"}


@cache
def months() -> dict[str, int]:
    """Return the months by their names."""
    from babel.dates import get_month_names

    table: dict[str, int] = {}
    for language in LANGUAGES:
        for width in ("abbreviated", "wide"):
            for number, name in get_month_names(width, locale=language).items():
                words = re.split(r"\s|['’]", name.casefold().strip("."))
                table[words[-1]] = number
    return {name: number for name, number in table.items() if len(name) > 2}


def weekday_of(word: str) -> int | None:
    """Return the weekday of a word, also of several ("Fridays", "vendredis", "freitags"); None for another word."""
    folded = word.casefold()
    table = weekdays()
    return table.get(folded, table.get(folded.removesuffix("s")))


def _told(words: str, but: str = _FILLERS) -> list[str]:
    """Return the words that say something."""
    return [token for token in _TOKEN.findall(words.casefold()) if token not in but.split()]


def nth_weekday(words: str) -> tuple[int, int, list[str]] | None:
    """Read "the first Monday of December": which one, the weekday, and the words that are left, without fillers."""
    tokens = _told(words)
    if len(tokens) < 2 or tokens[0] not in ordinals():
        return None
    weekday = weekday_of(tokens[1])
    return None if weekday is None else (ordinals()[tokens[0]], weekday, tokens[2:])


def nth_weekdays(words: str) -> tuple[tuple[int, ...], int, list[str]] | None:
    """Read "second and fourth Tuesday of the month": which ones, the weekday, and the words that are left."""
    tokens = _told(words, f"{_FILLERS} {_AND}")
    count = next((at for at, token in enumerate(tokens) if token not in ordinals()), len(tokens))
    weekday = weekday_of(tokens[count]) if 0 < count < len(tokens) else None
    if weekday is None:
        return None
    return tuple(dict.fromkeys(ordinals()[token] for token in tokens[:count])), weekday, tokens[count + 1 :]


def names_month(words: str) -> bool:
    """Tell whether a text speaks of months."""
    return _MONTH.search(words) is not None


def weekdays_in(words: str) -> tuple[int, ...] | None:
    """Read "Tuesdays and Thursdays", "Monday to Friday" and "weekends": the days in order; None for other words."""
    folded = words.casefold()
    if _WORKDAYS.fullmatch(folded):
        return tuple(range(5))
    if _WEEKENDS.fullmatch(folded):
        return (5, 6)
    tokens = re.findall(r"[^\W_]+|[-–—]", folded)
    found: set[int] = set()
    for at, token in enumerate(tokens):
        day = weekday_of(token)
        before, after = (weekday_of(tokens[near]) if 0 <= near < len(tokens) else None for near in (at - 1, at + 1))
        if day is not None:
            found.add(day)
        elif token in _TO.split() and before is not None and after is not None:
            found.update((before + step) % 7 for step in range((after - before) % 7))
        elif token not in f"{_FILLERS} {_WEEKLY} {_AND}".split():
            return None
    return tuple(sorted(found)) or None


def day_of_month(year: int, month: int, nth: int, weekday: int) -> date:
    """Return the nth weekday of a month; every month has four of each."""
    if nth == LAST:
        last = last_of_month(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month; raises ValueError where there is no such month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def coming_month(words: str, today: date) -> tuple[int, int] | None:
    """Read "June 2027", "end of June" or "marzo": the year and the month, the present one or the next; else None."""
    tokens = _told(words, f"{_FILLERS} {_ENDS}")
    if not tokens or tokens[0] not in months() or len(tokens) > 2:
        return None
    month = months()[tokens[0]]
    if len(tokens) == 2:
        return (int(tokens[1]), month) if re.fullmatch(r"[12]\d{3}", tokens[1]) else None
    return today.year + (month < today.month), month


def coming_nth(words: str, today: date) -> date | None:
    """Return the day of "the first Monday of December" or "last Friday of the month" that comes next; else None."""
    found = nth_weekday(words)
    if found is None:
        return None
    nth, weekday, rest = found
    if not rest:
        year, month = today.year, today.month
        this = day_of_month(year, month, nth, weekday)
        return this if this >= today else day_of_month(year + month // 12, month % 12 + 1, nth, weekday)
    if all(token in _THIS.split() for token in rest):
        return day_of_month(today.year, today.month, nth, weekday)
    if all(token in _NEXT.split() for token in rest):
        return day_of_month(today.year + today.month // 12, today.month % 12 + 1, nth, weekday)
    wanted = coming_month(" ".join(rest), today)
    if wanted is None:
        return None
    day = day_of_month(*wanted, nth, weekday)
    return day if len(rest) > 1 or day >= today else day_of_month(wanted[0] + 1, wanted[1], nth, weekday)
