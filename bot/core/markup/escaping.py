# SPDX-License-Identifier: MIT
"""Literal text, code and links as CommonMark source that nothing can break out of.

Source: CommonMark 0.31.2, sections 2.4 (backslash escapes), 6.1 (code spans), 6.3 (links), 6.7 (hard line breaks).
"""

import re
from urllib.parse import quote, urlsplit

SCHEMES = frozenset({"http", "https", "mailto"})
"""What a link may point to; matrix.to addresses are https."""

_BREAKS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#+\-.!|~&=]")
_TICKS = re.compile("`+")
_SAFE_IN_URL = "!$&'()*+,/:;=?@#%~-._"


def clean(text: str) -> str:
    """Return text without what no chat can carry: control characters, direction overrides, halves of surrogate pairs.

    Every kind of line break becomes a newline; a lone surrogate becomes U+FFFD, since no server accepts it.
    """
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _BREAKS.sub("\n", text)))


def escape(text: str) -> str:
    """Return CommonMark source that shows `text` as it is, wherever in a message it stands.

    Line breaks become hard breaks, so that the text stays in its paragraph; blanks at the ends of lines are lost.
    """
    return "\\\n".join(map(_escape_line, clean(text).strip().split("\n")))


def _escape_line(line: str) -> str:
    words = line.strip().replace("\t", " ")
    # Looking first is cheaper: most lines hold nothing special, and to replace takes a template read anew each time.
    return _SPECIAL.sub(r"\\\g<0>", words) if _SPECIAL.search(words) else words


def code(text: str) -> str:
    """Return a code span that shows `text`, whatever backticks it holds; line breaks become blanks."""
    words = clean(text).replace("\n", " ").replace("\t", " ")
    if not words.strip():
        return ""
    fence = "`" * (max((len(run) for run in _TICKS.findall(words)), default=0) + 1)
    pad = " " if words[0] in "` " or words[-1] in "` " else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def link(label: str, url: str) -> str:
    """Return a link; `label` is CommonMark source. An address that may not be linked is written out after the label."""
    target = safe_url(url)
    if target is None:
        return f"{label} ({escape(url)})" if label else escape(url)
    return f"[{label or escape(url)}](<{target}>)"


def safe_url(url: str) -> str | None:
    """Return an address with all percent-encoded that could end a link early; None where it may not be linked."""
    stripped = re.sub(r"[\n\t]", "", clean(url)).strip()
    try:
        parts = urlsplit(stripped)
        host = parts.hostname or ""
        if parts.scheme.lower() not in SCHEMES or (parts.scheme.lower() != "mailto" and not host):
            return None
        if not host.isascii():
            stripped = parts._replace(
                netloc=parts.netloc.lower().replace(host, host.encode("idna").decode(), 1)
            ).geturl()
    except ValueError:
        return None
    return quote(stripped, safe=_SAFE_IN_URL)
