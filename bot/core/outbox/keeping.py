# SPDX-License-Identifier: MIT
"""One attempt to bring an entry into a platform's own calendar, and what came of it.

A calendar knows no nonce. So what may have arrived is looked for before it is entered again, at every attempt; an entry
that moderators deleted by hand stays deleted.
"""

from bot.core.courier import Calendar, CourierError, Gone, Refused, Retry
from bot.core.outbox.attempt import Again, Declined, Outcome, Sent, Skipped
from bot.core.outbox.loading import Load
from bot.kit.entry import CalendarEntry
from bot.kit.people import Place
from bot.storage.outbox import Kind


async def keep(calendar: Calendar | None, load: Load, place: Place, entry: CalendarEntry) -> Outcome:
    """Enter, amend or take back an entry; a CourierError becomes an outcome."""
    if calendar is None:
        return Skipped("This chat has no calendar of its own.")
    since = load.row.sending_at
    try:
        if load.row.kind is Kind.EDIT:
            return await _amend(calendar, load, place, entry)
        found = await calendar.look_up(place, entry) if since is not None else None
    except Gone as error:
        return Skipped(error.reason)
    except Refused as error:
        return Declined(error.reason)
    except Retry as error:
        return Again(error.reason, error.after, since)
    except CourierError as error:
        return Again(str(error), None, since or load.taken_at)
    return Sent(found) if found is not None else await _enter(calendar, load, place, entry)


async def _amend(calendar: Calendar, load: Load, place: Place, entry: CalendarEntry) -> Outcome:
    if load.row.message_id is None:
        return Skipped("There is no entry to change.")
    await calendar.amend(place, load.row.message_id, entry)
    return Sent(load.row.message_id)


async def _enter(calendar: Calendar, load: Load, place: Place, entry: CalendarEntry) -> Outcome:
    expires_at = load.row.expires_at
    if entry.cancelled or (expires_at is not None and expires_at <= load.taken_at):
        return Skipped("It is not wanted any more.")
    try:
        return Sent(await calendar.enter(place, entry))
    except Gone as error:
        return Skipped(error.reason)
    except Refused as error:
        return Declined(error.reason)
    except Retry as error:
        return Again(error.reason, error.after)
    except CourierError as error:
        return Again(str(error), None, load.taken_at)
