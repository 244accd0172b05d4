# SPDX-License-Identifier: MIT
"""A client whose services are played by a function."""

import httpx
import pytest
from netplay import FakeClock, public, settings

from bot.net import Web


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def web_of(clock):
    """Return a maker of clients whose services are played by a function from request to response."""
    made: list[Web] = []

    def make(handler, *, resolver=public, **changes) -> Web:
        transport = handler if isinstance(handler, httpx.AsyncBaseTransport) else httpx.MockTransport(handler)
        web = Web(
            settings(**changes), clock, resolver=resolver, transport=transport, sleep=clock.sleep, chance=lambda: 0.5
        )
        made.append(web)
        return web

    yield make
    for web in made:
        await web.aclose()
