# SPDX-License-Identifier: MIT
"""What the parts of the bot are called by people."""

from bot.kit import Text, t

PARTS = {
    "scheduler": t("The timer"),
    "console": t("The terminal"),
    "discord commands": t("The list of commands on Discord"),
    "faq search": t("The search in the FAQ"),
    "requests look-ups": t("The look-up of sources"),
}
"""The parts that report how they do, by the names under which they do."""

PLATFORMS = {"discord": "Discord", "matrix": "Matrix"}


def part_name(name: str) -> Text | str:
    """Return what people call a part; its own name where nobody has given it another."""
    kind, _, whose = name.replace(".", " ").partition(" ")
    if kind == "outbox" and whose == "console":
        return t("The outbox for the terminal")
    if kind == "outbox" and whose:
        return t("The outbox for {platform}", platform=PLATFORMS.get(whose, whose))
    if kind == "cog" and whose:
        return t("The feature {name}", name=whose)
    return PARTS.get(name) or PLATFORMS.get(name, name)
