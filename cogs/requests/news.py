# SPDX-License-Identifier: MIT
"""Tells people what happened to a request, in the transaction in which it happened.

Librarians see the card change. The asker and the followers hear of it where they asked, or in private if they chose so
or asked anonymously. Who looks for it always hears in private. Nobody is told of what they did themselves.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from bot.kit import Button, Field, Mention, Person, Poster, Reply, Text, Tone, Transaction, t

from . import store_following
from .card import COPYRIGHT, HAPPENED, LONG, card, result, title
from .model import Actor, Event, Happened, How, Request

SLOT = "requests"
"""What the place is called where librarians see requests."""

_TO_ALL = {
    Happened.CLAIMED,
    Happened.RELEASED,
    Happened.ASSIGNED,
    Happened.ASKED,
    Happened.REPLIED,
    Happened.EDITED,
    Happened.FULFILLED,
    Happened.DECLINED,
    Happened.WITHDRAWN,
    Happened.REOPENED,
}
_TO_CLAIMER = _TO_ALL - {Happened.CLAIMED}


class News:
    """Writes posts for a request into the outbox."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    def show_card(self, tx: Transaction, request: Request) -> int:
        """Post a request's card to librarians, or edit it wherever it is; return in how many places.

        Its thread, where it has one, begins with what it is for.
        """
        count = self._poster.announce(tx, request.community_id, SLOT, card_key(request), card(request))
        if request.threaded:
            said = Reply(t("What happens to {number} comes here. Talk about it here, too.", number=request.name))
            self._below(tx, request, f"request:{request.id}:thread", replace(said, title=title(request)))
        return count

    def renew_card(self, tx: Transaction, request: Request) -> None:
        """Edit the card wherever it is."""
        self._poster.update(tx, card_key(request), card(request))

    def spread(
        self, tx: Transaction, request: Request, event_id: int, happened: Happened, actor: Actor, words: str = ""
    ) -> None:
        """Tell everybody whom it concerns."""
        said = message(request, happened, actor, words)
        key = event_key(request, event_id)
        if request.threaded:
            self._below(tx, request, f"{key}:thread", replace(said, buttons=(), card=False))
        if happened in _TO_ALL:
            self._to_followers(tx, request, actor, key, said)
        if happened in _TO_CLAIMER and request.claimer is not None and request.claimer.id != actor.person_id:
            self._poster.tell(tx, request.community_id, request.claimer.id, key, said)

    def take_back(self, tx: Transaction, request: Request, events: Iterable[Event]) -> None:
        """Let news of things that happened name and quote nobody any more, wherever they were told."""
        for event in events:
            said = nameless(request, event.happened)
            for key in (event_key(request, event.id), f"{event_key(request, event.id)}:thread"):
                self._poster.update(tx, key, said)

    def to_asker(self, tx: Transaction, request: Request, key: str, said: Reply) -> bool:
        """Tell the asker something in private; False when nobody knows any more who it is."""
        if request.asker is None:
            return False
        self._poster.tell(tx, request.community_id, request.asker.id, f"request:{request.id}:{key}", said)
        return True

    def to_person(self, tx: Transaction, request: Request, person_id: int, key: str, said: Reply) -> None:
        """Tell one person something in private."""
        self._poster.tell(tx, request.community_id, person_id, f"request:{request.id}:{key}", said)

    def to_librarians(self, tx: Transaction, community_id: int, key: str, said: Reply) -> int:
        """Post something beside the cards."""
        return self._poster.announce(tx, community_id, SLOT, key, said)

    def _below(self, tx: Transaction, request: Request, key: str, said: Reply) -> None:
        self._poster.post_below(tx, request.community_id, card_key(request), key, said)

    def _to_followers(self, tx: Transaction, request: Request, actor: Actor, key: str, said: Reply) -> None:
        where: dict[int | None, list[int]] = defaultdict(list)
        hearers = {each.person_id: each.place_id for each in store_following.followers(tx, request.id)}
        if request.asker is not None:
            hearers[request.asker.id] = None if request.private or request.anonymous else request.place_id
        told = {actor.person_id, request.claimer.id if request.claimer else None}
        for person_id, place_id in hearers.items():
            if person_id not in told:
                private = place_id is None or store_following.is_private(tx, place_id)
                where[None if private else place_id].append(person_id)
        for place_id, people in where.items():
            if place_id is not None:
                mention = Mention(person_ids=tuple(people))
                own = any(request.is_asker(person_id) for person_id in people)
                here = said if own else replace(said, buttons=_for_others(said.buttons))
                self._poster.post(tx, request.community_id, place_id, key, here, mention=mention)
                continue
            for person_id in people:
                mine = said if request.is_asker(person_id) else replace(said, buttons=_for_others(said.buttons))
                self._poster.tell(tx, request.community_id, person_id, key, mine)


