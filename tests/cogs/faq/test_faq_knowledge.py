# SPDX-License-Identifier: MIT
"""The search index of a community: live after every change, shared where it can be, going on without its model."""

import asyncio
import threading

import numpy as np
import pytest
from faqplay import content, library_in

from bot.storage.database import SqliteDatabase
from cogs.faq import service
from cogs.faq.knowledge import Knowledge

STARTER = "account-institution"


class FakeEncoder:
    """Stands in for the model of sentences: as quick as the test wants, with vectors made from letters."""

    name = "letters/1"
    word_list = None
    models = ("letters/1",)

    def __init__(self, fails: str = "") -> None:
        self.may_load = threading.Event()
        self.fails = fails
        self.loaded = False
        self.encoded = []

    def load(self) -> None:
        assert self.may_load.wait(10)
        if self.fails:
            raise RuntimeError(self.fails)
        self.loaded = True

    def encode(self, texts):
        self.encoded.extend(texts)
        rows = np.full((len(texts), 64), 0.01, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for char in text.casefold():
                row[ord(char) % 64] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
async def encoder():
    return FakeEncoder()


@pytest.fixture
async def knowledge(library, encoder):
    found = Knowledge(library.db, encoder)
    found.start()
    yield found
    encoder.may_load.set()
    await found.stop()


async def test_words_decide_until_the_model_is_there(library, knowledge, encoder):
    snapshot, ranking = await knowledge.ask(1, "Can our library have one shared account?")
    assert not snapshot.full
    assert ranking.best.slug == STARTER
    encoder.may_load.set()
    assert (await knowledge.complete(1)).full


async def test_an_entry_is_found_as_soon_as_it_is_written(library, knowledge):
    await library.db.write(service.add, library.ana, content(), publish=True)
    _, ranking = await knowledge.ask(1, "when is the reading room open?")
    assert ranking.best.slug == "opening-hours"
    await library.db.write(service.hide, library.ana, "opening-hours")
    _, ranking = await knowledge.ask(1, "when is the reading room open?")
    assert "opening-hours" not in [candidate.slug for candidate in ranking.candidates]


async def test_a_small_change_does_not_fall_back_to_words(library, knowledge, encoder):
    encoder.may_load.set()
    assert (await knowledge.complete(1)).full
    await library.db.write(service.add, library.ana, content(), publish=True)
    encoder.encoded.clear()
    snapshot = await knowledge.of(1)
    assert snapshot.full
    assert sorted(encoder.encoded) == ["Every day from 9 to 5.", "When is the reading room open?", "opening times"]


async def test_vectors_are_kept_for_the_next_start(library, knowledge, encoder):
    encoder.may_load.set()
    await knowledge.complete(1)
    again = FakeEncoder()
    again.may_load.set()
    other = Knowledge(library.db, again)
    other.start()
    assert (await other.complete(1)).full
    assert again.encoded == []
    await other.stop()


async def test_a_start_goes_on_where_the_last_one_stopped(library):
    """What was embedded before the bot was stopped in the middle of an index is not embedded again."""
    first, second = FakeEncoder(), FakeEncoder()
    for encoder in (first, second):
        encoder.may_load.set()
    stopped, encode = Knowledge(library.db, first), first.encode
    in_the_middle, go_on = threading.Event(), threading.Event()

    def encode_some(texts):
        if len(first.encoded) >= 640:
            in_the_middle.set()
            assert go_on.wait(10)
        return encode(texts)

    async def release():
        go_on.set()

    first.encode = encode_some
    stopped.start()
    assert await asyncio.to_thread(in_the_middle.wait, 10)
    await asyncio.gather(stopped.stop(), release())
    other = Knowledge(library.db, second)
    other.start()
    assert (await other.complete(1)).full
    await other.stop()
    stored = await library.db.read(lambda tx: tx.one("SELECT COUNT(*) FROM faq_vectors"))
    assert len(second.encoded) == stored[0] - 640


async def test_who_waits_for_the_model_is_answered_by_meaning(library, knowledge, encoder):
    waiting = asyncio.ensure_future(knowledge.loaded())
    await knowledge.of(1)
    assert not waiting.done()
    encoder.may_load.set()
    await waiting
    assert (await knowledge.of(1)).full


async def test_communities_with_nothing_of_their_own_share_one_index(library, knowledge):
    first, second = await knowledge.of(1), await knowledge.of(2)
    assert first.engine is second.engine
    await library.db.write(service.add, library.ana, content(), publish=True)
    assert (await knowledge.of(1)).engine is not (await knowledge.of(2)).engine


async def test_a_model_that_cannot_be_loaded_leaves_words(library):
    told = []
    encoder = FakeEncoder(fails="no weights")
    knowledge = Knowledge(library.db, encoder, lambda: told.append(knowledge.failure))
    knowledge.start()
    encoder.may_load.set()
    snapshot = await knowledge.complete(1)
    await knowledge.stop()
    assert not snapshot.full
    assert told == ["RuntimeError: no weights"]
    assert not knowledge.encoder_expected


async def test_stopping_gives_up_what_is_being_built(library, encoder):
    knowledge = Knowledge(library.db, encoder)
    knowledge.start()
    await knowledge.of(1)
    encoder.may_load.set()
    await knowledge.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("faq-")]


async def test_what_another_process_writes_is_found(tmp_path, library, knowledge):
    path = tmp_path / "refdesk.db"
    async with await SqliteDatabase.open(path, library.clock, create=True) as ours:
        shared = await library_in(ours, library.clock)
        async with await SqliteDatabase.open(path, library.clock) as theirs:
            index = Knowledge(ours, None)
            index.start()
            assert (await index.of(1)).catalogue.entry("opening-hours") is None
            await theirs.write(service.add, shared.ana, content(), publish=True)
            assert (await index.of(1)).catalogue.entry("opening-hours") is not None
            await index.stop()


async def test_a_conversation_without_a_community_gets_the_starter_set(library, knowledge):
    assert (await knowledge.of(0)).catalogue.entry(STARTER) is not None
