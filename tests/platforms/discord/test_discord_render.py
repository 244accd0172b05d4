# SPDX-License-Identifier: MIT
"""What is sent for a reply: exactly this, within every limit, whatever people write."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.i18n.catalogs import Catalogs
from bot.core.markup import to_plain
from bot.kit import Ago, Attachment, Button, Code, Field, Link, Markdown, Place, Reply, Tone, t
from bot.platforms.discord.components import texts_of
from bot.platforms.discord.limits import CALLED_MAX
from bot.platforms.discord.markdown import escape, to_discord
from bot.platforms.discord.render import render
from bot.platforms.discord.style import DiscordStyle
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


@settings(max_examples=300, deadline=None)
@given(st.text("ab1 -.:#@_*`\\\"'(/é\n\t<&", max_size=30) | st.text(max_size=60) | st.just("https://a.org/b_c-d."))
def test_words_without_markup_are_written_as_the_parser_would_have_them(words):
    style = DiscordStyle()
    source = VOICE.markdown(t("On {at}: {words}", at=NOW, words=words), style)
    assert to_discord(f"Above.\n\n{source}") == f"Above.\n\n{to_discord(source)}"


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
    st.integers(0, 60) | st.integers(0, 500),
    st.integers(0, 14),
    st.booleans(),
    st.integers(0, 300) | st.integers(0, 6_000),
    st.sampled_from([0, 23, CALLED_MAX * 24]),
)
def test_every_page_keeps_within_discords_limits(text, title, items, note, buttons, files, picture, link, above):
    pressed = tuple(Button(f"{n} {title}", "request open", title=text[: n % 50], n=n) for n in range(buttons))
    attached = tuple(Attachment(f"{title[:n]}.txt", b"x", "text/plain", note) for n in range(files))
    image = Attachment("a.png", b"x", "image/png", title) if picture else None
    items = tuple(items)
    followed = Link("The page", f"https://example.org/{'a' * link}") if link else None
    reply = Reply(
        text, title=title, items=items, link=followed, note=note, buttons=pressed, files=attached, image=image
    )
    sheet = render(reply, VOICE, above=above)
    assert len(sheet.pages) <= 20 + len(items)
    assert len(sheet.files) <= 9
    assert len({each.name for each in sheet.files}) == len(sheet.files)
    for page in sheet.pages:
        texts = texts_of(page.components)
        assert sum(map(len, texts)) + above <= 4_000
        assert all(texts)
        assert count(page.components) <= 35
        ids = [each["custom_id"] for each in flat(page.components) if "custom_id" in each]
        assert len(set(ids)) == len(ids)
        assert len(presses_of(page.components)) == buttons or "fit here" in texts[-1]
    assert all(len(press.custom_id) <= 100 for press in sheet.kept)


def test_a_short_link_is_on_every_page_and_a_long_one_once():
    words = "word " * 1_500
    short, long = (render(Reply(words, link=Link("Page", f"https://e.org/{'a' * n}")), VOICE) for n in (9, 3_000))
    assert ["https://e.org" in str(page) for page in short.pages] == [True] * len(short.pages)
    assert sum(str(page).count("https://e.org/aaa") for page in long.pages) == 1
    assert len(long.pages) <= len(short.pages) + 1


def flat(components) -> list[dict]:
    return [found for each in components for found in (each, *flat(each.get("components", ())))]


def count(components) -> int:
    return len(flat(components))


def presses_of(components) -> list[str]:
    """Return what can be pressed or chosen."""
    return [
        pressed
        for each in flat(components)
        for pressed in ([each["custom_id"]] if each["type"] == 2 else [one["value"] for one in each.get("options", ())])
    ]


@pytest.mark.parametrize(
    ("wanted", "files", "rows", "menus", "left_out"),
    [(20, 0, 4, 0, 0), (21, 0, 4, 1, 0), (95, 0, 4, 3, 0), (96, 0, 3, 4, 0), (375, 0, 0, 15, 0), (380, 0, 0, 15, 5),
     (20, 9, 3, 1, 0), (275, 9, 0, 11, 0), (276, 9, 0, 11, 1)],
)  # fmt: skip
def test_more_buttons_than_fit_become_menus_and_what_is_left_out_is_told(wanted, files, rows, menus, left_out):
    pressed = tuple(Button(f"Take {n}", "requests.claim", request_id=n) for n in range(wanted))
    attached = tuple(Attachment(f"{n}.txt", b"x", "text/plain", "A file") for n in range(files))
    shown = render(Reply("See.", buttons=pressed, files=attached), VOICE).first
    below = [each["components"] for each in flat(shown) if each["type"] == 1]
    assert (sum(row[0]["type"] == 2 for row in below), sum(row[0]["type"] == 3 for row in below)) == (rows, menus)
    assert len(presses_of(shown)) == wanted - left_out
    told = {0: False, 1: "1 more button does not fit here; `/help`", 5: "5 more buttons do not fit here; `/help`"}
    assert any(told[left_out] in words for words in texts_of(shown)) if left_out else "fit" not in str(texts_of(shown))


def test_buttons_that_do_the_same_are_shown_once():
    same = (Button("One", "requests.claim", request_id=1), Button("Uno", "requests.claim", request_id=1))
    assert [each["label"] for each in flat(render(Reply("x", buttons=same), VOICE).first) if each["type"] == 2] == [
        "One"
    ]


def test_more_files_than_fit_are_packed_together_and_it_is_said():
    files = tuple(Attachment("a b.txt", f"{n}".encode(), "text/plain", "") for n in range(12))
    sheet = render(Reply("See.", files=files), VOICE)
    assert len(sheet.files) == 9
    assert sheet.files[:2] == (
        Attachment("a_b.txt", b"0", "text/plain", ""),
        Attachment("2-a_b.txt", b"1", "text/plain", ""),
    )
    with zipfile.ZipFile(io.BytesIO(sheet.files[-1].content)) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [b"8", b"9", b"10", b"11"]
    assert texts_of(sheet.first)[-1] == "-# 4 more files are in more-files.zip."
    assert render(Reply("See.", files=files), VOICE) == sheet


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


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("request open", "/solicitud abrir"),
        ("/request open", "/solicitud abrir"),
        ("request open title=x", "/solicitud abrir title=x"),
        ("ask · request open · cite", "/preguntar · /solicitud abrir · cite"),
        ("ask, cite", "/preguntar, cite"),
        ("request", "request"),
        ("10.1000/182", "10.1000/182"),
    ],
)
def test_a_command_is_named_as_its_reader_finds_it(said, shown):
    style = DiscordStyle({"request open": "solicitud abrir", "ask": "preguntar"})
    assert texts_of(render(Reply(t("{command}", command=Code(said))), VOICE, style=style).first) == [f"`{shown}`"]


def test_code_that_people_copy_stays_code():
    assert to_plain(to_discord(VOICE.markdown(Code("/request open")))) == "/request open"
    assert escape("") == ""
