# SPDX-License-Identifier: MIT
"""CommonMark as Discord's dialect: what Discord shows otherwise, or not at all, is written differently.

Discord has no hard breaks, titles of links, tables, images or rules, takes a bare address for a link up to the next
blank, and reads its own tags (`<t:0:R>`, `<#1>`); see https://support.discord.com/hc/en-us/articles/210298617.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from markdown_it.token import Token

from bot.core.markup import clean
from bot.core.markup.parser import parse

TAG_OPEN, TAG_CLOSE = "\ue000", "\ue001"
"""Private characters around a tag of Discord's that the bot itself wrote; nobody else's text keeps them."""

_TAG = re.compile(rf"{TAG_OPEN}(t:-?\d+:[FR]|#\d+){TAG_CLOSE}")
_PRIVATE = re.compile(f"[{TAG_OPEN}{TAG_CLOSE}]")
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,:;!?'\")\]]")
_SPECIAL = re.compile(r"[\\*_~|`<\[]")
_AT_LINE_START = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]))", re.MULTILINE)
_EVERYBODY = re.compile(r"@(?=everyone|here)")
_HARMLESS = re.compile(r"[^\W\d_][^\W_]*(?:[ ,;:'’\"“”?.%/()…·—–-]+[^\W_]+)*[.?!…”\"')]*")
_LITERAL = re.compile(rf"[^\W\d_](?:[^\W_]|[ ,;:'’\"“”?.%/()…·—–#{TAG_OPEN}{TAG_CLOSE}-]|\\[!-/:-@\[-`{{-~])*(?<! )")
"""Words in which no sign means anything to CommonMark, for it is escaped where it could."""

_ESCAPE = re.compile(r"\\(.)")
_NO_LANGUAGE = re.compile(r"[^\w+#.-]")
_HEADINGS = {"h1": "## ", "h2": "### ", "h3": "### "}
_MARKS = {"strong": "**", "em": "*", "s": "~~"}


def tag(inside: str) -> str:
    """Write a tag of Discord's own, such as `t:0:R`, so that it survives as CommonMark source."""
    return f"{TAG_OPEN}{inside}{TAG_CLOSE}"


def without_tags(text: str) -> str:
    """Take out the private characters, so that nobody's words can pass for a tag."""
    return _PRIVATE.sub("", text)


def to_discord(markdown: str) -> str:
    """Return CommonMark source as Discord Markdown that shows the same."""
    if _HARMLESS.fullmatch(markdown) and "://" not in markdown:
        return markdown
    if _LITERAL.fullmatch(markdown):
        return without_tags(escape(_ESCAPE.sub(r"\1", clean(markdown))))  # parsing it would only take longer
    return _Writer().write(parse(clean(markdown)))


def escape(text: str) -> str:
    """Return Discord Markdown that shows text as it is; addresses stay whole, and can be followed."""
    parts: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        parts += [_escaped(text[at : found.start()]), f"<{found[0]}>"]
        at = found.end()
    return "".join([*parts, _escaped(text[at:])])


def _escaped(text: str) -> str:
    quiet = _EVERYBODY.sub("@\u200b", _SPECIAL.sub(r"\\\g<0>", text))
    return _TAG.sub(r"<\1>", quiet)


class _Writer:
    """Writes block tokens one after the other; `_margin` goes before each line."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._margin: list[str] = []
        self._numbers: list[int | None] = []
        self._bullet = ""
        self._heading = ""
        self._gap = False

    def write(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._take(token)
        return _PRIVATE.sub("", "\n".join(self._lines))

    def _take(self, token: Token) -> None:
        match token.type:
            case "inline":
                self._paragraph(inline(token.children or ()))
            case "fence" | "code_block":
                code = token.content.removesuffix("\n").replace("```", "`\u200b``")
                self._put(f"```{_NO_LANGUAGE.split(token.info)[0]}\n{code}\n```")
            case "hr":
                self._put("———")
            case "heading_open" | "heading_close":
                self._heading = _HEADINGS.get(token.tag, "") if token.nesting > 0 else ""
            case _:
                self._take_frame(token)

    def _take_frame(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self._open_gap()
                self._margin.append("> ")
            case "bullet_list_open" | "ordered_list_open":
                ordered = token.type == "ordered_list_open"
                self._numbers.append(int(token.attrs.get("start", 1)) if ordered else None)
                self._gap = self._gap and len(self._numbers) == 1
            case "bullet_list_close" | "ordered_list_close":
                self._numbers.pop()
                self._gap = not self._numbers
            case "list_item_open":
                self._open_item()
            case "blockquote_close" | "list_item_close":
                self._margin.pop()

    def _open_item(self) -> None:
        number = self._numbers[-1]
        self._bullet = "- " if number is None else f"{number}. "
        if number is not None:
            self._numbers[-1] = number + 1
        self._margin.append(" " * len(self._bullet))

    def _paragraph(self, text: str) -> None:
        shown = _AT_LINE_START.sub(_escape_start, text)
        self._put(self._heading + (shown.replace("\n", " ") if self._heading else shown))

    def _put(self, block: str) -> None:
        if not self._bullet:
            self._open_gap()
        margin = "".join(self._margin)
        first = margin[: len(margin) - len(self._bullet)] + self._bullet
        lines = block.split("\n")
        self._lines += [first + lines[0], *((margin + line).rstrip() for line in lines[1:])]
        self._bullet, self._gap = "", not self._numbers

    def _open_gap(self) -> None:
        if self._gap:
            self._lines.append("".join(self._margin).rstrip())
        self._gap = False


def _escape_start(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{found[1]}{sign}\\" if sign.isdigit() else f"{found[1]}\\{sign}"


def inline(tokens: Sequence[Token]) -> str:
    """Return the tokens of one paragraph as Discord Markdown."""
    out: list[str] = []
    links: list[tuple[str, int]] = []
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.type == "link_open":
            links.append((str(token.attrs.get("href", "")), len(out)))
        elif token.type == "link_close" and links:
            url, begin = links.pop()
            out[begin:] = [_link("".join(out[begin:]), url)]
        elif token.type == "image":
            out.append(_link(inline(token.children or ()), str(token.attrs.get("src", ""))))
        elif token.type == "code_inline":
            out.append(_code(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            out.append("\n")
        else:
            out.append(_MARKS.get(kind) or (_escaped(token.content) if links else escape(token.content)))
    return "".join(out)


def _link(label: str, url: str) -> str:
    target = url.replace("(", "%28").replace(")", "%29")
    if urlsplit(url).scheme not in ("http", "https"):
        address = escape(url.removeprefix("mailto:"))
        return label if label in ("", address) else f"{label} ({address})"
    if not label.strip() or "://" in label:
        return f"<{target}>" if label in ("", escape(url), _escaped(url)) else f"{label} (<{target}>)"
    return f"[{label}](<{target}>)"


def _code(content: str) -> str:
    if "`" not in content:
        return f"`{content}`"
    return f"`` {content.replace('``', 'ˋˋ')} ``"
