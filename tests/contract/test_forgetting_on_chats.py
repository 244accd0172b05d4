# SPDX-License-Identifier: MIT
"""Somebody who used every feature on Discord, or on Matrix, asks to be forgotten: no byte of them is left."""

import re

import pytest
from chatwalk import COGS, on_discord, on_matrix

from bot.storage import people

WORDS = "xylophonic marmalade"
EVERY = (*COGS, "faq")

LINES = (
    "account timezone Europe/Madrid",
    "account link",
    f'request open "{WORDS} treatise" kind=book details="{WORDS} in old prints"',
    f'request open "another {WORDS}" kind=article anonymous=yes',
    "request follow 1",
    "request subscribe book",
    f'request note R-1 text="{WORDS} in a note"',
    f'request reply R-1 text="{WORDS} in a reply"',
    "event join E-1",
    "event remind E-1 2h",
    f"ask how do I cite {WORDS}?",
    "request open",
)


async def bytes_of(chat, path):
    """Return every byte of the database, its write-ahead log included."""
    found = [each for each in sorted(path.parent.glob(f"{path.name}*")) if each.is_file()]
    return b"".join(each.read_bytes() for each in found)


@pytest.mark.parametrize("chat", [on_discord, on_matrix])
async def test_no_byte_of_whoever_asks_to_be_forgotten_is_left(chat, tmp_path):
    async with chat(tmp_path, EVERY) as (walk, _):
        app = walk.chat.app
        await walk.types('event create "Map day" "2027-02-15 18:00" where=online')
        await walk.types("event announce E-1")
        await walk.types('request open "A history of roads" kind=book')
        account = walk.chat.account("Ana")
        for line in LINES:
            await walk.types(line, who="Ana")
        await walk.chat.says("Ana", f"what is {WORDS}?")
        person = await app.db.read(people.find, account.platform, account.external_id)
        assert person is not None
        path = app.config.database
        before = await bytes_of(chat, path)
        assert account.external_id.encode() in before
        assert WORDS.encode() in before
        await walk.types("mydata show", who="Ana")
        await walk.types("mydata export", who="Ana")
        asked = await walk.types("mydata delete", who="Ana")
        assert re.search("delete|erase|forget", asked, re.IGNORECASE), asked
        told = "\n".join(sight.text for sight in await walk.chat.confirms("Ana", yes=True))
        await app.settled()
        left = await bytes_of(chat, path)
        assert {each: left.count(each.encode()) for each in (account.external_id, WORDS)} == {
            account.external_id: 0,
            WORDS: 0,
        }, told
