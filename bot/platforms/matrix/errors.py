# SPDX-License-Identifier: MIT
"""What can go wrong between the bot and its homeserver.

MatrixError
├── Refusal        the homeserver said no: `errcode` says why
│   ├── Limited    too many requests; `after` seconds is how long it wants us to wait
│   ├── Forbidden  not allowed in that room, or not in it at all
│   └── Revoked    the access token is no longer valid
├── Trouble        the homeserver, or a proxy before it, failed: nobody knows whether the request took effect
└── Unreachable    the homeserver was not reached, or did not answer; `sent` tells whether it may have heard us
"""

from bot.kit.errors import RefdeskError


class MatrixError(RefdeskError):
    """A request to the homeserver did not do what it should."""


class Refusal(MatrixError):
    """The homeserver said no."""

    def __init__(self, status: int, errcode: str, message: str, body: dict[str, object] | None = None) -> None:
        super().__init__(f"{errcode or status}: {message}")
        self.status = status
        self.errcode = errcode
        self.message = message
        self.body = body or {}


class Limited(Refusal):
    """Too many requests."""

    def __init__(self, message: str, after: float) -> None:
        super().__init__(429, "M_LIMIT_EXCEEDED", message)
        self.after = after


class Forbidden(Refusal):
    """Not allowed there."""


class Revoked(Refusal):
    """The access token is not valid any more; with `soft` the device still is."""

    def __init__(self, status: int, message: str, *, soft: bool) -> None:
        super().__init__(status, "M_UNKNOWN_TOKEN", message)
        self.soft = soft


class Trouble(MatrixError):
    """The homeserver failed."""


class Unreachable(MatrixError):
    """The homeserver was not reached, or did not answer in time."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


class StartError(RefdeskError):
    """The bot cannot run on Matrix as it is set up; the message says what the operator should do."""
