# SPDX-License-Identifier: MIT
"""What is missing is asked for: what is known becomes a draft, and the answer runs it again.

No coroutine waits for a human. A draft is a row; it outlives a restart, and nothing that was typed is lost.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.core.awaiting import Awaiting
from bot.core.completing import Completing
from bot.core.convert import to_raw
from bot.core.exchange import Call, Origin, Question, Raw
from bot.core.registry import Registry
from bot.core.run import Run, title_of
from bot.kit.arg import Choice, Upload
from bot.kit.database import Database, Transaction
from bot.kit.errors import Invalid, NotFound
from bot.kit.limits import ASKED_AT_ONCE
from bot.kit.params import Kind, Param
from bot.kit.reply import Confirm
from bot.kit.text import Text, t
from bot.storage import drafts
from bot.storage.drafts import Draft

KEPT = timedelta(days=7)
"""How long a form may be answered."""

HELD = timedelta(hours=1)
"""How long a command waits for its person to say in private which community they mean."""

NUMBERED = 9
"""How many values are offered by number."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a draft waits for: parameters by name (with the values offered by number and what was typed), or a yes.

    One that was put `aside` is answered by a reply to its question only, no more by whatever its person says next.
    `instead` is what a no runs: a button's target and its arguments.
    """

    params: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    confirm: bool = False
    aside: bool = False
    instead: tuple[str, Mapping[str, str]] | None = None

    def dump(self) -> str:
        """Return the form in which it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def load(cls, kept: str) -> "Asked":
        """Read what `dump` wrote."""
        read: dict[str, Any] = json.loads(kept)
        return cls(
            tuple(read["params"]),
            tuple(read["choices"]),
            read["typed"],
            read["confirm"],
            read.get("aside", False),
            tuple(read["instead"]) if read.get("instead") else None,
        )


class Asking:
    """Writes drafts, shows their questions, and turns answers into calls."""

    def __init__(self, db: Database, completing: Completing, awaiting: Awaiting, registry: Registry) -> None:
        self._db = db
        self._completing = completing
        self._awaiting = awaiting
        self._registry = registry

    async def ask_for(self, run: Run, params: Sequence[Param], *, error: Invalid | None = None) -> None:
        """Ask for parameters, five at most at once; what is known is kept, and what was typed is offered again."""
        asked = tuple(params[:ASKED_AT_ONCE])
        typed = _typed(run, asked) if error else {}
        choices = await self._choices(run, asked[0], typed.get(asked[0].name, ""))
        waits = Asked(tuple(param.name for param in asked), tuple(choice.value for choice in choices), typed)
        draft_id = await self._keep(run, waits)
        await self._ask(run, Question(draft_id, Text(run.title), asked, typed, choices, error.text if error else None))

    async def confirm(self, run: Run, confirm: Confirm) -> None:
        """Ask for a yes before an operation goes on."""
        instead = (confirm.instead.target, dict(confirm.instead.arguments)) if confirm.instead else None
        draft_id = await self._keep(run, Asked(confirm=True, instead=instead))
        await self._ask(run, Question(draft_id, Text(run.title), confirm=confirm))

    async def hold(self, run: Run) -> None:
        """Keep a command until its person has said which community they mean; one in each conversation."""
        await self._db.write(_hold, run, _held(run))

    async def held(self, run: Run) -> Call | None:
        """Return the command that was held in this conversation, once; None when there is none, or it is too old."""
        place = run.exchange.origin.place
        here = run.exchange.origin.platform, place.channel_id
        draft = await self._db.write(drafts.take_held, run.here.person.id, *here)
        return None if draft is None else Call(draft.target, draft.arguments)

    async def waiting(self, origin: Origin, draft_id: int | None = None) -> tuple[int, Asked] | None:
        """Return the draft that a person's message answers, and what it waits for.

        It is the one whose question was replied to (`draft_id`), else the one that waits for the next message here.
        """
        if draft_id is None or draft_id not in await self._awaiting.open_to(origin):
            draft_id = await self._awaiting.draft_id(origin)
        draft = None if draft_id is None else await self._db.read(drafts.get, draft_id)
        if draft is None or draft.asking is None:
            return None
        return draft.id, Asked.load(draft.asking)

    async def has_asked(self, origin: Origin) -> bool:
        """Tell whether a person was asked anything in this channel that they may still answer by a reply to it."""
        return bool(await self._awaiting.open_to(origin))

    async def put_aside(self, origin: Origin) -> Draft | None:
        """Stop taking a person's next message here for an answer; return the draft that waited for it."""
        draft_id = await self._awaiting.draft_id(origin)
        if draft_id is None:
            return None
        draft = await self._db.write(_put_aside, draft_id)
        self._awaiting.put_aside(draft_id)
        return draft

    async def take(self, draft_id: int, person_id: int, values: Mapping[str, Raw]) -> Call:
        """Turn an answer into a call; the draft is used up. Raises NotFound when it is gone or somebody else's."""
        draft = await self._db.write(_take_own, draft_id, person_id)
        self._awaiting.settle(draft_id)
        if draft is None or draft.asking is None:
            raise NotFound(t("This question is no longer open. Please start again."))
        confirmed = Asked.load(draft.asking).confirm
        return Call(draft.target, {**draft.arguments, **values}, confirmed, draft.community_id)

    async def drop(self, draft_id: int, person_id: int) -> Asked | None:
        """Forget a draft; return what it waited for, None when it was gone already."""
        draft = await self._db.write(_take_own, draft_id, person_id)
        self._awaiting.settle(draft_id)
        return Asked.load(draft.asking) if draft is not None and draft.asking is not None else None

    async def question(self, draft_id: int, person_id: int) -> Question | None:
        """Return what a draft asks for, to show its form again; None when it is gone or somebody else's."""
        draft = await self._db.read(drafts.get, draft_id)
        bound = self._registry.operation(draft.target) if draft else None
        if draft is None or draft.asking is None or bound is None or draft.person_id != person_id:
            return None
        asked = Asked.load(draft.asking)
        params = tuple(param for param in bound.operation.params if param.name in asked.params)
        return Question(draft.id, Text(title_of(bound.operation)), params, asked.typed)

    async def _keep(self, run: Run, waits: Asked) -> int:
        known = {
            name: to_raw(param, value)
            for name, value in run.arguments.items()
            if (param := run.operation.param(name)) and name not in waits.params and not isinstance(value, Upload)
        }
        draft = await self._db.write(_add, run, known, waits.dump())
        return draft.id

    async def _ask(self, run: Run, question: Question) -> None:
        await self._awaiting.expect(run.exchange.origin, question.draft_id)
        await run.exchange.ask(question, run.visible, run.voice)

    async def _choices(self, run: Run, param: Param, typed: str) -> tuple[Choice, ...]:
        """Return the values to offer by number: all that there are, or those nearest to what was typed."""
        if param.kind in (Kind.FLAG, Kind.CHOICE):
            return await self._completing.values(run, param, "")
        return (await self._completing.values(run, param, typed))[:NUMBERED] if typed else ()


