# SPDX-License-Identifier: MIT
"""The search index of each community: built in worker threads, renewed when an entry changes, shared where it can be.

The sentence encoder is loaded in the background; until then, and where it is not installed, words alone decide.
"""

import asyncio
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache

from bot.kit import Database

from . import store, store_waiting
from .layers import Catalogue
from .model import Holdings
from .search import Analyses, Embedder, Engine, Ranking, SentenceEncoder
from .store_vectors import Stopped, StoredVectors
from .threshold import learn_threshold

log = logging.getLogger(__name__)

SNAPSHOTS_MAX = 32
SMALL_CHANGE = 20
"""How many changed entries are worth waiting for their vectors (some ms each); a larger import is indexed twice."""

PATIENCE = 60.0
_SHARED = -1  # the key of the snapshot of all communities that have nothing of their own


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a community's FAQ holds, and the index of it."""

    version: tuple[int, int]
    catalogue: Catalogue
    engine: Engine
    plain: bool = False  # nothing but the starter set, and so shared

    @property
    def full(self) -> bool:
        """Tell whether meaning counts too, not words alone."""
        return not self.engine.lexical


@cache
def starter_snapshot() -> Snapshot:
    """Return the starter set indexed by words: the same in every process, so it is worked out once."""
    catalogue = Catalogue.of(Holdings())
    return Snapshot((0, 0), catalogue, Engine.build(catalogue.documents()), plain=True)


