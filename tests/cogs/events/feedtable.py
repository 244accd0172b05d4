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
MET = ["2026-12-10 17:00 Meetup"]
EVERY_SECOND = ";".join(
    f"{part}={','.join(map(str, range(count)))}" for part, count in (("BYHOUR", 24), ("BYMINUTE", 60), ("BYSECOND", 60))
)

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
    "a series for every second": (
        ics(vevent("s", "20261201T100000Z", "Seconds", "RRULE:FREQ=SECONDLY"), MEETUP),
        MET,
        1,
    ),
    "a zone that changes every second": (
        ics(
            "BEGIN:VTIMEZONE\r\nTZID:Odd\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0200\r\n"
            "TZOFFSETTO:+0100\r\nRRULE:FREQ=SECONDLY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n",
            vevent("o", ";TZID=Odd:20261210T180000"),
        ),
        MET,
        0,
    ),
    "a rule of millions of times a day": (
        ics(vevent("s", "20200101T100000Z", "Often", f"RRULE:FREQ=DAILY;{EVERY_SECOND}"), MEETUP),
        MET,
        1,
    ),
    "a rule that is none": (ics(vevent("r", "20261201T100000Z", "X", "RRULE:FREQ=NEVER"), MEETUP), MET, 1),
    "a series that makes no step": (
        ics(vevent("r", "20261201T100000Z", "X", "RRULE:FREQ=WEEKLY;INTERVAL=0"), MEETUP),
        MET,
        1,
    ),
    "an end after the year 9999": (ics(vevent("y", "99991231T235959Z", "X", "DURATION:P400D"), MEETUP), MET, 1),
    "two starts": (ics(vevent("t", "20261212T100000Z", "X", "DTSTART:20261213T100000Z"), MEETUP), MET, 1),
    "a length below nothing": (ics(vevent("n", "20261201T100000Z", "X", "DURATION:-PT1H"), MEETUP), MET, 1),
    "a mark of the byte order": ("\ufeff" + ics(MEETUP), MET, 0),
    "something before it begins": ("<!-- cached -->\r\n" + ics(MEETUP), MET, 0),
    "line ends of old Macs": (ics(MEETUP).replace("\r\n", "\r"), MET, 0),
    "two calendars in one": (
        ics(vevent("o", "20261212T100000Z", "Other")) + ics(MEETUP),
        [*MET, "2026-12-12 10:00 Other"],
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
