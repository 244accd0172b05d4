# SPDX-License-Identifier: MIT
"""What the columns of a spreadsheet are called, in the words of the languages that the starter FAQ speaks."""

import re
import unicodedata

from bot.kit import Invalid, t

from .model import Audience, Status

FIELDS = (
    "slug",
    "language",
    "question",
    "aliases",
    "answer",
    "source_title",
    "source_url",
    "tags",
    "audience",
    "as_of",
    "translation_of",
    "status",
)
LISTS = frozenset({"aliases", "tags"})

_SYNONYMS = {
    "slug": "slug id key name short-name topic nummer clave cle schlussel clau identifier",
    "language": "language lang sprache idioma langue llengua code-de-langue",
    "question": "question questions title frage titel pregunta titulo titol intitule q",
    "aliases": (
        "aliases alias also-asked-as other-questions synonyms variants variantes otras-preguntas autres-questions"
        " weitere-fragen altres-preguntes sinonimos synonymes synonyme"
    ),
    "answer": "answer answers text antwort respuesta reponse resposta a",
    "source_title": "source-title source source-page reference quelle fuente font titre-de-la-source",
    "source_url": "source-url url link address web lien enlace enllac weblink adresse source-link",
    "tags": "tags tag keywords category categories schlagworter etiquetas etiquettes etiquetes mots-cles categoria",
    "audience": "audience for zielgruppe publico public destinatarios",
    "as_of": "as-of date updated last-updated stand fecha data-de-revisio a-jour-au last-checked",
    "translation_of": "translation-of ubersetzung-von traduccion-de traduction-de traduccio-de",
    "status": "status state zustand estado etat estat",
}
_BY_NAME = {word: field for field, words in _SYNONYMS.items() for word in words.split()}

_AUDIENCES = {
    Audience.LIBRARIANS: "librarians librarian libraries bibliothekare bibliotecarios bibliothecaires bibliotecaris",
    Audience.WIKIMEDIANS: "wikimedians wikimedian wikipedians wikipedian editors wikipedistas viquipedistes",
    Audience.BOTH: "both all everybody everyone alle todos tous tots ambos beide",
}
_STATUSES = {
    Status.DRAFT: "draft entwurf borrador brouillon esborrany",
    Status.PUBLISHED: "published live public veroffentlicht publicado publie publicat",
    Status.HIDDEN: "hidden versteckt oculto masque cache ocult",
}


def heading(cell: str) -> str | None:
    """Return the field that a column's heading means, or None."""
    return _BY_NAME.get(_plain(cell))


def is_ours(cell: str) -> bool:
    """Tell whether a column is only ever written, never read: who reviewed an entry is not for a file to say."""
    return _plain(cell) in {"", "reviewed-at", "reviewed-by"}


def audience_of(cell: str) -> Audience:
    """Read an audience; raises Invalid with the words that are known."""
    plain = _plain(cell)
    for audience, words in _AUDIENCES.items():
        if plain in words.split():
            return audience
    raise Invalid("audience", t("The audience is librarians, wikimedians or both, not “{word}”.", word=cell[:40]))


def status_of(cell: str) -> Status | None:
    """Read a status, None where the cell is empty; raises Invalid with the words that are known."""
    plain = _plain(cell)
    if not plain:
        return None
    for status, words in _STATUSES.items():
        if plain in words.split():
            return status
    raise Invalid("status", t("The status is draft, published or hidden, not “{word}”.", word=cell[:40]))


def aliases_of(cell: str) -> tuple[str, ...]:
    """Split a cell at line breaks and “|”: questions may hold commas and semicolons."""
    return tuple(part.strip() for part in re.split(r"[\n|]", cell) if part.strip())


def tags_of(cell: str) -> tuple[str, ...]:
    """Split a cell of tags at anything that people put between them."""
    return tuple(part.strip() for part in re.split(r"[\n|,;]", cell) if part.strip())


def _plain(cell: str) -> str:
    letters = unicodedata.normalize("NFKD", cell.strip().casefold())
    ascii_only = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
