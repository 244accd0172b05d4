# SPDX-License-Identifier: MIT
"""What happens by itself: reminders, silent claims, what is needed soon, look-ups again, erasing, the daily digest.

One look an hour along indexes instead of a timer for each request: it follows a home that moves, and changed settings.
"""

from datetime import timedelta

from bot.kit import Button, Code, Community, Late, OwnSettings, Reply, Tone, Transaction, daily, every, n, t

from . import store, store_lists
from .card import line, title
from .erasing import erase, orphans
from .learning import learn
from .looking import Looking
from .model import Actor, Request
from .settings import RequestSettings

LOOK_UPS = 3
"""How often a look-up is tried while services are down."""

LOST = timedelta(minutes=10)
"""After which a card that was never shown is shown: its timer was lost with a crash."""

RECENT = timedelta(days=7)
DIGEST_MAX = 15


class Minding(Looking):
    """Jobs of every community."""

    own: OwnSettings

    @every(timedelta(hours=1), late=Late.RUN)
    async def mind(self, community: Community) -> None:
        """Do what is due."""
        settings: RequestSettings = await self.own.of(self, community.id)
        await self.db.write(self._mind, community.id, settings)
        for request_id in await self.db.read(self._unknown, community.id):
            request = await self.db.read(store.find, request_id)
            if request is not None:
                known = await self.inquire(request.identifiers, community.locale)
                await self.db.write(learn, self.service, request_id, known)

    @daily("09:00", setting="digest_hour", late=Late.SKIP)
    async def tell_digest(self, community: Community) -> None:
        """List what nobody looks for, in the channel of the librarians."""
        settings: RequestSettings = await self.own.of(self, community.id)
        if settings.digest:
            await self.db.write(self._digest, community.id)

    def _mind(self, tx: Transaction, community_id: int, settings: RequestSettings) -> None:
        bot = Actor(community_id, None, None)
        for request_id in orphans(tx, community_id):
            self.service.release(tx, bot, request_id)
        silent = tx.now - timedelta(days=settings.remind_days)
        too_long = tx.now - timedelta(days=settings.release_days)
        for request_id in store_lists.ids_silent(tx, community_id, too_long, reminded=True):
            self.service.release(tx, bot, request_id)
        for request_id in store_lists.ids_silent(tx, community_id, silent, reminded=False):
            self._remind(tx, store.get(tx, community_id, request_id), settings)
        soon = tx.now + timedelta(days=settings.needed_days)
        for request_id in store_lists.ids_needed(tx, community_id, soon):
            self._warn(tx, store.get(tx, community_id, request_id))
        left = tx.now - timedelta(hours=settings.free_hours)
        for request_id in store_lists.ids_uncarded(tx, community_id, left, tx.now - LOST):
            self.service.show(tx, store.get(tx, community_id, request_id))
        closed = tx.now - timedelta(days=settings.retention_days)
        for request_id in store_lists.ids_to_erase(tx, community_id, closed):
            erase(tx, self.service.news, store.get(tx, community_id, request_id))

    def _remind(self, tx: Transaction, request: Request, settings: RequestSettings) -> None:
        store.change(tx, request.id, reminded_at=tx.now)
        if request.claimer is None:
            return
        said = Reply(
            n(
                "Are you still looking for it? Without news I release it tomorrow.",
                "Are you still looking for it? Without news I release it in {count} days.",
                settings.release_days,
            ),
            title=title(request),
            buttons=(
                Button(t("I am still looking"), "requests.press_keep", request_id=request.id, emoji="🔎"),
                Button(t("Release it"), "requests.press_release", request_id=request.id, emoji="↩️"),
            ),
            card=True,
        )
        key = f"remind:{int(request.active_at.timestamp())}"
        self.service.news.to_person(tx, request, request.claimer.id, key, said)

    def _warn(self, tx: Transaction, request: Request) -> None:
        store.change(tx, request.id, warned_at=tx.now)
        needed = request.content.needed_at or tx.now
        words = t("It is needed by {day}.", day=needed)
        key = f"needed:{int(needed.timestamp())}"
        if request.claimer is not None:
            said = Reply(words, title=title(request), tone=Tone.WARNING)
            self.service.news.to_person(tx, request, request.claimer.id, key, said)
            return
        claim = Button(t("Claim"), "requests.press_claim", request_id=request.id, emoji="✋")
        said = Reply(
            t("{words} Nobody is looking for it yet.", words=words),
            title=title(request),
            tone=Tone.WARNING,
            buttons=(claim,),
            card=True,
        )
        self.service.news.to_librarians(tx, request.community_id, f"request:{request.id}:{key}", said)

    def _digest(self, tx: Transaction, community_id: int) -> None:
        lines, count = store_lists.unclaimed(tx, community_id, DIGEST_MAX)
        if not count:
            return
        said = Reply(
            n("One request waits for somebody to look for it.", "{count} requests wait for somebody to look.", count),
            items=tuple(map(line, lines)),
            note=t("Claim one with {command}.", command=Code("request claim R-…")),
        )
        day = f"{tx.now:%Y-%m-%d}"
        self.service.news.to_librarians(tx, community_id, f"requests:digest:{community_id}:{day}", said)

    def _unknown(self, tx: Transaction, community_id: int) -> list[int]:
        return store_lists.ids_unknown(tx, community_id, tx.now - RECENT, LOOK_UPS)
