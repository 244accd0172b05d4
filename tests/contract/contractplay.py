# SPDX-License-Identifier: MIT
"""What the contract suite needs of a platform: a harness that acts as its users do and sees what they see.

To hold a new platform to the contract, write a harness for it (against the platform's own wire, replayed) and add it to
`HARNESSES`.
"""

import io
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from contractcog import Sample
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot.app import App
from bot.config import Config
from bot.core.clock import ManualClock
from bot.core.courier import Courier
from bot.kit import Identity, Level, Place, Upload
from bot.platforms.base import Platform
from bot.platforms.console.completion import ConsoleCompleter
from bot.platforms.console.desk import direct_channel, slug
from bot.platforms.console.platform import ConsolePlatform, Setup
from bot.platforms.console.voices import Voices
from bot.platforms.memory.courier import channel_of
from bot.storage import people, places
from bot.testing import Member, Seen, World
from bot.testing.world import sources_of

PEOPLE = {"Ana": Level.MEMBER, "Lib": Level.LIBRARIAN}
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sight:
    """A message as a person sees it. `fields` are the names asked for, or one prompt; `seen_by` who can see it."""

    text: str
    buttons: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    seen_by: frozenset[str] = frozenset()


class Harness(ABC):
    """One platform, in which Ana (a member) and Lib (a librarian) are in the same room."""

    forms: bool
    """Whether several fields are asked for at once."""
    app: App
    platform: Platform
    no_message = "1"
    """The id of a message that is not there."""

    @property
    def courier(self) -> Courier:
        """How posts are delivered."""
        return self.platform.courier

    @abstractmethod
    async def types(self, who: str, line: str) -> list[Sight]:
        """Type a command without its prefix, or use it natively; return what was said in reply."""

    @abstractmethod
    async def says(self, who: str, words: str) -> list[Sight]:
        """Say free words to the bot."""

    @abstractmethod
    async def presses(self, who: str, label: str) -> list[Sight]:
        """Press a button on the latest message that has it."""

    @abstractmethod
    async def answers(self, who: str, values: Mapping[str, str]) -> list[Sight]:
        """Give what was asked for, in one form or one after the other."""

    @abstractmethod
    async def confirms(self, who: str, *, yes: bool) -> list[Sight]:
        """Answer a confirmation."""

    @abstractmethod
    async def completes(self, who: str, command: str, param: str, typed: str) -> list[str]:
        """Return the values that are offered while an argument is typed."""

    @abstractmethod
    async def hands_over(self, who: str, command: str, param: str, name: str, content: bytes) -> list[Sight]:
        """Use a command that takes a file."""

    @abstractmethod
    async def reacts_to(self, who: str, word: str) -> list[Sight]:
        """Use a shortcut on the latest message of the bot."""

    @abstractmethod
    def posted(self, where: Place | Identity) -> list[Sight]:
        """What the courier brought to a place or a person, in order, as it is now (or was last shown)."""

    def posted_below(self, where: Place, root: str) -> list[Sight]:
        """What the courier brought to the thread on a message; without threads, what came to the place after it."""
        del root
        return self.posted(where)[1:]

    @abstractmethod
    def wire(self) -> str:
        """Everything that was sent to people so far, as it went out."""

    @abstractmethod
    async def restart(self) -> None:
        """Stop the bot and start it again on the same database."""

    async def presses_after_restart(self, who: str, label: str, number: int) -> list[Sight]:
        """Press a button of a message from before the restart; where buttons are numbered, by its number."""
        del number
        return await self.presses(who, label)

    async def place(self) -> Place:
        """Return the room as the outbox knows it."""
        found = await self.app.db.read(places.find, self.platform.name, self.channel_id)
        assert found is not None
        return found

    async def identity(self, who: str) -> Identity:
        """Return a person's account."""
        identity = self.account(who)
        person = await self.app.db.write(people.recognise, identity.platform, identity.external_id, identity.name)
        found = person.on(self.platform.name)
        assert found is not None
        return found

    @property
    @abstractmethod
    def channel_id(self) -> str:
        """The room's id on the platform."""

    @abstractmethod
    def account(self, who: str) -> Identity:
        """A person's account on the platform."""


