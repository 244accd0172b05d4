# SPDX-License-Identifier: MIT
"""Fixtures of the FAQ's tests."""

from collections.abc import AsyncIterator

import pytest
from faqplay import Clock, Library, library_in

from bot.storage.database import SqliteDatabase


@pytest.fixture
async def library() -> AsyncIterator[Library]:
    clock = Clock()
    async with await SqliteDatabase.in_memory(clock) as db:
        yield await library_in(db, clock)
