# SPDX-License-Identifier: MIT
"""What the bot says of itself where it has just arrived, once: what it does, and where to begin."""

from collections.abc import Collection
from datetime import timedelta

from bot.kit.database import Transaction
from bot.kit.people import Home
from bot.kit.posting import Poster
from bot.kit.reply import Reply
from bot.kit.text import Code, t
from bot.storage import outbox

_LASTS = timedelta(days=1)
"""A greeting that could not be posted within a day is left out: by then it would only puzzle people."""

_LINES = {
    "help": t("{command} shows what I can do. Or write my name and your question.", command=Code("/help")),
    "setup": t(
        "Moderators: {command} leads you through language, channels and roles. Until then I only answer.",
        command=Code("/setup"),
    ),
    "privacy": t("{command} says what I keep, for how long, and how it is deleted.", command=Code("/privacy")),
}


def greeting(commands: Collection[str]) -> Reply:
    """Return the greeting; only commands that there are are spoken of."""
    return Reply(
        t(
            "I answer questions on libraries and Wikipedia from reviewed answers with their sources, announce "
            "edit-a-thons and remind of them, and keep track of sources that somebody looks for."
        ),
        title=t("Hello, I am Refdesk"),
        items=tuple(line for name, line in _LINES.items() if name in commands),
    )


def greet(tx: Transaction, poster: Poster, home: Home, place_id: int, commands: Collection[str]) -> bool:
    """Greet a home in one of its places, unless it was greeted before; tell whether it is done now."""
    key = f"greeting:{home.id}"
    if outbox.knows(tx, key):
        return False
    poster.post(tx, home.community_id, place_id, key, greeting(commands), expires_at=tx.now + _LASTS)
    return True
