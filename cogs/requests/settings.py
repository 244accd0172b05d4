# SPDX-License-Identifier: MIT
"""What a community decides about its requests."""

from dataclasses import dataclass
from typing import Annotated

from bot.kit import Arg


@dataclass(frozen=True, slots=True)
class RequestSettings:
    """Limits, hours and days; each community has its own."""

    open_per_person: Annotated[int, Arg("How many requests somebody may have open at once", min=1, max=200)] = 10
    open_per_day: Annotated[int, Arg("How many requests somebody may open within a day", min=1, max=500)] = 20
    title_max: Annotated[int, Arg("How many characters the title of a request may have", min=20, max=300)] = 300
    details_max: Annotated[int, Arg("How many characters the details of a request may have", min=200, max=4000)] = 2000
    words_max: Annotated[
        int, Arg("How many characters a question, a reply, a note, an answer or a reason may have", min=100, max=1500)
    ] = 1500
    digest_hour: Annotated[str, Arg("When unclaimed requests are listed each day, such as 09:00", max=5)] = "09:00"
    digest: Annotated[bool, Arg("Whether unclaimed requests are listed each day in the requests channel")] = True
    remind_days: Annotated[int, Arg("After how many days without news a claim is asked about", min=1, max=60)] = 5
    release_days: Annotated[int, Arg("How many days later a silent claim is released", min=1, max=60)] = 3
    needed_days: Annotated[int, Arg("How many days before it is needed a request is pointed out", min=1, max=30)] = 2
    free_hours: Annotated[
        int, Arg("How many hours a free copy is left to the asker before librarians are asked", min=1, max=168)
    ] = 24
    retention_days: Annotated[
        int, Arg("After how many days names and words of closed requests are erased", min=1, max=3650)
    ] = 90
    threads: Annotated[
        bool, Arg("Whether each new request has a thread below its card, with what happens and room to talk")
    ] = False
    check_duplicates: Annotated[bool, Arg("Whether it is pointed out when something was asked for before")] = True
