# SPDX-License-Identifier: MIT
"""The tightest limits of any platform, checked where something is declared.

Source: Discord's API reference, "Application Commands" and "Message Components"; no other platform is stricter.
"""

import re

from bot.kit.errors import DeclarationError

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
DESCRIPTION_MAX = 100
OPTIONS_MAX = 25
CHOICES_MAX = 25
CHILDREN_MAX = 25
COMMAND_CHARACTERS_MAX = 8_000
CUSTOM_ID_MAX = 100
ASKED_AT_ONCE = 5
BUTTON_LABEL_MAX = 80
SHORTCUT_NAME_MAX = 32


def check_name(where: str, name: str) -> None:
    """Raise DeclarationError unless a name is 1 to 32 of a-z, 0-9 and "-"."""
    if not NAME.fullmatch(name):
        raise DeclarationError(f'{where}: the name "{name}" must be 1 to 32 of a-z, 0-9 and "-".')


def check_description(where: str, description: str) -> None:
    """Raise DeclarationError unless a description has 1 to 100 characters on one line."""
    if not 1 <= len(description) <= DESCRIPTION_MAX or "\n" in description:
        raise DeclarationError(
            f"{where}: the description has {len(description)} characters; write 1 to {DESCRIPTION_MAX} on one line."
        )
