# SPDX-License-Identifier: MIT
"""What goes to many places in the same words is rendered once, and never in the words of another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.style import PLAIN
from bot.core.i18n.voice import Voice
from bot.kit.reply import Attachment, Reply
from bot.platforms.once import READERS, Once

VOICE = Catalogs().voice("en", "UTC", datetime(2026, 5, 1, 12, tzinfo=UTC))
REPLY = Reply("Hello")


class Painter:
    """Counts what it renders."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, reply: Reply, voice: Voice, style: object, above: str) -> str:
        self.times += 1
        return f"{above}{reply.text} in {voice.locale} of {voice.zone}"


def test_the_same_reply_is_rendered_once_for_all_who_hear_it_alike():
    painter = Painter()
    once = Once(painter)
    assert {once(REPLY, replace(VOICE), PLAIN) for _ in range(1_000)} == {"Hello in en of UTC"}
    assert painter.times == 1


def test_each_language_and_zone_hears_its_own():
    once = Once(Painter())
    for _ in range(2):
        assert once(REPLY, VOICE, PLAIN) == "Hello in en of UTC"
        assert once(REPLY, replace(VOICE, locale="de"), PLAIN) == "Hello in de of UTC"
        assert once(REPLY, replace(VOICE, zone="Asia/Tokyo"), PLAIN) == "Hello in en of Asia/Tokyo"


def test_what_may_have_changed_is_rendered_anew():
    painter = Painter()
    once = Once(painter)
    once(REPLY, VOICE, PLAIN)
    once(REPLY, replace(VOICE, now=VOICE.now + timedelta(minutes=1)), PLAIN)
    once(REPLY, replace(VOICE, now=VOICE.now - timedelta(minutes=1)), PLAIN)
    once(REPLY, VOICE, type(PLAIN)())
    assert once(REPLY, VOICE, PLAIN, "Ana: ") == "Ana: Hello in en of UTC"
    assert once(Reply("Goodbye"), VOICE, PLAIN) == "Goodbye in en of UTC"
    assert painter.times == 6


def test_files_and_long_past_readers_are_not_held_on_to():
    painter = Painter()
    once = Once(painter)
    heavy = Reply("Map", files=(Attachment("map.png", b"1" * 100, "image/png", "A map"),))
    assert [once(heavy, VOICE, PLAIN) for _ in range(2)] == ["Map in en of UTC"] * 2
    for number in range(READERS * 3):
        once(REPLY, replace(VOICE, zone=f"Etc/GMT+{number}"), PLAIN)
    assert painter.times == 2 + READERS * 3
    assert len(once._known) <= READERS
