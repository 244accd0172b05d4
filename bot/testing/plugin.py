# SPDX-License-Identifier: MIT
"""Fixtures for cog tests, found by pytest through the entry point "refdesk".

Say which cogs run with a marker on a test, a class or a module: `pytestmark = pytest.mark.cogs("faq", Requests)`. A
class alone is given as `pytest.mark.cogs.with_args(Requests)`, since pytest takes a mark with nothing but a class for
a decorator of that class. A world asks as a chat with forms does; `@pytest.mark.forms(False)` makes it one without, and
`world_in_both_ways` runs a test in both.
"""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from bot.kit.cog import Cog
    from bot.testing.world import World


def pytest_configure(config: pytest.Config) -> None:
    """Announce the markers."""
    config.addinivalue_line("markers", "cogs(*cogs): the cogs that run in the world of a test, as classes or names")
    config.addinivalue_line(
        "markers", "forms(shown): whether the chat of a test's world has forms (it has, unless told)"
    )


@pytest_asyncio.fixture
async def world(request: pytest.FixtureRequest) -> AsyncIterator["World"]:
    """Open a world in which the cogs of the marker `cogs` run."""
    async for opened in _opened(request, forms=_has_forms(request)):
        yield opened


@pytest_asyncio.fixture(params=[True, False], ids=["forms", "text"])
async def world_in_both_ways(request: pytest.FixtureRequest) -> AsyncIterator["World"]:
    """Open a world with forms, and then one without: what a cog does must not depend on it."""
    async for opened in _opened(request, forms=request.param):
        yield opened


async def _opened(request: pytest.FixtureRequest, *, forms: bool) -> AsyncIterator["World"]:
    from bot.testing.world import World

    async with await World.open(*_cogs(request), forms=forms) as opened:
        yield opened


def _cogs(request: pytest.FixtureRequest) -> "tuple[type[Cog] | str, ...]":
    node = request.node
    return tuple(dict.fromkeys(cog for mark in node.iter_markers("cogs") for cog in mark.args))


def _has_forms(request: pytest.FixtureRequest) -> bool:
    mark = request.node.get_closest_marker("forms")
    return bool(mark.args[0]) if mark else True
