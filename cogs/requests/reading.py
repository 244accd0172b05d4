# SPDX-License-Identifier: MIT
"""Reads what people type of the work that they want, and of the article that it is for."""

import re
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

from bot.kit import Choice, Code, Context, Invalid, t

from .identifiers import Ambiguous, BadIdentifier, Identifier, Scheme, find, may_mean, parse
from .model import Content, SourceKind
from .parts import NONE, Parts, tidy

_WIKI = re.compile(r"(?P<code>[a-z]{2,3}(?:-[a-z]+)*)(?:wiki|:|\.(?:m\.)?wikipedia(?:\.org)?)?")
_LINK = re.compile(r"\[\[:?(?P<title>[^\[\]|#]+)[^\[\]]*\]\]")


async def complete_identifier(cog: Parts, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer the ways in which a bare number can be read."""
    del cog, ctx
    try:
        found = parse(typed)
    except BadIdentifier:
        return []
    options = found.options if isinstance(found, Ambiguous) else (found,)
    return [Choice(written(each), written(each)) for each in options]


def chosen_identifier(title: str, typed: str) -> str:
    """Return what was typed as the identifier; raises Invalid where the title is a bare number that may be several."""
    if typed.strip() in NONE:
        return ""
    meant = None if typed.strip() else may_mean(title)
    if meant is None:
        return typed
    options = ", ".join(written(each) for each in meant.options)
    raise Invalid(
        "identifier",
        t(
            "The title is only a number, which may mean several things. Write which one: {options}; or {none} if it is "
            "none of them.",
            options=Code(options),
            none=Code("-"),
        ),
    )


def identifiers_in(content: Content, typed: str) -> tuple[Identifier, ...]:
    """Return the identifier that was typed and those in the texts; raises Invalid for one that is mistyped."""
    found: list[Identifier] = []
    if typed.strip():
        found = [read(typed)]
    texts = (content.title, content.details)
    found += [each for text in texts for each in find(text)]
    return tuple({(each.scheme, each.value): each for each in reversed(found)}.values())[::-1]


def kind_of(identifiers: Sequence[Identifier]) -> SourceKind:
    """Guess what sort of source is wanted, where the asker did not say."""
    kinds = {Scheme.ISBN: SourceKind.BOOK, Scheme.URL: SourceKind.WEB}
    return kinds.get(identifiers[0].scheme, SourceKind.ARTICLE) if identifiers else SourceKind.OTHER


def read(typed: str, param: str = "identifier") -> Identifier:
    """Read one identifier; raises Invalid with what is wrong, or with what it could be."""
    try:
        found = parse(typed)
    except BadIdentifier as error:
        raise Invalid(param, error.text) from error
    if isinstance(found, Ambiguous):
        options = ", ".join(written(each) for each in found.options)
        raise Invalid(param, t("This may mean several things. Write which one: {options}.", options=Code(options)))
    return found


def written(identifier: Identifier) -> str:
    """Write an identifier so that it can only be read in one way."""
    return f"{identifier.scheme.label} {identifier.value}"


def wiki_code(typed: str, article: str = "") -> str:
    """Return the code of a Wikipedia that was written as "fr", "frwiki", a host or an address; else what was typed.

    Where nothing was typed, the article's address may tell.
    """
    said = tidy(typed) or (tidy(article) if _is_address(article) else "")
    if said in NONE:
        return ""
    found = _WIKI.fullmatch((_host_of(said) if _is_address(said) else said).casefold())
    return found["code"] if found else said


def article_title(typed: str) -> str:
    """Return the title of an article that was written as a link or as an address; else what was typed."""
    said = tidy(typed)
    if said in NONE:
        return ""
    if link := _LINK.fullmatch(said):
        return tidy(link["title"])
    path = said.partition("/wiki/")[2] if _is_address(said) else ""
    return tidy(unquote(path.partition("#")[0].partition("?")[0]).replace("_", " ")) or said


def _is_address(typed: str) -> bool:
    return typed.strip().lower().startswith(("http://", "https://"))


def _host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
