# SPDX-License-Identifier: MIT
"""How a request looks: the card that librarians work with, the same facts for who asks, and lines in lists."""

from collections.abc import Iterable

from bot.kit import Ago, Button, Field, Level, Link, Markdown, Person, Reply, Text, Tone, t

from .lifecycle import Move, allows
from .model import Actor, Happened, Line, Request, State
from .works import summary

LONG = 1_000
"""How many characters of a text that people wrote are shown."""

SIGNS = {
    State.OPEN: "🟢",
    State.CLAIMED: "🔎",
    State.WAITING: "⏳",
    State.FULFILLED: "✅",
    State.DECLINED: "✖️",
    State.WITHDRAWN: "↩️",
}
TONES = {State.OPEN: Tone.PLAIN, State.FULFILLED: Tone.GOOD, State.WAITING: Tone.WARNING}
COPYRIGHT = t(
    "For your own research. What you may do with it depends on the copyright law of your country; pass no copies on."
)
HAPPENED: dict[Happened, Text] = {
    Happened.OPENED: t("asked for it"),
    Happened.CLAIMED: t("claimed it"),
    Happened.RELEASED: t("released it"),
    Happened.ASSIGNED: t("assigned it"),
    Happened.ASKED: t("asked back"),
    Happened.REPLIED: t("replied"),
    Happened.NOTED: t("wrote a note"),
    Happened.EDITED: t("edited it"),
    Happened.LOOKED_UP: t("it was looked up in catalogues"),
    Happened.OFFERED: t("a free copy was offered"),
    Happened.FULFILLED: t("fulfilled it"),
    Happened.DECLINED: t("declined it"),
    Happened.WITHDRAWN: t("withdrew it"),
    Happened.REOPENED: t("reopened it"),
    Happened.INTRODUCED: t("exchanged contacts"),
    Happened.ERASED: t("names and words were erased"),
}


def title(request: Request) -> Text:
    """Name a request."""
    return t("{number} · {title}", number=request.name, title=request.title)


def card(request: Request) -> Reply:
    """Show a request to librarians, with what can be done with it now."""
    return Reply(
        title=title(request),
        text=request.content.details[:LONG],
        fields=tuple(facts(request)),
        buttons=buttons(request),
        tone=TONES.get(request.state, Tone.PLAIN),
        note=_note(request),
        card=True,
    )


def buttons(request: Request) -> tuple[Button, ...]:
    """Offer what can be done with a request; the first three are what fits as reactions."""
    key = request.id
    follow = Button(t("Follow"), "requests.press_follow", request_id=key, emoji="🔔")
    have = Button(t("I have it"), "requests.press_have", request_id=key, emoji="✅")
    close = Button(t("Close"), "requests.press_close", request_id=key, emoji="✖️")
    if request.erased_at is not None:
        return ()
    if request.state.closed:
        return (Button(t("Reopen"), "requests.press_reopen", request_id=key, emoji="🔁"),)
    if request.state is State.OPEN:
        return (Button(t("Claim"), "requests.press_claim", request_id=key, emoji="✋"), have, follow, close)
    return (have, follow, Button(t("Release"), "requests.press_release", request_id=key, emoji="↩️"), close)


def offered(request: Request, actor: Actor) -> tuple[Button, ...]:
    """Offer one person what they can do with a request; of an anonymous one all, so that nothing tells who asks."""
    if request.anonymous:
        return buttons(request) if actor.level >= Level.LIBRARIAN else ()
    asks = request.is_asker(actor.person_id)
    close = Move.WITHDRAW if asks else Move.DECLINE
    moves = {"claim": Move.CLAIM, "have": Move.FULFIL, "release": Move.RELEASE, "reopen": Move.REOPEN, "close": close}
    answer = Button(t("Reply"), "requests.press_reply", request_id=request.id, emoji="💬")
    found: tuple[Button, ...] = (answer,) if asks and request.state is State.WAITING else ()
    for button in buttons(request):
        move = moves.get(button.target.removeprefix("requests.press_"))
        if not asks if move is None else allows(request, move, actor):
            found += (button,)
    return found


def facts(request: Request) -> Iterable[Field]:
    """List what is known of a request, who asks and who looks."""
    content = request.content
    yield Field(t("State"), state(request))
    yield Field(t("Kind"), Text(content.kind.label))
    if request.work is not None:
        yield Field(t("Work"), summary(request.work))
        if request.work.retracted:
            yield Field(t("Beware"), t("⚠ This work was retracted."))
    for identifier in request.identifiers[:3]:
        yield Field(identifier.scheme.label, Link(identifier.value, identifier.link))
    if content.language:
        yield Field(t("Language"), content.language)
    if content.wiki or content.article:
        yield Field(t("For"), ": ".join(part for part in (content.wiki, content.article) if part))
    if content.needed_at is not None:
        yield Field(t("Needed by"), t("{day}", day=content.needed_at))
    if request.erased_at is None:
        yield Field(t("Asked by"), asker(request))
    if request.free_copies and not request.state.closed:
        yield Field(t("Free copy"), Link(request.free_copies[0].source, request.free_copies[0].url))
    yield from result(request)


def result(request: Request) -> Iterable[Field]:
    """List what came of a closed request."""
    delivery = request.delivery
    if request.state is State.FULFILLED:
        if delivery.answer:
            yield Field(t("Found"), delivery.answer[:LONG])
        if delivery.link:
            yield Field(t("Link"), Link(delivery.link, delivery.link))
        if delivery.how is not None:
            yield Field(t("How"), Text(delivery.how.label))
    elif request.reason:
        yield Field(t("Reason"), request.reason[:LONG])


def state(request: Request) -> Text:
    """Say where a request stands, and who looks for it."""
    words = Text(request.state.label)
    if request.claimer is not None and not request.state.closed:
        name = Person(request.claimer.id, request.claimer.name)
        return t("{sign} {state} · {name} is looking", sign=SIGNS[request.state], state=words, name=name)
    return t("{sign} {state}", sign=SIGNS[request.state], state=words)


def asker(request: Request) -> Text:
    """Name who asks, unless they want nobody to know."""
    if request.anonymous:
        return t("somebody who stays anonymous")
    if request.asker is None:
        return t("somebody who left")
    return t("{name}", name=Person(request.asker.id, request.asker.name))


def line(each: Line) -> Text:
    """Show a request in a list."""
    words = t(
        "{sign} **{number}** {title} · {kind}, {when}",
        sign=SIGNS[each.state],
        number=each.name,
        title=each.title,
        kind=Text(each.kind.label),
        when=Ago(each.opened_at),
    )
    if each.claimer is not None and not each.state.closed:
        return t("{line} · {name} is looking", line=words, name=Person(each.claimer.id, each.claimer.name))
    return words


def _note(request: Request) -> Text | Markdown | str:
    handed = request.state is State.FULFILLED and (request.delivery.answer or request.delivery.link)
    if handed and request.work_source:
        return t("{copyright} Bibliographic data from {source}.", copyright=COPYRIGHT, source=request.work_source)
    if handed:
        return COPYRIGHT
    if request.work_source:
        return t("Bibliographic data from {source}.", source=request.work_source)
    return ""
