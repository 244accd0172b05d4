# SPDX-License-Identifier: MIT
"""What a demonstration's calendar holds: an edit-a-thon with few seats, a weekly hour, one that is over."""

from datetime import datetime, time, timedelta
from typing import Any

from bot.kit import Level, Scene, Transaction

from . import attending
from .model import Actor, Coming, Content, Frequency, Repeat, Timing
from .service import Service
from .settings import EventSettings
from .when import LocalTime, zone_of

EDITATHON = Content(
    "Women of the river: an edit-a-thon",
    "We write about ferrywomen, printers and teachers. Sources lie ready; no experience is needed.",
    "Riverside library, reading room",
    link="https://riverside.example.org/events/women-of-the-river",
    language="English",
    capacity=2,
    hashtag="1lib1ref",
)
HOUR = Content("Wiki hour", "Bring a question, or an article that lacks a source.", "Local history room")


def fill(tx: Transaction, scene: Scene, service: Service) -> dict[str, Any]:
    """Enter and announce the events, and let people answer."""
    people, settings = scene.people, EventSettings()
    ana = Actor(scene.community.id, scene.home.id, people["ana"].id, Level.LIBRARIAN)
    entered = [
        service.create(tx, ana, EDITATHON, Timing(_at(tx, scene, 31, 14), 240), "demo-1@refdesk"),
        service.create(
            tx,
            ana,
            HOUR,
            Timing(_at(tx, scene, 23, 18), 60, repeat=Repeat(Frequency.WEEKLY, times=12)),
            "demo-2@refdesk",
        ),
    ]
    for event in entered:
        service.publish(tx, ana, event.id, settings)
    for name, coming in (("ben", Coming.YES), ("mira", Coming.YES), ("zoe", Coming.YES)):
        actor = Actor(scene.community.id, scene.home.id, people[name].id)
        attending.answer(tx, service, actor, entered[0].id, coming)
    return {}


def _at(tx: Transaction, scene: Scene, days: int, hour: int) -> LocalTime:
    zone = scene.community.zone
    day = (tx.now.astimezone(zone_of(zone)) + timedelta(days=days)).date()
    return LocalTime(datetime.combine(day, time(hour)), zone)
