# SPDX-License-Identifier: MIT
"""Logs: one record a line, readable by people or machines, and never a secret in them."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.log import HIDDEN, HideSecrets, JsonFormatter, PlainFormatter, set_up_logging

SECRET = 's3cr3t"to\\ken-of-the-bot'


@pytest.fixture(autouse=True)
def _root() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def logged(form: str, *secrets: str) -> io.StringIO:
    stream = io.StringIO()
    set_up_logging("INFO", form, secrets, stream)
    return stream


@pytest.mark.parametrize("form", ["console", "json"])
def test_a_secret_is_hidden_in_messages_arguments_and_tracebacks(form):
    stream = logged(form, SECRET)
    error = RuntimeError(f"login with {SECRET} refused")
    logging.getLogger("bot.x").error("It failed for %s", SECRET, exc_info=error)
    written = stream.getvalue()
    assert SECRET not in written
    assert json.dumps(SECRET)[1:-1] not in written
    assert written.count(HIDDEN) == 2
    assert "RuntimeError" in written


def test_short_values_are_no_secrets_to_hide():
    assert HideSecrets(["", "a", SECRET]).clean(f"a bat {SECRET}") == f"a bat {HIDDEN}"


def test_json_lines_name_when_what_and_how_bad():
    stream = logged("json")
    logging.getLogger("bot.x").warning("The room %s is gone", "«main»")
    entry = json.loads(stream.getvalue())
    assert entry["message"] == "The room «main» is gone"
    assert (entry["level"], entry["logger"]) == ("warning", "bot.x")
    assert entry["at"].endswith("+00:00")


def test_chatty_libraries_are_heard_from_warnings_on():
    stream = logged("console")
    logging.getLogger("httpx").info("GET https://example.org/?q=private")
    logging.getLogger("httpx").warning("slow")
    assert stream.getvalue().count("\n") == 1
    assert "private" not in stream.getvalue()


@given(st.text())
def test_nobody_can_begin_a_line_of_their_own(name):
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, "Joined %s", (name,), None)
    assert len(PlainFormatter(HideSecrets([])).format(record).splitlines()) == 1
    assert len(JsonFormatter(HideSecrets([])).format(record).splitlines()) == 1
