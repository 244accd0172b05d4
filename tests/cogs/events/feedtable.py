# SPDX-License-Identifier: MIT
"""Calendars as they are found on the web: sane, odd and broken."""

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Diff - ECPv6.3//NONSGML v1.0//EN\r\nX-WR-CALNAME:Diff\r\n"
TAIL = "END:VCALENDAR\r\n"


def vevent(uid, start, summary="Meetup", *more):
    start = start if start.startswith(";") else f":{start}"
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTART{start}", f"SUMMARY:{summary}", *more, "END:VEVENT"]
    return "\r\n".join(lines) + "\r\n"


def ics(*events, head=HEAD):
    return head + "".join(events) + TAIL


MEETUP = vevent("m@diff", ";TZID=Europe/Madrid:20261210T180000", "Meetup", "DTEND;TZID=Europe/Madrid:20261210T200000")
DIFF = ics(
    vevent(
        "10014-1@diff.wikimedia.org",
        ";TZID=Europe/Paris:20261205T140000",
        "Caf&eacute; &amp; wiki",
        "DTEND;TZID=Europe/Paris:20261205T160000",
        "DESCRIPTION:<p>Come &amp; <a href='https://x.org'>see</a></p>",
        "URL:https://diff.wikimedia.org/event/1/",
        "STATUS:CONFIRMED",
    )
)
WEEKLY = ics(
    vevent("w", ";TZID=America/New_York:20261208T180000", "Weekly", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=4",
           "EXDATE;TZID=America/New_York:20261215T180000"),
    vevent("w", ";TZID=America/New_York:20261223T180000", "Weekly, a day later", "DURATION:PT1H",
           "RECURRENCE-ID;TZID=America/New_York:20261222T180000"),
)  # fmt: skip

FEEDS = {
    "the kind of the Diff calendar": (DIFF, ["2026-12-05 13:00 Café & wiki"], 0),
    "a weekly series with an exception": (
        WEEKLY,
        ["2026-12-08 23:00 Weekly", "2026-12-23 23:00 Weekly, a day later", "2026-12-29 23:00 Weekly"],
        0,
    ),
    "whole days": (ics(vevent("d", ";VALUE=DATE:20261212", "Day out")), ["2026-12-11 23:00 Day out"], 0),
    "a zone that nobody knows": (
        ics(vevent("z", ";TZID=Library/Time:20261212T100000")),
        ["2026-12-12 09:00 Meetup"],
        0,
    ),
    "garbage among sane entries": (ics(vevent("g", "garbage"), MEETUP), ["2026-12-10 17:00 Meetup"], 1),
    "an end before its start": (
        ics(vevent("e", "20261212T100000Z", "Backwards", "DTEND:20261212T090000Z"), MEETUP),
        ["2026-12-10 17:00 Meetup"],
        1,
    ),
    "entries without a name": (
        ics("BEGIN:VEVENT\r\nDTSTART:20261212T100000Z\r\nSUMMARY:No uid\r\nEND:VEVENT\r\n"),
        ["2026-12-12 10:00 No uid"],
        0,
    ),
    "a series without end": (
        ics(vevent("f", "20261201T100000Z", "Daily", "RRULE:FREQ=DAILY;INTERVAL=20")),
        ["2026-12-01 10:00 Daily", "2026-12-21 10:00 Daily", "2027-01-10 10:00 Daily"],
        0,
    ),
    "nothing but a frame": (ics(), [], 0),
    "a line folded in the middle of a letter's bytes": (
        ics(vevent("u", "20261212T100000Z", "Bibliothèque\r\n  nationale")),
        ["2026-12-12 10:00 Bibliothèque nationale"],
        0,
    ),
}
BROKEN = {
    "empty": "",
    "a web page": "<!doctype html><html><body>Sign in</body></html>",
    "cut off": DIFF[:200],
    "another kind": '{"events": []}',
    "no frame": MEETUP,
}
