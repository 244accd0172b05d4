# SPDX-License-Identifier: MIT
"""How special things are written inside Markdown; each platform may write them its own way."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.core import markup
from bot.core.i18n import formats
from bot.kit.people import Person, Place

if TYPE_CHECKING:
    from bot.core.i18n.voice import Voice

_NOW = timedelta(seconds=45)
_SINCE = timedelta(seconds=15)
"""What was written while an answer came about is later than the moment at which its voice began, and is past."""


class Style(Protocol):
    """What a platform may write in its own way; every method returns Markdown source."""

    def literal(self, text: str) -> str:
        """Write text of a person or an outside service, so that it is never markup."""

    def code(self, text: str) -> str:
        """Write something that people may copy, in fixed width."""

    def link(self, label: str, url: str) -> str:
        """Write a link; `label` is source already, and an unsafe address is written out, not linked."""

    def moment(self, at: datetime, voice: "Voice") -> str:
        """Write a moment, in the reader's time zone."""

    def ago(self, at: datetime, voice: "Voice") -> str:
        """Write a moment as a distance from now."""

    def person(self, person: Person) -> str:
        """Write who somebody is; it never calls them by itself."""

    def place(self, place: Place) -> str:
        """Write where a place is."""


class PlainStyle:
    """CommonMark and nothing else; a platform that has more derives from this."""

    def literal(self, text: str) -> str:
        """Write text so that CommonMark shows it as it is."""
        return markup.escape(text)

    def code(self, text: str) -> str:
        """Write a code span."""
        return markup.code(text)

    def link(self, label: str, url: str) -> str:
        """Write a CommonMark link."""
        return markup.link(label, url)

    def moment(self, at: datetime, voice: "Voice") -> str:
        """Write the day, the hour and the zone in words."""
        return self.literal(formats.moment(at, voice.babel, voice.zone))

    def ago(self, at: datetime, voice: "Voice") -> str:
        """Write the distance from now in words."""
        span = formats.aware(at) - formats.aware(voice.now)
        if abs(span) < _NOW:
            return voice.translate("just now" if span <= _SINCE else "in a moment")
        return self.literal(formats.relative(span, voice.babel))

    def person(self, person: Person) -> str:
        """Write a person's name."""
        return self.literal(person.name)

    def place(self, place: Place) -> str:
        """Write a place's name."""
        return self.literal(place.name or place.channel_id)


PLAIN = PlainStyle()
"""The style of plain CommonMark."""
