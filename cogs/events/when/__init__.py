# SPDX-License-Identifier: MIT
"""When something takes place: read as people type it, kept as a local hour with its zone."""

from bot.kit import zone_of

from .leading import apart, is_time, with_hour
from .ranges import parted
from .reading import Asker, NoDay, NoHour, canonical, possible, read_time
from .spans import read_length
from .zones import FORMAT, Fit, LocalTime, known_zone, of_moment, of_text, offset_of, readings

__all__ = [
    "FORMAT",
    "Asker",
    "Fit",
    "LocalTime",
    "NoDay",
    "NoHour",
    "apart",
    "canonical",
    "is_time",
    "known_zone",
    "of_moment",
    "of_text",
    "offset_of",
    "parted",
    "possible",
    "read_length",
    "read_time",
    "readings",
    "with_hour",
    "zone_of",
]
