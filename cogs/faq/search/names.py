# SPDX-License-Identifier: MIT
"""Which words of a question look like names of things that the likeliest entry is not about (Netflix, YouTube, APA)."""

import re
from collections.abc import Iterable

from .text import fold

_WORD = re.compile(r"[^\W_]+")
_INNER_CAPITAL = re.compile(r"[^\W\d_][^\W_]*[A-Z]")
_MOSTLY = 0.6  # from this share of capitalised words on, capitals say nothing
# Other services, programs and citation styles that people ask about in the same words, often in small letters.
_ELSEWHERE_TEXT = """
    airbnb alexa amazon android apa aws bing blogger britannica canva chegg chrome chromebook coursera
    craigslist deezer dropbox ebay endnote etsy evernote excel facebook fandom fiverr flickr gmail goodreads
    google gutenberg harvard hotmail icloud ieee imdb indesign instagram ios ipad iphone jira kindle kobo koha
    libby linkedin linux mac mastodon medium mendeley messenger mla moodle netflix notion onedrive onenote
    outlook overdrive paypal photoshop pinterest playstation powerpoint prezi quora reddit researchgate roblox
    scribd shopify signal skype slack snapchat spotify steam substack teams telegram threads tiktok tinder
    trello tripadvisor tumblr turabian turnitin twitch twitter uber ubuntu vancouver vimeo wattpad wechat
    weebly whatsapp wikihow windows wix word wordpress xbox yahoo yelp youtube zoom zotero
"""
_ELSEWHERE = frozenset(_ELSEWHERE_TEXT.split())
_AMBIGUOUS_TEXT = "amazon harvard mac medium notion signal slack steam teams threads vancouver windows word zoom"
_AMBIGUOUS = frozenset(_AMBIGUOUS_TEXT.split())  # ordinary words too, unless written like a name or used like one
_WITHIN = re.compile(r"\b(?:in|on|with|using|en|con|dans|sur|avec|mit|auf|al?|amb)\s$", re.IGNORECASE)


def names(text: str, missing: Iterable[str], *, capitals_tell: bool = True) -> tuple[str, ...]:
    """Return those of the missing words that are written like a name, or are the name of another well-known service.

    A capital inside the word tells (YouTube, JSTOR); a capital at its beginning tells unless the sentence begins
    there. Where most words begin with a capital (titles, shouting) or where nouns do (German: pass
    `capitals_tell=False`), first capitals tell nothing.
    """
    found = list(_WORD.finditer(text))
    wanted = {fold(word) for word in missing}
    capitals = sum(match.group()[0].isupper() for match in found)
    shouted = text.isupper()
    tell = capitals_tell and not shouted and not (len(found) > 2 and capitals / len(found) >= _MOSTLY)
    kept = [
        match.group()
        for match in found
        if fold(match.group()) in wanted
        and (
            _is_name(match.group(), tell and not _begins(text, match.start()), shouted) or _is_used_as_one(text, match)
        )
    ]
    return tuple(dict.fromkeys(kept))


def is_service(folded: str) -> bool:
    """Tell whether a folded word is the name of another well-known service, program or citation style."""
    return folded in _ELSEWHERE


def foreignness(found: Iterable[str]) -> int:
    """Return how strongly names speak against an entry: the name of another service counts twice, at most 3 in all."""
    return min(3, sum(2 if fold(name) in _ELSEWHERE else 1 for name in found))


def _is_name(word: str, capital_tells: bool, shouted: bool) -> bool:
    folded = fold(word)
    if folded in _ELSEWHERE:
        return word[0].isupper() or folded not in _AMBIGUOUS
    inner = not shouted and bool(_INNER_CAPITAL.match(word))
    return inner or (capital_tells and word[0].isupper())


def _is_used_as_one(text: str, match: re.Match[str]) -> bool:
    """Tell whether a word that is also a program is where one does something ("footnotes in word")."""
    ends = not any(char.isalnum() for char in text[match.end() :])
    return ends and fold(match.group()) in _AMBIGUOUS and bool(_WITHIN.search(text[: match.start()]))


def _begins(text: str, at: int) -> bool:
    """Tell whether a sentence begins at a position."""
    before = text[:at].rstrip(" \"'«“„‘(¿¡#")
    return not before or before[-1] in ".?!:…"
