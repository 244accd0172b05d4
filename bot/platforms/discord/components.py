# SPDX-License-Identifier: MIT
"""Discord's components as they go over the wire; see "Component Reference" in its API documentation."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from bot.platforms.discord.limits import BUTTONS_PER_ROW

Component: TypeAlias = dict[str, Any]

SECONDARY, PRIMARY, SUCCESS, DANGER = 2, 1, 3, 4
_ROW, _BUTTON, _SELECT, _TEXT, _GALLERY, _FILE, _RULE, _BOX = 1, 2, 3, 10, 12, 13, 14, 17


def text(content: str) -> Component:
    """Show Markdown; there must be something to show."""
    return {"type": _TEXT, "content": content if content.strip() else "\u200b"}


def rule() -> Component:
    """Draw a thin line."""
    return {"type": _RULE, "divider": True, "spacing": 1}


def box(children: Sequence[Component], colour: int | None = None) -> Component:
    """Frame components, with a coloured edge."""
    framed: Component = {"type": _BOX, "components": list(children)}
    return framed if colour is None else {**framed, "accent_color": colour}


def picture(name: str, description: str) -> Component:
    """Show an attached picture with its alternative text."""
    item: Component = {"media": {"url": f"attachment://{name}"}}
    return {"type": _GALLERY, "items": [{**item, "description": description} if description else item]}


def file(name: str) -> Component:
    """Show an attached file."""
    return {"type": _FILE, "file": {"url": f"attachment://{name}"}}


def button(
    label: str, custom_id: str, *, emoji: str | None = None, style: int = SECONDARY, off: bool = False
) -> Component:
    """Show something to press."""
    made: Component = {"type": _BUTTON, "style": style, "custom_id": custom_id}
    if label or not emoji:
        made["label"] = label or "…"
    if emoji:
        made["emoji"] = {"name": emoji}
    if off:
        made["disabled"] = True
    return made


def rows(buttons: Iterable[Component]) -> list[Component]:
    """Set buttons in rows of five."""
    listed = list(buttons)
    starts = range(0, len(listed), BUTTONS_PER_ROW)
    return [{"type": _ROW, "components": listed[at : at + BUTTONS_PER_ROW]} for at in starts]


def menu(custom_id: str, options: Sequence[Component], placeholder: str) -> Component:
    """Show a menu, in a row of its own."""
    chosen = {"type": _SELECT, "custom_id": custom_id, "options": list(options), "placeholder": placeholder}
    return {"type": _ROW, "components": [chosen]}


def option(label: str, value: str, *, emoji: str | None = None, chosen: bool = False) -> Component:
    """Return one line of a menu."""
    made: Component = {"label": label or "…", "value": value}
    if emoji:
        made["emoji"] = {"name": emoji}
    if chosen:
        made["default"] = True
    return made


def texts_of(components: Iterable[Component]) -> list[str]:
    """Return every text in components, in order, as a reader meets them."""
    found: list[str] = []
    for component in components:
        if component.get("type") == _TEXT:
            found.append(str(component.get("content", "")))
        found += texts_of(component.get("components", ()))
    return found


def without_files(components: Iterable[Component]) -> list[Component]:
    """Return components without what shows attached files and pictures."""
    kept = (component for component in components if component.get("type") not in (_GALLERY, _FILE))
    return [
        {**component, "components": without_files(component["components"])} if "components" in component else component
        for component in kept
    ]
