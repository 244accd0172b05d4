# SPDX-License-Identifier: MIT
"""Shows how a command is typed."""

from bot.core.convert.naming import typed_name
from bot.core.textline.arguments import name_of, slots
from bot.kit.operation import Operation
from bot.kit.params import Kind, Param

_CHOICES_SHOWN = 6
_HINTS = {Kind.FLAG: "yes|no", Kind.PERSON: "@…", Kind.PLACE: "#…"}


def usage(operation: Operation) -> str:
    """Return how a command is typed: `request open <title> [kind=article|book|newspaper]`."""
    positional = slots(operation)
    parts = [name_of(operation)]
    for param in (*positional, *(param for param in operation.params if param not in positional)):
        if param.kind is Kind.UPLOAD:
            parts.append(f"[+ {typed_name(param)}]")
        elif param in positional:
            shown = typed_name(param) if param.kind is not Kind.CHOICE or not _hint(param) else _hint(param)
            parts.append(f"<{shown}>" if param.required else f"[{shown}]")
        else:
            parts.append(f"[{typed_name(param)}={_hint(param) or '…'}]")
    return " ".join(parts)


def _hint(param: Param) -> str:
    if param.kind is Kind.CHOICE:
        values = [choice.value for choice in param.choices]
        return "|".join(values if len(values) <= _CHOICES_SHOWN else [*values[: _CHOICES_SHOWN - 1], "…"])
    return _HINTS.get(param.kind, "")
