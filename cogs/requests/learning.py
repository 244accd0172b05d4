# SPDX-License-Identifier: MIT
"""Writes down what the look-up of a request brought, and decides who sees it next: its asker or the librarians."""

from dataclasses import dataclass, replace

from bot.kit import Button, Field, Link, Reply, Tone, Transaction, Visible, t

from . import store, store_history, store_words
from .card import title
from .metadata import FreeCopy
from .model import Happened, Request
from .service import Service
from .work import Work
from .works import dump_copies, dump_work, identifiers_of, summary

VERSIONS = {
    "publishedVersion": t("as published"),
    "acceptedVersion": t("the author's accepted manuscript"),
    "submittedVersion": t("as submitted, before review"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the services said; `down` names those that could not be asked."""

    work: Work | None = None
    source: str = ""
    copies: tuple[FreeCopy, ...] = ()
    down: tuple[str, ...] = ()
    retracted: bool | None = None


def learn(tx: Transaction, service: Service, request_id: int, known: Known) -> None:
    """Keep what is known; offer a free copy to the asker, or else show the request to librarians."""
    request = store.find(tx, request_id)
    if request is None or request.erased_at is not None:
        return
    request = _keep(tx, request, known)
    if known.copies and request.offered_at is None and not request.state.closed and request.asker is not None:
        store.change(tx, request.id, offered_at=tx.now)
        store_history.add(tx, request.id, None, Happened.OFFERED, request.state, request.state)
        service.news.to_asker(tx, request, f"free:{int(tx.now.timestamp())}", offer(request))
    elif request.offered_at is None:
        service.show(tx, request)
    renewed = store.find(tx, request_id)
    if renewed is not None:
        service.news.renew_card(tx, renewed)


def _keep(tx: Transaction, request: Request, known: Known) -> Request:
    work = known.work
    if work is not None and known.retracted is not None:
        work = replace(work, retracted=known.retracted)
    settled = work is not None or not known.down
    store.change(
        tx,
        request.id,
        look_ups=request.look_ups + 1,
        looked_up_at=tx.now if settled else None,
        free_copies=dump_copies(known.copies or request.free_copies),
    )
    if work is not None:
        store.change(tx, request.id, work=dump_work(work), work_source=known.source)
        store.put_identifiers(tx, request, identifiers_of(work))
        store_history.add(tx, request.id, None, Happened.LOOKED_UP, request.state, request.state)
    kept = store.get(tx, request.community_id, request.id)
    store_words.index(tx, kept)
    return kept


def offer(request: Request) -> Reply:
    """Offer a free copy to the asker, in private."""
    copy = request.free_copies[0]
    fields = [Field(t("Free copy"), Link(copy.source, copy.url))]
    if copy.version in VERSIONS:
        fields.append(Field(t("Version"), VERSIONS[copy.version]))
    if request.work is not None:
        fields.insert(0, Field(t("Work"), summary(request.work)))
        if request.work.retracted:
            fields.append(Field(t("Beware"), t("⚠ This work was retracted.")))
    return Reply(
        t("There is a copy that everybody may read. Is it what you need?"),
        title=title(request),
        fields=tuple(fields),
        buttons=(
            Button(t("That is what I needed"), "requests.press_free", request_id=request.id, emoji="✅"),
            Button(t("I still need a librarian"), "requests.press_still", request_id=request.id, emoji="🙋"),
        ),
        tone=Tone.GOOD,
        visible=Visible.SECRET,
        card=True,
    )
