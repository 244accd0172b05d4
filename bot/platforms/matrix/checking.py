# SPDX-License-Identifier: MIT
"""Looks, without logging in, whether the homeserver answers and takes the bot's account.

A login would make a device each time, so a password that no login was made with yet is left untried.
"""

from dataclasses import dataclass

from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import Limited, MatrixError, Refusal, Revoked, Unreachable
from bot.platforms.matrix.wire import Wire, path


@dataclass(frozen=True, slots=True)
class Told:
    """What was found: as whom the homeserver knows the bot ("" where that is untried), or what is wrong."""

    account: str = ""
    problem: str = ""
    remedy: str = ""


async def examine(homeserver: str, user_id: str, token: str, *, given: bool) -> Told:
    """Ask the homeserver; never raises for what it says.

    `token` is `given` by the operator, or was kept since the latest login; "" where there is none yet.
    """
    wire = Wire(homeserver)
    try:
        return await _examine(wire, user_id, token, given=given)
    except MatrixError as error:
        return Told(problem=f"Matrix cannot be asked: {error}.", remedy="Run this again later.")
    finally:
        await wire.close()


async def _examine(wire: Wire, user_id: str, token: str, *, given: bool) -> Told:
    try:
        await wire.ask("GET", "/_matrix/client/versions")
    except Unreachable as error:
        return Told(
            problem=f"{error}.", remedy="See that MATRIX_HOMESERVER is right, and that this machine gets there."
        )
    except (Limited, Revoked):
        pass  # said as only a homeserver says it
    except MatrixError as error:
        return await _elsewhere(wire, error)
    if token:
        try:
            return await _known(wire, user_id, token)
        except Revoked:
            if given:
                remedy = "Make a new one, of a device that no other program uses, and set MATRIX_ACCESS_TOKEN."
                return Told(problem="The homeserver does not accept MATRIX_ACCESS_TOKEN.", remedy=remedy)
            wire.token = ""
    return await _passwords(wire)


async def _elsewhere(wire: Wire, error: MatrixError) -> Told:
    """Say where the homeserver is, as its domain names it. Source: client-server API v1.13, "Well-known URI"."""
    try:
        found = await wire.ask("GET", "/.well-known/matrix/client")
    except MatrixError:
        found = {}
    named = found.get("m.homeserver")
    address = named.get("base_url") if isinstance(named, dict) else None
    remedy = f"Set MATRIX_HOMESERVER={address}" if isinstance(address, str) else "See that MATRIX_HOMESERVER is right."
    return Told(problem=f"{wire.homeserver} does not answer as a homeserver does ({error}).", remedy=remedy)


async def _known(wire: Wire, user_id: str, token: str) -> Told:
    wire.token = token
    account, _ = await Api(wire).whoami()
    if account == user_id:
        return Told(account)
    return Told(
        problem=f"MATRIX_ACCESS_TOKEN belongs to {account}, not to {user_id} (MATRIX_USER).", remedy="Set either."
    )


async def _passwords(wire: Wire) -> Told:
    try:
        found = await wire.ask("GET", path("login"))
    except Refusal:
        found = {}
    flows = found.get("flows")
    kinds = {flow.get("type") for flow in flows if isinstance(flow, dict)} if isinstance(flows, list) else set()
    if "m.login.password" in kinds:
        return Told()
    remedy = "Set MATRIX_ACCESS_TOKEN and MATRIX_DEVICE_ID instead."
    return Told(problem="The homeserver lets nobody log in with a password.", remedy=remedy)
