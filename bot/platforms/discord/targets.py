# SPDX-License-Identifier: MIT
"""What a component's id says: which button was pressed, and everything that is needed to act on it.

`a:requests.claim?request_id=17` runs an action or a command, `b:…` one whose arguments are kept in a row; `c:` opens a
form again, `y:` and `n:` answer a confirmation, `p:` turns a page, each with the id it means; `d:` is a form itself.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from bot.platforms.discord.limits import CUSTOM_ID_MAX

RUN, KEPT, CONTINUE, FORM, YES, NO, PAGE, MORE = "a", "b", "c", "d", "y", "n", "p", "m"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button does."""

    target: str
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def written(self) -> str:
        """The button's id, where it fits."""
        pairs = "&".join(f"{name}={_quote(value)}" for name, value in self.arguments)
        return f"{RUN}:{self.target}?{pairs}" if pairs else f"{RUN}:{self.target}"

    @property
    def fits(self) -> bool:
        """Whether a button can carry it all."""
        return len(self.written) <= CUSTOM_ID_MAX

    @property
    def token(self) -> str:
        """What stands for it where it does not fit; the same for the same press, so that rendering stays pure."""
        parts = [self.target, *(part for pair in self.arguments for part in pair)]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]

    @property
    def custom_id(self) -> str:
        """The id that the button is given."""
        return self.written if self.fits else f"{KEPT}:{self.token}"


def read_press(written: str) -> Press:
    """Read what `Press.written` wrote, without its first two characters."""
    target, _, pairs = written.partition("?")
    split = (pair.partition("=") for pair in pairs.split("&") if pair)
    return Press(target, tuple((name, _unquote(value)) for name, _, value in split))


def read_numbers(written: str) -> tuple[int, ...]:
    """Read the numbers of an id such as "17" or "17:2"; () where they are none."""
    parts = written.split(":")
    return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else ()


def as_arguments(press: Press) -> Mapping[str, str]:
    """Return a press's arguments by name."""
    return dict(press.arguments)


def _quote(value: str) -> str:
    return value.replace("%", "%25").replace("&", "%26")


def _unquote(value: str) -> str:
    return value.replace("%26", "&").replace("%25", "%")
