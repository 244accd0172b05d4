# SPDX-License-Identifier: MIT
"""Reads spreadsheets saved as text, whatever their program made of it: encoding, separator, line ends, formulas."""

import codecs
import csv
import io
from dataclasses import dataclass

from bot.kit import Text, t

from .columns import heading

DELIMITERS = (",", ";", "\t", "|")
_FORMULA = ("=", "+", "-", "@")


class TableError(ValueError):
    """The file as a whole is no table; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.message)
        self.text = text


@dataclass(frozen=True, slots=True)
class Table:
    """A heading, and the rows with their numbers in the spreadsheet. `broken` says why reading stopped at a row."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    broken: Text | None = None
    broken_at: int = 0


def text_of(content: bytes) -> tuple[str, tuple[Text, ...]]:
    """Decode a file: by its byte order mark, as UTF-8, or else as Windows-1252 with a note that says so."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace").replace("\x00", ""), ()
    try:
        return content.decode("utf-8-sig").replace("\x00", ""), ()
    except UnicodeDecodeError:
        note = t("The file is not in UTF-8; it was read as Windows-1252. Look whether accented letters are right.")
        return content.decode("cp1252", "replace").replace("\x00", ""), (note,)


def read_table(text: str) -> Table:
    """Split text into rows; raises TableError where there is no heading."""
    text, named = _without_hint(text)
    delimiter = named or _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    number = 1 if named else 0
    broken: Text | None = None
    while True:
        number += 1
        try:
            rows.append((number, [_plain_cell(cell) for cell in next(reader)]))
        except StopIteration:
            break
        except csv.Error as error:
            broken = _why(error)
            break
    filled = [(place, cells) for place, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        raise TableError(t("No table was found in this file: {problem}", problem=broken or t("it holds no row.")))
    return Table(tuple(filled[0][1]), tuple(filled[1:]), broken, number)


def _why(error: csv.Error) -> Text:
    """Say why reading stopped; the module tells of a cell beyond its limit by words alone."""
    if "field limit" in str(error):
        return t(
            "A cell holds more than {most} characters, or a quotation mark before it is never closed.",
            most=csv.field_size_limit(),
        )
    return t("A quotation mark is opened and never closed, or stands in the middle of a cell; quote it twice.")


def safe_cell(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula (a leading apostrophe, which spreadsheets hide)."""
    return f"'{cell}" if cell.startswith((*_FORMULA, "'")) else cell


def _plain_cell(cell: str) -> str:
    return cell[1:] if cell.startswith(tuple(f"'{sign}" for sign in (*_FORMULA, "'"))) else cell


def _without_hint(text: str) -> tuple[str, str | None]:
    """Take away Excel's first line "sep=;", and return what it says."""
    first, _, rest = text.partition("\n")
    hint = first.strip().strip('"')
    if hint.casefold().startswith("sep=") and hint[4:5] in DELIMITERS:
        return rest, hint[4]
    if first.rstrip("\r").casefold() == "sep=\t":
        return rest, "\t"
    return text, None


def _delimiter(text: str) -> str:
    """Choose the separator with which the first row names the most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def named(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return len({heading(cell) for cell in cells} - {None}), len(cells)

    return max(DELIMITERS, key=named)
