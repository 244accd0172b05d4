# SPDX-License-Identifier: MIT
"""The catalogs of translations: gettext's `.po` files, read with Babel and checked against their source.

A language that cannot be read, a message that is missing and a translation whose parameters differ from its source's
all fall back to English, and each is logged once.
"""

import gettext
import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from babel import Locale, UnknownLocaleError

from bot.core.i18n.pseudo import LANGUAGE as PSEUDO
from bot.core.i18n.pseudo import pseudo
from bot.core.i18n.templates import agree
from bot.core.i18n.voice import Voice

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

log = logging.getLogger(__name__)

SOURCE = "en"
"""The language that the code is written in."""


_SERVED_MAX = 256
"""How many tags are remembered with the language that serves them."""

Reader: TypeAlias = Callable[[], Sequence[gettext.NullTranslations]]
"""Reads the catalogs of a language, a later one winning over an earlier one; nothing where none can be read."""


class Catalogs:
    """All the languages that the bot speaks; a later file wins over an earlier one, message by message."""

    def __init__(self, readers: Mapping[str, Reader] | None = None, read_from: Sequence[Traversable] = ()) -> None:
        self._readers = dict(readers or {})
        self._read_from = tuple(read_from)
        self._spoken: dict[str, gettext.NullTranslations] = {}
        self._served: dict[str, str | None] = {}
        self._known = {language.lower(): language for language in (*self.languages, PSEUDO)}

    @classmethod
    def load(cls, *folders: Traversable, bundled: bool = True, lazily: bool = False) -> "Catalogs":
        """Find the catalogs that come with the bot, and those of further folders of `<language>.po` files.

        Each is read at once, and a language that cannot be read is left out; or, `lazily`, when it is spoken first:
        that takes some 40 ms for each, which the start of the bot need not wait for.
        """
        found: dict[str, list[Traversable]] = {}
        for folder in (*([files("bot.locales")] if bundled else []), *folders):
            for language, file in _files_of(folder):
                found.setdefault(language, []).append(file)
        readers: dict[str, Reader] = {language: partial(_read, language, here) for language, here in found.items()}
        read_from = [file for here in found.values() for file in here]
        if lazily:
            return cls(readers, read_from)
        read = {language: reader() for language, reader in readers.items()}
        spoken = {language: partial(_same, catalogs) for language, catalogs in read.items() if catalogs}
        return cls(spoken, read_from)

    @property
    def fingerprint(self) -> str:
        """What changes with every change of the files; cheap, for nothing in them is read."""
        digest = hashlib.sha256()
        for file in self._read_from:
            digest.update(f"{file.name}\0".encode() + file.read_bytes())
        return digest.hexdigest()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that people may choose."""
        return tuple(sorted({SOURCE, *self._readers}))

    def negotiate(self, *tags: str | None) -> str:
        """Return the language of the first tag that there is a catalog for ("es" serves "es-419"); else English."""
        for tag in tags:
            if tag and (best := self._serving(tag)):
                return best
        return SOURCE

    def translate(
        self, language: str, message: str, plural: str | None = None, count: int = 1, *, context: str | None = None
    ) -> str:
        """Return a message in a language, or in English; with `plural`, in its form for `count`.

        `context` keeps a message apart from the same words elsewhere.
        """
        if not message:
            return ""
        if language not in self._readers:
            english = message if plural is None or count == 1 else plural
            return pseudo(english) if language == PSEUDO else english
        found = self._words_of(language)
        if context is not None:
            return (
                found.pgettext(context, message) if plural is None else found.npgettext(context, message, plural, count)
            )
        return found.gettext(message) if plural is None else found.ngettext(message, plural, count)

    def voice(self, locale: str | Iterable[str | None] | None, zone: str, now: datetime) -> Voice:
        """Return the voice for a reader; `locale` is a tag, or several in the order of preference.

        The reader's own region is kept for dates and numbers ("en-GB" writes the day first).
        """
        tags = (locale,) if isinstance(locale, str) or locale is None else tuple(locale)
        chosen = next((tag for tag in tags if tag and self._serving(tag)), SOURCE)
        return Voice(_formatting(chosen, self.negotiate(chosen)), zone or "UTC", now, self)

    def _words_of(self, language: str) -> gettext.NullTranslations:
        if language not in self._spoken:
            last: gettext.NullTranslations = _English(language)
            for later in self._readers[language]():
                later.add_fallback(last)
                last = later
            self._spoken[language] = last
        return self._spoken[language]

    def _serving(self, tag: str) -> str | None:
        if tag not in self._served:
            if len(self._served) >= _SERVED_MAX:
                self._served.clear()
            self._served[tag] = self._look_up(tag)
        return self._served[tag]

    def _look_up(self, tag: str) -> str | None:
        parts = tag.replace("_", "-").lower().split("-")
        for size in range(len(parts), 0, -1):
            if language := self._known.get("-".join(parts[:size])):
                return language
        return None


@lru_cache(maxsize=64)
def _formatting(tag: str, language: str) -> str:
    """Return the tag itself where Babel knows how it writes dates, else the language."""
    try:
        return str(Locale.parse(tag.replace("_", "-"), sep="-")).replace("_", "-")
    except (ValueError, UnknownLocaleError):
        return language


class _English(gettext.NullTranslations):
    """The source language behind a catalog: notes once what the catalog lacks."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._noted: set[str] = set()

    def gettext(self, message: str) -> str:
        self._note(message)
        return message

    def pgettext(self, context: str, message: str) -> str:
        del context
        self._note(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self._note(msgid1)
        return msgid1 if n == 1 else msgid2

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        del context
        return self.ngettext(msgid1, msgid2, n)

    def _note(self, message: str) -> None:
        if message not in self._noted:
            self._noted.add(message)
            log.info("%s has no translation of %r; it is shown in English.", self._language, message)


def _files_of(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    if not folder.is_dir():
        log.warning("There is no folder of translations at %s.", folder)
        return
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".po"):
            yield entry.name.removesuffix(".po").replace("_", "-"), entry


def _read(language: str, found: Iterable[Traversable]) -> list[gettext.NullTranslations]:
    from babel.messages.pofile import PoFileError, read_po

    read: list[gettext.NullTranslations] = []
    for file in found:
        try:
            read.append(compiled(read_po(BytesIO(file.read_bytes()), locale=language, abort_invalid=True), file.name))
        except (PoFileError, ValueError, UnknownLocaleError, OSError) as error:
            log.warning("%s cannot be read and is left out: %s", file.name, error)
    return read


def _same(catalogs: Sequence[gettext.NullTranslations]) -> Sequence[gettext.NullTranslations]:
    return catalogs


def compiled(catalog: "Catalog", name: str) -> gettext.GNUTranslations:
    """Return a catalog ready for use, without what is untranslated or has other parameters than its source."""
    from babel.messages.mofile import write_mo

    for message in [message for message in catalog if message.id]:
        if not all(forms(message)):
            catalog.delete(message.id, message.context)
        elif not agrees(message):
            log.warning("%s: the translation of %r has other parameters; English is shown instead.", name, message.id)
            catalog.delete(message.id, message.context)
    compiled_file = BytesIO()
    write_mo(compiled_file, catalog)
    compiled_file.seek(0)
    return gettext.GNUTranslations(compiled_file)


def forms(message: "Message") -> tuple[str, ...]:
    """Return the translations of a message, one for each plural form; an empty one is not translated yet."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def agrees(message: "Message") -> bool:
    """Tell whether a translation takes the parameters of its source."""
    return agree((message.id,) if isinstance(message.id, str) else tuple(message.id), forms(message))
