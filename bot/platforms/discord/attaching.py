# SPDX-License-Identifier: MIT
"""The files of an answer: under names that Discord keeps, and packed together where they are too many. Pure."""

import io
import re
import zipfile
from collections.abc import Sequence

from bot.core.i18n.voice import Voice
from bot.core.markup import cut
from bot.kit.reply import Attachment
from bot.kit.text import Text, n
from bot.platforms.discord.limits import ALT_TEXT_MAX

PACKED = "more-files.zip"
"""The file that holds those which a message has no room for."""

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 100


def packed(files: Sequence[Attachment], voice: Voice, room: int) -> tuple[tuple[Attachment, ...], Text | None]:
    """Return at most `room` files, the last of which may hold all the others; and then a note that says so."""
    named = _named(files, voice)
    if len(named) <= room:
        return named, None
    kept, others = named[: room - 1], named[room - 1 :]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in others:
            archive.writestr(zipfile.ZipInfo(each.name), each.content, zipfile.ZIP_DEFLATED)
    told = n("{count} more file is in {name}.", "{count} more files are in {name}.", len(others), name=PACKED)
    bundle = Attachment(PACKED, content.getvalue(), "application/zip", voice.label(told, ALT_TEXT_MAX))
    return (*kept, bundle), told


def _named(files: Sequence[Attachment], voice: Voice) -> tuple[Attachment, ...]:
    """Name files so that Discord keeps their names as they are, each differently."""
    named: dict[str, Attachment] = {}
    for number, each in enumerate(files, 1):
        name = _UNSAFE.sub("_", each.name).strip("._")[-_LONGEST_NAME:] or f"file{number}"
        while name in named or name == PACKED:
            name = f"{number}-{name}"
        named[name] = Attachment(name, each.content, each.media_type, cut(voice.label(each.description), ALT_TEXT_MAX))
    return tuple(named.values())
