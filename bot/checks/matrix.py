# SPDX-License-Identifier: MIT
"""Checks that the Matrix homeserver answers, and that it takes the bot's account."""

import asyncio
from collections.abc import Iterator

from bot.checks.finding import Finding, bad, good
from bot.config import Config


def check_matrix(config: Config) -> Iterator[Finding]:
    """Ask the homeserver, where an account is set."""
    given = config.matrix_access_token
    if not (config.matrix_homeserver and config.matrix_user and (given or config.matrix_password)):
        return
    from bot.platforms.matrix.checking import examine

    token = given.get_secret_value() if given else _kept(config)
    told = asyncio.run(examine(config.matrix_homeserver, config.matrix_user, token, given=given is not None))
    if told.problem:
        yield bad(told.problem, told.remedy)
    elif told.account:
        yield good(f"Matrix knows the bot as {told.account}.")
    else:
        yield good(f"{config.matrix_homeserver} answers and takes passwords; the start tries MATRIX_PASSWORD.")


def _kept(config: Config) -> str:
    """Return the token of the latest login, if it was with this account."""
    from bot.platforms.matrix.keystore import Folder

    login = Folder(config.matrix_store).login()
    here = (config.matrix_homeserver.rstrip("/"), config.matrix_user)
    return login.token if login is not None and (login.homeserver, login.user_id) == here else ""
