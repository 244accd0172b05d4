# SPDX-License-Identifier: MIT
"""The lines that steer the terminal itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.console.moments import read_moment
from bot.storage import communities, places, slots

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


async def test_people_keep_their_levels(script):
    _, out = await script(":as Ana librarian", ":as Ben", ":as Ana", ":as Mo", ":as Mira Novak moderator")
    assert "You act as Ben (member) in #main." in out
    assert out.count("You act as Ana (librarian) in #main.") == 2
    assert "You act as Mo (moderator) in #main." in out
    assert "You act as Mira Novak (moderator) in #main." in out


async def test_rooms_are_entered_and_left(script):
    _, out = await script(":in #requests", ":in Reading Room", ":in direct", ":in main")
    assert "in #requests." in out
    assert "in #Reading Room." in out
    assert "You act as Lib, in a private conversation with the bot." in out
    assert out.count("This room is new.") == 1
    assert "in #Reading Room. This room is new." in out


async def test_buttons_belong_to_a_room(script):
    status, out = await script("/toy open 'A long title'", ":in requests", ":press Claim", ":in main", ":press cla")
    assert status == 1
    assert "There is no such button." in out
    assert out.endswith("• Lib has toy 1.\n")


@pytest.mark.parametrize("wanted", ["1", "Claim", "claim", "cla", "✋"])
async def test_a_button_is_pressed_by_number_label_or_sign(script, wanted):
    status, out = await script("/toy open 'A long title'", f":press {wanted}")
    assert status == 0
    assert "Lib has toy 1." in out


async def test_what_begins_two_labels_presses_neither(script):
    status, _ = await script("/toy open 'A long title'", ":press cl")
    assert status == 1


async def test_posts_are_shown_and_kept(script):
    _, out = await script("/toy post", ":inbox", ":as Ana", ":inbox", ":in requests", ":inbox")
    shown, first, second, third = out.split("> :inbox")
    assert "Posted in #main:\n  • A new toy.\n    [1] Claim\n" in shown
    assert "Sent to Lib:\n  • Your toy is posted.\n" in shown
    assert "A new toy." in first
    assert "Your toy is posted." in first
    assert "A new toy." in second
    assert "Your toy is posted." not in second
    assert "Nothing has been sent to you or to this room." in third


async def test_a_button_of_a_post_is_pressed_by_its_number(script):
    _, out = await script("/toy post", "1")
    assert "Lib has toy 2." in out


async def test_moving_the_clock_runs_what_is_due(open_console):
    console, out = await open_console()
    await console.session.take("/toy secret")

    def name_room(tx):
        place = places.find(tx, "console", "main")
        home = tx.value("SELECT community_id FROM homes")
        slots.assign(tx, communities.existing(tx, home).id, "toys", place.id)

    await console.app.db.write(name_room)
    await console.app.scheduler.refresh()
    await console.session.take(":clock +2d")
    assert "It is now" in out.getvalue()
    assert "25" in out.getvalue()
    assert "Posted in #main:\n  • Toys of the day." in out.getvalue()


async def test_the_clock_goes_forward_only(script):
    status, out = await script(":clock 2020-01-01")
    assert status == 1
    assert "Say how far ahead" in out


async def test_real_time_cannot_be_moved(script):
    status, out = await script(":clock +2d", staged=False)
    assert status == 1
    assert "Time can be moved on demo data only." in out


async def test_previews_show_the_last_answer(script):
    _, out = await script("/toy echo 'a *b*'", ":preview plain", ":preview markdown", ":preview html")
    plain, markdown, html = (part.partition("\n")[2] for part in out.split("> :preview ")[1:])
    assert plain == "• You said: a *b*\n"
    assert markdown == "You said: a \\*b\\*\n"
    assert "a *b*" in html


@pytest.mark.parametrize("name", ["discord", "matrix"])
async def test_a_preview_that_is_not_here_says_which_are(script, name):
    status, out = await script("/toy secret", f":preview {name}")
    assert status == 1
    assert f"This installation has no preview for {name}. There are: plain, markdown, html." in out


async def test_files_are_saved_and_never_overwritten(script, tmp_path):
    _, out = await script("/toy file", f":save {tmp_path}", "/toy file", f":save {tmp_path}")
    assert (tmp_path / "toys.csv").read_bytes() == b"a,b\n"
    assert "Saved as" in out
    assert "exists already" in out


async def test_a_folder_that_files_are_saved_to_is_made(script, tmp_path):
    await script("/toy file", f":save {tmp_path / 'new' / 'folder'}")
    assert (tmp_path / "new" / "folder" / "toys.csv").read_bytes() == b"a,b\n"


async def test_a_file_that_cannot_be_written_says_why(script, tmp_path):
    (tmp_path / "letter").write_text("mine", "utf-8")
    status, out = await script("/toy file", f":save {tmp_path / 'letter'}", ":as Ana", "/toy secret", ":save")
    assert status == 1
    assert "cannot be written: Not a directory." in out
    assert "The last answer holds no file." in out


async def test_a_cog_that_is_reloaded_is_a_new_one_and_goes_on(open_console):
    console, out = await open_console()
    before = console.app.registry.cogs["toys"]
    assert await console.session.take(":reload toys")
    assert "The cog toys runs as its files are now." in out.getvalue()
    assert console.app.registry.cogs["toys"] is not before
    await console.session.take("/toy echo 'still here'")
    assert "You said: still here" in out.getvalue()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (":reload shelf", 'There is no cog "shelf". There are: '),
        (":reload", "Say which cog: :reload faq."),
    ],
)
async def test_what_cannot_be_reloaded_is_refused(script, line, said):
    status, out = await script(line)
    assert status == 1
    assert said in out


async def test_where_cogs_stay_as_they_are_none_is_reloaded(script):
    status, out = await script(":reload toys", reloads=False)
    assert status == 1
    assert "Cogs cannot be reloaded here." in out


async def test_help_lists_every_control(open_console):
    console, out = await open_console()
    await console.session.take(":help")
    controls = console.session.controls.all
    assert [each.usage for each in controls if each.usage not in out.getvalue()] == []


async def test_the_terminal_s_own_words_are_in_the_language_that_the_bot_speaks(open_console):
    console, out = await open_console()
    await console.session.take("/toy secret")
    await console.app.db.write(lambda tx: communities.change(tx, 1, locale="de"))
    console.app.refresh()
    for line in ("/toy open 'A long title'", ":press Nehmen", ":press nothing", ":as Ana", "/toy secret", ":as Lib"):
        await console.session.take(line)
    said = out.getvalue()
    assert "Du bist jetzt Lib" in said.partition("You act as Ana")[2]
    assert "There is no such button" not in said


async def test_quit_ends_a_script(script):
    status, out = await script(":quit", "/toy secret")
    assert status == 0
    assert "Swordfish" not in out


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("+2d", NOW + timedelta(days=2)),
        ("+3h", NOW + timedelta(hours=3)),
        ("+1d12h", NOW + timedelta(days=1, hours=12)),
        ("+1w", NOW + timedelta(weeks=1)),
        ("2026-12-01T09:00", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-12-01", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-12-01T09:00+01:00", datetime(2026, 12, 1, 8, tzinfo=UTC)),
        ("2d", None),
        ("+", None),
        ("tomorrow", None),
    ],
)
def test_moments_are_read(typed, moment):
    assert read_moment(typed, NOW) == moment


@given(st.text() | st.from_regex(r"\A\+(\d{1,5}[wdhm]){1,4}\Z"))
def test_reading_a_moment_never_fails(typed):
    moment = read_moment(typed, NOW)
    assert moment is None or moment.tzinfo is not None
