# SPDX-License-Identifier: MIT
"""Parts words from the time behind them: "edit-a-thon tomorrow 2pm", where somebody typed a title without quotes."""

from bot.kit import Invalid

from .clocks import find_hour
from .ranges import parted
from .reading import Asker, read_time


def apart(text: str, asker: Asker) -> tuple[str, str] | None:
    """Return the words and the time behind them, as long as that can be; None where nothing there has day and hour."""
    words = text.split()
    for count in range(1, len(words)):
        rest = " ".join(words[count:])
        if is_time(rest, asker):
            return " ".join(words[:count]), rest
    return None


def is_time(text: str, asker: Asker) -> bool:
    """Tell whether a text is a time to come with its day: "2h" and "18:00" alone may be something else."""
    try:
        read_time(text, asker)
    except Invalid:
        return False
    return bool(find_hour(parted(text).start).rest)