class Knowledge:
    """Keeps a snapshot for each community; `start` and `stop` belong to the event loop that uses it."""

    def __init__(
        self, db: Database, encoder: SentenceEncoder | None, on_change: Callable[[], None] | None = None
    ) -> None:
        self._db = db
        self._encoder = encoder
        self._on_change = on_change or (lambda: None)
        self._stopping = threading.Event()
        self._quick = ThreadPoolExecutor(1, "faq-index")
        self._slow = ThreadPoolExecutor(1, "faq-meaning")
        self._aside = ThreadPoolExecutor(1, "faq-learning")  # nobody waits for it
        self._of_words, self._of_meaning = Analyses(), Analyses()  # one for each thread: they only grow
        self._vectors: StoredVectors | None = None
        self._snapshots: OrderedDict[int, Snapshot] = OrderedDict()
        self._locks: dict[int, asyncio.Lock] = {}
        self._pending: dict[int, Future[None]] = {}
        self._learnt: dict[int, float | None] = {}
        self._learnt_before: dict[int, float | None] | None = None
        self.failure = ""

    @property
    def full(self) -> bool:
        """Tell whether the encoder is ready."""
        return self._encoder is not None and self._encoder.loaded

    @property
    def encoder_expected(self) -> bool:
        """Tell whether there is an encoder that is ready or will be."""
        return self._encoder is not None and not self.failure

    @property
    def models(self) -> tuple[str, ...]:
        """The names of the models of sentences in use."""
        return self._encoder.models if self._encoder is not None else ()

    async def learnt(self, community_id: int) -> float | None:
        """Return how sure the bot must be by the community's own entries, as last worked out."""
        if self._learnt_before is None:
            self._learnt_before = await self._db.read(store_waiting.thresholds_kept)
        return self._learnt.get(community_id, self._learnt_before.get(community_id))

    def start(self) -> None:
        """Begin loading the encoder; returns at once."""
        loop = asyncio.get_running_loop()
        self._vectors = StoredVectors(self._db, loop, self._stopping)
        if self._encoder is not None:
            self._slow.submit(self._load, loop)

    async def stop(self) -> None:
        """End the threads; what they were building is given up."""
        self._stopping.set()
        pools = (self._quick, self._slow, self._aside)
        for pool in pools:
            pool.shutdown(wait=False, cancel_futures=True)
        for pool in pools:
            await asyncio.to_thread(pool.shutdown, True)
        self._snapshots.clear()

    async def of(self, community_id: int) -> Snapshot:
        """Return the present snapshot of a community's FAQ, building it first where it is old."""
        version = await self._db.read(store.version, community_id)
        found = self._snapshots.get(community_id)
        if found is None or found.version != version:
            async with self._locks.setdefault(community_id, asyncio.Lock()):
                found = self._snapshots.get(community_id)
                if found is None or found.version != version:
                    found = await self._renew(community_id, found)
        if self.full and not found.full and not self.failure:
            self._deepen(community_id, found)
            found = self._snapshots.get(community_id, found)
        self._snapshots.move_to_end(community_id)
        return found

    async def ask(self, community_id: int, text: str, language: str | None = None) -> tuple[Snapshot, Ranking]:
        """Rank a community's entries for a question, in a worker thread."""
        snapshot = await self.of(community_id)
        return snapshot, await asyncio.to_thread(snapshot.engine.ask, text, language=language)

    async def loaded(self) -> None:
        """Wait until meaning counts wherever it will."""
        await asyncio.get_running_loop().run_in_executor(self._slow, lambda: None)
        await asyncio.sleep(0)

    async def settled(self) -> None:
        """Wait until nothing is being built or learnt."""
        await self.loaded()
        await asyncio.get_running_loop().run_in_executor(self._aside, lambda: None)
        await asyncio.sleep(0)

    async def complete(self, community_id: int) -> Snapshot:
        """Return the snapshot once meaning counts too, where there is a model; for whoever can wait."""
        await self.settled()
        await self.of(community_id)
        await self.settled()
        return await self.of(community_id)

    async def _renew(self, community_id: int, old: Snapshot | None) -> Snapshot:
        holdings = await self._db.read(store.holdings, community_id)
        if holdings.entries or holdings.marks or holdings.aliases:
            found = await self._built(holdings, old or self._snapshots.get(_SHARED))
            if found.full and await self.learnt(community_id) is None:
                self._aside.submit(self._learn, asyncio.get_running_loop(), community_id, found.engine)
        else:
            found = replace(await self._plain(), version=holdings.version)
        self._keep(community_id, found)
        return found

    async def _plain(self) -> Snapshot:
        """Return the snapshot of the starter set alone."""
        async with self._locks.setdefault(_SHARED, asyncio.Lock()):
            if _SHARED not in self._snapshots:
                found = await asyncio.get_running_loop().run_in_executor(self._quick, starter_snapshot)
                self._snapshots.setdefault(_SHARED, found)
        return self._snapshots[_SHARED]

    async def _built(self, holdings: Holdings, old: Snapshot | None) -> Snapshot:
        loop = asyncio.get_running_loop()
        catalogue = await loop.run_in_executor(self._quick, Catalogue.of, holdings)
        pool, build = self._quick, self._with_words
        if self.full and old is not None and old.full and not self._pending:
            changed = set(catalogue.documents()) - set(old.engine.documents)
            if len(changed) <= SMALL_CHANGE:
                pool, build = self._slow, self._with_meaning
        return Snapshot(holdings.version, catalogue, await loop.run_in_executor(pool, build, catalogue))

    def _with_words(self, catalogue: Catalogue) -> Engine:
        return Engine.build(catalogue.documents(), analyses=self._of_words)

    def _with_meaning(self, catalogue: Catalogue) -> Engine:
        encoder: Embedder | None = self._encoder
        return Engine.build(catalogue.documents(), embedder=encoder, vectors=self._vectors, analyses=self._of_meaning)

    def _deepen(self, community_id: int, found: Snapshot) -> None:
        """Take up the shared index of meanings, or have one built in the background."""
        if not found.plain and community_id not in self._pending and not self._stopping.is_set():
            loop = asyncio.get_running_loop()
            self._pending[community_id] = self._slow.submit(self._deepened, loop, community_id, found.catalogue)
        shared = self._snapshots.get(_SHARED)
        if found.plain and shared is not None and shared.full:
            self._keep(community_id, replace(shared, version=found.version))

    def _load(self, loop: asyncio.AbstractEventLoop) -> None:
        """On the slow thread: read the weights, and index the starter set."""
        try:
            if self._encoder is not None and not self._stopping.is_set():
                self._encoder.load()
        except Exception as error:
            log.exception("The sentence encoder could not be loaded; words alone decide.")
            self.failure = f"{type(error).__name__}: {error}"
            loop.call_soon_threadsafe(self._put_deep, _SHARED, None, None)
        else:
            self._deepened(loop, _SHARED, Catalogue.of(Holdings()))

    def _deepened(self, loop: asyncio.AbstractEventLoop, community_id: int, catalogue: Catalogue) -> None:
        """On the slow thread: build, and hand the result to the event loop."""
        engine = None
        try:
            engine = self._with_meaning(catalogue)
        except Stopped:
            return
        except Exception as error:
            log.exception("The index of meanings could not be built; words alone decide.")
            self.failure = f"{type(error).__name__}: {error}"
        if not self._stopping.is_set():
            loop.call_soon_threadsafe(self._put_deep, community_id, catalogue, engine)

    def _learn(self, loop: asyncio.AbstractEventLoop, community_id: int, engine: Engine) -> None:
        """On the thread aside: learn from a community's own entries how sure the bot must be."""
        meaning = engine.index.meaning
        try:
            if meaning is not None:
                learnt = learn_threshold(engine.documents, meaning.embedder, self._vectors, Analyses())
                if self._stopping.is_set():
                    return
                keeping = self._db.write(store_waiting.keep_threshold, community_id, learnt)
                asyncio.run_coroutine_threadsafe(keeping, loop).result(PATIENCE)
                loop.call_soon_threadsafe(self._learnt.__setitem__, community_id, learnt)
        except Stopped:
            return
        except Exception:
            log.exception("The threshold of community %s could not be learnt; the usual one is kept.", community_id)

    def _put_deep(self, community_id: int, catalogue: Catalogue | None, engine: Engine | None) -> None:
        self._pending.pop(community_id, None)
        now = self._snapshots.get(community_id)
        if catalogue is not None and engine is not None:
            if community_id == _SHARED:
                self._keep(_SHARED, Snapshot((0, 0), catalogue, engine, plain=True))
            elif now is not None and now.catalogue is catalogue:
                self._keep(community_id, replace(now, engine=engine))
                self._aside.submit(self._learn, asyncio.get_running_loop(), community_id, engine)
        self._on_change()

    def _keep(self, community_id: int, snapshot: Snapshot) -> None:
        self._snapshots[community_id] = snapshot
        self._snapshots.move_to_end(community_id)
        while len(self._snapshots) > SNAPSHOTS_MAX:
            oldest = next(key for key in self._snapshots if key != _SHARED)
            del self._snapshots[oldest]
            self._locks.pop(oldest, None)
