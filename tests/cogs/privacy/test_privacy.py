# SPDX-License-Identifier: MIT
"""People learn what is kept about them, get it as a file, and are forgotten at once: nothing of them is left."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.courier import Refused
from bot.core.i18n.pseudo import untranslated
from bot.kit import Cog, Copies, Identity, Kept, Level, Manifest, Transaction, Visible, t
from bot.storage import audit, blocks, delivery, homes, outbox, people
from bot.storage.schema import person_columns
from bot.testing.world import World
from cogs.privacy import TABLES, outside

NAME = "Zebedea Quillfeather"
ACCOUNT = "zebedea-quillfeather"
WORDS = "xylophonic marmalade"
COGS_TABLES = ("event", "faq_", "request", "setup_")
NO_COPIES = Copies(1, 1, 1, 1, 1, outside=False)
HERE = ("events", "faq", "help", "privacy", "requests", "settings", "setup", "status")

LINES = (
    "request claim R-2",
    f'request note R-2 text="{WORDS} in a note"',
    'request fulfil R-2 "https://example.org/maps"',
    "request follow R-4",
    "request subscribe book",
    'faq add "How do I read a map?" "By its key." https://example.org/maps',
    "settings set community.language en",
    "settings set faq.keep_questions yes",
    "settings switch status on",
    "settings role role=volunteers level=librarian",
    "settings quiet",
    "setup",
)

pytestmark = pytest.mark.cogs(*HERE)


async def whole_file(world: World) -> bytes:
    """Return every byte of the database, the write-ahead log included."""
    path: Path = world.app.config.database
    return b"".join(found.read_bytes() for found in sorted(path.parent.glob(f"{path.name}*")) if found.is_file())


async def every_text(world: World) -> list[str]:
    """Return every text of every table, with where it stands."""

    def read(tx):
        tables = [row["name"] for row in tx.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return [
            f"{table}.{key}={row[key]}"
            for table in tables
            for row in tx.all(f"SELECT * FROM {table}")
            for key in row.keys()  # noqa: SIM118
        ]

    return await world.app.db.read(read)


async def columns_that_name(world: World, person_id: int) -> list[str]:
    """Return the columns that still hold a person's id."""

    def read(tx):
        return [
            f"{each.table}.{each.column}"
            for each in person_columns(tx)
            if tx.value(f"SELECT EXISTS (SELECT 1 FROM {each.table} WHERE {each.column} = ?)", person_id)
        ]

    return await world.app.db.read(read)


