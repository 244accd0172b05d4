# SPDX-License-Identifier: MIT
"""Writes docs/commands.md and docs/discord-commands.json from what the cogs declare; with --check it compares them.

The second file is what Discord is told of the commands, without the names and descriptions of other languages.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.core.finding import find_sources, import_cog
from bot.core.i18n.catalogs import Catalogs
from bot.core.textline import usage
from bot.kit import Cog, Command, Level, Param, Shortcut, Visible
from bot.kit.errors import DeclarationError
from bot.platforms.discord.commands import payload

DOCS = Path(__file__).parents[1] / "docs"
HEAD = """\
# Commands

Written by `python scripts/commands.py` from what the cogs declare. On Discord a command begins with `/`, on Matrix
with `!`, at the terminal with `/`. `<name>` is asked for where it is missing; `[name]` may be left out. Values may
also be given by name: `kind=book`. Who may use a command is written where it is not everybody.
"""
LEVELS = {level: f"{level.name.casefold()}s" for level in Level if level}
SEEN = {Visible.QUIET: "only the asker sees the answer", Visible.SECRET: "the answer goes to the asker alone"}


def main(*arguments: str) -> int:
    """Write the files, or compare them; return the exit status."""
    status = 0
    for target, text in ((DOCS / "commands.md", written()), (DOCS / "discord-commands.json", published())):
        if "--check" not in arguments:
            target.write_text(text, "utf-8")
        elif not target.is_file() or target.read_text("utf-8") != text:
            print(f"docs/{target.name} is not what the cogs declare: run python scripts/commands.py", file=sys.stderr)
            status = 1
    return status


def written() -> str:
    """Return the text of the file."""
    return "\n".join([HEAD, *(line for kind in bundled_cogs() for line in section(kind))]).rstrip() + "\n"


def published(catalogs: Catalogs | None = None) -> str:
    """Return every command and entry of a message's menu as Discord's JSON, in English unless catalogs are given."""
    cogs = bundled_cogs()
    operations = [operation for cog in cogs for operation in cog.operations]
    commands = [each for each in operations if isinstance(each, Command)]
    shortcuts = [each for each in operations if isinstance(each, Shortcut)]
    groups = {noun: words for cog in cogs for noun, words in cog.manifest.groups.items()}
    listed = payload(commands, shortcuts, groups, catalogs or Catalogs())
    return json.dumps(listed, indent=1, ensure_ascii=False) + "\n"


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
