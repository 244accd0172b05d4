# SPDX-License-Identifier: MIT
"""How an answer looks in the chats, for the terminal to show: what each chat's own renderer makes of it, as text."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from bot.core.i18n.voice import Voice
from bot.kit.reply import Reply

if TYPE_CHECKING:
    from bot.platforms.console.previews import Renderer
    from bot.platforms.discord.components import Component

_RULE = "─" * 20
_PAGES = "\n\n"


def on_discord(reply: Reply, voice: Voice) -> str:
    """Show the Markdown that Discord gets, its pages, and what can be pressed."""
    from bot.platforms.discord.render import render

    sheet = render(reply, voice)
    return _PAGES.join("\n".join(_lines(page.components)) for page in sheet.pages)


def on_matrix(reply: Reply, voice: Voice) -> str:
    """Show the HTML (or plain text, where it says the same) that a Matrix room gets, and the reactions put there."""
    from bot.platforms.matrix.render import render

    sheet = render(reply, voice)
    pieces = [piece.html or piece.body for piece in sheet.pieces]
    signs = " ".join(sign.sign for sign in sheet.signs if sign.seeded) if sheet.card else ""
    return _PAGES.join([*pieces, *([signs] if signs else []), *(f"[{file.name}]" for file in sheet.files)])


def _lines(components: "Iterable[Component]") -> Iterable[str]:
    for component in components:
        if "content" in component:
            yield component["content"]
        elif "label" in component or "emoji" in component:
            yield f"[{component.get('emoji', {}).get('name', '')} {component.get('label', '')}]".replace("[ ", "[")
        elif "divider" in component:
            yield _RULE
        elif "items" in component:
            yield from (f"({item['media']['url']})" for item in component["items"])
        elif "file" in component:
            yield f"({component['file']['url']})"
        yield from _lines(component.get("components", ()))


CHATS: "Mapping[str, Renderer]" = {"discord": on_discord, "matrix": on_matrix}
