# SPDX-License-Identifier: MIT
"""What the tests of events share: a library with channels, an event in one line, and what was said when."""

from datetime import UTC

from bot.kit import Level

FRIDAY = "2027-01-15 18:00"


async def furnish(world):
    """Give the first home a channel for announcements and one for moderators; return its moderator."""
    mod = world.member("Mod", Level.OWNER, zone="Europe/Madrid")
    await mod.says("settings channel announcements")
    await mod.at(world.place("log")).says("settings channel log")
    return mod


async def linked(world, mod, name="Branch"):
    """Let another home join the community, with a channel of its own; return it."""
    branch = world.home(name)
    head = branch.member(f"Head of {name}", Level.OWNER)
    code = (await mod.says("settings link")).title.split()[-1]
    await head.says(f"settings link {code}")
    await head.confirms()
    await mod.says(f"settings link {code}")
    await mod.confirms()
    await head.says("settings channel announcements")
    return branch


async def announce(who, line=f'event create "Wiki at the library" "{FRIDAY}"', label="Announce it"):
    """Enter an event and announce it; return its first card."""
    draft = await who.says(line)
    assert draft.title.startswith("E-"), draft.plain
    await who.presses(label, on=draft)
    await who.world.settle()
    return who.world.place("main").posts[-1]


def told(seen):
    """Return when something was said, and what."""
    at = seen.message.voice.now.astimezone(UTC)
    return f"{at:%Y-%m-%d %H:%M} {seen.text or 'card'}"


def timeline(spot):
    """Return everything that the outbox said in a place, in order; edits do not count."""
    return [told(seen) for seen in spot.posts if not seen.edited] + [
        f"edited {seen.title}" for seen in spot.posts if seen.edited
    ]
