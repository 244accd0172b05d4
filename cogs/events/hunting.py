# SPDX-License-Identifier: MIT
"""Citation Hunt: a statement that needs a source; and the #1Lib1Ref campaigns with a task a day.

Source: citationhunt's handlers. `/en` and `/en?cat=…` redirect to a random statement; `/en/search/category` has topics.
"""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from bot.kit import (
    Answer,
    Arg,
    Button,
    Community,
    Context,
    Invalid,
    Late,
    Link,
    Reply,
    Tone,
    Transaction,
    Unavailable,
    Visible,
    command,
    daily,
    t,
)

from .news import SLOT
from .parts import Parts, tidy
from .when import zone_of

log = logging.getLogger(__name__)

HUNT = "https://citationhunt.toolforge.org"
TOPICS_CACHED = 3600.0
CAMPAIGNS = (((1, 15), (2, 5)), ((5, 15), (6, 5)))
"""The first and last days of #1Lib1Ref, each year."""


class Hunting(Parts):
    """Tasks for people with a library."""

    @command(
        "hunt",
        "Get a statement that needs a source",
        example="hunt libraries",
        task="event",
        visible=Visible.QUIET,
    )
    async def hunt(
        self,
        ctx: Context,
        topic: Annotated[str, Arg("About what, such as libraries", max=80)] = "",
        language: Annotated[str, Arg("Of which Wikipedia, such as en", max=12)] = "",
    ) -> Answer:
        """Link a random statement, of a topic if one is named."""
        settings = await self.settings_of(ctx.community.id)
        wiki = tidy(language or settings.hunt_language).casefold()
        if not wiki.replace("-", "").isalpha():
            raise Invalid("language", t("Write the language like en, es or fr."))
        category = await self._topic(wiki, tidy(topic)) if topic.strip() else None
        url = await self._statement(wiki, category["id"] if category else None)
        named = t("A statement about {topic} that needs a source", topic=str(category["title"])) if category else None
        return Reply(
            t("Find a source for it, add it, and write {tag} into the edit summary.", tag="#1Lib1Ref"),
            title=named or t("A statement that needs a source"),
            link=Link(t("Show me the statement"), url),
            buttons=(Button(t("Another one"), "hunt", topic=tidy(topic), language=wiki),),
        )

    @daily("09:00", setting="campaign_hour", late=Late.SKIP)
    async def campaign_day(self, community: Community) -> None:
        """Post the task of a day while a campaign lasts, where moderators switched that on."""
        settings = await self.settings_of(community.id)
        now = await self.db.read(lambda tx: tx.now)
        today = now.astimezone(zone_of(community.zone)).date()
        found = campaign_of(today)
        if found is None or not settings.one_lib_one_ref:
            return
        try:
            url: str | None = await self._statement(settings.hunt_language, None)
        except Unavailable as error:
            log.info("Citation Hunt did not help: %s", error)
            url = None
        await self.db.write(self._post_day, community.id, today, found, url)

    def _post_day(
        self, tx: Transaction, community_id: int, today: date, found: tuple[date, date], url: str | None
    ) -> None:
        first, last = found
        number, days = (today - first).days + 1, (last - first).days + 1
        said = Reply(
            t("Add one reference to Wikipedia today. {tag} in the edit summary makes it count.", tag="#1Lib1Ref"),
            title=t("#1Lib1Ref, day {number} of {days}", number=number, days=days),
            link=Link(t("A statement that needs a source"), url or HUNT),
            buttons=(Button(t("Another one"), "hunt"),),
            tone=Tone.GOOD,
        )
        self.poster.announce(tx, community_id, SLOT, f"event:1lib1ref:{community_id}:{today}", said)

    async def _topic(self, wiki: str, topic: str) -> Mapping[str, Any]:
        url = f"{self._base}/{quote(wiki)}/search/category"
        answer = await self.http.get_json(url, params={"q": topic, "max_results": "10"}, ttl=TOPICS_CACHED)
        body = answer.body if answer.status == 200 and isinstance(answer.body, dict) else {}
        listed = body.get("results")
        results = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
        fitting = [each for each in results if each.get("id") and each.get("title")]
        if not fitting:
            raise Invalid("topic", t("There is no such topic. Try a wider one, or leave it out."))
        exact = [each for each in fitting if str(each["title"]).casefold() == topic.casefold()]
        return (exact or fitting)[0]

    async def _statement(self, wiki: str, category: Any) -> str:
        params = {"cat": str(category)} if category else None
        found = await self.http.locate(f"{self._base}/{quote(wiki)}", params=params)
        # What is posted is a link for people: only one to the tool itself, whatever it answers.
        if found is None or urlsplit(found).netloc != urlsplit(self._base).netloc or "id=" not in found:
            raise Unavailable(t("Citation Hunt gave no statement just now. Try again, or another language."))
        return found

    @property
    def _base(self) -> str:
        return self.services.addresses.get("citationhunt", HUNT).rstrip("/")


def campaign_of(day: date) -> tuple[date, date] | None:
    """Return the first and last day of the #1Lib1Ref campaign that a day is in; None when it is in none."""
    for first, last in CAMPAIGNS:
        bounds = (date(day.year, *first), date(day.year, *last))
        if bounds[0] <= day <= bounds[1]:
            return bounds
    return None
