# SPDX-License-Identifier: MIT
"""A reply as one CommonMark text, for whatever shows Markdown or HTML."""

from bot.core.i18n.style import PLAIN, Style
from bot.core.i18n.voice import Voice
from bot.kit.reply import Reply


def to_markdown(reply: Reply, voice: Voice, style: Style = PLAIN) -> str:
    """Write a reply as one CommonMark text, its parts divided by blank lines; buttons and files are not in it."""
    blocks = [
        f"**{voice.markdown(reply.title, style)}**" if reply.title else "",
        voice.markdown(reply.text, style),
        "\n".join(f"- {voice.markdown(f.name, style)}: {voice.markdown(f.value, style)}" for f in reply.fields),
        "\n".join(f"- {voice.markdown(item, style)}" for item in reply.items),
        voice.markdown(reply.link, style) if reply.link else "",
        f"*{voice.markdown(reply.note, style)}*" if reply.note else "",
    ]
    return "\n\n".join(block for block in blocks if block)
