# SPDX-License-Identifier: MIT
"""The pipeline that every command, button and shortcut goes through, on every platform.

find → enabled here? → level → rate limit → convert → ask for what is missing → run under a timeout → reply → metrics
"""

import time
from collections.abc import Sequence

from bot.core.alarm import Deadline
from bot.core.asking import Asking
from bot.core.clock import WakingClock
from bot.core.contexts import Contexts
from bot.core.convert import Resolver, convert
from bot.core.exchange import Call, Exchange
from bot.core.gate import RIGHTS, Gate
from bot.core.guarding import own_up
from bot.core.health import HealthBoard
from bot.core.ratelimit import RateLimit
from bot.core.registry import Registry
from bot.core.run import Run, tighter
from bot.core.situations import Situations
from bot.core.triage import outcome_of, reply_to
from bot.kit.desks import KnownCommunity
from bot.kit.errors import Denied, Invalid, UserError
from bot.kit.operation import Action, Command, Operation
from bot.kit.params import Param
from bot.kit.reply import Answer, Button, Confirm, Reply, Shown, Tone, Visible
from bot.kit.text import Code, Markdown, Text, t

CHOOSE = "account community"
"""The command by which somebody chooses a community for their private conversation."""

SHOWN = 5
"""How many communities are offered with a button each."""


class Dispatcher:
    """Runs operations; every error ends here."""

    def __init__(
        self,
        registry: Registry,
        situations: Situations,
        gate: Gate,
        limit: RateLimit,
        contexts: Contexts,
        asking: Asking,
        health: HealthBoard,
        clock: WakingClock,
    ) -> None:
        self._registry = registry
        self._situations = situations
        self._gate = gate
        self._limit = limit
        self._contexts = contexts
        self._asking = asking
        self._health = health
        self._clock = clock

    async def run(self, exchange: Exchange, call: Call) -> None:
        """Run what was called and answer; never raises, save when it is cancelled."""
        run = await self._once(exchange, call)
        if run is not None and run.then is not None:
            await self._once(exchange, run.then, begun=run.begun)

    async def _once(self, exchange: Exchange, call: Call, *, begun: bool = False) -> Run | None:
        started = time.perf_counter()
        run = None
        try:
            run = await self._find(exchange, call)
            run.begun = begun
        except Exception as error:  # noqa: BLE001 (every error ends in the triage)
            outcome = outcome_of(error)
            voice = self._contexts.voice_for(exchange.origin)
            await own_up(call.key, exchange.show(reply_to(error, call.key), Visible.QUIET, voice))
        else:
            outcome = await self._run_guarded(run)
        self._health.ran(call.key, outcome, time.perf_counter() - started)
        return run

    async def _find(self, exchange: Exchange, call: Call) -> Run:
        bound = self._registry.operation(call.key)
        here = await self._situations.of(exchange.origin)
        voice = self._contexts.voice(here)
        if bound is None:
            raise UserError(t("This belongs to a feature that is switched off at the moment."))
        if call.community_id not in (None, here.community.id):
            raise UserError(t("You began this for another community than the one you used last. Please start again."))
        return Run(exchange, call, bound, here, voice)

    async def _run_guarded(self, run: Run) -> str:
        try:
            return await self._run(run)
        except Exception as error:  # noqa: BLE001 (every error ends in the triage)
            run.visible = tighter(run.visible, Visible.QUIET)
            await own_up(run.operation.key, run.show(reply_to(error, run.operation.key)))
            return outcome_of(error)

    async def _run(self, run: Run) -> str:
        try:
            await self._steps(run)
        except Invalid as error:
            await self._ask_again(run, error)
            return "user"
        return "done"

    async def _steps(self, run: Run) -> None:
        if run.here.either and not _alike(run.operation):
            run.visible = Visible.SECRET
            await self._convert(run)
            await self._asking.hold(run)
            await run.show(which(run.here.either))
            return
        await self._gate.check(run.operation, run.here)
        self._check_rate(run)
        bad = await self._convert(run)
        run.visible = run.operation.visibility(run.arguments)
        if bad is None and (missing := self._missing(run)):
            await self._asking.ask_for(run, missing)
        elif bad is not None:
            raise bad
        else:
            await self._handle(run)

    def _check_rate(self, run: Run) -> None:
        rate = self._limit.rate_for(max(run.here.level, run.here.local_level))
        wait = self._limit.take(run.here.person.id, run.operation.key, rate)
        if wait is not None:
            raise Denied(t("That was quick! Please try again in {time}.", time=wait))

    async def _convert(self, run: Run) -> Invalid | None:
        values = {}
        first: Invalid | None = None
        resolver: Resolver = self._contexts.resolver(run.here)
        for param in run.operation.params:
            if param.name in run.call.arguments:
                try:
                    value = await convert(param, run.call.arguments[param.name], resolver, run.voice)
                    if param.arg.check is not None:
                        await param.arg.check(run.bound.cog, await self._contexts.plain(run.bound, run.here), value)
                    values[param.name] = value
                except Invalid as error:
                    if _rides(run.operation, param):
                        raise _worn() from error
                    first = first or error
        run.arguments = values
        return first

    def _missing(self, run: Run) -> list[Param]:
        lacking = [param for param in run.operation.params if param.name not in run.arguments]
        required = [param for param in lacking if param.required]
        if any(_rides(run.operation, param) for param in required):
            raise _worn()
        offered = [param for param in lacking if not param.required and param.arg.ask]
        return [*required, *offered] if required else []

    async def _ask_again(self, run: Run, error: Invalid) -> None:
        param = run.operation.param(error.param)
        if param is None or _rides(run.operation, param):
            await run.show(reply_to(error, run.operation.key))
            return
        wrong = [each for each in run.operation.params if _unread(run, each)]
        others = [each for each in (*wrong, *self._missing(run)) if each is not param]
        await self._asking.ask_for(run, [param, *dict.fromkeys(others)], error=error)

    async def _handle(self, run: Run) -> None:
        await run.begin()
        context = await self._contexts.build(run)
        async with Deadline(self._clock, run.operation.timeout):
            answer: Answer | None = await run.bound.handler(context, **run.arguments)
        await self._speak_as_chosen(run)
        if isinstance(answer, Confirm):
            await self._asking.confirm(run, answer)
        elif answer is not None and not isinstance(answer, Shown):
            await run.show(as_reply(answer))
        if run.operation is self._chooser:
            run.then = await self._asking.held(run)

    @property
    def _chooser(self) -> Operation | None:
        """The command that chooses a community: after it, what waited for the choice is run."""
        bound = self._registry.operation(CHOOSE)
        return None if bound is None else bound.operation

    async def _speak_as_chosen(self, run: Run) -> None:
        """Answer a change of language or time zone in the one that holds now."""
        now = await self._situations.renewed(run.exchange.origin, run.here)
        if now is not run.here:
            run.here = now
            run.voice = self._contexts.voice(now)


