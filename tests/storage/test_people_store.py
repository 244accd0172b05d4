# SPDX-License-Identifier: MIT
"""People, their accounts, linking them, and being forgotten."""

import sqlite3
from datetime import timedelta

import pytest
from storageplay import Store

from bot.kit.errors import Invalid, NotFound, UserError
from bot.kit.people import Identity, Level
from bot.storage import (
    audit,
    blocks,
    codes,
    delivery,
    drafts,
    levels,
    merging,
    numbers,
    outbox,
    people,
    places,
    posts,
    privacy,
    schema,
    settings,
    timers,
)
from bot.storage.errors import StorageError


def test_somebody_is_recognised_by_their_account(store: Store):
    ana = store.person("Ana")
    assert ana.identities == (Identity("discord", "ana", "Ana"),)
    assert store.person("Ana") == ana
    assert store.person("Ana", "matrix").id != ana.id
    assert store(people.find, "discord", "nobody") is None


def test_somebody_who_renames_an_account_is_renamed(store: Store):
    ana = store.person("Ana")
    renamed = store(people.recognise, "discord", "ana", "Ana K.")
    assert (renamed.id, renamed.name, renamed.identities[0].name) == (ana.id, "Ana K.", "Ana K.")


def test_the_second_account_does_not_change_the_name(store: Store):
    ana = link(store, "Ana", "anonymous")
    again = store(people.recognise, "matrix", "anonymous", "nn")
    assert (again.id, again.name) == (ana.id, "Ana")
    assert again.on("matrix").name == "nn"


def test_what_somebody_prefers_is_kept(store: Store):
    ana = store.person("Ana")
    assert store(people.prefer, ana.id, locale="ca", zone="Europe/Zagreb").zone == "Europe/Zagreb"
    assert store(people.find, "discord", "ana").locale == "ca"
    assert store(people.prefer, ana.id, locale=None, zone=None).locale is None


def test_where_somebody_was_seen_last_comes_first(store: Store):
    ana, one, two = store.person("Ana"), store.home("One"), store.home("Two")
    for home in (one, two, one):
        store.clock.move(timedelta(minutes=1))
        store(people.seen, ana.id, home)
    assert [each.community_id for each in store(people.memberships, ana.id)] == [one.community_id, two.community_id]


def link(store: Store, name: str, other: str):
    code = store(codes.issue_person_code, store.person(name).id)
    return store(merging.redeem_person_code, code, store.person(other, "matrix").id)


def test_a_code_links_two_accounts_to_the_one_who_asked_for_it(store: Store):
    ana = store.person("Ana")
    linked = link(store, "Ana", "nn")
    assert linked.id == ana.id
    assert [identity.platform for identity in linked.identities] == ["discord", "matrix"]
    assert store(people.find, "matrix", "nn") == linked
    assert store.value("SELECT count(*) FROM people") == 1


@pytest.mark.parametrize("typed", [str.lower, lambda code: f" {code} ", lambda code: code.replace("-", " ")])
def test_a_code_may_be_typed_carelessly(store: Store, typed):
    code = store(codes.issue_person_code, store.person("Ana").id)
    assert store(merging.redeem_person_code, typed(code), store.person("nn", "matrix").id).name == "Ana"


def test_a_code_works_once(store: Store):
    code = store(codes.issue_person_code, store.person("Ana").id)
    store(merging.redeem_person_code, code, store.person("nn", "matrix").id)
    with pytest.raises(Invalid, match="wrong, was used already, or is older"):
        store(merging.redeem_person_code, code, store.person("Mallory").id)


def test_a_code_works_for_ten_minutes(store: Store):
    code = store(codes.issue_person_code, store.person("Ana").id)
    store.clock.move(timedelta(minutes=10))
    with pytest.raises(Invalid):
        store(merging.redeem_person_code, code, store.person("nn", "matrix").id)
    assert store(codes.drop_expired) == 1


def test_a_newer_code_ends_an_older_one(store: Store):
    ana = store.person("Ana")
    old, new = store(codes.issue_person_code, ana.id), store(codes.issue_person_code, ana.id)
    with pytest.raises(Invalid):
        store(codes.person_of, old)
    assert store(codes.person_of, new) == ana.id


def test_a_code_for_a_home_is_none_for_a_person(store: Store):
    code = store(codes.issue_home_code, store.home("One").id, store.person("Ana").id)
    with pytest.raises(Invalid):
        store(codes.person_of, code)


def test_a_code_typed_by_the_same_account_says_what_to_do(store: Store):
    ana = store.person("Ana")
    code = store(codes.issue_person_code, ana.id)
    with pytest.raises(UserError, match="your other account"):
        store(merging.redeem_person_code, code, ana.id)
    assert store(codes.person_of, code) == ana.id


def test_codes_are_kept_as_hashes_only(store: Store):
    code = store(codes.issue_person_code, store.person("Ana").id)
    assert code.replace("-", "") not in str(store.dump())