def card_key(request: Request) -> str:
    """Name the card among the posts."""
    return f"request:{request.id}:card"


def event_key(request: Request, event_id: int) -> str:
    """Name the news of one thing that happened among the posts."""
    return f"request:{request.id}:{event_id}"


def nameless(request: Request, happened: Happened) -> Reply:
    """Say what happened, but not to whom or in whose words; what was handed over stays while the request has it."""
    over = happened in {Happened.FULFILLED, Happened.DECLINED} and request.erased_at is None
    return Reply(
        title=title(request),
        text=t("{who} {what}", who=t("Somebody"), what=HAPPENED[happened]),
        fields=tuple(result(request)) if over else (),
        buttons=_for_others(_buttons(request, happened)) if over else (),
        note=t("{copyright} Names and words were erased.", copyright=COPYRIGHT)
        if over and happened is Happened.FULFILLED
        else t("Names and words were erased."),
        card=True,
    )


def message(request: Request, happened: Happened, actor: Actor, words: str) -> Reply:
    """Say what happened."""
    closing = happened in {Happened.FULFILLED, Happened.DECLINED}
    return Reply(
        title=title(request),
        text=_text(request, happened, actor),
        fields=tuple(result(request)) if closing else _quoted(happened, words),
        buttons=_buttons(request, happened),
        tone=Tone.GOOD if happened is Happened.FULFILLED else Tone.PLAIN,
        note=COPYRIGHT if happened is Happened.FULFILLED else "",
        # What is posted is no answer to somebody: its buttons must not take the numbers that people type for theirs.
        card=True,
    )


def _quoted(happened: Happened, words: str) -> tuple[Field, ...]:
    if not words:
        return ()
    name = t("Question") if happened is Happened.ASKED else t("Answer") if happened is Happened.REPLIED else t("Why")
    return (Field(name, words[:LONG]),)


def _buttons(request: Request, happened: Happened) -> tuple[Button, ...]:
    key = request.id
    if happened is Happened.ASKED:
        return (Button(t("Reply"), "requests.press_reply", request_id=key, emoji="💬"),)
    if happened is Happened.FULFILLED:
        again = Button(t("This is not it"), "requests.press_reopen", request_id=key, emoji="🔁")
        if request.delivery.how is How.CONTACT:
            return (Button(t("Exchange contacts"), "requests.press_introduce", request_id=key, emoji="🤝"), again)
        return (Button(t("Citation"), "requests.press_cite", request_id=key, emoji="📄"), again)
    return ()


_ASKERS = {"requests.press_reply", "requests.press_reopen", "requests.press_introduce"}


def _for_others(buttons: tuple[Button, ...]) -> tuple[Button, ...]:
    """Leave out what only the asker may press."""
    return tuple(button for button in buttons if button.target not in _ASKERS)


def _text(request: Request, happened: Happened, actor: Actor) -> Text:
    who = _who(request, actor)
    match happened:
        case Happened.CLAIMED:
            return t("{name} is looking for it.", name=who)
        case Happened.RELEASED:
            return t("Nobody is looking for it any more; it is open again.")
        case Happened.ASSIGNED:
            looks = request.claimer
            return t("{name} is to look for it.", name=Person(looks.id, looks.name) if looks else t("somebody"))
        case Happened.ASKED:
            return t("{name} needs to know more before the search can go on.", name=who)
        case Happened.REPLIED:
            return t("{name} replied.", name=who)
        case Happened.EDITED:
            return t("{name} changed the request.", name=who)
        case Happened.FULFILLED:
            return t("{name} found it.", name=who)
        case Happened.DECLINED:
            return t("{name} could not get it.", name=who)
        case Happened.WITHDRAWN:
            return t("It is not needed any more.")
        case _:
            return t("It is open again: {name} reopened it.", name=who)


def _who(request: Request, actor: Actor) -> Person | Text:
    """Name who acts; an anonymous asker stays so."""
    if actor.person_id is None:
        return t("Refdesk")
    if request.anonymous and request.is_asker(actor.person_id):
        return t("The asker")
    return Person(actor.person_id, "…")
