# SPDX-License-Identifier: MIT
"""What a community decides about its events."""

from dataclasses import dataclass
from typing import Annotated

from bot.kit import Arg


@dataclass(frozen=True, slots=True)
class EventSettings:
    """When people hear of events, and who may announce; each community has its own."""

    days_before: Annotated[int, Arg("How many days before an event it is announced again; 0: not", min=0, max=60)] = 7
    hours_before: Annotated[int, Arg("How many hours before an event people are reminded; 0: not", min=0, max=72)] = 24
    minutes_before: Annotated[
        int, Arg("How many minutes before an event people are reminded; 0: not", min=0, max=180)
    ] = 60
    own_calendar: Annotated[bool, Arg("Whether events also stand in the chat's own list (Discord: Events)")] = True
    announce_start: Annotated[bool, Arg("Whether the start of an event is announced")] = True
    thank_hours: Annotated[
        int, Arg("How many hours after an event thanks and results are posted; 0: not", min=0, max=240)
    ] = 24
    checklist_days: Annotated[
        int, Arg("How many days before an event its organiser gets the checklist; 0: not", min=0, max=60)
    ] = 10
    members_announce: Annotated[bool, Arg("Whether every member may announce events, without a moderator")] = False
    feeds_direct: Annotated[bool, Arg("Whether events of followed calendars are announced without a moderator")] = False
    feed_hours: Annotated[int, Arg("After how many hours a followed calendar is read again", min=1, max=168)] = 6
    feed_days: Annotated[int, Arg("How many days ahead events of followed calendars are taken", min=1, max=365)] = 60
    one_lib_one_ref: Annotated[bool, Arg("Whether the #1Lib1Ref campaigns are announced, with a task each day")] = False
    campaign_hour: Annotated[str, Arg("When the campaign's daily task is posted, such as 09:00", max=5)] = "09:00"
    hunt_language: Annotated[str, Arg("Whose statements without a source are hunted for, such as en", max=12)] = "en"
