# SPDX-License-Identifier: MIT
"""Commands in the bot's words are written as people must type them; nothing else is changed."""

import pytest

from bot.platforms.matrix.style import STYLE, MatrixStyle

NAMES = ("help", "request open", "request list")


def is_command(words):
    return any(f"{words} ".startswith(f"{name} ") for name in NAMES)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("help", "`?help`"),
        ("request open R-1", "`?request open R-1`"),
        ("request list, request open", "`?request list, ?request open`"),
        ("help · request open", "`?help · ?request open`"),
        ("request", "`request`"),
        ("helpless", "`helpless`"),
        ("/help", "`?help`"),
        ("/nothing", "`/nothing`"),
        ("cancel", "`cancel`"),
        ("help, anything", "`help, anything`"),
        ("10.1000/182", "`10.1000/182`"),
        ("", STYLE.code("")),
    ],
)
def test_a_command_has_the_prefix_of_the_room(said, shown):
    assert MatrixStyle("?", is_command).code(said) == shown
    assert MatrixStyle("", is_command).code(said) == shown.replace("?", "")
