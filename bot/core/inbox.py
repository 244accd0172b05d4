# SPDX-License-Identifier: MIT
"""What a platform calls when something happens: a typed line, a press, a form, an answer, a word to the bot."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.core.asking import Asking, chosen
from bot.core.bindings import Bindings
from bot.core.completing import Completing
from bot.core.contexts import Contexts
from bot.core.dispatcher import Dispatcher
from bot.core.exchange import Call, Exchange, Origin, Question, Raw
from bot.core.gate import Gate
from bot.core.guarding import quiet, told
from bot.core.i18n.voice import Voice
from bot.core.registry import Registry
from bot.core.situations import Situations
from bot.core.textline import Ambiguous, Malformed, Outcome, Parsed, Unknown, name_of, parse, slips
from bot.core.triage import reply_to
from bot.core.words import as_yes_or_no, is_cancel
from bot.kit.arg import Choice, Upload
from bot.kit.operation import Action, Command, Operation
from bot.kit.params import Kind
from bot.kit.reply import Reply, Tone, Visible
from bot.kit.text import Code, Text, t

HELP = "help"
"""What people say who are at a loss, also where an answer is waited for."""

FEW = 6
"""How many commands are named in full where several could be meant."""


class Inbox:
    """Takes what happens on a platform; one event comes with one exchange. No method raises, save when cancelled."""

    def __init__(
        self,
        registry: Registry,
        situations: Situations,
        contexts: Contexts,
        gate: Gate,
        dispatcher: Dispatcher,
        asking: Asking,
        completing: Completing,
        bindings: Bindings,
    ) -> None:
        self._registry = registry
        self._situations = situations
        self._contexts = contexts
        self._gate = gate
        self._dispatcher = dispatcher
        self._asking = asking
        self._completing = completing
        self.bindings = bindings

    def voice_for(self, origin: Origin) -> Voice:
        """Return a voice for somebody of whom only the event is known."""
        return self._contexts.voice_for(origin)

    async def voice_to(self, exchange: Exchange) -> Voice:
        """Return the voice in which somebody is spoken to who turned to the bot: as they chose, else as it is here."""
        return await self._chosen_voice(exchange) or self.voice_for(exchange.origin)

    @quiet(None)
    async def _chosen_voice(self, exchange: Exchange) -> Voice:
        return self._contexts.voice(await self._situations.of(exchange.origin))

    async def run(self, exchange: Exchange, call: Call) -> None:
        """Run a command with typed arguments, an action or a shortcut."""
        await self._dispatcher.run(exchange, call)

    async def press(self, exchange: Exchange, target: str, arguments: Mapping[str, str]) -> None:
        """Run what a button stands for: an action, or a command that then asks for the rest."""
        await self._dispatcher.run(exchange, Call(target, dict(arguments)))

    async def take_back(self, exchange: Exchange, target: str, arguments: Mapping[str, str]) -> bool:
        """Run what undoes a press that was taken back; False: nothing does, and nothing was said."""
        bound = self._registry.operation(target)
        undo = bound.operation.undo if bound and isinstance(bound.operation, Action) else None
        if bound is None or undo is None:
            return False
        await self._dispatcher.run(exchange, Call(f"{bound.operation.cog}.{undo}", dict(arguments)))
        return True

    @told(True)
    async def line(self, exchange: Exchange, text: str, *, exact_first: bool, file: Upload | None = None) -> bool:
        """Run a command line whose prefix is gone; False: its first word is nobody's here, and nothing was said.

        `file` came with the line.
        """
        parsed = parse(text, self._registry.commands, exact_first=exact_first)
        if isinstance(parsed, Parsed):
            name = upload_of(parsed.command) if file else None
            given = {name: file} if name and file else {}
            await self.turn_to(exchange, parsed.command.key)
            await self._dispatcher.run(exchange, Call(parsed.command.key, {**parsed.arguments, **given}))
            return True
        if exact_first and isinstance(parsed, Unknown) and " " not in parsed.word:
            return False
        await self._explain(exchange, parsed)
        return True

    @told(True)
    async def reply(self, exchange: Exchange, text: str) -> bool:
        """Run the shortcut whose word was typed in reply to a message; False: it is none, and nothing was said."""
        parsed = parse(text, self._registry.shortcuts, exact_first=True)
        if isinstance(parsed, Parsed):
            await self.turn_to(exchange, parsed.command.key)
            await self._dispatcher.run(exchange, Call(parsed.command.key, dict(parsed.arguments)))
        elif isinstance(parsed, Malformed):
            await self._explain(exchange, parsed)
        else:
            return False
        return True

    def understands(self, text: str) -> bool:
        """Tell whether a command line whose prefix is gone names a command and can be read."""
        return isinstance(parse(text, self._registry.commands), Parsed)

    def takes_file(self, text: str) -> str | None:
        """Return the parameter for a file that the command on a line has; None where it has none, or there is none."""
        parsed = parse(text, self._registry.commands)
        return upload_of(parsed.command) if isinstance(parsed, Parsed | Malformed) else None

    @told(None)
    async def turn_to(self, exchange: Exchange, key: str) -> None:
        """Learn that somebody typed a command while a question waited for them: no later word is taken for its answer.

        They are told, unless it is the same command again.
        """
        turned_to = self._registry.operation(key)
        draft = await self._asking.put_aside(exchange.origin) if turned_to is not None else None
        bound = self._registry.operation(draft.target) if draft is not None else None
        if bound is None or bound is turned_to:
            return
        voice = self._contexts.voice(await self._situations.of(exchange.origin))
        await exchange.show(Reply(_put_aside(bound.operation)), Visible.QUIET, voice)

    @quiet(None)
    async def unsaid(self, origin: Origin) -> None:
        """Learn that somebody deleted what they said last here: the question that came of it goes, with all it knew."""
        waiting = await self._asking.waiting(origin)
        if waiting is not None:
            await self._asking.drop(waiting[0], (await self._situations.of(origin)).person.id)

    @quiet(False)
    async def has_asked(self, origin: Origin) -> bool:
        """Tell whether this person may still answer some question here by replying to it; leaves no trace of them."""
        return await self._asking.has_asked(origin)

    @quiet(False)
    async def expects(self, origin: Origin, text: str, draft_id: int | None = None) -> bool:
        """Tell whether `heard` may take a message as an answer; asking leaves no trace of who wrote it."""
        if await self._asking.waiting(origin, draft_id) is not None:
            return True
        sign = text.strip()
        return sign.isascii() and sign.isdigit() and await self.bindings.numbered(origin, sign) is not None

    @told(True)
    async def heard(self, exchange: Exchange, text: str, draft_id: int | None = None, *, called: bool = False) -> bool:
        """Take a message that has no prefix as the answer to what was asked here; False: nothing was.

        `draft_id` is of the question that the message is a reply to, where the platform knows. In private, and behind
        the bot's name (`called`), commands need no prefix: one that is typed in full is no answer.
        """
        waiting = await self._asking.waiting(exchange.origin, draft_id)
        if waiting is None:
            return await self._press_number(exchange, text)
        asked_id, asked = waiting
        here = await self._situations.of(exchange.origin)
        voice = self._contexts.voice(here)
        if is_cancel(text, voice):
            await self._asking.drop(asked_id, here.person.id)
            await exchange.show(Reply(t("Never mind, I have forgotten it.")), Visible.QUIET, voice)
        elif asked.confirm:
            return await self._hear_yes_or_no(exchange, text, asked_id, voice)
        elif (called or exchange.origin.home is None) and asked_id != draft_id and self._turns_away(text):
            return False
        else:
            await self.answer(exchange, asked_id, {asked.params[0]: chosen(text, asked.choices)})
        return True

    @told(True)
    async def handed(
        self, exchange: Exchange, fetch: Callable[[], Awaitable[Upload]], draft_id: int | None = None
    ) -> bool:
        """Take a file as the answer to what was asked here; it is fetched only if one was. False: none was."""
        waiting = await self._asking.waiting(exchange.origin, draft_id)
        question = None if waiting is None else await self.reopen(exchange, waiting[0])
        if question is None or not question.params or question.params[0].kind is not Kind.UPLOAD:
            return False
        try:
            values = {question.params[0].name: await fetch()}
        except Exception as error:  # noqa: BLE001 (every error ends in the triage)
            voice = self._contexts.voice(await self._situations.of(exchange.origin))
            await exchange.show(reply_to(error, "file"), Visible.QUIET, voice)
        else:
            await self.answer(exchange, question.draft_id, values)
        return True

    @told(None)
    async def say(self, exchange: Exchange, text: str) -> None:
        """Take free text that is addressed to the bot: a command typed in full or nearly so, else a question."""
        parsed = parse(text, self._registry.commands, exact_first=True)
        if isinstance(parsed, Parsed) and _in_full(parsed.command, text):
            await self.turn_to(exchange, parsed.command.key)
            await self._dispatcher.run(exchange, Call(parsed.command.key, dict(parsed.arguments)))
        elif await self._says_something_short(exchange, text, parsed):
            return
        elif (bound := self._registry.free()) is not None and isinstance(bound.operation, Command):
            await self._dispatcher.run(exchange, Call(bound.operation.key, {bound.operation.free or "": text}))
        else:
            await self.line(exchange, text, exact_first=False)

    @told(None)
    async def answer(self, exchange: Exchange, draft_id: int, values: Mapping[str, Raw]) -> None:
        """Take what was entered in a form, or said to a question."""
        await self._resume(exchange, draft_id, values)

    @told(None)
    async def confirm(self, exchange: Exchange, draft_id: int, yes: bool) -> None:
        """Take a yes or a no."""
        if yes:
            await self._resume(exchange, draft_id, {})
            return
        here = await self._situations.of(exchange.origin)
        asked = await self._asking.drop(draft_id, here.person.id)
        if asked is not None and asked.instead is not None:
            await self.press(exchange, *asked.instead)
            return
        await exchange.show(Reply(t("All right, nothing was done.")), Visible.QUIET, self._contexts.voice(here))

    @quiet(None)
    async def reopen(self, exchange: Exchange, draft_id: int) -> Question | None:
        """Return what a draft still asks for, so that a form can be shown again; None when it is gone."""
        here = await self._situations.of(exchange.origin)
        return await self._asking.question(draft_id, here.person.id)

    @quiet(())
    async def complete(self, exchange: Exchange, key: str, param: str, typed: str) -> tuple[Choice, ...]:
        """Return values for a parameter while somebody types."""
        bound = self._registry.operation(key)
        found = bound.operation.param(param) if bound else None
        if bound is None or found is None:
            return ()
        here = await self._situations.of(exchange.origin)
        if not await self._gate.allows(bound.operation, here):
            return ()
        return await self._completing.of(bound, here, found, typed)

    @quiet(())
    async def commands(self, exchange: Exchange) -> tuple[Command, ...]:
        """Return the commands that the person may use here."""
        here = await self._situations.of(exchange.origin)
        return tuple([command for command in self._registry.commands if await self._gate.allows(command, here)])

    async def _resume(self, exchange: Exchange, draft_id: int, values: Mapping[str, Raw]) -> None:
        here = await self._situations.of(exchange.origin)
        try:
            call = await self._asking.take(draft_id, here.person.id, values)
        except Exception as error:  # noqa: BLE001 (every error ends in the triage)
            await exchange.show(reply_to(error, "draft"), Visible.QUIET, self._contexts.voice(here))
            return
        await self._dispatcher.run(exchange, call)

    def _turns_away(self, text: str) -> bool:
        """Tell whether words that need no prefix to be a command are rather one than an answer."""
        parsed = parse(text, self._registry.commands, exact_first=True)
        if not isinstance(parsed, Parsed | Malformed) or not _in_full(parsed.command, text):
            return False
        return " " in name_of(parsed.command) or text.strip().casefold() == HELP

    async def _hear_yes_or_no(self, exchange: Exchange, text: str, draft_id: int, voice: Voice) -> bool:
        said = as_yes_or_no(text, voice)
        if said is None:
            return False
        await self.confirm(exchange, draft_id, said)
        return True

    async def _press_number(self, exchange: Exchange, text: str) -> bool:
        sign = text.strip()
        if not (sign.isascii() and sign.isdigit()):
            return False
        pressed = await self.bindings.numbered(exchange.origin, sign)
        if pressed is None:
            return False
        await self.press(exchange, pressed.target, pressed.arguments)
        return True

    async def _says_something_short(self, exchange: Exchange, text: str, parsed: Outcome) -> bool:
        """Answer what is no question: a slip in a command, the noun of some alone, a cancel when nothing waits."""
        if isinstance(parsed, Malformed) and " " in name_of(parsed.command) and _in_full(parsed.command, text):
            await self.turn_to(exchange, parsed.command.key)
            await self._explain(exchange, parsed)
        elif isinstance(parsed, Unknown) and (meant := slips(text, self._registry.commands)):
            await self._explain(exchange, Unknown(parsed.word, meant))
        elif isinstance(parsed, Ambiguous) and parsed.word == text.strip().casefold():
            await self._explain(exchange, parsed)
        else:
            voice = await self.voice_to(exchange)
            if not is_cancel(text, voice):
                return False
            await exchange.show(Reply(t("I am not waiting for anything from you.")), Visible.QUIET, voice)
        return True

    async def _explain(self, exchange: Exchange, parsed: Unknown | Ambiguous | Malformed) -> None:
        here = await self._situations.of(exchange.origin)
        if isinstance(parsed, Ambiguous):
            named = [command for command in self._registry.commands if command.name in parsed.options]
            usable = tuple([command.name for command in named if await self._gate.allows(command, here)])
            parsed = replace(parsed, options=usable or parsed.options)
        await exchange.show(explanation(parsed), Visible.QUIET, self._contexts.voice(here))


def upload_of(operation: Operation) -> str | None:
    """Return the name of the parameter that is a file."""
    return next((param.name for param in operation.params if param.kind is Kind.UPLOAD), None)


def _in_full(command: Operation, text: str) -> bool:
    """Tell whether a line begins with a command's whole name, not a short form that may be an ordinary word."""
    typed = " ".join(text.split()).casefold()
    return f"{typed} ".startswith(f"{name_of(command)} ")


