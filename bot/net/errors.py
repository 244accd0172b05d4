# SPDX-License-Identifier: MIT
"""What can go wrong outside, each with a short plain reason that may be shown to anybody.

Unavailable (bot.kit.errors)
└── NetError
    ├── Refused              we will not ask: nothing was sent
    │   ├── BadUrl           not an http(s) address
    │   ├── ForbiddenAddress the name leads into a private network
    │   └── BadRedirect      a loop, or too many hops
    ├── Unreachable          no such name, no connection, or the connection broke
    ├── TimedOut             nothing (or not everything) came in time
    ├── TooLarge             the answer was cut off at the limit
    ├── NotJson              a successful answer that is no JSON
    ├── ServerFailed         the service failed (5xx) after all retries
    ├── TooManyRequests      the service asks us to wait longer than we may
    └── CircuitOpen          it failed repeatedly a moment ago; asked again later

No error carries a query string: it may hold keys and addresses.
"""

from bot.kit.errors import Unavailable
from bot.kit.text import Text, t


class NetError(Unavailable):
    """An outside service did not serve; `host` says which one, `reason` why, in plain words."""

    def __init__(self, host: str, text: Text) -> None:
        super().__init__(text)
        self.host = host

    @property
    def reason(self) -> str:
        """The reason as one English sentence, for logs."""
        return self.text.message.format(**self.text.values)

    def __str__(self) -> str:
        return self.reason


class Refused(NetError):
    """The address will not be asked, whatever happens: no retry helps."""


class BadUrl(Refused):
    """The address is not one for http or https."""

    def __init__(self, host: str = "") -> None:
        super().__init__(host, t("Only complete http and https addresses can be opened."))


class ForbiddenAddress(Refused):
    """The name leads to a private, local or reserved network address."""

    def __init__(self, host: str) -> None:
        super().__init__(host, t("{host} is not on the public internet.", host=host))


class BadRedirect(Refused):
    """The service sends us in a circle or through too many addresses."""

    def __init__(self, host: str) -> None:
        super().__init__(host, t("{host} redirects without end.", host=host))


class Unreachable(NetError):
    """The name is unknown, no connection came about, or it broke."""

    def __init__(self, host: str) -> None:
        super().__init__(host, t("{host} cannot be reached.", host=host))


class TimedOut(NetError):
    """The answer did not arrive within the time allowed."""

    def __init__(self, host: str) -> None:
        super().__init__(host, t("{host} did not answer in time.", host=host))


class TooLarge(NetError):
    """The answer is larger than `limit` bytes and was cut off."""

    def __init__(self, host: str, limit: int) -> None:
        super().__init__(host, t("The answer from {host} is too large.", host=host))
        self.limit = limit


class NotJson(NetError):
    """A successful answer is not the JSON that was asked for; `excerpt` is how it begins."""

    def __init__(self, host: str, status: int, excerpt: str) -> None:
        super().__init__(host, t("{host} sent something unreadable.", host=host))
        self.status = status
        self.excerpt = excerpt


class ServerFailed(NetError):
    """The service answered with the server error `status`, also when asked again."""

    def __init__(self, host: str, status: int) -> None:
        super().__init__(host, t("{host} has a fault at the moment.", host=host))
        self.status = status


class TooManyRequests(NetError):
    """The service wants us to wait `retry_after` seconds."""

    def __init__(self, host: str, retry_after: float) -> None:
        super().__init__(host, t("{host} wants us to wait before asking again.", host=host))
        self.retry_after = retry_after


class CircuitOpen(NetError):
    """The service failed repeatedly; it is left alone for another `retry_after` seconds."""

    def __init__(self, host: str, retry_after: float) -> None:
        super().__init__(host, t("{host} has been failing; it will be asked again later.", host=host))
        self.retry_after = retry_after
