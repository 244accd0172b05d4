# SPDX-License-Identifier: MIT
"""What a demonstration's list of requests holds: one in each state, so that every command shows something."""

from typing import Any

from bot.kit import Level, Person, Scene, Transaction

from . import store, store_following, store_history, store_words
from .identifiers import find
from .model import Actor, Content, Delivery, Happened, How, Request, SourceKind
from .news import News
from .service import Service
from .work import Kind, Name, PartialDate, Work
from .works import dump_work

FAIR = Content(
    "Zagreb fair of 1921 in the Riverside Gazette",
    SourceKind.NEWSPAPER,
    "The report on the opening day, with the number of visitors.",
    language="en",
    wiki="en",
    article="Zagreb Fair",
)
HARBOUR = Content("Map of the harbour before the floods of 1911", SourceKind.MAP, "Any scale will do.")
OPEN_ACCESS = Content(
    "The state of OA: a large-scale analysis of the prevalence and impact of Open Access articles",
    SourceKind.ARTICLE,
    "doi:10.7717/peerj.4375, page 9",
    language="en",
    wiki="es",
    article="Acceso abierto",
)
MILL = Content("Who owned the paper mill on the river around 1870?", SourceKind.ARCHIVE, "For a list of monuments.")
DIARY = Content("Diary of a ferryman, 1899", SourceKind.BOOK)
WORK = Work(
    Kind.JOURNAL,
    "The state of OA: a large-scale analysis of the prevalence and impact of Open Access articles",
    authors=(Name("Piwowar", "Heather"), Name("Priem", "Jason"), Name("Larivière", "Vincent")),
    container="PeerJ",
    volume="6",
    article_number="e4375",
    date=PartialDate(2018, 2, 13),
    doi="10.7717/peerj.4375",
)


def fill(tx: Transaction, scene: Scene, service: Service) -> None:
    """Write the demonstration's requests and what happened to them; of all the news only one card is posted."""
    posting, service = service.news, Service(service.numbers, News(_Mute()), service.later, service.levels)
    month = f"{tx.now:%Y-%m}"
    ben, zoe, ana = (_actor(scene, scene.people[name]) for name in ("ben", "zoe", "ana"))
    librarian = _actor(scene, scene.people["ana"], Level.LIBRARIAN)

    def ask(who: Actor, content: Content) -> Request:
        return service.open(tx, who, content, find(content.details), month, look_up=False)

    fair, harbour, article, mill, diary = (
        ask(who, content)
        for who, content in ((ben, FAIR), (zoe, HARBOUR), (ben, OPEN_ACCESS), (zoe, MILL), (ben, DIARY))
    )
    service.claim(tx, librarian, harbour.id)
    service.note(tx, librarian, harbour.id, "The county archive has two sheets; I have asked them.")
    service.ask(tx, librarian, mill.id, "Do you mean the upper or the lower mill?")
    _know(tx, article)
    service.claim(tx, librarian, article.id)
    found = Delivery("Published openly; page 9 has the table.", "https://peerj.com/articles/4375/", How.LINK, 1, 5)
    service.fulfil(tx, librarian, article.id, found)
    service.withdraw(tx, ben, diary.id, "Found it in my own library.")
    posting.show_card(tx, store.get(tx, scene.community.id, fair.id))
    if zoe.person_id is not None:
        store_following.follow(tx, fair.id, zoe.person_id, zoe.place_id, private=True)
    store_following.subscribe(tx, ana, SourceKind.NEWSPAPER, "")


class _Mute:
    """A poster that says nothing: what happened weeks ago is no news."""

    def announce(self, *_: Any, **__: Any) -> int:
        """Post nowhere."""
        return 0

    def post(self, *_: Any, **__: Any) -> None:
        """Post nothing."""

    def tell(self, *_: Any, **__: Any) -> None:
        """Tell nobody."""

    def post_below(self, *_: Any, **__: Any) -> int:
        """Post nothing."""
        return 0

    def update(self, *_: Any, **__: Any) -> int:
        """Change nothing."""
        return 0

    def schedule(self, *_: Any, **__: Any) -> int:
        """Enter nothing."""
        return 0


def _know(tx: Transaction, request: Request) -> None:
    """Write down what catalogues know of a work, as a look-up would."""
    store.change(tx, request.id, work=dump_work(WORK), work_source="Crossref", looked_up_at=tx.now, look_ups=1)
    store_history.add(tx, request.id, None, Happened.LOOKED_UP, request.state, request.state)
    store_words.index(tx, store.get(tx, request.community_id, request.id))


def _actor(scene: Scene, person: Person, level: Level = Level.MEMBER) -> Actor:
    return Actor(scene.community.id, scene.home.id, person.id, level, scene.places["main"].id)
