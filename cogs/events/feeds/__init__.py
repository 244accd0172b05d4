# SPDX-License-Identifier: MIT
"""Events from other calendars: iCalendar feeds, on-wiki registrations, courses of the Dashboard."""

from .fetching import fetch, kind_of, tidy_address
from .ical import read_calendar
from .model import Entry, Feed, FeedKind, FeedTrouble, Reading

__all__ = ["Entry", "Feed", "FeedKind", "FeedTrouble", "Reading", "fetch", "kind_of", "read_calendar", "tidy_address"]
