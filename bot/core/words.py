# SPDX-License-Identifier: MIT
"""The short answers that people give in every language: yes, no, cancel."""

from bot.core.i18n.voice import Voice
from bot.kit.text import t

YES = t("yes")
NO = t("no")
CANCEL = t("cancel")

_YES = frozenset({"yes", "y", "ok", "1", "✅", "👍"})
_NO = frozenset({"no", "n", "2", "❌", "👎", "cancel"})


def _plain(text: str) -> str:
    return text.strip().strip(".!").replace("\ufe0f", "").casefold()


def is_cancel(text: str, voice: Voice) -> bool:
    """Tell whether somebody wants to stop being asked."""
    return _plain(text) in {"cancel", _plain(voice.label(CANCEL))}


def as_yes_or_no(text: str, voice: Voice) -> bool | None:
    """Read a yes or a no, in English or in the reader's language; None when it is neither."""
    said = _plain(text)
    if said in _YES or said == _plain(voice.label(YES)):
        return True
    if said in _NO or said in {_plain(voice.label(NO)), _plain(voice.label(CANCEL))}:
        return False
    return None
