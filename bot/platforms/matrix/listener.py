# SPDX-License-Identifier: MIT
"""Turns what people do in rooms into calls of the inbox: messages, reactions, and reactions taken back.

Nothing is kept of what was not for the bot. What was is taken up once: a row before it is begun, so that after a crash
it is neither done twice nor dropped in silence.
"""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.bindings import Pressed
from bot.core.exchange import Call, HomeRef, Origin, PlaceRef, Rank
from bot.core.i18n.catalogs import Catalogs
from bot.core.inbox import Inbox
from bot.kit.context import Message
from bot.kit.database import Database
from bot.kit.people import HomeKind, Identity
from bot.kit.reply import Reply, Visible
from bot.kit.text import t
from bot.platforms.matrix import store
from bot.platforms.matrix.content import QUESTION, Spot
from bot.platforms.matrix.desk import Desk
from bot.platforms.matrix.encryption import Encryption
from bot.platforms.matrix.errors import MatrixError
from bot.platforms.matrix.exchange import MatrixExchange
from bot.platforms.matrix.latest import Latest
from bot.platforms.matrix.powers import rank_of
from bot.platforms.matrix.reading import Words, read, without_call, without_mention, without_quotation
from bot.platforms.matrix.rooms import Room, Rooms
from bot.platforms.matrix.settings import RoomBook
from bot.platforms.matrix.shapes import Event, mapping, text, whole
from bot.platforms.matrix.standing import Standing
from bot.platforms.matrix.style import address_of

log = logging.getLogger(__name__)

FRESH = timedelta(minutes=10)
"""How old a message may be to be answered still: longer ago, people have gone on without."""


_LONGEST_SIGN = 8
"""How many characters the sign of a button has at most."""

_KEYCAP = "\ufe0f\u20e3"
"""What makes a digit the sign of a button that has no emoji of its own."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a message is to the bot: a command line, a reply to a question (its draft) or to choices, or addressed."""

    line: str | None
    asked: int | None = None
    number: Pressed | None = None
    addressed: bool = False


