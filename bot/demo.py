# SPDX-License-Identifier: MIT
"""The demonstration at the terminal: a small community with people, rooms and whatever each cog brings to see."""

from datetime import timedelta

from bot.app import App
from bot.core.clock import MovableClock
from bot.kit.database import Transaction
from bot.kit.people import Level
from bot.kit.scene import Scene
from bot.platforms.console.desk import NAME, Desk, Seat, slug
from bot.platforms.console.platform import Setup, seated
from bot.storage import communities, homes, levels, people, places, settings, slots

AGE = timedelta(days=20)
"""How long ago everything in the demonstration was done."""

SETUP = Setup(
    seat=Seat("You", Level.OWNER),
    seats=(Seat("Mira", Level.MODERATOR), Seat("Ana", Level.LIBRARIAN), Seat("Ben"), Seat("Zoe")),
    rooms=("announcements", "requests"),
    community="Riverside Libraries (demo)",
)
"""Who sits at the terminal of a demonstration, and where."""


async def fill(app: App, clock: MovableClock) -> None:
    """Fill an empty database, as if it had been done some time ago."""
    now = clock.now()
    clock.set(now - AGE)
    try:
        await app.db.write(_fill, app, seated(SETUP))
    finally:
        clock.set(clock.now() + AGE)
    app.refresh()


def _fill(tx: Transaction, app: App, desk: Desk) -> None:
    scene = _people_a_home(tx, desk)
    for cog in app.registry.cogs.values():
        for key, value in cog.demo(tx, scene).items():
            settings.change(tx, scene.community.id, cog.name, key, value, scene.people["mira"].id)


def _people_a_home(tx: Transaction, desk: Desk) -> Scene:
    home = homes.arrive(tx, NAME, desk.home.external_id, desk.home.name, desk.home.kind)
    folk = {}
    for seat in desk.seats.values():
        person = people.recognise(tx, NAME, seat.identity.external_id, seat.identity.name)
        people.seen(tx, person.id, home)
        folk[slug(seat.name)] = person
        if Level.MEMBER < seat.level < Level.OWNER:
            levels.set_person_level(tx, home.community_id, person.id, seat.level, folk.get("you", person).id)
    rooms = {name: places.ensure(tx, NAME, slug(name), name=name, home_id=home.id) for name in desk.rooms}
    for name in ("announcements", "requests"):
        slots.assign(tx, home.community_id, name, rooms[name].id)
    return Scene(communities.existing(tx, home.community_id), home, folk, rooms)
