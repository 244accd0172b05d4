# SPDX-License-Identifier: MIT
"""Numbers of very different size as bars: their length follows the logarithm, and each is written out."""

import io
import math
from collections.abc import Sequence

WIDTH, ROW, MARGIN, LABELS = 900, 44, 24, 320
INK, BAR, PAPER = (32, 33, 36), (51, 102, 204), (255, 255, 255)


def bars(title: str, rows: Sequence[tuple[str, int]]) -> bytes:
    """Draw a chart; return it as PNG."""
    from PIL import Image, ImageDraw, ImageFont

    height = 2 * MARGIN + ROW * (len(rows) + 1)
    image = Image.new("RGB", (WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    large, small = ImageFont.load_default(22), ImageFont.load_default(18)
    draw.text((MARGIN, MARGIN), _shown(title, 60), INK, large)
    longest = max((math.log10(count + 1) for _, count in rows), default=0.0) or 1.0
    for number, (name, count) in enumerate(rows, 1):
        top = MARGIN + ROW * number
        draw.text((MARGIN, top + 8), _shown(name, 32), INK, small)
        length = round((WIDTH - LABELS - 160) * math.log10(count + 1) / longest)
        draw.rectangle((LABELS, top + 6, LABELS + max(length, 2), top + ROW - 10), BAR)
        draw.text((LABELS + length + 10, top + 8), f"{count:,}", INK, small)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _shown(text: str, longest: int) -> str:
    """Cut a text; the built-in letters know Latin script alone."""
    plain = text.encode("latin-1", "replace").decode("latin-1")
    return plain if len(plain) <= longest else f"{plain[: longest - 3]}..."