def _alike(operation: Operation) -> bool:
    """Tell whether something needs no community to be named: a button on a thing is about that thing."""
    return not isinstance(operation, Command) or operation.alone or operation.cog == RIGHTS


def which(either: Sequence[KnownCommunity]) -> Reply:
    """Ask somebody in private which of their communities they mean."""
    return Reply(
        t("You use me in several communities. Which one do you mean in private?"),
        buttons=tuple(Button(each.label, CHOOSE, community=str(each.community.id)) for each in either[:SHOWN]),
        note=t("{command} changes it later.", command=Code(CHOOSE)),
        tone=Tone.WARNING,
    )


def _rides(operation: Operation, param: Param) -> bool:
    """Tell whether a button carries a parameter: nobody typed it, so nobody can be asked for it."""
    return isinstance(operation, Action) and param in operation.bound


def _worn() -> UserError:
    return UserError(t("This button is no longer valid. Please type the command instead."))


def _unread(run: Run, param: Param) -> bool:
    """Tell whether something was entered for a parameter that could not be taken, and would be lost."""
    return param.name in run.call.arguments and param.name not in run.arguments


def as_reply(answer: Reply | Text | Markdown) -> Reply:
    """Return an answer as a Reply; raises TypeError for what no handler may return."""
    if isinstance(answer, Reply):
        return answer
    if isinstance(answer, Text | Markdown):
        return Reply(answer)
    raise TypeError(
        f"A handler returned {type(answer).__name__}; it returns a Reply, a Text, Markdown, Confirm or None."
    )
