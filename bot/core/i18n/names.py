# SPDX-License-Identifier: MIT
"""Names that people type, in their own language: what a name may be, and English where a translation may not be one.

A platform refuses all commands when one name is wrong, so a translation that breaks a rule counts as none.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from bot.core.convert.naming import typed_name
from bot.kit.limits import SHORTCUT_NAME_MAX
from bot.kit.operation import Command, Operation, Shortcut

COMMAND, OPTION = "command name", "option name"
"""The contexts of names in a catalog: "open" as a command is another message than "open" elsewhere."""

RULE = (
    "Typed by people: lower case, letters, digits, - and _, no spaces, 32 characters at most, and different from the "
    "other names beside it; else English stays"
)

_NAME = re.compile(r"[-_\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
"""See "Application Command Naming" in Discord's API reference; Devanagari and Thai need their signs besides letters."""


@dataclass(frozen=True, slots=True)
class Siblings:
    """Names that must differ from one another; `fits` tells what a name may be."""

    where: str
    names: tuple[str, ...]
    context: str | None
    fits: Callable[[str], bool]

    def settled(self, said: Mapping[str, str]) -> dict[str, str]:
        """Return a name for each, by the English one: its translation, or English where that may not be used."""
        tidied = {name: tidy(said.get(name, name)) if self.context else said.get(name, name) for name in self.names}
        chosen = {name: words if self.fits(words) else name for name, words in tidied.items()}
        while clashing := _clashing(chosen):
            chosen |= {name: name for name in clashing}
        return chosen

    def unusable(self, said: Mapping[str, str]) -> dict[str, str]:
        """Return the translations that may not be used, by the English name."""
        settled = self.settled(said)
        return {name: words for name, words in said.items() if words != name and settled.get(name) == name}


def siblings(operations: Iterable[Operation]) -> Iterator[Siblings]:
    """Yield all names that operations have, those together that must differ from one another."""
    listed = list(operations)
    commands = sorted((each for each in listed if isinstance(each, Command)), key=lambda each: each.name)
    by_top = {top: list(found) for top, found in groupby(commands, key=lambda each: each.group or each.name)}
    yield of_commands("the commands", by_top)
    for top, found in by_top.items():
        if found[0].group:
            yield of_commands(f"/{top}", (each.name.partition(" ")[2] for each in found))
        yield from map(of_options, found)
    yield of_shortcuts(each for each in listed if isinstance(each, Shortcut))


def command_names(commands: Iterable[Command], say: Callable[[str], str]) -> dict[str, str]:
    """Return what each command is called in a language, by its English name; `say` translates one word of a name."""
    groups: dict[str, list[str]] = {}
    for command in commands:
        top, _, verb = command.name.partition(" ")
        groups.setdefault(top, []).extend([verb] if verb else [])
    tops = of_commands("the commands", groups).settled({top: say(top) for top in groups})
    named = {top: words for top, words in tops.items() if not groups[top]}
    for top, verbs in groups.items():
        settled = of_commands(f"/{top}", verbs).settled({verb: say(verb) for verb in verbs})
        named |= {f"{top} {verb}": f"{tops[top]} {words}" for verb, words in settled.items()}
    return named


def of_commands(where: str, words: Iterable[str]) -> Siblings:
    """Return the names of commands beside one another, or of one group."""
    return Siblings(where, tuple(words), COMMAND, fits_name)


def of_options(command: Command) -> Siblings:
    """Return the names of one command's options."""
    return Siblings(f"/{command.name}", tuple(map(typed_name, command.params)), OPTION, fits_name)


def of_shortcuts(shortcuts: Iterable[Shortcut]) -> Siblings:
    """Return the entries of a message's menu; they are chosen, not typed, so that they are words as any others."""
    names = tuple(each.label for each in shortcuts)
    return Siblings("the menu of a message", names, None, lambda words: 1 <= len(words) <= SHORTCUT_NAME_MAX)


def fits_name(words: str) -> bool:
    """Tell whether something can be the name of a command or an option."""
    return words == words.lower() and _NAME.fullmatch(words) is not None


def tidy(words: str) -> str:
    """Return a name as it is published: in lower case, each letter with its accents in one character."""
    return unicodedata.normalize("NFC", words.strip().lower())


def _clashing(chosen: Mapping[str, str]) -> list[str]:
    """Return which names share theirs with another; those that are English already stay, for English ones differ."""
    count = Counter(chosen.values())
    return [name for name, words in chosen.items() if count[words] > 1 and words != name]
