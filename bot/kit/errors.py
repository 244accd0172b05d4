# SPDX-License-Identifier: MIT
"""The errors that a cog raises and the core triages.

RefdeskError
├── DeclarationError    a cog declares what no platform could keep: raised at import, for its author
├── UserError           the asker can mend it: shown to them as it is
│   ├── Invalid         one argument is wrong: it is asked for again, with what was typed
│   ├── NotFound        what was named is not in this community
│   └── Denied          a level, a switch or a limit forbids it: shown with how to get it
└── Unavailable         an outside service fails: "try again", with what still worked
"""

from bot.kit.text import Text


class RefdeskError(Exception):
    """The root of every error that Refdesk raises on purpose."""


class DeclarationError(RefdeskError):
    """A cog declares something that a platform cannot keep; the message tells its author what to change."""


class UserError(RefdeskError):
    """Something that the asker can mend; `text` tells them how."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.message)
        self.text = text


class Invalid(UserError):
    """The argument `param` cannot be used as typed; it is asked for again and nothing typed is lost."""

    def __init__(self, param: str, text: Text) -> None:
        super().__init__(text)
        self.param = param


class NotFound(UserError):
    """What was named does not exist in this community."""


class Denied(UserError):
    """The asker may not do this; `text` says what is needed and how to get it."""


class Unavailable(RefdeskError):
    """An outside service did not serve; `text` says what failed and what still works."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.message)
        self.text = text
