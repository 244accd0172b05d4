# SPDX-License-Identifier: MIT
"""Makes any text harmless inside a template parameter: whatever a title holds, it stays a title."""

import re
import unicodedata
from urllib.parse import urlsplit

_LIVE = {
    "|": "{{!}}",
    "{": "&#123;",
    "}": "&#125;",
    "[": "&#91;",
    "]": "&#93;",
    "<": "&lt;",
    ">": "&gt;",
}
_LIVE_TABLE = str.maketrans(_LIVE)
# Signatures, emphasis and behaviour switches begin to act from a certain number of characters on.
_RUNS = re.compile(r"~{3,}|'{2,}|_{2,}")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_PROTOCOL = re.compile(r"://")
_URL_UNSAFE = re.compile(r"[\s|{}\[\]<>\"'`\\^\x00-\x1f\x7f]|~{3,}|_{2,}")
_DOI_UNSAFE = re.compile(r"[\s|{}\[\]<>\"`\\^]|~{3,}|_{2,}|'{2,}")
_INVISIBLE = {"Cc", "Cs", "Co", "Cn"}
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """Return a text on one line, without control characters and direction marks."""
    kept = (
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or (unicodedata.category(char) not in _INVISIBLE and char not in _DIRECTION)
    )
    return " ".join("".join(kept).split())


def value(text: str) -> str:
    """Escape a text for a template parameter."""
    escaped = _ENTITY.sub("&amp;", plain(text)).translate(_LIVE_TABLE)
    escaped = _RUNS.sub(lambda run: f"&#{ord(run[0][0])};" * len(run[0]), escaped)
    return _PROTOCOL.sub("&#58;//", escaped)


def url(text: str) -> str:
    """Return a web address that cannot end the parameter, or nothing if it is none."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc or "[" in parts.netloc:
        return ""
    return _URL_UNSAFE.sub(_percent, text.strip())


def identifier(text: str) -> str:
    """Escape an identifier that the template turns into an address: percent-encoded, as for a DOI with < and >."""
    return _DOI_UNSAFE.sub(_percent, plain(text))


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))
