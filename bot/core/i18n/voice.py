# SPDX-License-Identifier: MIT
"""Speaks a `Text` to one reader: in their language and time zone, with every parameter escaped."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from babel import Locale

from bot.core import markup
from bot.core.i18n import formats
from bot.core.i18n.style import PLAIN, Style
from bot.core.i18n.templates import BadTemplate, fill
from bot.core.markup.cutting import cut
from bot.kit.people import Person, Place
from bot.kit.reply import Words
from bot.kit.text import Ago, Code, Link, Markdown, Text, Value

if TYPE_CHECKING:
    from bot.core.i18n.catalogs import Catalogs

log = logging.getLogger(__name__)

Speakable: TypeAlias = "Words | Value"
"""All that a voice can say."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One reader's language (`locale`, a tag such as "en-GB"), time zone (IANA name) and moment of reading."""

    locale: str
    zone: str
    now: datetime
    catalogs: "Catalogs" = field(repr=False, compare=False)

    @property
    def language(self) -> str:
        """The catalog that words are taken from."""
        return self.catalogs.negotiate(self.locale)

    @property
    def babel(self) -> Locale:
        """Babel's locale, for numbers and dates."""
        return formats.babel_locale(self.locale)

    def translate(self, message: str, plural: str | None = None, count: int = 1, *, context: str | None = None) -> str:
        """Return a message in the reader's language, its parameters still open."""
        return self.catalogs.translate(self.language, message, plural, count, context=context)

    def markdown(self, words: Speakable, style: Style = PLAIN) -> str:
        """Return words as Markdown source; only our own messages and `Markdown(...)` may hold markup."""
        match words:
            case Text():
                return self._text(words, style)
            case Markdown():
                return words.source
            case Link():
                return style.link(self.markdown(words.label, style), words.url)
            case Code():
                return style.code(words.source)
            case tuple():
                return formats.listed([self.markdown(each, style) for each in words], self.babel)
            case _:
                return self._value(words, style)

    def plain(self, words: Speakable, style: Style = PLAIN) -> str:
        """Return words as plain text; line breaks are kept."""
        return markup.clean(words).strip() if isinstance(words, str) else markup.to_plain(self.markdown(words, style))

    def label(self, words: Speakable, limit: int | None = None) -> str:
        """Return words on one line of plain text, for a button or a menu; `limit` is in characters."""
        line = " ".join(self.plain(words).split())
        return line if limit is None else cut(line, limit)

    def _value(self, value: Speakable, style: Style) -> str:
        match value:
            case str():
                return style.literal(str(value))
            case bool():
                return self.translate("yes" if value else "no")
            case int() | float() | Decimal():
                return style.literal(formats.number(value, self.babel))
            case datetime():
                return style.moment(value, self)
            case Ago():
                return style.ago(value.at, self)
            case date():
                return style.literal(formats.day(value, self.babel))
            case timedelta():
                return style.literal(formats.duration(value, self.babel))
            case Person():
                return style.person(value)
            case Place():
                return style.place(value)
            case _:
                return style.literal(str(value))

    def _text(self, text: Text, style: Style) -> str:
        values = text.values
        template = self.translate(text.message, text.plural, text.count, context=text.context)
        try:
            return fill(template, lambda name: self._named(name, values, text.message, style))
        except BadTemplate:
            log.warning("The message %r cannot be read; it is shown as it is.", text.message)
            return style.literal(text.message)

    def _named(self, name: str, values: Mapping[str, Value], message: str, style: Style) -> str:
        if name in values:
            return self.markdown(values[name], style)
        log.error("The message %r lacks its parameter %r.", message, name)
        return style.literal(f"{{{name}}}")