def _put_aside(operation: Operation) -> Text:
    """Say that a question waits no more, and how to go on with it."""
    if isinstance(operation, Command):
        return t(
            "I no longer wait for your answer about {command}. Type that again to go on with it.",
            command=Code(operation.name),
        )
    return t("I no longer wait for your answer to my question.")


def _in_short(names: tuple[str, ...]) -> list[str]:
    """Return some names, or only their first words where they are many."""
    return list(names) if len(names) <= FEW else list(dict.fromkeys(name.split(" ")[0] for name in names))


def explanation(parsed: Unknown | Ambiguous | Malformed) -> Reply:
    """Say why a line was not understood, and what to type instead."""
    match parsed:
        case Malformed():
            words = parsed.text
        case Ambiguous(word=noun, options=options) if all(each.startswith(f"{noun} ") for each in options):
            words = t(
                "{noun} needs one more word: {verbs}. {help} explains them.",
                noun=Code(noun),
                verbs=Code(", ".join(each.removeprefix(f"{noun} ") for each in options)),
                help=Code(f"help {noun}"),
            )
        case Ambiguous():
            words = t(
                "That could be {options}. Please type more of it.", options=Code(", ".join(_in_short(parsed.options)))
            )
        case Unknown(suggestions=suggestions) if suggestions:
            words = t(
                "I do not know {word}. Did you mean {options}?",
                word=Code(parsed.word),
                options=Code(", ".join(suggestions)),
            )
        case _:
            words = t("I do not know {word}. {help} shows what I can do.", word=Code(parsed.word), help=Code("help"))
    return Reply(words, tone=Tone.BAD)
