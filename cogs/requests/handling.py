# SPDX-License-Identifier: MIT
"""What is done with a request until it is closed: claim, release, assign, ask back, reply, note.

Answers are quiet: the card says it to librarians, and the news to whom it concerns.
"""

from typing import Annotated

from bot.kit import (
    Ago,
    Answer,
    Arg,
    Context,
    Level,
    Person,
    Reply,
    Text,
    Tone,
    Visible,
    action,
    command,
    t,
)

from . import store, store_history
from .card import buttons, title
from .model import Event, Happened, Request
from .parts import Id, Number, NumberThenWords, Parts, actor_of, check_length, check_unseen

WORDS_MAX = 1_500

Asked = Annotated[str, Arg("What you want to know from the asker", ask=True, long=True, min=2, max=WORDS_MAX)]
Answered = Annotated[str, Arg("Your answer to the librarians", ask=True, long=True, min=2, max=WORDS_MAX)]


class Handling(Parts):
    """Claiming and what goes on while a request is looked for."""

    @command(
        "request claim",
        "Say that you look for it",
        level=Level.LIBRARIAN,
        example="request claim R-1",
        task="request",
        visible=Visible.QUIET,
    )
    async def claim(self, ctx: Context, number: Number) -> Answer:
        """Let the asker of this command look for it."""
        request = await self.find(ctx, number)
        return await self._claimed(ctx, request.id)

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def press_claim(self, ctx: Context, request_id: Id) -> Answer:
        """Let whoever presses look for it."""
        return await self._claimed(ctx, request_id)

    @command(
        "request release",
        "Say that you do not look for it any more",
        example="request release R-1",
        task="request",
        visible=Visible.QUIET,
    )
    async def release(self, ctx: Context, number: Number) -> Answer:
        """Open a claimed request to others."""
        request = await self.find(ctx, number)
        return await self.press_release(ctx, request.id)

    @action(visible=Visible.QUIET)
    async def press_release(self, ctx: Context, request_id: Id) -> Answer:
        """Open a claimed request to others."""
        request = await self.db.write(self.service.release, actor_of(ctx), request_id)
        return Reply(t("{number} is open again.", number=request.name))

    @action(visible=Visible.QUIET)
    async def press_keep(self, ctx: Context, request_id: Id) -> Answer:
        """Note that whoever looks for it still does."""
        request = await self.db.write(self.service.keep, actor_of(ctx), request_id)
        return Reply(t("Good luck with {number}!", number=request.name), tone=Tone.GOOD)

    @command(
        "request assign",
        "Ask somebody else to look for it",
        level=Level.LIBRARIAN,
        example="request assign R-1 person=Ana",
        task="request",
        visible=Visible.QUIET,
    )
    async def assign(
        self, ctx: Context, number: Number, person: Annotated[Person, Arg("Who is to look for it", ask=True)]
    ) -> Answer:
        """Let somebody else look for it; they are told."""
        found = await self.find(ctx, number)
        request = await self.db.write(self.service.assign, actor_of(ctx), found.id, person)
        return Reply(t("{name} is to look for {number}.", name=person, number=request.name), tone=Tone.GOOD)

    @command(
        "request ask",
        "Ask the asker something",
        level=Level.LIBRARIAN,
        example='request ask R-1 "Which edition do you need?"',
        task="request",
        visible=Visible.QUIET,
    )
    async def ask_back(self, ctx: Context, number: Number, question: Asked) -> Answer:
        """Ask back; the request waits until the asker replies."""
        found = await self.find(ctx, number)
        if (before := self.before_posting(ctx, "question", question)) is not None:
            return before
        request = await self.db.write(self.service.ask, actor_of(ctx), found.id, question.strip())
        return Reply(t("I asked. {number} waits for the answer.", number=request.name), tone=Tone.GOOD)

    @command(
        "request reply",
        "Answer what the librarians asked you",
        example='request reply R-1 "The second edition"',
        task="request",
        visible=Visible.QUIET,
    )
    async def reply(self, ctx: Context, number: Number, answer: Answered) -> Answer:
        """Add what the asker says."""
        found = await self.find(ctx, number)
        return await self._replied(ctx, found, answer)

    @action(visible=Visible.QUIET)
    async def press_reply(self, ctx: Context, request_id: Id, answer: Answered) -> Answer:
        """Add what the asker says."""
        return await self._replied(ctx, await self.db.read(store.at_hand, actor_of(ctx), request_id), answer)

    @command(
        "request note",
        "Keep a note that librarians can read, or read them",
        level=Level.LIBRARIAN,
        visible=Visible.SECRET,
        example='request note R-1 "Our branch has a microfilm"',
        task="request",
    )
    async def note(
        self,
        ctx: Context,
        number: NumberThenWords,
        text: Annotated[str, Arg("The note; leave it out to read the notes", long=True, max=WORDS_MAX)] = "",
    ) -> Answer:
        """Add a note, and show all of them."""
        request = await self.find(ctx, number)
        check_length("text", text, self.settings_of(ctx).words_max)
        if text.strip():
            await self.db.write(self.service.note, actor_of(ctx), request.id, text.strip())
        history = await self.db.read(store_history.of_request, request.id)
        notes = [event for event in history if event.happened is Happened.NOTED]
        if not notes:
            return Reply(t("There are no notes on {number}.", number=request.name))
        return Reply(title=title(request), items=tuple(map(note_line, notes)))

    async def _claimed(self, ctx: Context, request_id: int) -> Reply:
        request = await self.db.write(self.service.claim, actor_of(ctx), request_id)
        return Reply(
            t("{name} is looking for {number}.", name=ctx.person, number=request.name),
            buttons=buttons(request)[:1],
            tone=Tone.GOOD,
        )

    async def _replied(self, ctx: Context, found: Request, words: str) -> Answer:
        check_unseen(ctx, found)
        if found.is_asker(ctx.person.id) and (before := self.before_posting(ctx, "answer", words)) is not None:
            return before
        request: Request = await self.db.write(self.service.reply, actor_of(ctx), found.id, words.strip())
        return Reply(t("I passed it on. {number} goes on.", number=request.name), tone=Tone.GOOD)


def note_line(event: Event) -> Text:
    """Show a note with who wrote it and when."""
    name = Person(event.person.id, event.person.name) if event.person else t("somebody")
    return t("{name}, {when}: {words}", name=name, when=Ago(event.at), words=event.words)
