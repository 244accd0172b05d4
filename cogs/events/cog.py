# SPDX-License-Identifier: MIT
"""The cog: puts the groups of handlers together."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.kit import (
    Audit,
    CalendarFeeds,
    ChatCalendars,
    Cog,
    Database,
    Http,
    Manifest,
    Numbers,
    OwnSettings,
    Poster,
    Provider,
    Scene,
    Services,
    Shortcoming,
    Timers,
    TopicAnswers,
    Transaction,
    Workspace,
)

from . import demo, intake, store, store_dates, store_people
from .afterwards import Afterwards
from .browsing import Browsing
from .calling import Calling
from .changing import Changing
from .coming import ComingAlong
from .creating import Creating
from .following import Following
from .hunting import Hunting
from .news import News
from .service import Service
from .settings import EventSettings


class Events(Creating, Changing, ComingAlong, Browsing, Following, Hunting, Afterwards, Calling, Cog):
    """Edit-a-thons: entered once, announced everywhere, in everybody's own time."""

    name = "events"
    manifest = Manifest(
        summary="Announce edit-a-thons once, everywhere, and keep people reminded in their own time.",
        keeps=(
            "Which events you organise, enter and change, until you ask to be forgotten. Whether you come (as you told "
            "the bot, or as interested in Discord's own list of events), and your reminders, until 90 days after the "
            "event. Numbers about results name nobody."
        ),
        groups={"event": "Edit-a-thons and meetings"},
        parts={
            "organised": "Events that you organise",
            "answers": "Whether you come",
            "reminders": "Your reminders",
            "changes": "Changes that you made",
            "interests": "Your interest on Discord",
            "followed calendars": "Calendars that you follow",
        },
        tells={
            "Followed calendars and the Outreach Dashboard": "nothing but that their pages are read.",
            "Hashtags (Wikimedia)": "an event's hashtag and days.",
            "Citation Hunt (Wikimedia)": "an event's topic.",
            "Addresses of pictures": "nothing but that they are read; the chat's own list of events shows them.",
        },
    )
    settings = EventSettings
    provides = (CalendarFeeds,)

    def __init__(
        self,
        db: Database,
        poster: Poster,
        timers: Timers,
        numbers: Numbers,
        http: Http,
        services: Services,
        own: OwnSettings,
        topics: Provider[TopicAnswers],
        calendars: ChatCalendars,
        workspace: Workspace,
        audit: Audit,
    ) -> None:
        self.db = db
        self.poster = poster
        self.timers = timers
        self.http = http
        self.own = own
        self.topics = topics
        self.calendars = calendars
        self.services = services
        self.workspace = workspace
        self.audit = audit
        self.news = News(poster)
        self.service = Service(numbers, poster, self.news, self.later, self.cover_later)

    async def start(self) -> None:
        """Take up what was under way when the bot stopped."""
        await self.resume()

    def export(self, tx: Transaction, person_id: int) -> Mapping[str, list[dict[str, Any]]]:
        """Return the events somebody organises, their answers, reminders and changes."""
        return store_people.export(tx, person_id)

    def forget(self, tx: Transaction, person_id: int) -> None:
        """Take somebody's answers back, so that others move up; their events stay, without a name."""
        for event_id in store_people.events_of(tx, person_id):
            store_people.take_back(tx, event_id, person_id)
            store_dates.drop(tx, event_id, person_id)
            event = store.find(tx, event_id)
            if event is not None and event.ends_at > tx.now:
                self.service.fill(tx, event)

    def shortcomings(self, tx: Transaction, community_id: int) -> Sequence[Shortcoming]:
        """Return the followed calendars that fail."""
        return intake.shortcomings(tx, community_id)

    def demo(self, tx: Transaction, scene: Scene) -> Mapping[str, Any]:
        """Fill a demonstration with events to come."""
        return demo.fill(tx, scene, self.service)
