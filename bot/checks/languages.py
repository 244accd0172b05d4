# SPDX-License-Identifier: MIT
"""Checks the catalogs of translations: each can be read, and its messages take the parameters of their source."""

import logging
from collections.abc import Iterator

from bot.checks.finding import Finding, doubtful, good
from bot.core.i18n import catalogs


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def check_languages() -> Iterator[Finding]:
    """Read every catalog."""
    heard = _Heard()
    catalogs.log.addHandler(heard)
    catalogs.log.propagate = False
    try:
        found = catalogs.Catalogs.load().languages
    finally:
        catalogs.log.removeHandler(heard)
        catalogs.log.propagate = True
    yield good(f"The bot speaks {', '.join(found)}.")
    for said in heard.said:
        yield doubtful(said, "The file comes with Refdesk: please report it.")
