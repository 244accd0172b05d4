# SPDX-License-Identifier: MIT
"""Makes what people type fit to be kept, and says clearly why something cannot be."""

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from bot.kit import Invalid, Text, t

from .model import Content
from .search.stopwords import is_stopword

SLUG_MAX = 48
QUESTION_MIN, QUESTION_MAX = 5, 300
ANSWER_MIN, ANSWER_MAX = 3, 4_000
ALIAS_MAX, ALIASES_MAX = 300, 100
TAG_MAX, TAGS_MAX = 40, 12
TITLE_MAX, URL_MAX = 200, 2_000

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})?")
AS_OF = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def lines(text: str) -> str:
    """Return text of several lines without control characters, lone surrogates or trailing blanks (NFC)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(
        char for char in text if char == "\n" or (char.isprintable() or unicodedata.category(char) in {"Cf", "Zs"})
    )
    return "\n".join(line.rstrip() for line in unicodedata.normalize("NFC", kept).split("\n")).strip()


def line(text: str) -> str:
    """Return one line of the same."""
    return " ".join(lines(text).split())


def slug_of(text: str) -> str:
    """Make a slug out of a question: at most six telling ASCII words, "entry" where nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    telling = [word for word in words if len(word) > 2 and not is_stopword(word, None)] or words
    return "-".join(telling[:6])[:SLUG_MAX].strip("-") or "entry"


def free_slug(taken: Container[str], question: str) -> str:
    """Make a slug that is not taken yet."""
    stem = slug_of(question)
    numbered = (f"{stem[: SLUG_MAX - 5].rstrip('-')}-{number}" for number in range(2, 10_000))
    return next((slug for slug in (stem, *numbered) if slug not in taken), stem)


def distinct(texts: Iterable[str], *, but: str = "") -> tuple[str, ...]:
    """Return tidy lines, each once whatever its case, without `but` and without empty ones."""
    found = {but.casefold(): ""} if but else {}
    for text in texts:
        if tidy := line(text):
            found.setdefault(tidy.casefold(), tidy)
    return tuple(text for text in found.values() if text)


def tidied(content: Content) -> Content:
    """Return the content in the form in which it is kept; nothing is judged here."""
    question = line(content.question)
    return replace(
        content,
        slug=line(content.slug).casefold(),
        language=line(content.language).casefold().replace("_", "-"),
        question=question,
        answer=lines(content.answer),
        aliases=distinct(content.aliases, but=question),
        source_title=line(content.source_title),
        source_url=line(content.source_url),
        tags=tuple(tag.casefold() for tag in distinct(content.tags)),
        as_of=line(content.as_of),
        translation_of=line(content.translation_of).casefold() or None if content.translation_of else None,
    )


def problems(content: Content) -> list[Invalid]:
    """List what keeps tidy content from being published, one error for each field."""
    found = (*_wording(content), *_naming(content), *_source(content))
    return [Invalid(param, text) for param, text in found]


def check(content: Content) -> Content:
    """Return tidy content, or raise Invalid for its first problem."""
    tidy = tidied(content)
    if found := problems(tidy):
        raise found[0]
    return tidy


def _wording(content: Content) -> Iterable[tuple[str, Text]]:
    size = len(content.question)
    if not QUESTION_MIN <= size <= QUESTION_MAX or not any(char.isalpha() for char in content.question):
        yield (
            "question",
            t("A question has {least} to {most} characters.", least=QUESTION_MIN, most=QUESTION_MAX)
            if not QUESTION_MIN <= size <= QUESTION_MAX
            else t("A question needs words."),
        )
    if not ANSWER_MIN <= len(content.answer) <= ANSWER_MAX:
        yield "answer", t("An answer has {least} to {most} characters.", least=ANSWER_MIN, most=ANSWER_MAX)
    if any(len(alias) > ALIAS_MAX for alias in content.aliases):
        yield "alias", t("Another way of asking has at most {most} characters.", most=ALIAS_MAX)
    if len(content.aliases) > ALIASES_MAX:
        yield "alias", t("An entry has at most {most} other ways of asking.", most=ALIASES_MAX)


def _naming(content: Content) -> Iterable[tuple[str, Text]]:
    if not SLUG.fullmatch(content.slug) or len(content.slug) > SLUG_MAX:
        yield (
            "slug",
            t(
                "A short name has 1 to {most} of a–z, 0–9 and single hyphens, such as “account-institution”.",
                most=SLUG_MAX,
            ),
        )
    if not LANGUAGE.fullmatch(content.language):
        yield "language", t("A language is a code such as en, es or pt-br.")
    if any(len(tag) > TAG_MAX for tag in content.tags) or len(content.tags) > TAGS_MAX:
        yield "tags", t("An entry has at most {count} tags of {most} characters.", count=TAGS_MAX, most=TAG_MAX)
    if content.as_of and not AS_OF.fullmatch(content.as_of):
        yield "as_of", t("Write the date as 2026-11 or 2026-11-05.")


def _source(content: Content) -> Iterable[tuple[str, Text]]:
    if len(content.source_title) > TITLE_MAX:
        yield "source_title", t("The source's name has at most {most} characters.", most=TITLE_MAX)
    if content.source_url and not is_web_address(content.source_url):
        yield "source_url", t("The source's address must begin with https:// or http:// and name a site.")


def is_web_address(url: str) -> bool:
    """Tell whether this is an absolute http(s) address without blanks or credentials."""
    if len(url) > URL_MAX or any(char.isspace() for char in url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and "@" not in parts.netloc
