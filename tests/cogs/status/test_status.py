# SPDX-License-Identifier: MIT
"""Status tells members whether all is well, and moderators what is not."""

import pytest

from bot.kit import Level, t
from bot.kit.health import State

pytestmark = pytest.mark.cogs("settings", "help", "status")


async def test_status_tells_moderators_more(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    assert (await ana.says("status")).fields == {}
    assert "Commands" in (await mia.says("status")).fields


async def test_what_is_degraded_is_told_to_everybody_with_its_reason(world):
    ana = world.member("Ana")
    world.app.health.report("the encoder", State.DEGRADED, t("It is still being loaded."))
    seen = await ana.says("status")
    assert seen.text == "Something is not as it should be; the rest works."
    assert "the encoder works in part: It is still being loaded." in seen.plain