def test_everything_of_both_is_the_linked_persons(store: Store):
    ana, other, home = store.person("Ana"), store.person("nn", "matrix"), store.home("One")
    store(people.prefer, other.id, locale="hr", zone=None)
    store(levels.set_person_level, home.community_id, ana.id, Level.LIBRARIAN, None)
    store(levels.set_person_level, home.community_id, other.id, Level.MODERATOR, ana.id)
    store(audit.note, home.community_id, other.id, "test", {})
    store(
        lambda tx: tx.run(
            "INSERT INTO attendees VALUES (1, ?, 'no'), (1, ?, 'yes'), (2, ?, 'yes')", ana.id, other.id, other.id
        )
    )
    store(
        lambda tx: tx.run("INSERT INTO requests (community_id, asker_id, title) VALUES (1, ?, 'Zagreb fair')", other.id)
    )
    linked = store(merging.merge, ana.id, other.id)
    assert linked.locale == "hr"
    assert store(levels.level_of, home.community_id, None, ana.id) is Level.MODERATOR
    assert store.all("SELECT * FROM attendees ORDER BY event_id") == [(1, ana.id, "no"), (2, ana.id, "yes")]
    assert store.all("SELECT asker_id FROM requests") == [(ana.id,)]
    assert store.all("SELECT person_id FROM audit") == [(ana.id,)]
    assert [row for row in every_person_in(store) if row[2] == other.id] == []


def every_person_in(store: Store) -> list[tuple[str, str, int]]:
    return [
        (column.table, column.column, row[0])
        for column in store(schema.person_columns)
        for row in store.all(f"SELECT {column.column} FROM {column.table} WHERE {column.column} IS NOT NULL")
    ]


def test_a_clock_that_is_set_back_lends_a_code_no_longer_life(store: Store):
    code = store(codes.issue_person_code, store.person("Ana").id)
    store.clock.move(timedelta(days=-2))
    with pytest.raises(Invalid):
        store(codes.person_of, code)


def test_an_account_can_be_unlinked(store: Store):
    ana = link(store, "Ana", "nn")
    store(places.ensure, "matrix", "!dm", person_id=ana.id)
    apart = store(people.unlink, ana.id, "matrix", "nn")
    assert apart.id != ana.id
    assert [identity.platform for identity in store(people.get, ana.id).identities] == ["discord"]
    assert store(places.find, "matrix", "!dm") is None


def test_the_only_account_cannot_be_unlinked(store: Store):
    with pytest.raises(UserError, match="only account"):
        store(people.unlink, store.person("Ana").id, "discord", "ana")


def test_anothers_account_cannot_be_unlinked(store: Store):
    store.person("Bob")
    with pytest.raises(NotFound):
        store(people.unlink, store.person("Ana").id, "discord", "bob")


def fill(store: Store):
    """Let one person leave a trace in every table of the core that can name them."""
    ana, home = store.person("Ana"), store.home("One")
    place = store.place(home)
    store(places.ensure, "discord", "dm", person_id=ana.id)
    store(people.seen, ana.id, home)
    store(settings.change, home.community_id, "faq", "threshold", 0.5, ana.id)
    store(
        lambda tx: tx.run(
            "INSERT INTO switches (community_id, name, enabled, changed_by, changed_at) VALUES (?, 'faq', 0, ?, 0)",
            home.community_id,
            ana.id,
        )
    )
    store(levels.set_role_level, home.id, "1", "Librarians", Level.LIBRARIAN, ana.id)
    store(levels.set_person_level, home.community_id, ana.id, Level.LIBRARIAN, ana.id)
    store(blocks.block, home.community_id, ana.identities, ana.id)
    store(codes.issue_person_code, ana.id)
    store(codes.issue_home_code, home.id, ana.id)
    store(
        drafts.add, ana.id, place.id, "requests.open", {"title": "x"}, expires_at=store.clock.now() + timedelta(hours=1)
    )
    store(outbox.queue, outbox.Kind.DIRECT, "k", "discord", "hello", person_id=ana.id)
    store(posts.remember_all, [("k", "discord", None, ana.id, "m", "digest")])
    store(
        lambda tx: tx.run(
            "INSERT INTO bindings (platform, place_id, message_id, sign, target, arguments, person_id, created_at) "
            "VALUES ('discord', ?, 'm', '1', 't', '{}', ?, 0)",
            place.id,
            ana.id,
        )
    )
    store(audit.note, home.community_id, ana.id, "test", {})
    store(delivery.hold, home.community_id, ana.id)
    store(lambda tx: tx.run("INSERT INTO pending_forgets (cog, person_id, asked_at) VALUES ('x', ?, 0)", ana.id))
    return ana, home


def test_every_column_that_names_a_person_says_what_forgetting_does(store: Store):
    assert store(schema.uncovered_person_columns) == ()
    names = {f"{column.table}.{column.column}" for column in store(schema.person_columns)}
    assert {"identities.person_id", "settings.changed_by", "attendees.person_id"} <= names
    columns = store.all(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    )
    people_by_name = {f"{table}.{column}" for table, column in columns if column.endswith(("person_id", "_by"))}
    assert people_by_name - {"numbers.given_by"} <= names


