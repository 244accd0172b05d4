# SPDX-License-Identifier: MIT
"""Fetches the picture of an event: of its address, or of the file's page on a wiki; only what every chat can show."""

import re
from urllib.parse import quote, unquote, urlsplit

from bot.kit import Attachment, Http, Text, t

WIDTH = 1280
"""How wide a picture is asked for where a wiki can scale it, in pixels: one of the sizes that Wikimedia keeps ready."""
FRESH = 3600.0
"""For how many seconds a picture may be used again: a look that failed in one home is soon repeated."""

_WIKIS = ("wikipedia", "wikimedia", "wikibooks", "wikiquote", "wikisource", "wikiversity", "wikivoyage", "wiktionary")
_WIKI = re.compile(rf"(?:[a-z0-9-]+\.)?(?:m\.)?(?:{'|'.join(_WIKIS)}|wikinews|wikidata)\.org")
_FILE = re.compile(r"/wiki/[^/:]+:(?P<name>[^/]+\.(?:jpe?g|png|gif|svg|tiff?|webp))", re.IGNORECASE)
_KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "cover.png"),
    (b"\xff\xd8\xff", "image/jpeg", "cover.jpg"),
    (b"GIF87a", "image/gif", "cover.gif"),
    (b"GIF89a", "image/gif", "cover.gif"),
)
"""How files begin that Discord takes as pictures (API reference, Image Data), whatever their server says they are."""


class CoverTrouble(Exception):
    """An address has no picture that can be shown; `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.message)
        self.text = text


async def fetch(http: Http, address: str) -> Attachment:
    """Return the picture of an address; raises CoverTrouble, or Unavailable where another try may help."""
    answer = await http.get_bytes(picture_of(address), headers={"Accept": "image/*"}, ttl=FRESH)
    if answer.status in {404, 410}:
        raise CoverTrouble(t("There is nothing at that address any more."))
    if answer.status >= 400:
        raise CoverTrouble(t("The address answers with an error ({status}).", status=str(answer.status)))
    content = bytes(answer.body)
    found = next(((kind, name) for begins, kind, name in _KINDS if content.startswith(begins)), None)
    if found is None:
        raise CoverTrouble(
            t("That is no PNG, JPEG or GIF picture. Give the address of one, or of a file's page on Wikimedia Commons.")
        )
    return Attachment(found[1], content, found[0], "")


def picture_of(address: str) -> str:
    """Return where a picture itself is: of a file's page on a wiki ("…/wiki/File:Fair.jpg") at a fitting size."""
    parts = urlsplit(address)
    page = _FILE.fullmatch(parts.path)
    if page is None or not _WIKI.fullmatch((parts.hostname or "").lower()):
        return address
    name = quote(unquote(page["name"]), safe="")
    return f"https://{parts.netloc}/wiki/Special:FilePath/{name}?width={WIDTH}"
