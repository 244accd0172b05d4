# SPDX-License-Identifier: MIT
"""Status tells members whether all is well, and moderators what is not."""

import pytest

from bot.core.finding import Source
from bot.core.loader import LoadError
from bot.kit import Cog, Level, Manifest, t
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


class Broken(Cog):
    """A feature that cannot start."""

    name = "broken"
    manifest = Manifest("Broken.", "Nothing.", {})
    working = False

    async def start(self) -> None:
        if not self.working:
            raise RuntimeError("the password is swordfish")


async def test_a_feature_that_does_not_start_is_shown_without_its_secrets(world, monkeypatch):
    loader = world.app.loader
    monkeypatch.setattr(loader, "_sources", lambda: {"broken": Source("broken", "no_such_module", given=Broken)})
    ana = world.member("Ana")
    with pytest.raises(LoadError):
        await loader.load("broken")
    seen = await ana.says("status")
    assert "broken" in " ".join(seen.items)
    assert "swordfish" not in seen.markdown
    monkeypatch.setattr(Broken, "working", True)
    await loader.load("broken")
    assert not (await ana.says("status")).items
    monkeypatch.setattr(Broken, "working", False)
    with pytest.raises(LoadError):
        await loader.reload("broken")
    assert "the one before goes on" in " ".join((await ana.says("status")).items)
