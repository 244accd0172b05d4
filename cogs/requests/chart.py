# SPDX-License-Identifier: MIT
"""Draws counts as bars: what came, and in it what was answered, found free and declined."""

import io
from collections.abc import Sequence

from .store_stats import Group

WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 60, 20, 24, 60
BARS_MAX = 24
_INK, _GRID = (40, 40, 40), (222, 222, 222)
# Told apart by people who see no red or green too (Okabe and Ito, 2008).
ANSWERED, FREE, DECLINED, LEFT_OVER = (0, 114, 178), (86, 180, 233), (213, 94, 0), (190, 190, 190)


def draw(groups: Sequence[Group], labels: Sequence[str]) -> bytes:
    """Return a PNG of one bar for each group, the first 24."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(size=14)
    shown = list(zip(groups, labels, strict=True))[:BARS_MAX]
    top = _nice(max((group.counts.received for group, _ in shown), default=0))
    floor = HEIGHT - BOTTOM
    scale = (floor - TOP) / top
    for mark in range(5):
        value = top * mark / 4
        y = floor - value * scale
        pen.line((LEFT, y, WIDTH - RIGHT, y), fill=_GRID)
        pen.text((LEFT - 8, y), f"{value:g}", fill=_INK, font=font, anchor="rm")
    step = (WIDTH - LEFT - RIGHT) / max(len(shown), 1)
    for index, (group, label) in enumerate(shown):
        left, right = LEFT + step * (index + 0.15), LEFT + step * (index + 0.85)
        y = float(floor)
        for count, colour in _parts(group):
            pen.rectangle((left, y - count * scale, right, y), fill=colour)
            y -= count * scale
        pen.text(((left + right) / 2, y - 4), str(group.counts.received), fill=_INK, font=font, anchor="mb")
        pen.text(((left + right) / 2, floor + 8), _short(label, step), fill=_INK, font=font, anchor="ma")
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _parts(group: Group) -> list[tuple[int, tuple[int, int, int]]]:
    counts = group.counts
    rest = counts.received - counts.answered - counts.free - counts.declined
    parts = [(counts.answered, ANSWERED), (counts.free, FREE), (counts.declined, DECLINED), (rest, LEFT_OVER)]
    return [(count, colour) for count, colour in parts if count > 0]


def _nice(highest: int) -> int:
    """Return the top of the scale: 4, 8, 20, 40, 80 and so on."""
    top = 4
    for factor in (2, 2.5, 2) * 8:
        if top >= highest:
            break
        top = int(top * factor)
    return top


def _short(label: str, width: float) -> str:
    """Cut a label to what has room below its bar."""
    room = max(int(width / 8), 3)
    return label if len(label) <= room else label[: room - 1] + "…"
