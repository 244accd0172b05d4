# SPDX-License-Identifier: MIT
"""What is sent for a reply: exactly this, within every limit, whatever people write."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.i18n.catalogs import Catalogs
from bot.core.markup import to_plain
from bot.kit import Ago, Attachment, Button, Code, Field, Link, Markdown, Place, Reply, Tone, t
from bot.platforms.discord.components import texts_of
from bot.platforms.discord.markdown import escape, to_discord
from bot.platforms.discord.render import render
from bot.platforms.discord.targets import Press, read_press

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VOICE = Catalogs().voice("en", "UTC", NOW)


def test_a_word_is_no_more_than_a_text():
    assert render(Reply(t("Closed.")), VOICE).first == ({"type": 10, "content": "Closed."},)


def test_a_card_has_every_part_in_its_place():
    reply = Reply(
        Markdown("See **this**."),
        title=t("{number} · {title}", number="R-1", title="Zagreb *fair*"),
        fields=(Field(t("Kind"), "book"), Field(t("At"), t("{at} ({ago})", at=NOW, ago=Ago(NOW)))),
        items=(t("One"), "Two"),
        link=Link(t("The page"), "https://en.wikipedia.org/wiki/Library_(room)"),
        note=t("As of {day}.", day=NOW.date()),
        tone=Tone.GOOD,
        image=Attachment("shelf of books.png", b"x", "image/png", t("A shelf")),
        buttons=(Button(t("Claim"), "requests.claim", emoji="✋", request_id=1),),
    )
    assert render(reply, VOICE).first == (
        {
            "type": 17,
            "accent_color": 0x14866D,
            "components": [
                {
                    "type": 10,
                    "content": "### ✅ R-1 · Zagreb \\*fair\\*\nSee **this**.\n\n**Kind:** book\n"
                    "**At:** <t:1795435200:F> (<t:1795435200:R>)\n\n- One\n- Two",
                },
                {"type": 14, "divider": True, "spacing": 1},
                {
                    "type": 10,
                    "content": "[The page](<https://en.wikipedia.org/wiki/Library_%28room%29>)\n"
                    "-# As of November 23, 2026.",
                },
                {
                    "type": 12,
                    "items": [{"media": {"url": "attachment://shelf_of_books.png"}, "description": "A shelf"}],
                },
                {
                    "type": 1,
                    "components": [
                        {
                            "type": 2,
                            "style": 1,
                            "custom_id": "a:requests.claim?request_id=1",
                            "label": "Claim",
                            "emoji": {"name": "✋"},
                        }
                    ],
                },
            ],
        },
    )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("# One\n\n#### Four", "## One\n\nFour"),
        ("a  \nb\\\nc", "a\nb\nc"),
        ("![A shelf](https://x.org/a.png)", "[A shelf](<https://x.org/a.png>)"),
        ("<https://x.org/a_b>", "<https://x.org/a_b>"),
        ('[x](https://x.org "title")', "[x](<https://x.org>)"),
        ("[mail](mailto:a@x.org)", "mail (a@x.org)"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("1. a\n2. b\n   - c", "1. a\n2. b\n   - c"),
        ("---", "———"),
        ("~~no~~ *maybe* `code`", "~~no~~ *maybe* `code`"),
        ("``a`b``", "`` a`b ``"),
    ],
)
def test_commonmark_is_written_as_discord_reads_it(source, shown):
    assert to_discord(source) == shown


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@everyone @here", "@\u200beveryone @\u200bhere"),
        ("<@1> <#2> <t:0:R>", "\\<@1> \\<#2> \\<t:0:R>"),
        ("# head", "\\# head"),
        ("1921. A year", "1921\\. A year"),
        ("-# small", "\\-# small"),
        ("||hidden||", "\\|\\|hidden\\|\\|"),
        ("see https://x.org/a_b*c.", "see <https://x.org/a_b*c>."),
    ],
)
def test_words_of_people_are_never_markup(typed, sent):
    assert to_discord(VOICE.markdown(t("{words}", words=typed))) == sent


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_whatever_people_write_calls_nobody_and_is_all_there(words):
    sent = to_discord(VOICE.markdown(t("{words}", words=words)))
    for call in ("@everyone", "@here", "\ue000", "\ue001"):
        assert call not in sent
    assert "<@" not in sent.replace("\\<@", "")
    letters = [letter for letter in words if letter.isalnum() and letter.isascii()]
    assert [letter for letter in sent if letter.isalnum() and letter.isascii()] == letters


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=6_000),
    st.text(max_size=900),
    st.lists(st.text(max_size=400), max_size=70),
    st.text(max_size=2_000),
    st.integers(0, 45),
)
def test_every_page_keeps_within_discords_limits(text, title, items, note, buttons):
    pressed = tuple(Button(f"{n} {title}", "request open", title=text[:n]) for n in range(buttons))
    sheet = render(Reply(text, title=title, items=tuple(items), note=note, buttons=pressed), VOICE)
    for page in sheet.pages:
        texts = texts_of(page.components)
        assert sum(map(len, texts)) <= 4_000
        assert all(texts)
        assert count(page.components) <= 36
    assert all(len(press.custom_id) <= 100 for press in sheet.kept)


def count(components) -> int:
    return sum(1 + count(each.get("components", ())) for each in components)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_what_a_button_carries_is_read_back(one, other):
    press = Press("request open", (("title", one), ("details", other)))
    assert read_press(press.written[2:]) == press


def test_a_place_of_another_chat_is_named_and_one_of_ours_can_be_followed():
    here = Place(1, "discord", "123", name="main", home_id=1)
    there = Place(2, "matrix", "!abc:x.org", name="library", home_id=2)
    [shown] = texts_of(render(Reply(t("{here}, {there}", here=here, there=there)), VOICE).first)
    assert shown == "<#123>, library"


def test_code_that_people_copy_stays_code():
    assert to_plain(to_discord(VOICE.markdown(Code("/request open")))) == "/request open"
    assert escape("") == ""
