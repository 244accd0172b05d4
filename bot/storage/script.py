# SPDX-License-Identifier: MIT
"""Reads SQL text as statements, by SQLite's own idea of where one ends."""

import re
import sqlite3

CONTROL = frozenset(
    {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "ATTACH", "DETACH", "VACUUM"}
)
"""What neither a store function nor a migration may say: the database begins and commits for them."""

_COMMENT = re.compile(r"--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z)", re.DOTALL)
_BLANK = re.compile(r"\s+")


def split(text: str) -> list[str]:
    """Split a script at the semicolons that end statements, not at those within strings, comments or triggers.

    Raises ValueError when the last statement is not finished.
    """
    statements: list[str] = []
    start = position = 0
    while (position := text.find(";", position) + 1) > 0:
        piece = text[start:position]
        if sqlite3.complete_statement(piece):
            if bare(piece) != ";":
                statements.append(piece.strip())
            start = position
    rest = text[start:]
    if bare(rest):
        raise ValueError(f'The last statement does not end with ";": {rest.strip()[:80]}')
    return statements


def bare(statement: str) -> str:
    """Return a statement without the blanks and comments before its first word."""
    position = 0
    while found := _BLANK.match(statement, position) or _COMMENT.match(statement, position):
        position = found.end()
    return statement[position:]


def first_word(statement: str) -> str:
    """Return the keyword that a statement begins with, in capitals."""
    found = re.match(r"\w+", bare(statement))
    return found.group().upper() if found else ""
