# SPDX-License-Identifier: MIT
"""One attempt to deliver one row, and what came of it.

What makes it safe to repeat: a post carries its row's nonce, which the platform remembers for `courier.memory`
seconds; past that the post is looked for, and if nobody can look it is parked. An edit may be repeated as it is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.core.courier import Courier, CourierError, Gone, Parcel, Refused, Retry, Unclear, Where
from bot.core.i18n.voice import Voice
from bot.core.outbox.loading import Load
from bot.kit.people import Identity
from bot.storage.outbox import Kind

TIMEOUT = 30.0
"""Seconds after which an attempt is cut short and taken for Unclear."""


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Again:
    """To be tried again; it may have arrived since a moment (None: surely not). `after`: as the platform asked."""

    reason: str
    after: float | None = None
    may_have_arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Parked:
    """It fails for good, or nobody can tell whether it arrived."""

    reason: str
    may_have_arrived: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """Not wanted any more; `gone`: nor can its message be edited any more."""

    reason: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Declined:
    """Not to be had there, which a moderator is told once; it may be asked for again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class PutBack:
    """Not tried after all."""


Outcome: TypeAlias = Sent | Again | Parked | Skipped | Declined | PutBack


async def attempt(courier: Courier, load: Load, voice: Voice) -> Outcome:
    """Deliver a row, spoken by a voice of this moment; a CourierError becomes an outcome."""
    if load.where is None:
        return Skipped(load.problem)
    if load.reply is None:
        return Parked(load.problem)
    parcel = Parcel(load.row.nonce, load.reply, voice, load.mention_role, load.mentions, load.roles, load.below)
    if load.row.kind is Kind.EDIT:
        return await _edit(courier, load, load.where, parcel)
    since = load.row.sending_at
    late = load.row.expires_at is not None and load.row.expires_at <= voice.now
    if since is not None and (late or voice.now - since > timedelta(seconds=courier.memory - TIMEOUT)):
        found = await _look(courier, load, load.where, since)
        if found is not None:
            return found
        if late:
            return Skipped("expired")
        since = None
    return await _post(courier, load, load.where, parcel, since)


async def _post(courier: Courier, load: Load, where: Where, parcel: Parcel, since: datetime | None) -> Outcome:
    try:
        if isinstance(where, Identity):
            return Sent(await courier.tell(where, parcel))
        return Sent(await courier.post(where, parcel))
    except Refused as error:
        return Parked(error.reason, may_have_arrived=since is not None)
    except Retry as error:
        return Again(error.reason, error.after, since)
    except Unclear as error:
        return Again(error.reason, None, since or load.taken_at)
    except CourierError as error:
        return Again(str(error), None, since or load.taken_at)


async def _look(courier: Courier, load: Load, where: Where, since: datetime) -> Outcome | None:
    """Look whether an earlier attempt arrived: None when it surely did not."""
    try:
        message_id = await courier.find(where, load.row.nonce, load.below)
    except Retry as error:
        return Again(error.reason, error.after, since)
    except CourierError as error:
        return Parked(str(error), may_have_arrived=True)
    return None if message_id is None else Sent(message_id)


async def _edit(courier: Courier, load: Load, where: Where, parcel: Parcel) -> Outcome:
    if load.row.message_id is None:
        return Skipped("There is no message to edit.")
    try:
        await courier.edit(where, load.row.message_id, parcel)
    except Gone as error:
        return Skipped(error.reason, gone=True)
    except Refused as error:
        return Parked(error.reason)
    except Retry as error:
        return Again(error.reason, error.after)
    except CourierError as error:
        return Again(str(error), None, load.row.sending_at or load.taken_at)
    return Sent(load.row.message_id)
