# SPDX-License-Identifier: MIT
"""Writes docs/commands.md from what the cogs declare; with --check it only tells whether the file is current."""

import sys
from collections.abc import Iterator
from pathlib import Path

from bot.core.finding import find_sources, import_cog
from bot.core.textline import usage
from bot.kit import Cog, Command, Level, Param, Shortcut, Visible
from bot.kit.errors import DeclarationError

TARGET = Path(__file__).parents[1] / "docs" / "commands.md"
HEAD = """\
# Commands

Written by `python scripts/commands.py` from what the cogs declare. On Discord a command begins with `/`, on Matrix
with `!`, at the terminal with `/`. `<name>` is asked for where it is missing; `[name]` may be left out. Values may
also be given by name: `kind=book`. Who may use a command is written where it is not everybody.
"""
LEVELS = {Level.LIBRARIAN: "librarians", Level.MODERATOR: "moderators", Level.OWNER: "owners"}
SEEN = {Visible.QUIET: "only the asker sees the answer", Visible.SECRET: "the answer goes to the asker alone"}


def main(*arguments: str) -> int:
    """Write the file, or compare it; return the exit status."""
    text = written()
    if "--check" not in arguments:
        TARGET.write_text(text, "utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text("utf-8") == text:
        return 0
    print(f"docs/{TARGET.name} is not what the cogs declare: run python scripts/commands.py", file=sys.stderr)
    return 1


def written() -> str:
    """Return the text of the file."""
    return "\n".join([HEAD, *(line for kind in bundled_cogs() for line in section(kind))]).rstrip() + "\n"


def bundled_cogs() -> list[type[Cog]]:
    """Return the cogs that come with the bot, by name."""
    found = []
    for _, source in sorted(find_sources().items()):
        if source.bundled:
            try:
                found.append(import_cog(source))
            except DeclarationError as error:
                print(f"Left out: {error}", file=sys.stderr)
    return found


def section(kind: type[Cog]) -> Iterator[str]:
    """Describe one cog."""
    yield from (f"## {kind.name}", "", kind.manifest.summary, "", f"*What it keeps:* {kind.manifest.keeps}", "")
    for operation in sorted(kind.operations, key=lambda operation: getattr(operation, "name", "~")):
        if isinstance(operation, Command):
            yield from command(operation)
    shortcuts = [operation for operation in kind.operations if isinstance(operation, Shortcut)]
    if shortcuts:
        yield from ("### On a message", "")
        yield from (f"- **{each.label}**: in the message's menu, or `{each.word}` in reply to it" for each in shortcuts)
        yield ""
    if kind.setting_params:
        yield from ("### Settings", "", *(setting(kind, param) for param in kind.setting_params), "")


def command(operation: Command) -> Iterator[str]:
    """Describe one command."""
    limits = [f"for {LEVELS[operation.level]}"] if operation.level in LEVELS else []
    if isinstance(operation.visible, Visible) and operation.visible in SEEN:
        limits.append(SEEN[operation.visible])
    yield from (f"### `{usage(operation)}`", "", f"{operation.description}{_in_brackets(limits)}.", "")
    if operation.params:
        yield from (f"- `{param.name.replace('_', '-')}`: {param.arg.description}" for param in operation.params)
        yield ""
    if operation.example:
        yield from (f"Try: `{operation.example}`", "")


def setting(kind: type[Cog], param: Param) -> str:
    """Describe one setting."""
    return f"- `{kind.name}.{param.name}`: {param.arg.description}"


def _in_brackets(parts: list[str]) -> str:
    return f" ({'; '.join(parts)})" if parts else ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
