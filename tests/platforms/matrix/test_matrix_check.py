# SPDX-License-Identifier: MIT
"""What `refdesk check` finds on Matrix: the homeserver, and the bot's account on it."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from bot.checks.finding import Mark
from bot.checks.matrix import check_matrix
from bot.config import Config
from bot.platforms.matrix.keystore import Folder, Login

USER = "@refdesk:example.org"
VERSIONS, WHO, LOGIN = "/_matrix/client/versions", "/_matrix/client/v3/account/whoami", "/_matrix/client/v3/login"
PASSWORDS = {"flows": [{"type": "m.login.sso"}, {"type": "m.login.password"}]}


@asynccontextmanager
async def serving(answers: Mapping[str, Any]) -> AsyncIterator[str]:
    """Serve JSON under its paths; WHO is answered to the token "right" alone."""

    async def answer(request: web.Request) -> web.Response:
        if request.path not in answers:
            return web.Response(status=404, text="<h1>Not here</h1>")
        if answers[request.path] == "not you":
            return web.json_response({"errcode": "M_MISSING_TOKEN", "error": "No."}, status=401)
        if request.path == WHO and request.headers.get("Authorization") != "Bearer right":
            return web.json_response({"errcode": "M_UNKNOWN_TOKEN", "error": "No."}, status=401)
        return web.json_response(answers[request.path])

    app = web.Application()
    app.router.add_route("GET", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def found(folder, homeserver: str, **given: Any) -> tuple[Mark, str, str]:
    """Check as the command line does: in a process without a running event loop, hence in a thread."""
    given = given or {"matrix_password": "secret"}
    config = Config(
        matrix_homeserver=homeserver, matrix_user=USER, matrix_store=folder / "matrix", _env_file=None, **given
    )
    [finding] = await asyncio.to_thread(lambda: list(check_matrix(config)))
    return dataclasses.astuple(finding)


async def test_a_homeserver_that_is_not_there_is_named(tmp_path):
    address = "http://127.0.0.1:1"
    mark, what, advice = await found(tmp_path, address)
    assert mark is Mark.BAD
    assert what.startswith(f"{address} cannot be reached")
    assert "MATRIX_HOMESERVER" in advice


async def test_a_domain_is_told_from_its_homeserver(tmp_path):
    named = {"m.homeserver": {"base_url": "https://matrix.example.org"}}
    async with serving({"/.well-known/matrix/client": named}) as address:
        mark, what, advice = await found(tmp_path, address)
    assert mark is Mark.BAD
    assert "does not answer as a homeserver does" in what
    assert advice == "Set MATRIX_HOMESERVER=https://matrix.example.org"


async def test_a_web_page_is_no_homeserver(tmp_path):
    async with serving({"/.well-known/matrix/client": {"m.homeserver": 3}}) as address:
        assert (await found(tmp_path, address))[2] == "See that MATRIX_HOMESERVER is right."


async def test_a_homeserver_that_tells_strangers_nothing_is_one(tmp_path):
    async with serving({VERSIONS: "not you", LOGIN: PASSWORDS}) as address:
        assert (await found(tmp_path, address))[0] is Mark.GOOD


async def test_a_password_is_not_tried_since_that_would_make_a_device(tmp_path):
    async with serving({VERSIONS: {"versions": ["v1.13"]}, LOGIN: PASSWORDS}) as address:
        mark, what, _ = await found(tmp_path, address)
    assert mark is Mark.GOOD
    assert "the start tries MATRIX_PASSWORD" in what


@pytest.mark.parametrize("flows", [{"flows": [{"type": "m.login.sso"}]}, {"flows": 3}, {}])
async def test_a_homeserver_that_takes_no_passwords_is_named(tmp_path, flows):
    async with serving({VERSIONS: {}, LOGIN: flows}) as address:
        mark, what, advice = await found(tmp_path, address)
    assert (mark, what) == (Mark.BAD, "The homeserver lets nobody log in with a password.")
    assert "MATRIX_ACCESS_TOKEN" in advice


@pytest.mark.parametrize(
    ("token", "account", "expected"),
    [
        ("right", USER, (Mark.GOOD, f"Matrix knows the bot as {USER}.")),
        ("wrong", USER, (Mark.BAD, "The homeserver does not accept MATRIX_ACCESS_TOKEN.")),
        ("right", "@ana:example.org", (Mark.BAD, f"MATRIX_ACCESS_TOKEN belongs to @ana:example.org, not to {USER}")),
    ],
)
async def test_a_token_is_tried(tmp_path, token, account, expected):
    async with serving({VERSIONS: {}, WHO: {"user_id": account}}) as address:
        mark, what, _ = await found(tmp_path, address, matrix_access_token=token)
    assert mark is expected[0]
    assert what.startswith(expected[1])
    assert token not in what


@pytest.mark.parametrize(("token", "said"), [("right", "knows the bot as"), ("wrong", "tries MATRIX_PASSWORD")])
async def test_the_latest_login_is_tried_where_there_was_one(tmp_path, token, said):
    async with serving({VERSIONS: {}, WHO: {"user_id": USER}, LOGIN: PASSWORDS}) as address:
        kept = Folder(tmp_path / "matrix")
        kept.prepare()
        kept.keep_login(Login(address, USER, "DEVICE", token, 0))
        mark, what, _ = await found(tmp_path, address)
    assert mark is Mark.GOOD
    assert said in what


async def test_half_a_setting_asks_nobody(tmp_path):
    config = Config(matrix_homeserver="http://127.0.0.1:1", matrix_store=tmp_path, _env_file=None)
    assert list(check_matrix(config)) == []
