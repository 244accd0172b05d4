# SPDX-License-Identifier: MIT
"""A homeserver in this process, and the bot on it."""

import pytest

from tests.platforms.matrix.homeserver import Homeserver
from tests.platforms.matrix.matrixplay import Bot
from tests.platforms.matrix.samplecog import Sample


@pytest.fixture
async def server():
    async with Homeserver() as running:
        yield running


@pytest.fixture
async def bot(server, tmp_path):
    bot = Bot(tmp_path, server, (Sample,))
    await bot.open()
    yield bot
    await bot.close()
