# SPDX-License-Identifier: MIT
"""What a parameter is called when people see it, and when they type it."""

from bot.kit.params import Param
from bot.kit.text import Text


def caption(param: Param) -> Text:
    """Return a parameter's short name, to be translated: its label, else its name in words ("Due at")."""
    return Text(param.arg.label or param.name.replace("_", " ").capitalize())


def typed_name(param: Param) -> str:
    """Return what a parameter is called where it is typed ("due-at")."""
    return param.name.replace("_", "-")
