# SPDX-License-Identifier: MIT
"""The cog: puts the groups of handlers together, and takes questions that the FAQ could not answer."""

from collections.abc import Mapping
from typing import Any

from bot.kit import (
    Audit,
    Cog,
    Database,
    FaqDrafts,
    Http,
    Levels,
    Manifest,
    Numbers,
    OwnSettings,
    Poster,
    Provider,
    QuestionDesk,
    Reports,
    Scene,
    Services,
    Timers,
    Transaction,
)

from . import demo, erasing
from .citing import Citing
from .closing import Closing
from .finding import Finding
from .following import Following
from .handing import Handing
from .handling import Handling
from .looking import PART
from .metadata import Lookup, lookup_settings
from .minding import Minding
from .model import Request
from .news import News
from .opening import Opening
from .reporting import Reporting
from .service import CARD_WAIT, Service
from .settings import RequestSettings


class Requests(Opening, Finding, Handling, Closing, Handing, Following, Citing, Reporting, Minding, Cog):
    """Track requests for sources, from asking to delivery."""

    name = "requests"
    manifest = Manifest(
        summary="Ask librarians for a source, and see that no request is forgotten.",
        keeps=(
            "What you ask for, look for, note and follow. Names and words of closed requests are erased after 90 days, "
            "unless your community chose otherwise; identifiers, titles from catalogues and counts stay, without "
            "names. Cards and news that I posted of them are rewritten then, and when you want to be forgotten; what I "
            "answered to a command, and contacts that you agreed to exchange, stay in the chat where they were said."
        ),
        groups={"request": "Sources that librarians find for you"},
        parts={
            "requests": "Your requests",
            "claims": "Requests that you looked after",
            "changes": "Changes that you made",
            "follows": "Requests that you follow",
            "subscriptions": "Your subscriptions",
        },
        tells={
            "Citoid (Wikimedia)": "identifiers and web addresses from requests, never who asks.",
            "Crossref": "DOIs from requests, never who asks.",
            "Open Library": "ISBNs from requests, never who asks.",
            "Unpaywall": "DOIs from requests and the operator's e-mail address, where the operator gave one.",
            "OpenAlex": "DOIs from requests and the operator's key, where the operator gave one.",
            "Internet Archive": "web addresses from requests, never who asks.",
        },
    )
    settings = RequestSettings
    provides = (QuestionDesk,)

    def __init__(
        self,
        db: Database,
        poster: Poster,
        timers: Timers,
        numbers: Numbers,
        levels: Levels,
        http: Http,
        services: Services,
        own: OwnSettings,
        drafts: Provider[FaqDrafts],
        audit: Audit,
        reports: Reports,
    ) -> None:
        self.db = db
        self.poster = poster
        self.timers = timers
        self.own = own
        self.drafts = drafts
        self.audit = audit
        self.reports = reports
        self.lookup = Lookup(http, lookup_settings(services))
        self.service = Service(numbers, News(poster), self._later, levels)

    async def stop(self) -> None:
        """Say nothing more of the look-ups."""
        self.reports.withdraw(PART)

    def export(self, tx: Transaction, person_id: int) -> Mapping[str, list[dict[str, Any]]]:
        """Return all that is kept about a person's requests, claims, notes and follows."""
        return erasing.export(tx, person_id)

    def forget(self, tx: Transaction, person_id: int) -> None:
        """Withdraw and erase a person's requests, release their claims, and take their words off the others'."""
        erasing.forget(tx, self.service, person_id)

    def demo(self, tx: Transaction, scene: Scene) -> Mapping[str, Any]:
        """Fill a demonstration with a request in each state."""
        demo.fill(tx, scene, self.service)
        return {}

    def _later(self, tx: Transaction, request: Request) -> None:
        """Look a request up now, and show its card in some seconds at the latest."""
        payload, key = {"request_id": request.id}, str(request.id)
        self.timers.set(tx, self.look_up, request.community_id, key, tx.now, payload)
        self.timers.set(tx, self.show_card, request.community_id, key, tx.now + CARD_WAIT, payload)
