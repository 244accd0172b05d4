# SPDX-License-Identifier: MIT
"""Courses of the Programs & Events Dashboard as events: whole days, from the first to the last."""

from datetime import datetime, time
from typing import Any

from bot.kit import t

from ..model import Content, Timing
from ..results.dashboard import read_course, read_moment, title_of
from ..when import LocalTime
from .model import Entry, FeedTrouble

LONGEST_DAYS = 366


def read_course_entry(body: Any, address: str, zone: str) -> Entry:
    """Return a course as an entry; raises FeedTrouble for what is none."""
    course = read_course(body)
    if course is None:
        raise FeedTrouble(t("What is there is no course of the Dashboard."))
    start, end = read_moment(course.get("start")), read_moment(course.get("end"))
    if start is None or end is None or end < start or (end - start).days > LONGEST_DAYS:
        raise FeedTrouble(t("Its times cannot be read."))
    first = LocalTime(datetime.combine(start.date(), time()), zone)
    days = (end.date() - start.date()).days + 1
    content = Content(
        title=title_of(course), location=str(course.get("school") or "")[:300], link=address, dashboard=address
    )
    return Entry(f"dashboard-{course['slug']}"[:255], content, Timing(first, days * 1440, all_day=True))
