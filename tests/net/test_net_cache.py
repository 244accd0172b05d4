# SPDX-License-Identifier: MIT
"""What the cache keeps and forgets."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.net import Entry, MemoryCache


def entry(size: int) -> Entry:
    return Entry(200, "u", {}, b"x" * size, datetime(2027, 1, 1, tzinfo=UTC))


async def test_the_least_recently_used_is_forgotten_first():
    cache = MemoryCache(max_bytes=5000)
    for key in "abcd":
        await cache.put(key, entry(900))
    await cache.get("a")
    await cache.put("e", entry(900))
    kept = [key for key in "abcde" if await cache.get(key)]
    assert kept == ["a", "c", "d", "e"]


async def test_an_answer_too_big_for_the_cache_is_not_kept_and_replaces_the_old_one():
    cache = MemoryCache(max_bytes=5000)
    await cache.put("a", entry(10))
    await cache.put("a", entry(4000))
    assert await cache.get("a") is None


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 3000)), max_size=60))
async def test_the_bound_is_kept_whatever_comes(puts):
    cache = MemoryCache(max_bytes=4000)
    last: dict[str, int] = {}
    for key, size in puts:
        await cache.put(key, entry(size))
        last[key] = size
    kept = {key: await cache.get(key) for key in last}
    assert sum(found.size for found in kept.values() if found) <= 4000
    assert all(len(found.body) == last[key] for key, found in kept.items() if found)
