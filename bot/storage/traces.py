# SPDX-License-Identifier: MIT
"""Finds and removes people where no column names them: in the JSON of drafts, posts, timers, buttons and changes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.kit.people import Identity, Person
from bot.storage.schema import quoted

ERASED = "…"
"""What stands where a name was."""

_WORDS = ("text", "title", "fields", "items", "note")
"""The parts of a post that hold words."""

_DROPPED = (("drafts", "arguments"), ("timers", "payload"), ("bindings", "arguments"))
"""Rows that have no sense without the person whom they are about."""


@dataclass(frozen=True, slots=True)
class Trace:
    """How a person may be written down: by id, by account or by name."""

    person_id: int
    accounts: frozenset[str]
    names: frozenset[str]

    @classmethod
    def of(cls, person: Person) -> "Trace":
        """Return the traces that a person leaves."""
        names = {person.name, *(identity.name for identity in person.identities)}
        accounts = {identity.external_id for identity in person.identities}
        return cls(person.id, frozenset(accounts - {""}), frozenset(names - {""}))

    def is_id(self, key: str, value: Any) -> bool:
        """Tell whether a value under a key is this person's id."""
        if value == f"person:{self.person_id}":
            return True
        named = key == "person" or key.endswith("person_id")
        return named and not isinstance(value, bool) and str(value) == str(self.person_id)

    def names_person(self, value: Any, key: str = "") -> bool:
        """Tell whether JSON names this person by id or by account."""
        if isinstance(value, dict):
            return any(self.names_person(each, name) for name, each in value.items())
        if isinstance(value, list):
            return any(self.names_person(each, "person" if key == "people" else key) for each in value)
        if isinstance(value, str) and value in self.accounts:
            return True
        return self.is_id(key, value)

    def without(self, value: Any, key: str = "") -> Any:
        """Return JSON without this person: references and names become an ellipsis, ids in details vanish."""
        if isinstance(value, dict):
            return {name: self.without(each, name) for name, each in value.items()}
        if isinstance(value, list):
            return [self.without(each, key) for each in value]
        if self.is_id(key, value):
            return None
        return ERASED if isinstance(value, str) and value in self.accounts | self.names else value


def erase(tx: Transaction, person: Person) -> None:
    """Take a person out of everything that is kept as JSON."""
    trace = Trace.of(person)
    for table, column in _DROPPED:
        for row_id, value in _suspects(tx, table, column, trace):
            if trace.names_person(value):
                tx.run(f"DELETE FROM {table} WHERE id = ?", row_id)  # noqa: S608
    for row_id, value in _suspects(tx, "outbox", "mentions", trace):
        if isinstance(value, dict) and value.get("people") == [person.id]:
            _drop_post(tx, row_id)
    for identity in person.identities:
        _forget_account(tx, identity)
    _rewrite(tx, "audit", "detail", trace, trace.without)
    _rewrite(tx, "outbox", "mentions", trace, lambda value: _unmentioned(value, trace))
    _rewrite(tx, "outbox", "payload", trace, lambda value: _unnamed(value, trace))


def _forget_account(tx: Transaction, identity: Identity) -> None:
    """Delete what a platform keeps for itself about an account: its tables begin with its name."""
    columns = tx.all(
        "SELECT tables.name AS of, columns.name "
        "FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns "
        "WHERE tables.type = 'table' AND substr(tables.name, 1, ?) = ? AND columns.type = 'TEXT'",
        len(identity.platform) + 1,
        f"{identity.platform}_",
    )
    for row in columns:
        tx.run(f"DELETE FROM {quoted(row['of'])} WHERE {quoted(row['name'])} = ?", identity.external_id)  # noqa: S608


def _drop_post(tx: Transaction, row_id: int) -> None:
    """Give up a post that calls this person and nobody else: it was meant for them."""
    tx.run(
        "UPDATE outbox SET state = 'skipped', error = 'forgotten', finished_at = ?, payload = '{}' "
        "WHERE id = ? AND finished_at IS NULL",
        to_stamp(tx.now),
        row_id,
    )


def _suspects(tx: Transaction, table: str, column: str, trace: Trace) -> list[tuple[int, Any]]:
    """Return the rows whose JSON holds the person's id, account or name somewhere, however it is meant."""
    words = [str(trace.person_id), *trace.accounts, *trace.names]
    # The JSON may be written with escapes; what is looked for is written both ways.
    looked_for = sorted({form for word in words for form in (word, json.dumps(word)[1:-1], _bare(word))})
    condition = " OR ".join(f"instr({column}, ?) > 0" for _ in looked_for)
    rows = tx.all(f"SELECT id, {column} AS value FROM {table} WHERE {condition}", *looked_for)  # noqa: S608
    return [(row["id"], _read(row["value"])) for row in rows]


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _bare(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)[1:-1]


def _rewrite(tx: Transaction, table: str, column: str, trace: Trace, change: Callable[[Any], Any]) -> None:
    for row_id, value in _suspects(tx, table, column, trace):
        changed = change(value)
        if changed != value:
            tx.run(f"UPDATE {table} SET {column} = ? WHERE id = ?", json.dumps(changed, separators=(",", ":")), row_id)  # noqa: S608


def _unmentioned(mentions: Any, trace: Trace) -> Any:
    if not isinstance(mentions, dict):
        return mentions
    people = [each for each in mentions.get("people", ()) if each != trace.person_id]
    rest = {name: each for name, each in mentions.items() if name != "people"}
    return rest | ({"people": people} if people else {})


def _unnamed(payload: Any, trace: Trace) -> Any:
    """Return a post's payload with an ellipsis where the person was referred to or named."""
    if not isinstance(payload, dict):
        return payload
    parts = {name: _reworded(payload[name], trace) for name in _WORDS if name in payload}
    return {**payload, **parts}


def _reworded(words: Any, trace: Trace) -> Any:
    """Change words as `bot.kit.wire` writes them: our own messages and the names of their parameters stay."""
    if isinstance(words, list):
        return [_reworded(each, trace) for each in words]
    if not isinstance(words, dict):
        return ERASED if isinstance(words, str) and words in trace.accounts | trace.names else words
    if words.get("person") == trace.person_id:
        return ERASED
    if "t" not in words:
        return words
    message, params, *rest = words["t"]
    return {"t": [message, [[name, _reworded(value, trace)] for name, value in params], *rest]}