class Listener:
    """Hears one event at a time."""

    def __init__(
        self,
        desk: Desk,
        rooms: Rooms,
        book: RoomBook,
        inbox: Inbox,
        db: Database,
        catalogs: Catalogs,
        standing: Standing,
        encryption: Encryption | None = None,
    ) -> None:
        self._desk = desk
        self._rooms = rooms
        self._book = book
        self._inbox = inbox
        self._db = db
        self._catalogs = catalogs
        self._standing = standing
        self._encryption = encryption
        self._latest = Latest()

    def is_fresh(self, event: Event) -> bool:
        """Tell whether an event is young enough to be answered."""
        age = whole(event, "unsigned", "age")
        if age is None:
            said_at = whole(event, "origin_server_ts") or 0
            age = int(self._desk.clock.now().timestamp() * 1000) - said_at
        return age <= FRESH / timedelta(milliseconds=1)

    async def take(self, room: Room, event: Event) -> bool:
        """Deal with an event of somebody else; True when it was for the bot, and a row was left."""
        match event["type"]:
            case "m.room.message":
                return await self._message(room, event)
            case "m.reaction":
                return await self._reaction(room, event)
            case "m.room.redaction":
                return await self._redaction(room, event)
            case _:
                return False

    async def explain_unread(self, room: Room, event: Event) -> None:
        """Tell somebody, in a conversation of two, that their message cannot be read and how to mend that."""
        if not await self._desk.directs.is_direct(room):
            return
        origin = await self.origin(room, text(event, "sender"))
        words = t(
            "I cannot read your message: its key has not reached me. Please send it again; if that does not help, "
            "start a new chat with me."
        )
        exchange = MatrixExchange(self._desk, origin, Spot(room.id, None, text(event, "event_id")))
        await exchange.show(Reply(words), Visible.QUIET, self._catalogs.voice(None, "UTC", self._desk.clock.now()))

    async def origin(self, room: Room, sender: str, thread_id: str | None = None) -> Origin:
        """Return who does something, where, and what the room says of them."""
        direct = await self._desk.directs.is_direct(room)
        chosen = await self._book.of(room.id)
        return Origin(
            platform=store.PLATFORM,
            person=Identity(store.PLATFORM, sender, room.name_of(sender)),
            place=PlaceRef(room.id, thread_id, room.name),
            home=None if direct else HomeRef(self._rooms.home_of(room.id), room.name, HomeKind.ROOM),
            rank=Rank() if direct else rank_of(sender, room.create, room.levels, chosen.moderator_power),
            overheard=not direct,
            elsewhere=await self._standing.of(sender) if direct else None,
        )

    async def _message(self, room: Room, event: Event) -> bool:
        words = read(event, self._desk.me)
        if words is None or not self.is_fresh(event):
            return False
        origin = await self.origin(room, text(event, "sender"), words.thread_id)
        meant = await self._meant(room, origin, words)
        if meant is None:
            return False
        event_id = text(event, "event_id")
        spot = Spot(room.id, words.thread_id, None if origin.home is None and not words.thread_id else event_id)
        if not await self._claim(event_id, room, origin, spot):
            return True
        self._latest.keep(event_id, origin)
        if words.replied_to and (meant.line is not None or meant.addressed):
            origin = await self._with_message(origin, room, words.replied_to)
        exchange = MatrixExchange(self._desk, origin, spot)
        try:
            await self._pass_on(exchange, words, meant)
        finally:
            await exchange.finish()
        return True

    async def _meant(self, room: Room, origin: Origin, words: Words) -> Meant | None:
        """Tell what a message is to the bot; None: nothing."""
        addressed = origin.home is None or words.called or without_call(words.text, self._desk.me) is not None
        said = without_mention(words.text, self._desk.me) if addressed else words.text
        line = _after_prefix(said, (await self._book.of(room.id)).prefix)
        if line is not None or words.command is not None:
            return Meant(line)
        meant = Meant(
            None, await self._question_of(room, origin, words), await self._number_of(room, words), addressed=addressed
        )
        is_meant = meant.addressed or meant.number is not None or await self._is_awaited(room, origin, words, meant)
        return meant if is_meant else None

    async def _question_of(self, room: Room, origin: Origin, words: Words) -> int | None:
        """Return the draft of the question to which a message is a reply, or in whose thread it stands."""
        root = words.replied_to or words.thread_id
        if root is None or not await self._inbox.has_asked(origin):
            return None
        event = await self._event(room, root)
        return whole(event, "content", QUESTION) if text(event, "sender") == self._desk.me.user_id else None

    async def _number_of(self, room: Room, words: Words) -> Pressed | None:
        """Return what a number does that was sent in reply to choices or in a thread on them, or a sign to a card.

        Not everybody can react: a bridge may let nobody, a room only some, and a screen reader hardly.
        """
        root = words.replied_to or words.thread_id
        if root is None or not 0 < len(words.text) <= _LONGEST_SIGN:
            return None
        signs = (words.text, f"{words.text}{_KEYCAP}") if words.text.isdigit() else (words.text,)
        for sign in signs:
            if pressed := await self._inbox.bindings.on(store.PLATFORM, PlaceRef(room.id), root, sign):
                return pressed
        return None

    async def _is_awaited(self, room: Room, origin: Origin, words: Words, meant: Meant) -> bool:
        """Tell whether words that are not addressed to the bot answer it: not those that reply to somebody else."""
        if not await self._inbox.expects(origin, "" if words.file else words.text, meant.asked):
            return False
        if meant.asked is not None or words.replied_to is None:
            return True
        event = await self._event(room, words.replied_to)
        return event is None or text(event, "sender") == self._desk.me.user_id

    async def _pass_on(self, exchange: MatrixExchange, words: Words, meant: Meant) -> None:
        inbox, shared = self._inbox, exchange.origin.home is not None
        if words.command is not None:
            await inbox.turn_to(exchange, words.command.name)
            await inbox.run(exchange, Call(words.command.name, words.command.arguments))
        elif words.file is not None:
            file = words.file
            await inbox.handed(exchange, lambda: self._desk.files.fetch(file), meant.asked)
        elif meant.line is not None:
            if not (words.replied_to and await inbox.reply(exchange, meant.line)):
                await inbox.line(exchange, meant.line, exact_first=shared)
        else:
            await self._pass_on_words(exchange, words, meant)

    async def _pass_on_words(self, exchange: MatrixExchange, words: Words, meant: Meant) -> None:
        if meant.number is not None and meant.asked is None:
            await self._inbox.press(exchange, meant.number.target, meant.number.arguments)
            return
        said = without_mention(words.text, self._desk.me)
        if await self._inbox.heard(exchange, said, meant.asked, called=meant.addressed) or not meant.addressed:
            return
        if not (words.replied_to and await self._inbox.reply(exchange, said)):
            await self._inbox.say(exchange, said or "help")

    async def _reaction(self, room: Room, event: Event) -> bool:
        relation = mapping(event, "content", "m.relates_to")
        message_id, key = text(relation, "event_id"), text(relation, "key")
        if text(relation, "rel_type") != "m.annotation" or not self.is_fresh(event):
            return False
        pressed = await self._desk.reactions.pressed(room.id, message_id, key)
        if pressed is None:
            return False
        sender, event_id = text(event, "sender"), text(event, "event_id")
        thread_id = await self._thread_of(room, message_id)
        origin = await self.origin(room, sender, thread_id)
        spot = Spot(room.id, thread_id, message_id)
        if not await self._claim(event_id, room, origin, spot):
            return True
        await self._desk.reactions.keep(event_id, room.id, sender, pressed)
        await self._press(origin, spot, pressed, message_id)
        return True

    async def _press(self, origin: Origin, spot: Spot, pressed: Pressed, message_id: str) -> None:
        exchange = MatrixExchange(self._desk, origin, spot, pressed=message_id)
        try:
            await self._inbox.press(exchange, pressed.target, pressed.arguments)
        finally:
            await exchange.finish()

    async def _redaction(self, room: Room, event: Event) -> bool:
        sender = text(event, "sender")
        gone = text(event, "redacts") or text(event, "content", "redacts")
        if said := self._latest.take(gone, sender):
            await self._inbox.unsaid(said)
            return False
        undone = await self._desk.reactions.taken_back(gone, sender) if gone else None
        if undone is None or undone.room_id != room.id:
            return False
        thread_id = await self._thread_of(room, undone.message_id)
        origin = await self.origin(room, sender, thread_id)
        spot = Spot(room.id, thread_id, undone.message_id)
        exchange = MatrixExchange(self._desk, origin, spot, pressed=undone.message_id)
        try:
            await self._inbox.take_back(exchange, undone.target, undone.arguments)
        finally:
            await exchange.finish()
        return False

    async def _claim(self, event_id: str, room: Room, origin: Origin, spot: Spot) -> bool:
        """Take an event up; where that had been done and was never finished, say so instead of guessing."""
        claimed = await self._db.write(store.claim, event_id, room.id)
        if claimed is None:
            words = t(
                "I was stopped while I worked on this. Please look whether it was done, and say it again if it was not."
            )
            exchange = MatrixExchange(self._desk, origin, spot)
            await exchange.show(Reply(words), Visible.QUIET, self._catalogs.voice(None, "UTC", self._desk.clock.now()))
        return claimed is True

    async def _with_message(self, origin: Origin, room: Room, event_id: str) -> Origin:
        """Add the message that was replied to, as far as it can be read."""
        event = await self._event(room, event_id)
        if event is None:
            return origin
        said = text(event, "content", "m.new_content", "body") or text(event, "content", "body")
        sender = text(event, "sender")
        message = Message(without_quotation(said), room.name_of(sender), address_of(room.id, event_id))
        return replace(origin, message=message)

    async def _thread_of(self, room: Room, event_id: str) -> str | None:
        """Return the thread that a message stands in."""
        known, thread_id = self._desk.mouth.thread_of(event_id)
        if known:
            return thread_id
        event = await self._event(room, event_id)
        if event is None:
            return None
        self._desk.mouth.remember(event_id, mapping(event, "content"))
        return self._desk.mouth.thread_of(event_id)[1]

    async def _event(self, room: Room, event_id: str) -> Event | None:
        try:
            event = await self._desk.api.event(room.id, event_id)
        except MatrixError as error:
            log.info("%s: the message %s cannot be fetched: %s", room.id, event_id, error)
            return None
        if text(event, "type") == "m.room.encrypted" and self._encryption is not None:
            return self._encryption.read(room.id, event)
        return event


def _after_prefix(said: str, prefix: str) -> str | None:
    """Return a command line without its prefix; None for "!" alone, "!!!" or "! well"."""
    rest = said[len(prefix) :] if said.startswith(prefix) else ""
    return rest if rest[:1].isalnum() else None
