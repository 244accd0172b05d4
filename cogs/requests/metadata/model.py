# SPDX-License-Identifier: MIT
"""What the services tell beyond a work itself, and the one error of reading them."""

import datetime as dt
from dataclasses import dataclass


class Unreadable(ValueError):
    """A service's answer is not of the shape that it documents; nothing of it is used."""


@dataclass(frozen=True, slots=True)
class FreeCopy:
    """A copy that anybody may read; `version` is publishedVersion, acceptedVersion, submittedVersion or nothing."""

    url: str
    source: str
    host: str = ""
    version: str = ""
    license: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A web page as an archive kept it."""

    url: str
    taken_at: dt.datetime
    original: str