async def used_everything(world: World):
    """Let somebody leave traces in every table that people can leave them in."""
    zoe, mia = world.member(NAME, Level.MODERATOR), world.member("Mia", Level.MODERATOR)
    await mia.at(world.place("requests")).says("settings channel requests")
    await mia.at(world.place("log")).says("settings channel log")
    await zoe.says("account timezone Europe/Madrid")
    await zoe.says("account link")
    await zoe.says(f'request open "{WORDS} treatise" kind=book details="{WORDS} by {NAME}"')
    await mia.says(f'request open "A history of {WORDS.partition(" ")[0]} maps" kind=book')
    await zoe.privately.says(f'request open "{WORDS} in private" kind=article')
    await mia.says('request open "Another history of roads" kind=book')
    await mia.says(f"settings level {ACCOUNT} librarian")
    await mia.says("settings level person=Zebedea")
    await zoe.says('event create "Wiki at the library" "2027-01-15 18:00" where=online')
    await mia.says('event create "Map day" "2027-02-15 18:00" where=online')
    for line in LINES:
        world.clock.move(minutes=1)
        await zoe.says(line)
    await mia.says("event announce E-2")
    await zoe.says("event join E-2")
    await zoe.says("event remind E-2 2h")
    await zoe.presses("Next", on=await zoe.says("setup"))
    await zoe.says("request open")
    await zoe.asks(f"how do I cite {WORDS}?")
    person = await world.person(zoe)

    def more(tx):
        community = tx.value("SELECT id FROM communities")
        for column in person_columns(tx):
            first = f"(SELECT min(rowid) FROM {column.table})"
            if column.on_delete == "SET NULL":
                tx.run(f"UPDATE {column.table} SET {column.column} = ? WHERE rowid = {first}", person.id)
        delivery.hold(tx, community, person.id)
        blocks.block(tx, community, (Identity("memory", "somebody", "Somebody"),), person.id)
        audit.note(tx, community, person.id, "setting.changed", {"setting": "x.y", "after": f"person:{person.id}"})
        audit.note(tx, community, None, "level.granted", {"person_id": person.id, "before": 0, "after": 1})
        outbox.queue(
            tx,
            outbox.Kind.DIRECT,
            "k",
            "memory",
            json.dumps({"v": 1, "text": WORDS}),
            person_id=person.id,
            not_before_at=world.clock.now().replace(year=2030),
        )
        payload = {"v": 1, "text": {"t": ["{name} hello {who}", [["name", NAME], ["who", {"person": person.id}]]]}}
        outbox.queue(
            tx,
            outbox.Kind.POST,
            "k2",
            "memory",
            json.dumps(payload),
            place_id=1,
            community_id=community,
            mentions=json.dumps({"people": [person.id]}),
            not_before_at=world.clock.now().replace(year=2030),
        )
        outbox.queue(
            tx,
            outbox.Kind.POST,
            "k3",
            "memory",
            json.dumps(payload),
            place_id=1,
            community_id=community,
            not_before_at=world.clock.now().replace(year=2030),
        )

    await world.app.db.write(more)
    world.fails(Refused("no"), Refused("no"), Refused("no"))
    await world.settle()
    world.clock.move(minutes=2)
    return zoe, person


async def test_who_used_everything_and_is_forgotten_leaves_nothing(world):
    zoe, person = await used_everything(world)
    before = await whole_file(world)
    assert NAME.encode() in before
    assert ACCOUNT.encode() in before
    assert WORDS.encode() in before
    named = set(await columns_that_name(world, person.id))
    assert len(named) >= 28
    assert {"requests.person_id", "events.person_id", "event_rsvps.person_id", "drafts.person_id"} <= named
    await zoe.privately.says("mydata delete")
    done = await zoe.privately.confirms(True)
    assert "I have forgotten you" in done.text
    assert done.note == ""
    after = await whole_file(world)
    texts = await every_text(world)
    traces = (NAME, ACCOUNT, WORDS)
    assert [text for text in texts if any(trace in text for trace in traces)] == []
    assert [trace for trace in traces if trace.encode() in after] == []
    assert await columns_that_name(world, person.id) == []
    by_id = re.compile(rf'person:{person.id}\b|person(_id)?"?:\s*"?{person.id}\b')
    assert [text for text in texts if by_id.search(text)] == []


class Stubborn(Cog):
    """A feature that cannot forget."""

    name = "stubborn"
    manifest = Manifest("Stubborn.", "Everything.", {})

    def forget(self, tx: Transaction, person_id: int) -> None:
        raise RuntimeError("never")


@pytest.mark.cogs("privacy", "requests", "settings", Stubborn)
async def test_where_one_feature_fails_nothing_is_forgotten_by_halves(world):
    ana = world.member("Ana")
    await ana.says(f'request open "{WORDS} treatise" kind=book')
    person = await world.person(ana)
    before = await every_text(world)
    await ana.says("mydata delete")
    assert "people who run me" in (await ana.confirms(True)).text
    assert await world.person(ana) == person
    after = await every_text(world)
    living = ("sqlite_sequence", "drafts", "outbox", "timers", "timer_runs", "requests.", "request_", "posts")
    assert [text for text in before if not text.startswith(living) and text not in after] == []
    assert any(WORDS in text for text in after if text.startswith("requests."))


