# SPDX-License-Identifier: MIT
"""A person in a test: what they do, and what they then see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from bot.core.exchange import Call, HomeRef, Origin, PlaceRef, Rank, Raw
from bot.kit.context import Message
from bot.kit.people import Identity, Level
from bot.platforms.memory import MemoryExchange, MemoryPlatform, Said, direct_channel
from bot.testing.seen import Seen

if TYPE_CHECKING:
    from bot.testing.world import World


@dataclass(frozen=True, slots=True)
class Spot:
    """A room (or a thread) of a home, or the private conversation with the bot (no home)."""

    world: "World" = field(repr=False, compare=False)
    ref: PlaceRef = field(default_factory=lambda: PlaceRef("main", name="main"))
    home: HomeRef | None = None

    @property
    def name(self) -> str:
        """The room's name."""
        return self.ref.name

    @property
    def channel_id(self) -> str:
        """Where messages of this room or thread are kept."""
        return self.ref.thread_id or self.ref.channel_id

    @property
    def messages(self) -> list[Seen]:
        """Everything that the bot said here, answers included, in order."""
        return [self.world.look(said) for said in self.world.chat.rooms if said.channel_id == self.channel_id]

    @property
    def posts(self) -> list[Seen]:
        """What the outbox delivered here, in order."""
        return [seen for seen in self.messages if seen.message and seen.message.marker]


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a place. `at` and `privately` are the same person elsewhere."""

    world: "World" = field(repr=False, compare=False)
    identity: Identity
    spot: Spot
    level: Level = Level.MEMBER
    locale: str | None = None
    roles: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """What they are called."""
        return self.identity.name

    @property
    def privately(self) -> "Member":
        """The same person, in a conversation with the bot alone."""
        ref = PlaceRef(direct_channel(self.identity), name=self.name)
        return replace(self, spot=Spot(self.world, ref))

    @property
    def inbox(self) -> list[Seen]:
        """What the outbox told this person in private, in order."""
        return self.privately.spot.posts

    @property
    def origin(self) -> Origin:
        """What the platform says of them here."""
        level = self.level if self.spot.home else Level.MEMBER
        return Origin(
            self.world.chat.name,
            self.identity,
            self.spot.ref,
            self.spot.home,
            Rank(level, self.roles),
            self.locale,
            overheard=self.spot.home is not None and not self.world.chat.forms,
        )

    def at(self, spot: Spot) -> "Member":
        """Return the same person in another room, which they enter."""
        self.world.chat.rooms.join(spot.channel_id, self.identity)
        return replace(self, spot=spot)

    def sees(self, seen: Seen) -> bool:
        """Tell whether this person can see a message."""
        return self.name in seen.seen_by

    async def says(self, line: str, *, on: "Seen | Said | str | None" = None) -> Seen:
        """Type a command line, as after a prefix; `on` makes it a reply to a message."""
        exchange = await self._exchange(on)
        heard = await self.world.app.inbox.line(exchange, line, exact_first=False)
        return self._seen(exchange, heard=heard)

    async def writes(self, text: str) -> Seen:
        """Write a message without a prefix: an answer, "cancel", a button's number; else the bot stays silent."""
        exchange = await self._exchange()
        heard = await self.world.app.inbox.heard(exchange, text)
        return self._seen(exchange, heard=heard)

    async def asks(self, words: str) -> Seen:
        """Say free words to the bot, as with a mention or in private."""
        exchange = await self._exchange()
        await self.world.app.inbox.say(exchange, words)
        return self._seen(exchange)

    async def uses(self, command: str, /, **arguments: Any) -> Seen:
        """Use a command with typed arguments, as where a chat has typed options."""
        return await self._run(self.world.key_of(command), arguments)

    async def presses(self, label: str, *, on: Seen) -> Seen:
        """Press a button by its label, its emoji or its number; AssertionError for one that they cannot see."""
        said = self._visible(on)
        button = on.button(label)
        exchange = await self._exchange(said)
        await self.world.app.inbox.press(exchange, button.target, dict(button.arguments))
        return self._seen(exchange)

    async def answers(self, text: str, *, to: Seen | None = None) -> Seen:
        """Answer the question that was asked last (or `to`): with the next message, or in a form of one field."""
        asked = self._asked(to)
        if not self.world.chat.forms:
            return await self.writes(text)
        if asked.asked and asked.asked.confirm:
            return await self.confirms(text.casefold() in {"yes", "y"}, to=asked)
        names = asked.asked.names if asked.asked else ()
        return await self.submits(asked, **{names[0]: text})

    async def submits(self, to: Seen | None = None, /, **values: Any) -> Seen:
        """Fill in the form; on a chat without forms, answer one question after the other."""
        seen = self._asked(to)
        self._check_fields(seen, values)
        if self.world.chat.forms:
            exchange = await self._exchange()
            draft_id = seen.asked.draft_id if seen.asked else 0
            await self.world.app.inbox.answer(exchange, draft_id, raws(values))
            return self._seen(exchange)
        left = {name: str(raw) for name, raw in raws(values).items()}
        while seen.asked and seen.asked.names and seen.asked.names[0] in left:
            seen = await self.answers(left.pop(seen.asked.names[0]), to=seen)
        if left:
            raise AssertionError(f"{self.name} was not asked for {', '.join(left)}.")
        return seen

    async def confirms(self, yes: bool = True, *, to: Seen | None = None) -> Seen:
        """Say yes or no to what the bot wants confirmed."""
        asked = self._asked(to).asked
        if asked is None or not asked.confirm:
            raise AssertionError(f"{self.name} was asked for {asked}, not for a yes or a no.")
        exchange = await self._exchange()
        await self.world.app.inbox.confirm(exchange, asked.draft_id, yes)
        return self._seen(exchange)

    async def shortcuts(self, word: str, /, *, on: "Seen | Said | str", **arguments: Any) -> Seen:
        """Use a command on an existing message: one of the bot's, or the text of somebody's."""
        return await self._run(self.world.shortcut_key(word), arguments, on)

    async def calls(self, key: str, arguments: Mapping[str, Raw]) -> Seen:
        """Run an operation by its key, as a platform does for typed options or a menu: whatever one may see."""
        return await self._run(key, arguments, "a message")

    async def pushes(self, key: str, arguments: Mapping[str, str]) -> Seen:
        """Press a button that was never offered, as somebody who forges one."""
        exchange = await self._exchange()
        await self.world.app.inbox.press(exchange, key, arguments)
        return self._seen(exchange)

    async def completes(self, command: str, param: str, typed: str = "") -> Mapping[str, str]:
        """Return the values that are offered while an argument is typed, with their labels, in order."""
        exchange = await self._exchange()
        found = await self.world.app.inbox.complete(exchange, self.world.key_of(command), param, typed)
        voice = self.world.voice(self.locale)
        return {choice.value: voice.label(choice.label) for choice in found}

    async def commands(self) -> Sequence[str]:
        """Return the names of the commands that this person may use here."""
        return [command.name for command in await self.world.app.inbox.commands(await self._exchange())]

    async def _run(self, key: str, arguments: Mapping[str, Any], on: "Seen | Said | str | None" = None) -> Seen:
        exchange = await self._exchange(on)
        await self.world.app.inbox.run(exchange, Call(key, raws(arguments)))
        return self._seen(exchange)

    async def _exchange(self, on: "Seen | Said | str | None" = None) -> MemoryExchange:
        await self.world.welcome(self.identity, self.spot.home)
        said = on.message if isinstance(on, Seen) else on
        origin = self.origin if said is None else replace(self.origin, message=message_of(said))
        chat: MemoryPlatform = self.world.chat
        return chat.exchange(origin, said.id if isinstance(said, Said) else None)

    def _seen(self, exchange: MemoryExchange, *, heard: bool = True) -> Seen:
        every = tuple(self.world.look(said) for said in exchange.heard)
        if not every:
            return Seen(heard=heard, steps=tuple(exchange.steps))
        seen = replace(every[-1], all=every, heard=heard, steps=tuple(exchange.steps))
        if seen.asked:
            self.world.questions[self.identity] = seen
        return seen

    def _asked(self, to: Seen | None) -> Seen:
        seen = to or self.world.questions.get(self.identity)
        if seen is None or seen.asked is None:
            raise AssertionError(f"{self.name} was asked nothing.")
        return seen

    def _check_fields(self, seen: Seen, values: Mapping[str, Any]) -> None:
        names = seen.asked.names if seen.asked else ()
        if self.world.chat.forms and (strange := [name for name in values if name not in names]):
            raise AssertionError(f"The form has no {', '.join(strange)}; it has {', '.join(names)}.")

    def _visible(self, seen: Seen) -> Said:
        if seen.message is None:
            raise AssertionError("The bot said nothing there is to press.")
        if not self.sees(seen):
            raise AssertionError(f"{self.name} cannot see that message; only {', '.join(sorted(seen.seen_by))} can.")
        return seen.message


def message_of(said: Said | str) -> Message:
    """Return a message as a handler is told of it."""
    return Message(said, "somebody") if isinstance(said, str) else Message(said.sheet.plain, "Refdesk")


def raws(values: Mapping[str, Any]) -> dict[str, Raw]:
    """Turn arguments as tests write them into arguments as a platform sends them."""
    return {name: _raw(value) for name, value in values.items() if value is not None}


def _raw(value: Any) -> Raw:
    match value:
        case Member():
            return value.identity
        case Spot():
            return value.ref
        case Enum():
            return str(value.value)
        case _:
            raw: Raw = value
            return raw
