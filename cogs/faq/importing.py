# SPDX-License-Identifier: MIT
"""Reads the files in which people keep an FAQ, row by row, without judging what the rows would change."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.kit import Invalid, Text, t

from .columns import FIELDS, LISTS, aliases_of, audience_of, heading, is_ours, status_of, tags_of
from .model import Status
from .tables import Table, TableError, read_table, text_of
from .tidy import is_web_address

BYTES_MAX = 5_000_000
ROWS_MAX = 5_000

Cells: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of a file: the fields that the file gives, by their name in `Content`; `number` as people count."""

    number: int
    fields: Cells
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken, and why."""

    number: int
    reason: Text


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """What was found in a file; notes tell what was understood with some guessing."""

    rows: tuple[Row, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[Text, ...] = ()


def parse(name: str, content: bytes) -> ParsedFile:
    """Read a CSV or JSON file; raises Invalid where the file as a whole is none."""
    if len(content) > BYTES_MAX:
        raise Invalid("file", t("The file is larger than {count} megabytes.", count=BYTES_MAX // 1_000_000))
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise Invalid("file", t("The file is empty."))
    text, notes = text_of(content)
    looks_like_json = text.lstrip()[:1] in {"{", "["}
    found = _read_json(text) if name.casefold().endswith(".json") or looks_like_json else _read_csv(text)
    if len(found.rows) + len(found.rejected) > ROWS_MAX:
        raise Invalid("file", t("The file has more than {count} entries; import it in parts.", count=ROWS_MAX))
    return ParsedFile(found.rows, found.rejected, (*notes, *found.notes))


def _read_csv(text: str) -> ParsedFile:
    try:
        table = read_table(text)
    except TableError as error:
        raise Invalid("file", error.text) from error
    names = [heading(cell) for cell in table.heading]
    if lacking := [field for field in ("question", "answer") if field not in names]:
        raise Invalid(
            "file",
            t(
                "The first row must name the columns; there is none for {lacking}. Known names: {names}.",
                lacking=", ".join(lacking),
                names=", ".join(FIELDS),
            ),
        )
    rows: list[Row] = []
    rejected: list[Rejected] = [Rejected(table.broken_at, table.broken)] if table.broken else []
    for number, cells in table.rows:
        try:
            rows.append(_row(number, _gather(names, cells)))
        except Invalid as error:
            rejected.append(Rejected(number, error.text))
    return ParsedFile(tuple(rows), tuple(rejected), _unknown_columns(table, names))


def _gather(names: list[str | None], cells: list[str]) -> Cells:
    if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
        raise Invalid("file", t("This row has more cells than there are columns; is a cell not quoted?"))
    found: dict[str, Any] = {}
    for name, cell in zip(names, cells, strict=False):
        if name == "aliases":
            found[name] = (*found.get(name, ()), *aliases_of(cell))
        elif name is not None and not found.get(name):
            found[name] = cell
    return found


def _unknown_columns(table: Table, names: list[str | None]) -> tuple[Text, ...]:
    ignored = [
        cell.strip() for cell, name in zip(table.heading, names, strict=True) if name is None and not is_ours(cell)
    ]
    return (t("These columns were left out: {names}.", names=", ".join(ignored)[:200]),) if ignored else ()


def _read_json(text: str) -> ParsedFile:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        where = str(getattr(error, "lineno", 1))
        raise Invalid("file", t("This is no readable JSON: look at line {line}.", line=where)) from error
    listed = document.get("entries") if isinstance(document, dict) else document
    if not isinstance(listed, list):
        raise Invalid("file", t("A JSON file holds a list of entries, or an object with the list “entries”."))
    shared = {key: document[key] for key in ("language", "as_of") if isinstance(document, dict) and document.get(key)}
    rows: list[Row] = []
    rejected: list[Rejected] = []
    for number, item in enumerate(listed, start=1):
        try:
            rows.append(_row(number, {**shared, **_object(item)}))
        except Invalid as error:
            rejected.append(Rejected(number, error.text))
    return ParsedFile(tuple(rows), tuple(rejected))


def _object(item: Any) -> Cells:
    if not isinstance(item, dict):
        raise Invalid("file", t("An entry must be an object with a question and an answer."))
    found = {name: value for key, value in item.items() if (name := heading(str(key))) and value is not None}
    for name, value in found.items():
        listed = isinstance(value, list) and all(isinstance(each, str) for each in value)
        if not isinstance(value, str) and not (listed and name in LISTS):
            raise Invalid(name, t("“{name}” must be text.", name=name))
    return found


def _row(number: int, cells: Cells) -> Row:
    """Turn cells into fields; a cell that is empty where something is needed counts as not given."""
    fields: dict[str, Any] = {name: value for name, value in cells.items() if name != "status"}
    for name in ("slug", "language", "audience"):
        if not str(fields.get(name, "")).strip():
            fields.pop(name, None)
    for name, needed in (("question", t("The question is missing.")), ("answer", t("The answer is missing."))):
        if not str(fields.get(name, "")).strip():
            raise Invalid(name, needed)
    if not fields.get("source_url") and is_web_address(str(fields.get("source_title", "")).strip()):
        fields["source_url"] = fields.pop("source_title")
    if "audience" in fields:
        fields["audience"] = audience_of(fields["audience"])
    if "aliases" in fields:
        fields["aliases"] = _listed(fields["aliases"], aliases_of)
    if "tags" in fields:
        fields["tags"] = _listed(fields["tags"], tags_of)
    if "translation_of" in fields:
        fields["translation_of"] = fields["translation_of"].strip() or None
    return Row(number, fields, status_of(str(cells.get("status") or "")))


def _listed(value: Any, split: Any) -> tuple[str, ...]:
    parts: Iterable[str] = split(value) if isinstance(value, str) else value
    return tuple(parts)
