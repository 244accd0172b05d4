# SPDX-License-Identifier: MIT
"""Looks politely, a few a day, whether the pages that answers rest on are still there."""

from bot.kit import Database, Http, Unavailable

from . import store_sources
from .layers import Catalogue

GONE = frozenset({404, 410})


async def check_some(db: Database, http: Http, catalogue: Catalogue) -> int:
    """Look at the addresses that were not looked at for a month, at most five; return how many are gone.

    A site that does not answer, or refuses robots, tells nothing about its page: only 404 and 410 do (RFC 9110).
    """
    urls = sorted({entry.content.source_url for entry in catalogue if entry.content.source_url})
    gone = 0
    for url in await db.read(store_sources.due, urls):
        try:
            status = (await http.get_text(url)).status
            detail = str(status)
        except Unavailable as error:
            status, detail = 0, error.text.message
        gone += status in GONE
        await db.write(store_sources.note, url, detail, gone=status in GONE)
    return gone
