# SPDX-License-Identifier: MIT
"""What the platform keeps in the database: where it stopped reading, what it dealt with, and rooms that moved on."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.kit.people import Home, HomeKind
from bot.storage import homes, people, places

PLATFORM = "matrix"

KEPT = timedelta(days=7)
"""How long it is remembered that an event was dealt with; far older ones are never fresh enough to be."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a reaction ran, and who put it there."""

    room_id: str
    message_id: str
    sender: str
    target: str
    arguments: Mapping[str, str]


def token(tx: Transaction, account: str) -> str:
    """Return the token up to which everything was dealt with; "" before the first time."""
    return str(tx.value("SELECT token FROM matrix_tokens WHERE account = ?", account) or "")


def save(tx: Transaction, account: str, batch: str, done: Iterable[str]) -> None:
    """Note that every event up to a token is dealt with."""
    finish(tx, done)
    tx.run(
        "INSERT INTO matrix_tokens (account, token, saved_at) VALUES (?, ?, ?) "
        "ON CONFLICT (account) DO UPDATE SET token = excluded.token, saved_at = excluded.saved_at",
        account,
        batch,
        to_stamp(tx.now),
    )


def forget_token(tx: Transaction, account: str) -> None:
    """Begin anew at the next sync."""
    tx.run("DELETE FROM matrix_tokens WHERE account = ?", account)


def claim(tx: Transaction, event_id: str, room_id: str) -> bool | None:
    """Take an event up. True: it is new. False: it is done. None: it was taken up and never finished."""
    taken = tx.run(
        "INSERT INTO matrix_handled (event_id, room_id, taken_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        event_id,
        room_id,
        to_stamp(tx.now),
    )
    if taken:
        return True
    done = tx.value("SELECT done FROM matrix_handled WHERE event_id = ?", event_id)
    return None if done == 0 else False


def finish(tx: Transaction, event_ids: Iterable[str]) -> None:
    """Note that events are dealt with."""
    tx.many("UPDATE matrix_handled SET done = 1 WHERE event_id = ?", [(event_id,) for event_id in event_ids])


def tidy(tx: Transaction) -> None:
    """Delete what nobody will ask for any more."""
    tx.run("DELETE FROM matrix_handled WHERE taken_at < ?", to_stamp(tx.now - KEPT))
    tx.run("DELETE FROM matrix_presses WHERE pressed_at < ?", to_stamp(tx.now - timedelta(days=400)))


def lineage(tx: Transaction) -> dict[str, str]:
    """Return, for each room that was upgraded from another, the first room of its line."""
    return {row["room_id"]: row["first_room_id"] for row in tx.all("SELECT room_id, first_room_id FROM matrix_lineage")}


def superseded(tx: Transaction) -> list[str]:
    """Return the rooms that went on as others."""
    return [row["former_room_id"] for row in tx.all("SELECT former_room_id FROM matrix_lineage")]


def succeed(tx: Transaction, former: str, successor: str) -> bool:
    """Let a room go on as another: its home and settings move along. False: it had gone on before."""
    if tx.value("SELECT 1 FROM matrix_lineage WHERE room_id = ? OR former_room_id = ?", successor, former):
        return False
    first = tx.value("SELECT first_room_id FROM matrix_lineage WHERE room_id = ?", former) or former
    tx.run(
        "INSERT INTO matrix_lineage (room_id, first_room_id, former_room_id, known_at) VALUES (?, ?, ?, ?)",
        successor,
        first,
        former,
        to_stamp(tx.now),
    )
    _make_way(tx, successor)
    tx.run(
        "UPDATE places SET channel_id = ?, gone_at = NULL WHERE platform = ? AND channel_id = ? AND thread_id = ''",
        successor,
        PLATFORM,
        former,
    )
    return True


def _make_way(tx: Transaction, room_id: str) -> None:
    """Let go of what was begun in a room before it was known whose successor it is."""
    stray = homes.find(tx, PLATFORM, room_id)
    if stray is not None:
        homes.leave(tx, stray.id)
    tx.run("DELETE FROM places WHERE platform = ? AND channel_id = ?", PLATFORM, room_id)


def arrive(
    tx: Transaction,
    room_id: str,
    external_id: str,
    name: str,
    greet: Callable[[Transaction, Home, int], object] | None = None,
) -> None:
    """Note that the bot is in a room which is a home; where it never was before, let it greet."""
    is_new = homes.find(tx, PLATFORM, external_id) is None
    home = homes.arrive(tx, PLATFORM, external_id, name, HomeKind.ROOM)
    place = places.ensure(tx, PLATFORM, room_id, None, name, home_id=home.id)
    if is_new and greet is not None:
        greet(tx, home, place.id)


def depart(tx: Transaction, room_id: str, external_id: str) -> None:
    """Note that the bot is not in a room any more."""
    place = places.find(tx, PLATFORM, room_id)
    if place is not None:
        places.mark_gone(tx, place.id)
    home = homes.find(tx, PLATFORM, external_id)
    if home is not None:
        homes.leave(tx, home.id)


def keep_direct(tx: Transaction, room_id: str, user_id: str, name: str) -> None:
    """Note that a room is the direct conversation with a person."""
    person = people.recognise(tx, PLATFORM, user_id, name)
    places.ensure(tx, PLATFORM, room_id, None, name, person_id=person.id)


def seeds(tx: Transaction, message_id: str) -> dict[str, str]:
    """Return the reactions that the bot put on a message: event ids by sign."""
    rows = tx.all("SELECT sign, event_id FROM matrix_seeds WHERE message_id = ?", message_id)
    return {row["sign"]: row["event_id"] for row in rows}


def keep_seed(tx: Transaction, room_id: str, message_id: str, sign: str, event_id: str) -> None:
    """Note a reaction that the bot put on a message."""
    tx.run(
        "INSERT INTO matrix_seeds (message_id, sign, room_id, event_id) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (message_id, sign) DO UPDATE SET event_id = excluded.event_id",
        message_id,
        sign,
        room_id,
        event_id,
    )


def drop_seed(tx: Transaction, message_id: str, sign: str) -> None:
    """Note that the bot took a reaction back."""
    tx.run("DELETE FROM matrix_seeds WHERE message_id = ? AND sign = ?", message_id, sign)


def keep_press(tx: Transaction, event_id: str, pressed: Pressed) -> None:
    """Note what a reaction ran."""
    person = people.find(tx, PLATFORM, pressed.sender)
    tx.run(
        "INSERT INTO matrix_presses "
        "(event_id, room_id, message_id, sender, person_id, target, arguments, pressed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        event_id,
        pressed.room_id,
        pressed.message_id,
        pressed.sender,
        person.id if person else None,
        pressed.target,
        json.dumps(dict(pressed.arguments)),
        to_stamp(tx.now),
    )


def take_press(tx: Transaction, event_id: str, sender: str) -> Pressed | None:
    """Return what a reaction of this sender ran, once: it is forgotten then. None for any other event."""
    row = tx.one("SELECT * FROM matrix_presses WHERE event_id = ? AND sender = ?", event_id, sender)
    if row is None:
        return None
    tx.run("DELETE FROM matrix_presses WHERE event_id = ?", event_id)
    return Pressed(row["room_id"], row["message_id"], row["sender"], row["target"], json.loads(row["arguments"]))