async def test_after_being_forgotten_one_is_a_stranger_and_others_stay_as_they_were(world):
    zoe, person = await used_everything(world)
    await zoe.says("mydata delete")
    await zoe.confirms(True)
    seen = await zoe.says("settings levels")
    assert "Your level here: moderator." in seen.text  # by her role, which the chat itself tells
    assert (await world.person(zoe)).id != person.id
    mine = await world.member("Mia", Level.MODERATOR).says("mydata show")
    assert "requests: Your requests" in mine.fields


async def test_all_that_is_kept_has_a_name_in_words(world):
    zoe, person = await used_everything(world)
    shown = (await zoe.privately.says("mydata show")).fields
    assert len(shown) > 15
    cogs = world.app.registry.cogs
    exported = await world.app.db.read(lambda tx: {name: cog.export(tx, person.id) for name, cog in cogs.items()})
    assert [(name, part) for name in exported for part in exported[name] if part not in cogs[name].manifest.parts] == []
    named = {column.table for column in await world.app.db.read(person_columns)}
    assert sorted(table for table in named if not table.startswith(COGS_TABLES) and table not in TABLES) == []
    await zoe.says("account language qps")
    said = (await zoe.privately.says("mydata show")).fields
    assert [(label, words) for label in said if (words := untranslated(label)) and words[0] not in cogs] == []


async def test_a_no_forgets_nothing(world):
    ana = world.member("Ana")
    await ana.says("mydata delete")
    before = await world.person(ana)
    await ana.confirms(False)
    assert await world.person(ana) == before


async def test_everything_is_handed_out_as_a_file_that_programs_can_read(world):
    zoe, person = await used_everything(world)
    seen = await zoe.privately.says("mydata export")
    assert seen.visible is Visible.SECRET
    found = json.loads(seen.files["refdesk-my-data.json"].content)
    assert found["version"] == 1
    assert found["tables"]["identities"][0]["external_id"] == ACCOUNT
    assert found["tables"]["people"][0]["created_at"].startswith("2026-11-23T12:00")
    assert WORDS in json.dumps(found["features"]["requests"])
    assert WORDS in json.dumps(found["tables"]["outbox"])
    assert "identity_hash" not in json.dumps(found)
    assert person.id == found["tables"]["people"][0]["id"]


async def test_one_gets_nothing_of_somebody_else(world):
    await used_everything(world)
    ben = world.member("Ben")
    found = (await ben.says("mydata export")).files["refdesk-my-data.json"].content.decode()
    assert not [trace for trace in (NAME, ACCOUNT, WORDS) if trace in found]


async def test_the_answers_go_to_the_asker_alone(world_in_both_ways):
    ana = world_in_both_ways.member("Ana")
    for line in ("mydata show", "mydata export"):
        seen = await ana.says(line)
        assert seen.visible is Visible.SECRET
        assert seen.seen_by == {"Ana"}


async def test_privacy_tells_of_features_durations_and_services(world):
    seen = await world.member("Ana").says("privacy")
    assert "requests: What you ask for" in seen.plain
    assert "Backups and replicas: 30 days." in seen.items
    assert "Outside: I ask no outside service anything." in seen.items  # no contact is set
    assert not [line for line in seen.items if "Nothing." in line]


async def test_a_block_survives_being_forgotten_and_does_not_keep_one_from_one_s_data(world):
    ana = world.member("Ana")
    await ana.says("status")
    person = await world.person(ana)
    await world.app.db.write(blocks.block, 1, person.identities, None)
    world.app.refresh()
    assert "blocked" in (await ana.says("status")).text
    assert "Your data" in (await ana.says("mydata show")).title
    await ana.says("mydata delete")
    assert "forgotten" in (await ana.confirms(True)).text
    assert "blocked" in (await ana.says("status")).text
    assert await columns_that_name(world, person.id) == []


