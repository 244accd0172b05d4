# SPDX-License-Identifier: MIT
"""Two homes share one FAQ, and part again with what each of them brought."""

import re

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("faq", "settings")

DOG, ROOM = "May I bring my dog?", "Where is the xylophone room?"


async def test_homes_share_their_entries_and_take_them_home_again(world):
    mo, eve = world.member("Mo", Level.OWNER), world.member("Eve", Level.OWNER, home="Elsewhere")
    await mo.uses("faq add", question=DOG, answer="No.", source="-", slug="dog")
    await eve.uses("faq add", question=DOG, answer="Yes.", source="-", slug="dog")
    await eve.uses("faq add", question=ROOM, answer="Down the hall.", source="-", slug="xylophone")
    assert (await mo.says(f"ask {ROOM}")).title != ROOM
    code = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", (await mo.says("settings link")).plain).group()
    await eve.says(f"settings link {code}")
    await eve.confirms()
    await mo.says(f"settings link {code}")
    await mo.confirms()
    assert (await mo.says(f"ask {ROOM}")).text == "Down the hall."
    assert (await eve.says(f"ask {DOG}")).text == "No."
    await eve.says("settings unlink")
    await eve.confirms()
    assert (await mo.says(f"ask {ROOM}")).title != ROOM
    assert (await eve.says(f"ask {DOG}")).text == "Yes."
