# SPDX-License-Identifier: MIT
"""Communities of one name are told apart by where they are, else by when they were used."""

from datetime import timedelta

from bot.core.i18n.catalogs import Catalogs
from bot.kit.people import Home, HomeKind
from bot.storage import apart, communities, homes, people
from tests.storage.storageplay import Store


def home(store: Store, platform: str, external_id: str) -> Home:
    return store(homes.arrive, platform, external_id, "Library", HomeKind.ROOM)


def labels(store: Store, person_id: int, *homes) -> list[str]:
    found = [store(communities.existing, home.community_id) for home in homes]
    voice = Catalogs().voice("en", "UTC", store.clock.now())
    return [voice.plain(known.label) for known in store(apart.told_apart, person_id, found)]


def test_a_name_that_is_nobody_else_s_stands_alone(store: Store):
    ana = store.person("Ana")
    assert labels(store, ana.id, store.home("Library"), store.home("Archive")) == ["Library", "Archive"]


def test_the_chat_tells_apart_what_is_in_several(store: Store):
    ana = store.person("Ana")
    both = home(store, "discord", "1"), home(store, "matrix", "!1:x")
    assert labels(store, ana.id, *both) == ["Library (Discord)", "Library (Matrix)"]


def test_two_rooms_of_one_name_are_told_apart_by_when_somebody_was_there(store: Store):
    ana = store.person("Ana")
    one, two = home(store, "matrix", "!1:x"), home(store, "matrix", "!2:x")
    store(people.seen, ana.id, one)
    store.clock.move(timedelta(hours=2))
    store(people.seen, ana.id, two)
    assert labels(store, ana.id, one, two) == [
        "Library (Matrix, where you were 2 hours ago)",
        "Library (Matrix, where you were just now)",
    ]
