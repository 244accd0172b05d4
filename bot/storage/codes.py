# SPDX-License-Identifier: MIT
"""One-time codes that connect two homes, or two accounts of a person; kept as keyed hashes, good for ten minutes."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from bot.kit.database import Transaction
from bot.kit.errors import Invalid
from bot.kit.moment import to_stamp
from bot.kit.text import t
from bot.storage.keys import key, keyed_hash

LIFETIME = timedelta(minutes=10)

# Letters and digits that nobody confuses when reading them aloud: 32 of them, so eight are 40 bits.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def issue_home_code(tx: Transaction, home_id: int, created_by: int) -> str:
    """Return a code by which another home may join this one's community; an earlier code of this home ends."""
    tx.run("DELETE FROM link_codes WHERE home_id = ?", home_id)
    return _issue(tx, "home", home_id, None, created_by)


def issue_person_code(tx: Transaction, person_id: int) -> str:
    """Return a code by which another account may become this person's; an earlier code of this person ends."""
    tx.run("DELETE FROM link_codes WHERE person_id = ?", person_id)
    return _issue(tx, "person", None, person_id, person_id)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who gave a home's code, and which home redeemed it, by whom: that one joins when the giver's side agrees."""

    home_id: int
    given_by: int | None
    guest_home_id: int | None
    guest_person_id: int | None


def asked(tx: Transaction, code: str) -> Asked:
    """Return what became of a home's code so far; raises Invalid when it is wrong, used or too old."""
    home_id = _target(tx, code, "home")
    row = tx.one(
        "SELECT created_by, guest_home_id, guest_person_id FROM link_codes WHERE code_hash = ?", _hash(tx, code)
    )
    return Asked(home_id, *row) if row is not None else Asked(home_id, None, None, None)


def redeem(tx: Transaction, code: str, home_id: int, person_id: int) -> None:
    """Keep a code for the home that redeemed it, for ten minutes more."""
    tx.run(
        "UPDATE link_codes SET guest_home_id = ?, guest_person_id = ?, expires_at = ? WHERE code_hash = ?",
        home_id,
        person_id,
        to_stamp(tx.now + LIFETIME),
        _hash(tx, code),
    )


def person_of(tx: Transaction, code: str) -> int:
    """Return the id of the person whom a code stands for; raises Invalid when it is wrong, used or too old."""
    return _target(tx, code, "person")


def use(tx: Transaction, code: str) -> None:
    """Spend a code: it never works again."""
    tx.run("UPDATE link_codes SET redeemed_at = ? WHERE code_hash = ?", to_stamp(tx.now), _hash(tx, code))


def drop_expired(tx: Transaction) -> int:
    """Delete codes that no longer work; return how many there were."""
    return tx.run("DELETE FROM link_codes WHERE expires_at <= ? OR redeemed_at IS NOT NULL", to_stamp(tx.now))


def _issue(tx: Transaction, kind: str, home_id: int | None, person_id: int | None, created_by: int) -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
    tx.run(
        "INSERT INTO link_codes (code_hash, kind, home_id, person_id, created_by, created_at, expires_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        _hash(tx, letters),
        kind,
        home_id,
        person_id,
        created_by,
        to_stamp(tx.now),
        to_stamp(tx.now + LIFETIME),
    )
    return f"{letters[:4]}-{letters[4:]}"


def _target(tx: Transaction, code: str, kind: str) -> int:
    row = tx.one(
        "SELECT coalesce(home_id, person_id) AS target FROM link_codes "
        "WHERE code_hash = ? AND kind = ? AND expires_at > ? AND created_at <= ? AND redeemed_at IS NULL",
        _hash(tx, code),
        kind,
        to_stamp(tx.now),
        to_stamp(tx.now + LIFETIME),  # a clock that was set back by days lends a code no longer life
    )
    if row is None:
        raise spent()
    target: int = row["target"]
    return target


def spent() -> Invalid:
    """Return what whoever types a code that does not work is told."""
    return Invalid("code", t("This code is wrong, was used already, or is older than ten minutes. Ask for a new one."))


def _hash(tx: Transaction, code: str) -> str:
    return keyed_hash(key(tx, "codes"), re.sub(r"[\W_]", "", code).upper())
