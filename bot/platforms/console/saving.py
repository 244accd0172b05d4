# SPDX-License-Identifier: MIT
"""Files between the terminal and the bot: answers are saved, questions for a file are answered with a path."""

import mimetypes
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.core.textline.words import Word, split
from bot.kit.arg import Upload
from bot.kit.errors import UserError
from bot.kit.reply import Attachment
from bot.kit.text import Code, t

_PATH = re.compile(r"^~|[/\\]|\.[a-z]{2,5}$", re.IGNORECASE)
LARGEST = 25_000_000
"""Bytes that a file may have; more than any chat takes."""


def save(files: Sequence[Attachment], typed: str) -> list[Path]:
    """Write files into a folder ("" is the present one); raises UserError, and never overwrites."""
    folder, saved = Path(typed).expanduser(), []
    with suppress(OSError):  # writing into it tells what is wrong
        folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        path = folder / (Path(file.name).name or "file")
        try:
            with path.open("xb") as out:
                out.write(file.content)
        except FileExistsError:
            raise UserError(t("{path} exists already. Name another folder.", path=Code(str(path)))) from None
        except OSError as error:
            raise UserError(
                t("{path} cannot be written: {reason}.", path=Code(str(path)), reason=_why(error))
            ) from error
        saved.append(path)
    return saved


def named_file(text: str, param: str) -> tuple[str, str] | None:
    """Return the path on a command line, after "file=" or as a word that looks like one, and the line without it."""
    words = list(split(text, lambda key, _: param if key.casefold() == param else None))
    found = next((word for word in words if word.key), None) or next((word for word in words if _is_path(word)), None)
    return (found.value, f"{text[: found.start]}{text[found.end :]}".strip()) if found else None


def _is_path(word: Word) -> bool:
    if "://" in word.value:
        return False
    return _PATH.search(word.value) is not None or (bool(word.value) and Path(word.value).expanduser().is_file())


def pick_up(typed: str) -> Upload:
    """Read the file at a path; raises UserError."""
    path = Path(typed.strip().strip("\"'")).expanduser()
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(t("{path} is larger than {size} MB.", path=Code(str(path)), size=LARGEST // 1_000_000))
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError(t("{path} cannot be read: {reason}.", path=Code(str(path)), reason=_why(error))) from error
    return Upload(path.name, content, mimetypes.guess_type(path.name)[0] or "application/octet-stream")


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