class MemoryHarness(Harness):
    """The fake chat, with forms or without."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.forms = world.chat.forms
        self.app, self.platform = world.app, world.chat
        self.members: dict[str, Member] = {name: world.member(name, level) for name, level in PEOPLE.items()}

    async def types(self, who: str, line: str) -> list[Sight]:
        return self._sights(await self.members[who].says(line))

    async def says(self, who: str, words: str) -> list[Sight]:
        return self._sights(await self.members[who].asks(words))

    async def presses(self, who: str, label: str) -> list[Sight]:
        having = [seen for seen in self.world.main.place("main").messages if label in seen.buttons]
        return self._sights(await self.members[who].presses(label, on=having[-1]))

    async def answers(self, who: str, values: Mapping[str, str]) -> list[Sight]:
        return self._sights(await self.members[who].submits(**values))

    async def confirms(self, who: str, *, yes: bool) -> list[Sight]:
        return self._sights(await self.members[who].confirms(yes))

    async def completes(self, who: str, command: str, param: str, typed: str) -> list[str]:
        return list(await self.members[who].completes(command, param, typed))

    async def hands_over(self, who: str, command: str, param: str, name: str, content: bytes) -> list[Sight]:
        return self._sights(await self.members[who].uses(command, **{param: Upload(name, content)}))

    async def reacts_to(self, who: str, word: str) -> list[Sight]:
        return self._sights(await self.members[who].shortcuts(word, on=self.world.main.place("main").messages[-1]))

    def posted(self, where: Place | Identity) -> list[Sight]:
        found = [said for said in self.world.chat.rooms if said.channel_id == channel_of(where) and said.marker]
        return [sight_of(self.world.look(said)) for said in found]

    def wire(self) -> str:
        return "\n".join(said.sheet.markdown for said in self.world.chat.rooms)

    async def restart(self) -> None:
        await self.world.restart()
        self.app = self.world.app

    @property
    def channel_id(self) -> str:
        return self.world.place("main").channel_id

    def account(self, who: str) -> Identity:
        return self.members[who].identity

    @staticmethod
    def _sights(seen: Seen) -> list[Sight]:
        return [sight_of(each) for each in seen.all]


def sight_of(seen: Seen) -> Sight:
    """Return what was seen in the suite's terms."""
    asked = seen.asked
    words = [seen.plain] + ([asked.error, asked.confirm, *asked.labels] if asked else [])
    return Sight(
        "\n".join(words),
        seen.buttons,
        asked.names if asked else (),
        tuple(asked.choices.values()) if asked else (),
        tuple(seen.files),
        seen.seen_by,
    )


_NUMBERED = re.compile(r"^\s*\[(\d+)\] (.*)$", re.MULTILINE)
_FILE = re.compile(r"^\s*\[([^,\]]+), [\d.]+ k?B\]", re.MULTILINE)
_PROMPT = re.compile(r"^\? (.*):$", re.MULTILINE)


