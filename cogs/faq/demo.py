# SPDX-License-Identifier: MIT
"""What a demonstration's FAQ holds above the starter set: something for every command to show."""

from collections.abc import Mapping
from typing import Any

from bot.kit import Person, Scene, Transaction

from . import service, store_suggestions
from . import store_learning as learning
from .model import Actor, Audience, Content

MEETING = Content(
    "meeting-place",
    "en",
    "Where and when does our group meet?",
    "In the **local history room** of the Riverside library, on the first Tuesday of each month at 18:00.",
    aliases=("when is the next meetup", "where do you meet"),
    source_title="Riverside Libraries: events",
    source_url="https://riverside.example.org/events",
    tags=("community",),
    as_of="2026-11",
)
TOTE_BAGS = Content(
    "tote-bags",
    "en",
    "Do helpers get a tote bag?",
    "Not any more: the last ones were given away in spring.",
    tags=("community",),
    as_of="2026-05",
)
SCANNER = Content(
    "book-scanner",
    "en",
    "May I use the library's book scanner?",
    "Ask at the desk for the key. Only works in the public domain may be scanned for Wikimedia Commons.",
    source_title="Riverside Libraries: equipment",
    source_url="https://riverside.example.org/equipment",
    tags=("community", "files"),
    audience=Audience.WIKIMEDIANS,
    as_of="2026-11",
)
OWN_WORDS = (
    "On the **notice board** beside our reading room, and in two places online: the "
    "[Diff calendar](https://meta.wikimedia.org/wiki/Diff_%28blog%29/Calendar) and `Special:AllEvents`."
)
"""What the demonstration's community answers itself under `event-calendar`."""

GAPS = (
    "who can unlock the local history room on Sundays",
    "can somebody unlock the local history room for me",
    "is there a mailing list for the group",
    "does the library subscribe to the Riverside Gazette archive",
)
FARED = {"account-institution": (6, 5, 0), "cite-offline": (4, 2, 1), "meeting-place": (3, 3, 0)}
"""How often entries were shown, helped, and were not what was asked."""


def fill(tx: Transaction, scene: Scene) -> Mapping[str, Any]:
    """Write the demonstration's entries, reviews, counts and unanswered questions."""
    mira, ana = (_actor(scene, scene.people[name]) for name in ("mira", "ana"))
    _write_entries(tx, mira, ana)
    for question in GAPS:
        learning.asked(tx, _actor(scene), "en", "unknown", None, (), question)
    for slug, (shown, helped, refused) in FARED.items():
        learning.count(tx, _actor(scene), slug, shown=shown, helped=helped, refused=refused)
    store_suggestions.suggest_alias(tx, _actor(scene), "account-institution", "en", "one login for the whole desk?")
    return {"remember_questions": True}


def _write_entries(tx: Transaction, mira: Actor, ana: Actor) -> None:
    service.add(tx, mira, MEETING, publish=True)
    service.edit(tx, mira, MEETING.slug, "en", {"answer": MEETING.answer.replace("18:00", "18:30")}, publish=True)
    service.add(tx, mira, TOTE_BAGS, publish=True)
    service.hide(tx, mira, TOTE_BAGS.slug)
    service.add(tx, ana, SCANNER, publish=False)
    service.edit(tx, mira, "event-calendar", "en", {"answer": OWN_WORDS}, publish=True)
    service.alias(tx, mira, "cite-offline", "en", "can I cite the bound newspapers in our basement")
    service.review(tx, mira, "account-real-name", "en")
    service.hide(tx, mira, "discord")


def _actor(scene: Scene, person: Person | None = None) -> Actor:
    return Actor(scene.community.id, scene.home.id, person.id if person else None)