def _typed(run: Run, asked: Sequence[Param]) -> dict[str, str]:
    """Return what was entered for the parameters that are asked for again, so that nobody types it twice."""
    given = run.call.arguments
    return {
        param.name: str(given[param.name]) for param in asked if isinstance(given.get(param.name), str | int | float)
    }


def _held(run: Run) -> dict[str, str]:
    """Return what was entered, as it was typed, or as text that reads back as the same value; files are not kept."""
    kept = {name: raw for name, raw in run.call.arguments.items() if isinstance(raw, str)}
    for name, value in run.arguments.items():
        param = run.operation.param(name)
        if name not in kept and param is not None and not isinstance(value, Upload):
            kept[name] = to_raw(param, value)
    return kept


def _hold(tx: Transaction, run: Run, known: Mapping[str, Any]) -> None:
    origin = run.exchange.origin
    drafts.take_held(tx, run.here.person.id, origin.platform, origin.place.channel_id)
    person, place = run.here.person.id, run.here.place.id
    drafts.add(tx, person, place, run.operation.key, known, expires_at=tx.now + HELD)


def chosen(text: str, choices: Sequence[str]) -> str:
    """Return the choice that a bare number stands for, else the text itself."""
    number = text.strip()
    if number.isascii() and number.isdigit() and 1 <= int(number) <= len(choices):
        return choices[int(number) - 1]
    return text


def _add(tx: Transaction, run: Run, known: Mapping[str, Any], asking: str) -> Draft:
    return drafts.add(
        tx,
        run.here.person.id,
        run.here.place.id,
        run.operation.key,
        known,
        expires_at=tx.now + KEPT,
        community_id=run.here.community.id or None,
        home_id=run.here.home.id if run.here.home else None,
        asking=asking,
    )


def _put_aside(tx: Transaction, draft_id: int) -> Draft | None:
    draft = drafts.get(tx, draft_id)
    if draft is None or draft.asking is None:
        return None
    asking = replace(Asked.load(draft.asking), aside=True).dump()
    return drafts.change(tx, draft_id, arguments=draft.arguments, asking=asking, confirmed=draft.confirmed)


def _take_own(tx: Transaction, draft_id: int, person_id: int) -> Draft | None:
    found = drafts.get(tx, draft_id)
    return drafts.take(tx, draft_id) if found is not None and found.person_id == person_id else None
