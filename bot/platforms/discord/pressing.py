# SPDX-License-Identifier: MIT
"""What can be pressed below an answer: buttons, and menus for those that buttons have no room for. Pure."""

from collections.abc import Sequence

from bot.core.i18n.voice import Voice
from bot.core.markup import cut
from bot.kit.limits import BUTTON_LABEL_MAX
from bot.kit.reply import Button
from bot.kit.text import t
from bot.platforms.discord import components as parts
from bot.platforms.discord.components import Component
from bot.platforms.discord.limits import BUTTONS_MAX, BUTTONS_PER_ROW, CHOICE_MAX, OPTIONS_MAX, PLACEHOLDER_MAX
from bot.platforms.discord.targets import MORE, Press

_ROW = 1 + BUTTONS_PER_ROW
_MENU = 2


def press_of(button: Button) -> Press:
    """Return what a button does."""
    return Press(button.target, button.arguments)


def told_apart(buttons: Sequence[Button]) -> list[Button]:
    """Return buttons that do different things; Discord takes no two alike."""
    return list({(each.target, each.arguments): each for each in reversed(buttons)}.values())[::-1]


def most(room: int) -> int:
    """Return how many buttons there is room for, in components."""
    return max(_held(rows, room) for rows in range(_rows_max(room) + 1))


def render_buttons(buttons: Sequence[Button], voice: Voice, room: int) -> list[Component]:
    """Return as many rows of buttons as possible so that all fit, and menus of the others."""
    rows = next((each for each in range(_rows_max(room), -1, -1) if len(buttons) <= _held(each, room)), 0)
    shown, rest = buttons[: rows * BUTTONS_PER_ROW], buttons[rows * BUTTONS_PER_ROW :]
    made = parts.rows(_button(button, voice, first=not at) for at, button in enumerate(shown))
    for at in range(0, min(len(rest), most(room) - len(shown)), OPTIONS_MAX):
        made.append(_menu(rest[at : at + OPTIONS_MAX], len(shown) + at + 1, voice))
    return made


def _rows_max(room: int) -> int:
    return min(BUTTONS_MAX // BUTTONS_PER_ROW, room // _ROW)


def _held(rows: int, room: int) -> int:
    """Return how many buttons so many rows, and menus in what room is left, hold."""
    return rows * BUTTONS_PER_ROW + (room - rows * _ROW) // _MENU * OPTIONS_MAX


def _menu(buttons: Sequence[Button], first: int, voice: Voice) -> Component:
    options = [
        parts.option(voice.label(button.label, CHOICE_MAX), press_of(button).custom_id, emoji=button.emoji)
        for button in buttons
    ]
    count = f" ({first}–{first + len(buttons) - 1})"
    placeholder = cut(voice.label(t("More …")), PLACEHOLDER_MAX - len(count)) + count
    return parts.menu(f"{MORE}:{first}", options, placeholder)


def _button(button: Button, voice: Voice, *, first: bool) -> Component:
    return parts.button(
        voice.label(button.label, BUTTON_LABEL_MAX),
        press_of(button).custom_id,
        emoji=button.emoji,
        style=parts.PRIMARY if first else parts.SECONDARY,
    )
