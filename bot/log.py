# SPDX-License-Identifier: MIT
"""Logging: lines for people or JSON lines for machines; secrets are never printed, message texts never logged."""

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, TextIO

HIDDEN = "********"

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class HideSecrets(logging.Filter):
    """Replaces secrets wherever they turn up in a log line."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = sorted({secret for secret in secrets if len(secret) >= 8}, key=len, reverse=True)

    def clean(self, line: str) -> str:
        """Return a line without secrets."""
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return line


class PlainFormatter(logging.Formatter):
    """One line for people; names of people and homes cannot begin another one."""

    def __init__(self, hide: HideSecrets) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", "%Y-%m-%d %H:%M:%S", style="{")
        self._hide = hide

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the name is the library's)
        """Return the line without what would break it."""
        return _CONTROL.sub(lambda found: repr(found[0])[1:-1], super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the traceback below it, without secrets."""
        return self._hide.clean(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object a line."""

    def __init__(self, hide: HideSecrets) -> None:
        super().__init__()
        self._hide = hide

    def format(self, record: logging.LogRecord) -> str:
        """Return the object, without secrets."""
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            entry["error"] = "".join(traceback.format_exception(*record.exc_info))
        # Cleaned before they are written as JSON, which would put backslashes into a secret.
        return json.dumps({name: self._hide.clean(value) for name, value in entry.items()})


def set_up_logging(
    level: str, form: Literal["console", "json"], secrets: Iterable[str] = (), stream: TextIO | None = None
) -> None:
    """Send all logging to one stream (stderr by default)."""
    hide = HideSecrets(secrets)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonFormatter(hide) if form == "json" else PlainFormatter(hide))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("httpx", "httpcore", "aiosqlite"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