def test_the_trace_used_here_reaches_every_core_table_that_names_people(store: Store):
    fill(store)
    core = {column.table for column in store(schema.person_columns)} & privacy.CORE_TABLES
    assert {table for table, _, _ in every_person_in(store)} == core


def test_everything_kept_about_somebody_is_exported(store: Store):
    ana, _ = fill(store)
    exported = store(privacy.export_person, ana.id)
    core = {column.table for column in store(schema.person_columns)} & privacy.CORE_TABLES
    assert set(exported) == core | {"people"}
    assert exported["people"][0]["name"] == "Ana"
    assert "hash" not in str(exported)
    assert store(privacy.export_person, 999) == {}


def test_somebody_forgotten_is_named_nowhere_and_what_they_decided_stays(store: Store):
    ana, home = fill(store)
    bob = store.person("Bob")
    store(
        lambda tx: tx.run(
            "INSERT INTO requests (community_id, asker_id, title) VALUES (?, ?, 'x')", home.community_id, ana.id
        )
    )
    concerned = store(privacy.forget_person, ana.id)
    assert concerned["requests.asker_id"] == concerned["identities.person_id"] == 1
    assert every_person_in(store) == [("identities", "person_id", bob.id)]
    assert "Ana" not in str(store.dump())
    assert store(settings.values_of, home.community_id, "faq") == {"threshold": 0.5}
    assert store.value("SELECT count(*) FROM requests") == 1
    assert store.all("PRAGMA foreign_key_check") == []


def test_being_forgotten_lifts_no_block(store: Store):
    ana, home = fill(store)
    store(privacy.forget_person, ana.id)
    returned = store.person("Ana")
    assert returned.id != ana.id
    assert store(blocks.is_blocked, home.community_id, returned.identities)


def test_a_table_that_does_not_say_what_to_do_is_named_and_nothing_is_forgotten(store: Store):
    ana = store.person("Ana")
    store.connection.execute("CREATE TABLE careless (id INTEGER PRIMARY KEY, who INTEGER REFERENCES people (id))")
    with pytest.raises(StorageError, match=r"careless\.who"):
        store(privacy.forget_person, ana.id)
    assert store(people.get, ana.id) == ana


def test_the_cores_tables_are_all_listed(store: Store):
    tables = {row[0] for row in store.all("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    cogs = {"requests", "entries", "attendees"}
    assert {table for table in tables if not table.startswith("sqlite_")} - cogs == privacy.CORE_TABLES


def test_blocks(store: Store):
    ana, one, two = store.person("Ana"), store.home("One"), store.home("Two")
    assert not store(blocks.is_blocked, one.community_id, ana.identities)
    assert not store(blocks.unblock, one.community_id, ana.identities)
    store(blocks.block, one.community_id, ana.identities, None)
    store(blocks.block, one.community_id, ana.identities, None)
    listed = store(blocks.everything)
    assert listed.holds(one.community_id, ana.identities)
    assert not listed.holds(two.community_id, ana.identities)
    assert not listed.holds(one.community_id, store.person("Bob").identities)
    assert "ana" not in str(store.all("SELECT identity_hash FROM blocks"))
    assert store(blocks.unblock, one.community_id, ana.identities)
    assert store(blocks.everything).blocks == frozenset()


def test_levels_are_the_highest_of_grant_and_roles(store: Store):
    ana, one, two = store.person("Ana"), store.home("One"), store.home("Two")
    store(levels.set_role_level, one.id, "7", "Librarians", Level.LIBRARIAN, None)
    store(levels.set_role_level, two.id, "8", "Bosses", Level.OWNER, None)
    level = lambda *roles: store(levels.level_of, one.community_id, one.id, ana.id, roles)  # noqa: E731
    assert level() is Level.MEMBER
    assert level("7") is Level.LIBRARIAN
    assert level("8") is Level.MEMBER, "a role of another home is worth nothing here"
    store(levels.set_person_level, one.community_id, ana.id, Level.MODERATOR, None)
    assert level("7") is Level.MODERATOR
    assert store(levels.level_of, two.community_id, two.id, ana.id, ["8"]) is Level.OWNER
    store(levels.set_person_level, one.community_id, ana.id, None, None)
    store(levels.set_role_level, one.id, "7", "Librarians", None, None)
    assert level("7") is Level.MEMBER
    assert [role.role_name for role in store(levels.role_levels)] == ["Bosses"]


def test_a_level_is_one_of_four(store: Store):
    home = store.home("One")
    with pytest.raises(sqlite3.IntegrityError):
        store(lambda tx: tx.run("INSERT INTO role_levels VALUES (?, '1', 'x', 9, NULL, 0)", home.id))


def test_numbers_and_timers_of_nobody_are_left_alone_by_forgetting(store: Store):
    ana, home = fill(store)
    store(numbers.allocate, home.community_id, home.id, "request", 1)
    store(timers.schedule, "events", "remind", store.clock.now(), "1", community_id=home.community_id, key="event:1")
    store(privacy.forget_person, ana.id)
    assert store(numbers.find, home.community_id, "request", 1) == 1
    assert len(store(timers.due)) == 1
