# SPDX-License-Identifier: MIT
"""The operator's settings: what is read, what is refused in plain words, and what never shows."""

import os
import traceback
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config, ConfigError, example, read_config, variable
from bot.strays import stray_settings

SECRET = "MTE4.s3cr3t-token-of-the-bot"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in [name for name in os.environ if name.upper().startswith("REFDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def write_env(text: str, encoding: str = "utf-8") -> None:
    Path(".env").write_text(text, encoding)


def test_nothing_needs_to_be_set():
    config = read_config()
    assert (config.database, config.owners, config.secrets) == (Path("data/refdesk.db"), (), ())


def test_the_environment_goes_before_the_file_and_empty_values_count_as_unset(monkeypatch):
    write_env("REFDESK_CONTACT=ana@example.org\nREFDESK_LOG_LEVEL=debug\nREFDESK_COGS=\n")
    monkeypatch.setenv("REFDESK_CONTACT", "https://example.org/refdesk")
    config = read_config()
    assert (config.contact, config.log_level, config.cogs) == ("https://example.org/refdesk", "DEBUG", ())


@pytest.mark.parametrize("written", ["faq,help", "faq, help", " faq help ", '["faq", "help"]'])
def test_lists_are_written_as_people_write_them(monkeypatch, written):
    monkeypatch.setenv("REFDESK_COGS", written)
    assert read_config().cogs == ("faq", "help")


def test_a_file_from_a_windows_editor_is_read_whole():
    write_env("REFDESK_CONTACT=ana@example.org\r\n", "utf-8-sig")
    assert read_config().contact == "ana@example.org"
    assert stray_settings({}) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("log_level", "loud", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("log_format", "xml", "'console' or 'json'"),
        ("models", "perhaps", "write yes or no"),
        ("owners", "ana", '"ana" must look like discord:123456789'),
        ("cogs", '["faq"', "with commas between"),
        ("contact", "call me", "web page or an e-mail address"),
        ("contact", "ana@example.org\nX-Injected: yes", "web page or an e-mail address"),
        ("database", "~nobody-here/refdesk.db", "write the whole path"),
        ("matrix_homeserver", "matrix.example.org", "https://matrix.example.org"),
        ("matrix_user", "refdesk", "@refdesk:example.org"),
    ],
)
def test_a_bad_value_is_named_with_what_to_write(monkeypatch, name, value, said):
    monkeypatch.setenv(variable(name), value)
    with pytest.raises(ConfigError) as caught:
        read_config()
    assert variable(name) in str(caught.value)
    assert said in str(caught.value)


def test_a_file_that_is_no_text_is_named(monkeypatch):
    Path(".env").write_bytes(b"REFDESK_CONTACT=\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"\.env cannot be read"):
        read_config()


def test_secrets_show_neither_in_the_settings_nor_in_an_error(monkeypatch):
    monkeypatch.setenv("REFDESK_DISCORD_TOKEN", SECRET)
    config = read_config()
    assert config.secrets == (SECRET,)
    assert SECRET not in f"{config!r} {config} {config.model_dump()}"
    monkeypatch.setenv("REFDESK_LOG_LEVEL", SECRET)
    with pytest.raises(ConfigError) as caught:
        read_config()
    assert SECRET not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("REFDESK_DISCORD_TOKN", "DISCORD_TOKEN"),
        ("REFDESK_DATABSE", "REFDESK_DATABASE"),
        ("refdesk_owner", "REFDESK_OWNERS"),
        ("REFDESK_COLOUR", ".env.example"),
    ],
)
def test_a_misspelt_variable_is_pointed_out(name, meant):
    advice = stray_settings({name: SECRET, "PATH": "/bin", variable("database"): "x.db"})
    assert len(advice) == 1
    assert name in advice[0]
    assert meant in advice[0]
    assert SECRET not in advice[0]


def test_the_file_is_searched_for_what_has_no_effect():
    write_env(f"CONTACT={SECRET}\nDISCORD_TOKN={SECRET}\nREFDESK_OWNERS=discord:1\nPATH_X=1\n\nno setting {SECRET}\n")
    advice = stray_settings({})
    assert advice == [
        "CONTACT in .env has no effect. Did you mean REFDESK_CONTACT?",
        "DISCORD_TOKN in .env has no effect. Did you mean DISCORD_TOKEN?",
        "Line 6 of .env cannot be read: write NAME=value.",
    ]


@given(st.text(max_size=200))
def test_whatever_the_file_holds_no_advice_shows_a_value(tmp_path_factory, text):
    file = tmp_path_factory.mktemp("env") / ".env"
    file.write_text(f"{text}\nREFDESK_X='{SECRET}'\n", "utf-8", errors="replace")
    assert all(SECRET not in advice for advice in stray_settings({}, file))


def test_every_setting_is_described_and_named_in_the_example():
    lines = example().splitlines()
    for name, field in Config.model_fields.items():
        assert f"# {field.description}" in lines
        assert any(line.startswith(f"#{variable(name)}=") for line in lines)


def test_the_example_is_current_and_changes_nothing(monkeypatch):
    kept = (Path(__file__).parents[2] / ".env.example").read_text("utf-8")
    assert kept == example()
    write_env("\n".join(line.removeprefix("#") for line in kept.splitlines() if line.startswith("#REFDESK_")))
    assert read_config() == Config(_env_file=None)
