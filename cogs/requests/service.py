# SPDX-License-Identifier: MIT
"""What can be done with a request: each a function of one transaction that checks, changes, notes and tells.

A change, its line in the history, the card and the notifications are one transaction, so no crash parts them.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.kit import Code, Invalid, Level, Levels, NotFound, Numbers, Person, Reply, Transaction, UserError, t

from . import lifecycle, store, store_following, store_history, store_words
from .card import title
from .identifiers import Identifier
from .lifecycle import Move
from .model import PREFIX, Actor, Content, Delivery, Happened, How, Party, Request, State
from .news import News

CARD_WAIT = timedelta(seconds=15)
"""How long a card waits for what catalogues know of the work."""

_HAPPENED = {
    Move.CLAIM: Happened.CLAIMED,
    Move.RELEASE: Happened.RELEASED,
    Move.ASSIGN: Happened.ASSIGNED,
    Move.ASK: Happened.ASKED,
    Move.REPLY: Happened.REPLIED,
    Move.EDIT: Happened.EDITED,
    Move.FULFIL: Happened.FULFILLED,
    Move.ACCEPT: Happened.FULFILLED,
    Move.DECLINE: Happened.DECLINED,
    Move.WITHDRAW: Happened.WITHDRAWN,
    Move.REOPEN: Happened.REOPENED,
}
_ANSWERS = {Move.CLAIM, Move.ASSIGN, Move.ASK, Move.FULFIL, Move.DECLINE, Move.ACCEPT}
"""What counts as the first response."""

Later = Callable[[Transaction, Request], None]
"""Sets the timers of a new request: look it up now, show its card in some seconds."""


class Service:
    """The rules over the tables; knows nothing of chat."""

    def __init__(self, numbers: Numbers, news: News, later: Later, levels: Levels) -> None:
        self.numbers = numbers
        self.news = news
        self.later = later
        self.levels = levels

    def find(self, tx: Transaction, community_id: int, number: int) -> Request:
        """Return the request that a number stands for in this community; raises NotFound."""
        row_id = self.numbers.find(tx, community_id, store.KIND, number)
        if row_id is None:
            raise NotFound(t("There is no request {number} here.", number=f"{PREFIX}{number}"))
        return store.get(tx, community_id, row_id)

    def open(
        self,
        tx: Transaction,
        actor: Actor,
        content: Content,
        identifiers: Iterable[Identifier],
        month: str,
        *,
        anonymous: bool = False,
        private: bool = False,
        threaded: bool = False,
        look_up: bool = True,
    ) -> Request:
        """Write a request down; its card follows at once, or in some seconds when its identifier is looked up."""
        request_id = store.add(
            tx,
            actor,
            content,
            month,
            place_id=actor.place_id,
            anonymous=anonymous,
            private=private or actor.direct,
            threaded=threaded,
        )
        self.numbers.allocate(tx, actor.community_id, actor.home_id, store.KIND, request_id)
        request = store.get(tx, actor.community_id, request_id)
        store.put_identifiers(tx, request, identifiers)
        store_words.index(tx, request)
        store_history.add(tx, request_id, actor.person_id, Happened.OPENED, State.OPEN, State.OPEN)
        request = store.get(tx, actor.community_id, request_id)
        if request.identifiers and look_up:
            self.later(tx, request)
        else:
            request = self.show(tx, request)
        return request

    def show(self, tx: Transaction, request: Request) -> Request:
        """Show a request to librarians, if they have not seen it yet, and tell those who subscribed to its like."""
        if request.carded_at is not None or request.state.closed:
            return request
        store.change(tx, request.id, carded_at=tx.now)
        shown = store.get(tx, request.community_id, request.id)
        self.news.show_card(tx, shown)
        said = Reply(
            t(
                "A new request of a sort that you subscribed to. Claim it with {command}.",
                command=Code(f"request claim {shown.name}"),
            ),
            title=title(shown),
        )
        for person_id in store_following.subscribers(tx, shown):
            self.news.to_person(tx, shown, person_id, "subscribed", said)
        return shown

    def claim(self, tx: Transaction, actor: Actor, request_id: int) -> Request:
        """Let somebody look for it; UserError names who was quicker."""
        return self._move(tx, actor, request_id, Move.CLAIM, claimed_by=actor.person_id, claimed_at=tx.now)

    def release(self, tx: Transaction, actor: Actor, request_id: int, words: str = "") -> Request:
        """Let nobody look for it any more."""
        return self._move(tx, actor, request_id, Move.RELEASE, words, claimed_by=None, claimed_at=None)

    def assign(self, tx: Transaction, actor: Actor, request_id: int, to: Person) -> Request:
        """Let somebody else look for it; raises UserError for whom nobody here knows as a librarian."""
        request = self._at(tx, actor, request_id)
        lifecycle.after(request, Move.ASSIGN, self._in(tx, actor, request))
        if to.id != actor.person_id and self.levels.level_of(tx, request.community_id, to.id) < Level.LIBRARIAN:
            raise UserError(
                t(
                    "As far as I know {name} is no librarian here, and only librarians look for requests. Either they "
                    "use me here once, so that I see their role, or a moderator names them with {command}.",
                    name=to,
                    command=Code(f"settings level person={to.name} level=librarian"),
                )
            )
        return self._move(tx, actor, request_id, Move.ASSIGN, claimed_by=to.id, claimed_at=tx.now)

    def ask(self, tx: Transaction, actor: Actor, request_id: int, question: str) -> Request:
        """Ask back; whoever asks looks for it, if nobody did."""
        request = self._at(tx, actor, request_id)
        claimed: dict[str, Any] = {}
        if request.claimer is None:
            claimed = {"claimed_by": actor.person_id, "claimed_at": tx.now}
        return self._move(tx, actor, request_id, Move.ASK, question, **claimed)

    def reply(self, tx: Transaction, actor: Actor, request_id: int, words: str) -> Request:
        """Add what the asker says; a search that waited for it goes on."""
        return self._move(tx, actor, request_id, Move.REPLY, words)

    def fulfil(self, tx: Transaction, actor: Actor, request_id: int, delivery: Delivery) -> Request:
        """Hand a source over."""
        return self._close(tx, actor, request_id, Move.FULFIL, delivery)

    def accept_free(self, tx: Transaction, actor: Actor, request_id: int) -> Request:
        """Close a request because the free copy that was offered is what its asker needed."""
        request = self._at(tx, actor, request_id)
        copy = request.free_copies[0] if request.free_copies else None
        delivery = Delivery(link=copy.url if copy else "", how=How.FREE)
        return self._close(tx, actor, request_id, Move.ACCEPT, delivery)

    def decline(self, tx: Transaction, actor: Actor, request_id: int, reason: str) -> Request:
        """Say that it cannot be had, and why."""
        return self._close(tx, actor, request_id, Move.DECLINE, Delivery(), reason)

    def withdraw(self, tx: Transaction, actor: Actor, request_id: int, reason: str = "") -> Request:
        """Say that it is not needed any more."""
        return self._close(tx, actor, request_id, Move.WITHDRAW, Delivery(), reason)

    def reopen(self, tx: Transaction, actor: Actor, request_id: int, reason: str = "") -> Request:
        """Let a closed request be open again."""
        return self._move(
            tx,
            actor,
            request_id,
            Move.REOPEN,
            reason,
            claimed_by=None,
            claimed_at=None,
            closed_at=None,
            closed_by=None,
            reason="",
            **_delivered(Delivery()),
        )

    def edit(
        self, tx: Transaction, actor: Actor, request_id: int, content: Content, identifiers: Iterable[Identifier] | None
    ) -> Request:
        """Change what is asked for; with other identifiers it is looked up anew."""
        request = self._at(tx, actor, request_id)
        lifecycle.after(request, Move.EDIT, self._in(tx, actor, request))
        store.rewrite(tx, request_id, content)
        if content.needed_at != request.content.needed_at:
            store.change(tx, request_id, warned_at=None)
        if identifiers is not None:
            store.drop_identifiers(tx, request_id)
            store.change(
                tx,
                request_id,
                work=None,
                work_source="",
                looked_up_at=None,
                look_ups=0,
                free_copies="[]",
                offered_at=None,
            )
            store.put_identifiers(tx, self._at(tx, actor, request_id), identifiers)
        store_words.index(tx, self._at(tx, actor, request_id))
        changed = self._move(tx, actor, request_id, Move.EDIT)
        if identifiers is not None and changed.identifiers:
            self.later(tx, changed)
        return changed

    def note(self, tx: Transaction, actor: Actor, request_id: int, words: str) -> Request:
        """Keep a note for librarians."""
        request = self._at(tx, actor, request_id)
        store_history.add(tx, request_id, actor.person_id, Happened.NOTED, request.state, request.state, words)
        return self.keep(tx, actor, request_id)

    def keep(self, tx: Transaction, actor: Actor, request_id: int) -> Request:
        """Note that whoever looks for it still does."""
        request = store.at_hand(tx, actor, request_id)
        if request.state is State.CLAIMED and request.is_claimer(actor.person_id):
            store.change(tx, request.id, active_at=tx.now, reminded_at=None)
        return request

    def _close(
        self, tx: Transaction, actor: Actor, request_id: int, move: Move, delivery: Delivery, reason: str = ""
    ) -> Request:
        return self._move(
            tx,
            actor,
            request_id,
            move,
            reason,
            closed_at=tx.now,
            closed_by=actor.person_id,
            reason=reason,
            **_delivered(delivery),
        )

    def _move(
        self, tx: Transaction, actor: Actor, request_id: int, move: Move, words: str = "", **columns: Any
    ) -> Request:
        """Take a way of the lifecycle: check, change, note, tell."""
        before = self._at(tx, actor, request_id)
        after = lifecycle.after(before, move, self._in(tx, actor, before))
        if before.responded_at is None and move in _ANSWERS and actor.person_id is not None:
            columns["responded_at"] = tx.now
        store.change(tx, request_id, **{"state": after.value, "active_at": tx.now, "reminded_at": None} | columns)
        event_id = store_history.add(tx, request_id, actor.person_id, _HAPPENED[move], before.state, after, words)
        request = self._at(tx, actor, request_id)
        if move is Move.REOPEN:
            request = self.show(tx, request)
        self.news.renew_card(tx, request)
        self.news.spread(tx, _for_news(before, request), event_id, _HAPPENED[move], actor, words)
        return request

    def _in(self, tx: Transaction, actor: Actor, request: Request) -> Actor:
        """Return who acts with what they may do in the request's community, which in private may be another one."""
        if actor.person_id is None or actor.community_id == request.community_id:
            return actor
        level = self.levels.level_of(tx, request.community_id, actor.person_id)
        return replace(actor, community_id=request.community_id, level=min(level, Level.LIBRARIAN))

    def _at(self, tx: Transaction, actor: Actor, request_id: int) -> Request:
        return store.at_hand(tx, actor, request_id)


def _for_news(before: Request, request: Request) -> Request:
    """Return the request as it is, with who looked for it until now, so that they hear of it too."""
    claimer: Party | None = request.claimer or before.claimer
    return replace(request, claimer=claimer)


def _delivered(delivery: Delivery) -> dict[str, Any]:
    return {
        "answer": delivery.answer,
        "link": delivery.link,
        "how": delivery.how.value if delivery.how else "",
        "effort": delivery.effort,
        "minutes": delivery.minutes,
    }


def check_needed(needed_at: datetime | None, now: datetime) -> None:
    """Raise Invalid for a day that is over, or so far away that it must be a slip."""
    if needed_at is None:
        return
    if needed_at <= now:
        raise Invalid("needed_by", t("That day is over. Give a day from today on."))
    if needed_at > now + timedelta(days=3 * 366):
        raise Invalid("needed_by", t("That is more than three years away. Give a nearer day."))
