# SPDX-License-Identifier: MIT
"""Lines from a pipe: plain text out, and an exit status."""

import io
import os

import pytest


async def test_the_sample_of_the_documentation_reads_as_it_is_written(script):
    status, out = await script("/toy open", "Zagreb fair, 1921", ":as Ana member", "1")
    assert status == 0
    assert out == (
        "> /toy open\n"
        "? What you are looking for:\n"
        "> Zagreb fair, 1921\n"
        "• Zagreb fair, 1921 (article, en)\n"
        "  [1] Claim\n"
        "  [2] Close\n"
        "> :as Ana member\n"
        "• You act as Ana (member) in #main.\n"
        "> 1\n"
        "✗ Only a librarian may do this. Ask a moderator for the role.  (only you)\n"
    )


async def test_commands_need_no_slash_and_may_be_shortened_after_one(script):
    _, out = await script('toy open "A long title"', "/toy op 'Another title'")
    assert "• A long title (article, en)" in out
    assert "• Another title (article, en)" in out


async def test_a_free_sentence_is_a_question_to_the_bot(script):
    status, out = await script("Can our library have one shared account?")
    assert status == 0
    assert "You said: Can our library have one shared account?" in out


async def test_a_number_presses_the_button_that_had_it_last(script):
    _, out = await script("/toy open 'A long title'", "1", "/toy open 'Another title'", "2")
    assert "Lib has toy 1." in out
    assert "• Close it?\n? Yes / No:\n" in out


async def test_yes_confirms_and_no_does_not(script):
    _, out = await script("/toy open 'A long title'", "2", "yes")
    assert "• Closed." in out
    _, out = await script("/toy open 'A long title'", "2", "no")
    assert "Closed." not in out


async def test_values_to_choose_from_are_numbered(script):
    _, out = await script("/toy kind", "2")
    assert "  [1] Article\n  [2] Book\n? What sort of source:\n" in out
    assert "You chose book." in out


async def test_a_wrong_answer_is_told_and_asked_for_again(script):
    status, out = await script("/toy open", "abc", "A long title")
    assert status == 0
    assert "✗" in out
    assert out.count("? What you are looking for:") == 2
    assert "• A long title (article, en)" in out


async def test_cancel_withdraws_a_question(script):
    _, out = await script("/toy open", "cancel", "What is a library?")
    assert "You said: What is a library?" in out


async def test_a_command_goes_before_an_open_question(script):
    _, out = await script("/toy open", "/toy secret")
    assert "• Swordfish.  (only you)" in out


async def test_the_end_in_the_middle_of_a_question_is_no_mistake(script):
    status, out = await script("/toy open")
    assert status == 0
    assert out.endswith("? What you are looking for:\n")


async def test_a_question_goes_on_in_the_next_session(script):
    await script("/toy open")
    _, out = await script("A long title")
    assert "• A long title (article, en)" in out


async def test_a_number_works_in_the_next_session(script):
    await script("/toy open 'A long title'")
    _, out = await script("1")
    assert "Lib has toy 1." in out


@pytest.mark.parametrize(
    "line", ["/tyo open x", "/toy opne x", "/", ":foo", ":as", ":clock yesterday", ":press 7", ":preview"]
)
async def test_a_line_that_is_not_understood_fails_the_script_and_not_the_rest(script, line):
    status, out = await script(line, "/toy secret")
    assert status == 1
    assert "✗" in out
    assert "Swordfish." in out


async def test_a_slip_is_met_with_a_suggestion(script):
    _, out = await script("/tyo open")
    assert "Did you mean toy open?" in out


async def test_empty_lines_do_nothing(script):
    status, out = await script("", "   ")
    assert status == 0
    assert out == "> \n> \n"


@pytest.mark.parametrize("words", ["\x00", "\ud800", "\x1b[2J\x1b]0;x\x07", "\u202eevil", "x" * 10_000, '"unclosed'])
async def test_hostile_lines_neither_break_nor_steer(script, words):
    status, out = await script(words, f"/toy echo {words}", "/toy secret")
    assert "Swordfish." in out
    assert not set(out) & set("\x00\ud800\x1b\x07\u202e")
    assert status in (0, 1)


async def test_a_file_is_handed_over_by_its_path(script, tmp_path):
    (tmp_path / "toys.csv").write_bytes(b"a,b\n")
    status, out = await script("/toy take", str(tmp_path / "nothing.csv"), str(tmp_path / "toys.csv"))
    assert status == 0
    assert "nothing.csv cannot be read: No such file or directory." in out
    assert "toys.csv has 4 bytes." in out


@pytest.mark.parametrize("line", ["/toy take {}", "/toy take file={}", '/toy take "{}"', "/toy take file='{}'"])
async def test_a_file_may_stand_on_the_line_itself(script, tmp_path, line):
    (tmp_path / "toys.csv").write_bytes(b"a,b\n")
    status, out = await script(line.format(tmp_path / "toys.csv"))
    assert (status, "toys.csv has 4 bytes." in out) == (0, True)
    status, out = await script(line.format(tmp_path / "nothing.csv"), "/toy take", line.format(tmp_path / "toys.csv"))
    assert (status, "nothing.csv cannot be read" in out) == (1, True)
    assert "toys.csv has 4 bytes." in out


async def test_what_is_no_path_is_no_file(script):
    _, out = await script("/toy take https://example.org/toys.csv", "/toy take toys")
    assert "https://example.org/toys.csv is more than this takes." in out
    assert "toys is more than this takes." in out


async def test_a_shortcut_is_used_on_the_last_answer(script):
    _, out = await script("/toy open 'A long title'", "/save")
    assert "Saved: • A long title" in out


async def test_a_person_is_named(script):
    _, out = await script(":as Ana", "/toy secret", ":as Lib", "/toy give Ana")
    assert "• Ana has it." in out


async def test_bytes_that_are_no_text_become_question_marks(open_console):
    typed = io.TextIOWrapper(io.BytesIO(b"caf\xe9 au lait\n"), "utf-8")
    shown = io.TextIOWrapper(io.BytesIO(), "ascii")
    console, _ = await open_console()
    console._source, console._target = typed, shown
    assert await console.run() == 0
    assert shown.buffer.getvalue().decode() == "> caf? au lait\n? You said: caf? au lait\n"


async def test_a_reader_who_leaves_ends_the_script_quietly(open_console):
    reading, writing = os.pipe()
    os.close(reading)
    console, _ = await open_console("/toy list\n/toy secret\n")
    with os.fdopen(writing, "w") as target:
        console._target = target
        assert await console.run() == 0
    assert console.desk.last is None or "Swordfish" not in str(console.desk.last.reply)


async def test_a_script_waits_for_what_loads_before_each_line_for_the_bot(open_console):
    console, out = await open_console(":as Ben\n\n/toy list\n/toy secret\n")
    told = []

    async def ready():
        told.append(out.getvalue().splitlines()[-1])

    assert await console.run(ready) == 0
    assert told == ["> /toy list", "> /toy secret"]
