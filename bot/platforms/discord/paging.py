# SPDX-License-Identifier: MIT
"""Long answers: pages that anybody can turn, or the whole as a file where pages may not be kept."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.i18n.voice import Voice
from bot.kit.database import Database
from bot.kit.reply import Attachment, Visible
from bot.kit.text import t
from bot.platforms.discord import components as parts
from bot.platforms.discord import store
from bot.platforms.discord.components import Component
from bot.platforms.discord.render import Sheet
from bot.platforms.discord.targets import PAGE

WHOLE = "whole-answer.md"
"""The file that holds all of an answer whose pages are not kept."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What is sent, with everything behind its buttons kept; files of None are those that the message has already."""

    components: tuple[Component, ...]
    files: tuple[Attachment, ...] | None = ()


async def prepare(db: Database, sheet: Sheet, voice: Voice, visible: Visible, asker: str) -> Ready:
    """Make a sheet ready to be sent; a secret one leaves no pages behind."""
    if len(sheet.pages) == 1:
        if sheet.kept:
            await db.write(store.keep, sheet)
        return Ready(sheet.first, sheet.files)
    if visible is Visible.SECRET or not asker:
        if sheet.kept:
            await db.write(store.keep, sheet)
        return with_whole(sheet, voice)
    token = secrets.token_hex(12)
    await db.write(store.keep, sheet, token, asker)
    return Ready(turned(sheet.first, token, 0, len(sheet.pages)), sheet.files)


def with_whole(sheet: Sheet, voice: Voice) -> Ready:
    """Show the first page, and all of it as a file."""
    attached = Attachment(WHOLE, sheet.whole.encode(), "text/markdown", voice.label(t("The whole answer")))
    note = parts.text(f"-# {voice.label(t('This goes on; all of it is in the file.'))}")
    return Ready((*sheet.first, note, parts.file(WHOLE)), (*sheet.files, attached))


def turned(page: Sequence[Component], token: str, index: int, count: int) -> tuple[Component, ...]:
    """Return a page with what turns it to its neighbours."""
    back = parts.button("", f"{PAGE}:{token}:{max(index - 1, 0)}:b", emoji="◀️", off=index == 0)
    here = parts.button(f"{index + 1} / {count}", f"{PAGE}:{token}:{index}:h", off=True)
    on = parts.button("", f"{PAGE}:{token}:{min(index + 1, count - 1)}:f", emoji="▶️", off=index == count - 1)
    return (*page, *parts.rows([back, here, on]))
