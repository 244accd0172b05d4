# SPDX-License-Identifier: MIT
"""A course on the Programs & Events Dashboard: what was counted there, and what it says of itself.

Its counts are strings for people ("9.88K"); exact ones are summed up from its list of articles where there is one.
Names of participants are in users.json, which is never asked for.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from .model import Figures, Measure
from .numbers import read_number

SOURCE = "Programs & Events Dashboard"
_COURSE = re.compile(r"^/courses/([^/]+)/([^/]+)")


def course_of(address: str) -> tuple[str, str] | None:
    """Return the origin and the path of a course, from any of its pages; None for another address."""
    parts = urlsplit(address)
    found = _COURSE.match(parts.path)
    if found is None or parts.scheme not in {"http", "https"}:
        return None
    last = re.sub(r"\.json$", "", found[2])
    return f"{parts.scheme}://{parts.netloc}", f"/courses/{found[1]}/{last}"


def read_course(body: Any) -> dict[str, Any] | None:
    """Return what course.json says; None for anything else."""
    course = body.get("course") if isinstance(body, dict) else None
    return course if isinstance(course, dict) and course.get("slug") else None


def read_figures(course: dict[str, Any], articles: Any, url: str) -> Figures:
    """Return what a course counted."""
    counts: dict[Measure, int] = {}
    for measure, key in (
        (Measure.PEOPLE, "student_count"),
        (Measure.EDITED, "article_count"),
        (Measure.CREATED, "created_count"),
        (Measure.EDITS, "edit_count"),
        (Measure.REFERENCES, "references_count"),
        (Measure.CHARACTERS, "character_sum"),
        (Measure.WORDS, "word_count"),
        (Measure.UPLOADS, "upload_count"),
        (Measure.VIEWS, "view_count"),
    ):
        if (number := read_number(course.get(key))) is not None:
            counts[measure] = number
    counts |= dict(_summed(articles))
    return Figures(SOURCE, url, tuple((each, counts[each]) for each in Measure if each in counts), _as_of(course))


def _summed(body: Any) -> Iterable[tuple[Measure, int]]:
    course = body.get("course") if isinstance(body, dict) else None
    found = course.get("articles") if isinstance(course, dict) else None
    rows = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
    kept = [row for row in rows if row.get("tracked") is not False]
    if not kept:
        return
    yield Measure.EDITED, len(kept)
    yield Measure.CREATED, sum(row.get("new_article") is True for row in kept)
    for measure, key in (
        (Measure.REFERENCES, "references_count"),
        (Measure.CHARACTERS, "character_sum"),
        (Measure.VIEWS, "view_count"),
    ):
        numbers = [row.get(key) for row in kept]
        whole = [number for number in numbers if isinstance(number, int) and not isinstance(number, bool)]
        # A single human string would be summed up wrongly, so the course's own count stays.
        if len(whole) == len(numbers):
            yield measure, sum(whole)


def _as_of(course: dict[str, Any]) -> datetime | None:
    updates = course.get("updates")
    last = updates.get("last_update") if isinstance(updates, dict) else None
    return read_moment(last.get("end_time") if isinstance(last, dict) else None)


def read_moment(value: Any) -> datetime | None:
    """Return a moment in ISO 8601; None for anything else."""
    try:
        moment = datetime.fromisoformat(str(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def title_of(course: dict[str, Any]) -> str:
    """Return what a course is called."""
    return unquote(str(course.get("title") or course["slug"])).replace("_", " ")[:150]
