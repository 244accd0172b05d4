# SPDX-License-Identifier: MIT
"""Checks the operator's settings: what is set, what has no effect, and who may read the secrets."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from bot.chats import CHATS, builders
from bot.checks.finding import Finding, bad, doubtful, good
from bot.config import ENV_FILE, Config, ConfigError
from bot.strays import stray_settings


def check_settings(config: Config, env_file: Path = ENV_FILE) -> Iterator[Finding]:
    """Look at what was read."""
    where = str(env_file) if env_file.is_file() else f"the environment (there is no {env_file})"
    yield good(f"The settings in {where} can be used.")
    for advice in stray_settings(env_file=env_file):
        yield doubtful(advice)
    if os.name == "posix" and config.secrets and env_file.is_file() and _is_open(env_file):
        yield doubtful(f"Other users of this machine may read {env_file}.", f"chmod 600 {env_file}")
    yield _chats(config)
    if not config.owners:
        yield doubtful("Nobody owns the bot.", "Set REFDESK_OWNERS, so that somebody may do everything in the chat.")
    if not config.contact:
        yield doubtful("No contact is set.", "Set REFDESK_CONTACT: outside services block bots that name nobody.")
    if bool(config.calendar_port) != bool(config.calendar_url):
        yield doubtful("Calendars cannot be subscribed to.", "Set both REFDESK_CALENDAR_PORT and REFDESK_CALENDAR_URL.")


def _chats(config: Config) -> Finding:
    try:
        builders(config)
        return good(f"Chats that are set up: {', '.join(chat.title for chat in CHATS if chat.given(config))}.")
    except ConfigError as error:
        return bad(str(error)) if any(chat.given(config) for chat in CHATS) else doubtful(str(error))


def _is_open(path: Path) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & (stat.S_IRGRP | stat.S_IROTH))