async def test_nobody_can_switch_the_rights_off(world):
    mia = world.member("Mia", Level.MODERATOR)
    assert "no feature or command privacy" in (await mia.says("settings switch privacy off")).asked.error
    refused = await mia.says('settings switch "mydata show" off')
    assert "no feature or command mydata" in refused.asked.error


async def test_a_cog_that_did_not_run_does_its_part_when_it_starts(world):
    zoe, person = await used_everything(world)
    await world.app.loader.unload("requests")
    await zoe.says("mydata delete")
    assert "requests" in (await zoe.confirms(True)).note
    left = await whole_file(world)
    assert WORDS.encode() in left
    assert [text for text in await every_text(world) if NAME in text and not text.startswith("request")] == []
    await world.app.loader.load("requests")
    await world.settle()
    await world.app.db.checkpoint()
    assert await columns_that_name(world, person.id) == []
    texts = await every_text(world)
    assert [text for text in texts if any(trace in text for trace in (NAME, ACCOUNT, WORDS))] == []
    assert [text for text in texts if text.startswith("pending_forgets")] == []


async def test_a_home_that_was_left_is_purged_after_thirty_days_with_those_who_were_only_there(world):
    await used_everything(world)
    ben = world.member("Ben", home="Library of Babel")
    await ben.says("status")
    home = await world.app.db.read(homes.find, "memory", "library")
    await world.app.db.write(homes.leave, home.id)
    world.app.refresh()
    world.clock.move(days=29)
    await world.settle()
    assert await world.app.db.read(people.find, "memory", ACCOUNT)
    world.clock.move(days=2)
    await world.settle()
    assert await world.app.db.read(homes.get, home.id) is None
    assert await world.app.db.read(people.find, "memory", ACCOUNT) is None
    assert await world.app.db.read(people.find, "memory", "ben")
    await world.app.db.checkpoint()
    left = await whole_file(world)
    assert [trace for trace in (NAME, ACCOUNT, WORDS) if trace.encode() in left] == []


async def test_a_home_that_comes_back_in_time_keeps_everything(world):
    ana = world.member("Ana")
    await ana.says("status")
    home = await world.app.db.read(homes.find, "memory", "library")
    await world.app.db.write(homes.leave, home.id)
    world.app.refresh()
    world.clock.move(days=20)
    await ana.says("status")
    world.clock.move(days=40)
    await world.settle()
    assert await world.app.db.read(homes.get, home.id)


async def test_old_changes_and_unanswered_questions_go_by_themselves(world):
    mia = world.member("Mia", Level.MODERATOR)
    await mia.says("settings set community.zone Europe/Madrid")
    await mia.says("settings set community.zone")
    world.clock.move(days=8)
    await world.settle()
    assert await world.app.db.read(lambda tx: tx.value("SELECT count(*) FROM drafts")) == 0
    world.clock.move(days=360)
    await world.settle()
    assert await world.app.db.read(lambda tx: tx.value("SELECT count(*) FROM audit")) == 0


def test_each_service_is_named_with_what_it_is_told():
    told = list(outside((Kept("requests", "x.", {"Crossref": "DOIs."}),), replace(NO_COPIES, outside=True)))
    assert [(text.values["service"], text.values["what"]) for text in told] == [("Crossref", t("DOIs."))]


async def test_people_are_told_what_stays_when_they_are_forgotten_and_it_does(world):
    ana, lib = world.member("Ana"), world.member("Lib", Level.LIBRARIAN)
    await ana.says('request open "Maps of the harbour" kind=book')
    await lib.says('request fulfil 1 "https://example.org/harbour"')
    assert "stays, without your name" in (await lib.says("privacy")).plain
    assert "stays, without your name" in (await lib.says("mydata delete")).asked.confirm
    await lib.confirms()
    shown = (await ana.says("request show 1")).plain
    assert "https://example.org/harbour" in shown
    assert "Lib" not in shown
