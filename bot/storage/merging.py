# SPDX-License-Identifier: MIT
"""Makes two rows for one human into one, in every table that names people."""

from bot.kit.database import Transaction
from bot.kit.errors import UserError
from bot.kit.people import Person
from bot.kit.text import t
from bot.storage import codes, people
from bot.storage.schema import person_columns, quoted


def who_asked(tx: Transaction, code: str, person_id: int) -> Person:
    """Return whose a code is, for somebody else to join them; raises Invalid or UserError."""
    keep_id = codes.person_of(tx, code)
    if keep_id == person_id:
        raise UserError(t("Type this code from your other account: it is meant to be linked to this one."))
    return people.existing(tx, keep_id)


def redeem_person_code(tx: Transaction, code: str, person_id: int) -> Person:
    """Join the account that types a code to the person who asked for it; raises Invalid or UserError."""
    keep = who_asked(tx, code, person_id)
    codes.use(tx, code)
    return merge(tx, keep.id, person_id)


def merge(tx: Transaction, keep_id: int, gone_id: int) -> Person:
    """Let one person be another as well; where both have a row that may stand only once, the kept one's stays."""
    keep, gone = people.get(tx, keep_id), people.get(tx, gone_id)
    if keep is None or gone is None or keep_id == gone_id:
        raise ValueError(f"Persons {keep_id} and {gone_id} cannot be merged.")
    _keep_the_better(tx, keep_id, gone_id)
    for column in person_columns(tx):
        table, name = quoted(column.table), quoted(column.column)
        tx.run(f"UPDATE OR IGNORE {table} SET {name} = ? WHERE {name} = ?", keep_id, gone_id)  # noqa: S608
        tx.run(f"DELETE FROM {table} WHERE {name} = ?", gone_id)  # noqa: S608
    tx.run(
        "UPDATE people SET locale = coalesce(locale, ?), zone = coalesce(zone, ?) WHERE id = ?",
        gone.locale,
        gone.zone,
        keep_id,
    )
    tx.run("DELETE FROM people WHERE id = ?", gone_id)
    merged = people.get(tx, keep_id)
    if merged is None:
        raise ValueError(f"Person {keep_id} vanished.")
    return merged


def _keep_the_better(tx: Transaction, keep_id: int, gone_id: int) -> None:
    """Where both have a row, the kept one takes over the higher level and the later moment."""
    tx.run(
        "UPDATE person_levels SET level = max(level, coalesce((SELECT other.level FROM person_levels other "
        "WHERE other.community_id = person_levels.community_id AND other.person_id = ?), level)) WHERE person_id = ?",
        gone_id,
        keep_id,
    )
    tx.run(
        "UPDATE memberships SET seen_at = max(seen_at, coalesce((SELECT other.seen_at FROM memberships other "
        "WHERE other.home_id = memberships.home_id AND other.person_id = ?), seen_at)) WHERE person_id = ?",
        gone_id,
        keep_id,
    )
