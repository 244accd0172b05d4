# SPDX-License-Identifier: MIT
"""What the command line does with an FAQ, and how it remembers vectors."""

import json

import pytest
from faqplay import content

from bot.kit import Community, Invalid, Workspace
from cogs.faq import service
from cogs.faq.command_line import Format, community_desk, export_file, import_file, starter_desk
from cogs.faq.file_vectors import FileVectors

WORDS = Workspace()
SHARED = "Can our library have one shared account?"


def test_the_starter_set_answers_without_a_database():
    desk = starter_desk(WORDS)
    answered = desk.ask(SHARED)
    assert answered.as_json()["answer"] == "account-institution"
    assert list(answered.as_json()) == ["q", "answer", "score", "candidates", "action", "lang"]
    assert len(answered.as_json()["candidates"]) == 5
    assert 0 <= answered.as_json()["score"] <= 1
    title, text, address = desk.answer_text(answered)
    assert title.startswith("Can our library")
    assert "one person" in text
    assert address.startswith("https://")


@pytest.mark.parametrize("words", ["", "🙂", "x" * 10_000, "\x00", "\ud800", "שאלה"])
def test_whatever_is_asked_gives_a_line_of_json(words):
    line = starter_desk(WORDS).ask(words).as_json()
    assert json.loads(json.dumps(line)) == line
    assert line["answer"] is None


def test_questions_of_a_file_are_answered_in_order(tmp_path):
    desk = starter_desk(WORDS)
    assert [each.question for each in desk.ask_all(["one", "two"])] == ["one", "two"]
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps({"q": SHARED, "topic": "account-institution", "lang": "en"}) + "\n")
    assert desk.evaluate(path).overall.hit_at_1 == 1.0


async def test_a_community_is_asked_with_its_own_entries(library):
    await library.db.write(service.add, library.ana, content(), publish=True)
    async with community_desk(library.db, 1, WORDS) as desk:
        assert desk.ask("when is the reading room open").as_json()["answer"] == "opening-hours"
    async with community_desk(library.db, 2, WORDS) as desk:
        assert desk.ask("when is the reading room open").as_json()["answer"] is None


async def test_files_go_in_and_out(library):
    community = Community(1, "Library", first_home_id=1)
    raw = b"question,answer\nMay I bring a dog?,Only a guide dog.\n"
    plan, _ = await import_file(library.db, community, "faq.csv", raw, apply=True)
    assert plan.done
    exported = await export_file(library.db, 1, Format.JSON, everything=False)
    assert [entry["slug"] for entry in json.loads(exported)["entries"]] == ["bring-dog"]
    with pytest.raises(Invalid):
        await import_file(library.db, community, "faq.csv", b"", apply=True)


def test_vectors_in_a_file_are_kept_by_model(tmp_path):
    FileVectors(tmp_path).put_many("use/1", {"a" * 64: b"\x00\x3c" * 4})
    FileVectors(tmp_path).put_many("use/1", {"b" * 64: b"\x00\x40" * 4})
    found = FileVectors(tmp_path)
    assert found.get_many("use/1", ["a" * 64, "b" * 64, "c" * 64]) == {
        "a" * 64: b"\x00\x3c" * 4,
        "b" * 64: b"\x00\x40" * 4,
    }
    assert found.get_many("use/2", ["a" * 64]) == {}


@pytest.mark.parametrize("junk", [b"", b"junk", b"PK\x03\x04broken"])
def test_a_broken_file_of_vectors_is_made_anew(tmp_path, junk):
    FileVectors(tmp_path).put_many("use/1", {"a" * 64: b"\x00\x3c" * 4})
    next(tmp_path.iterdir()).write_bytes(junk)
    found = FileVectors(tmp_path)
    assert found.get_many("use/1", ["a" * 64]) == {}
    found.put_many("use/1", {"b" * 64: b"\x00\x40" * 4})
    assert list(FileVectors(tmp_path).get_many("use/1", ["b" * 64])) == ["b" * 64]