@dataclass
class ConsoleHarness(Harness):
    """The terminal, as a script sees it."""

    folder: Path
    out: io.StringIO = field(default_factory=io.StringIO)
    posts: int = 0
    forms = False

    async def open(self) -> None:
        self.app = await App.open(
            Config(database=self.folder / "refdesk.db", _env_file=None),
            clock=ManualClock(NOW),
            platforms=[self._build],
            cogs=frozenset({"sample"}),
            sources=sources_of((Sample,)),
        )

    def _build(self, app: App) -> Platform:
        self.platform = ConsolePlatform(Voices(app.catalogs, app.clock), Setup(), source=io.StringIO(), target=self.out)
        return self.platform

    async def types(self, who: str, line: str) -> list[Sight]:
        return await self._take(who, f"/{line}")

    async def says(self, who: str, words: str) -> list[Sight]:
        return await self._take(who, words)

    async def presses(self, who: str, label: str) -> list[Sight]:
        return await self._take(who, f":press {label}")

    async def presses_after_restart(self, who: str, label: str, number: int) -> list[Sight]:
        return await self._take(who, str(number))

    async def answers(self, who: str, values: Mapping[str, str]) -> list[Sight]:
        sights = []
        for value in values.values():
            sights = await self._take(who, value)
        return sights

    async def confirms(self, who: str, *, yes: bool) -> list[Sight]:
        return await self._take(who, "yes" if yes else "no")

    async def completes(self, who: str, command: str, param: str, typed: str) -> list[str]:
        await self._take(who, "")
        completer = ConsoleCompleter(self.platform.session)
        document = Document(f"/{command} {param}={typed}")
        return [found.text async for found in completer.get_completions_async(document, CompleteEvent())]

    async def hands_over(self, who: str, command: str, param: str, name: str, content: bytes) -> list[Sight]:
        path = self.folder / name
        path.write_bytes(content)
        await self._take(who, f"/{command}")
        return await self._take(who, str(path))

    async def reacts_to(self, who: str, word: str) -> list[Sight]:
        return await self._take(who, f"/{word}")

    def posted(self, where: Place | Identity) -> list[Sight]:
        channel = direct_channel(where) if isinstance(where, Identity) else where.channel_id
        found = [each for each in self.platform.desk.arrivals.values() if each.place.channel_id == channel]
        return [self._sight("\n".join(self.platform.render(each.reply, each.voice)), frozenset()) for each in found]

    def wire(self) -> str:
        return self.out.getvalue()

    async def restart(self) -> None:
        await self.app.close()
        await self.open()

    @property
    def channel_id(self) -> str:
        return "main"

    def account(self, who: str) -> Identity:
        return Identity("console", slug(who), who)

    async def _take(self, who: str, line: str) -> list[Sight]:
        session = self.platform.session
        await session.take(f":as {who} {PEOPLE[who].name.casefold()}")
        before = len(self.out.getvalue())
        await session.take(line)
        said = self.out.getvalue()[before:]
        everybody = frozenset(PEOPLE)
        return [self._sight(said, frozenset({who}) if "(only you)" in said else everybody)] if said else []

    @staticmethod
    def _sight(said: str, seen_by: frozenset[str]) -> Sight:
        numbered: Sequence[str] = [label for _, label in _NUMBERED.findall(said)]
        prompt = tuple(_PROMPT.findall(said))
        asked = bool(prompt)
        return Sight(
            said,
            () if asked else tuple(numbered),
            prompt,
            tuple(numbered) if asked else (),
            tuple(_FILE.findall(said)),
            seen_by,
        )


@asynccontextmanager
async def memory_with_forms(folder: Path) -> AsyncIterator[Harness]:
    """Open the fake chat that has forms."""
    del folder
    async with await World.open(Sample, forms=True) as world:
        yield MemoryHarness(world)


@asynccontextmanager
async def memory_without_forms(folder: Path) -> AsyncIterator[Harness]:
    """Open the fake chat that has none."""
    del folder
    async with await World.open(Sample, forms=False) as world:
        yield MemoryHarness(world)


@asynccontextmanager
async def console(folder: Path) -> AsyncIterator[Harness]:
    """Open a terminal."""
    harness = ConsoleHarness(folder)
    await harness.open()
    try:
        yield harness
    finally:
        await harness.app.close()


HARNESSES: Mapping[str, Callable[[Path], AbstractAsyncContextManager[Harness]]] = {
    "memory": memory_with_forms,
    "memory-text": memory_without_forms,
    "console": console,
}
