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


PARTS = (
    "scheduler",
    "outbox.discord",
    "outbox.matrix",
    "outbox.console",
    "discord",
    "matrix",
    "console",
    "discord commands",
    "faq search",
    "requests look-ups",
)


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", ("The timer works", "The outbox for Discord works", "Discord works", "The search in the FAQ works")),
        ("es", ("El temporizador funciona", "La bandeja de salida de Matrix funciona", "La consulta de fuentes")),
        ("ca", ("El temporitzador funciona", "La safata de sortida del terminal funciona", "La consulta de fonts")),
        ("de", ("Die Zeitsteuerung läuft", "Der Postausgang für Discord läuft", "Das Terminal läuft")),
        ("fr", ("Le minuteur marche", "La boîte d’envoi de Matrix marche", "La recherche de sources marche")),
    ],
)
async def test_parts_are_named_as_people_say_them_in_the_language_of_who_asks(world, language, named):
    mia = world.member("Mia", Level.MODERATOR)
    await mia.says(f"account language {language}")
    for part in PARTS:
        world.app.health.report(part, State.OK)
    items = (await mia.says("status")).items
    for name in named:
        assert sum(item.startswith(f"🟢 {name}") for item in items) == 1, items
    assert not [item for item in items if "scheduler" in item or "outbox." in item or "look-ups" in item]


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
    assert "The feature broken does not work" in " ".join(seen.items)
    assert "swordfish" not in seen.markdown
    monkeypatch.setattr(Broken, "working", True)
    await loader.load("broken")
    assert not (await ana.says("status")).items
    monkeypatch.setattr(Broken, "working", False)
    with pytest.raises(LoadError):
        await loader.reload("broken")
    assert "the one before goes on" in " ".join((await ana.says("status")).items)
