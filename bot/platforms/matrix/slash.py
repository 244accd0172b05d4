# SPDX-License-Identifier: MIT
"""Tells clients which commands there are, so that those which know how show them as slash commands.

Source: MSC4391 ("Simplified in-room bot commands", https://github.com/matrix-org/matrix-spec-proposals/pull/4391), in
its later form: `schema` and `optional` for each parameter, and a state key that must be as `key_of` makes it.
A description is a state event for each command; publishing takes the power to set such events, which moderators give.
"""

import base64
import hashlib
import logging
from datetime import timedelta
from typing import Any

from bot.core.alarm import sleep_until
from bot.core.clock import WakingClock
from bot.core.registry import Registry
from bot.kit.operation import Command
from bot.kit.params import Kind, Param
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import MatrixError, Refusal
from bot.platforms.matrix.mouth import wait_after
from bot.platforms.matrix.powers import needed, power_of
from bot.platforms.matrix.rooms import Room
from bot.platforms.matrix.settings import RoomBook
from bot.platforms.matrix.shapes import text

log = logging.getLogger(__name__)

DESCRIPTION = "org.matrix.msc4391.command_description"
PAUSE = timedelta(seconds=1)
"""Between two descriptions, so that they never use up what the homeserver allows for answers."""

_TYPES = {
    Kind.INTEGER: "integer",
    Kind.FLAG: "boolean",
    Kind.PERSON: "user_id",
    Kind.PLACE: "room_id",
}


class Slash:
    """Publishes the descriptions of commands in rooms."""

    def __init__(self, api: Api, registry: Registry, book: RoomBook, clock: WakingClock) -> None:
        self._api = api
        self._registry = registry
        self._book = book
        self._clock = clock

    def may(self, room: Room) -> bool:
        """Tell whether the room lets the bot describe its commands."""
        power = power_of(self._api.user_id, room.create, room.levels)
        return room.levels is not None and power >= needed(DESCRIPTION, room.levels, state=True)

    async def publish(self, room: Room) -> None:
        """Bring the descriptions in a room up to date, where the bot may and its moderators want them."""
        if not self.may(room) or not (await self._book.of(room.id)).publish_commands:
            return
        try:
            there = {text(e, "state_key"): e.get("content") for e in await self._own(room.id)}
            wanted = {key_of(c.name, self._api.user_id): described(c) for c in self._registry.commands}
            news = {key: content for key, content in wanted.items() if there.get(key) != content}
            news |= {key: {} for key, content in there.items() if key not in wanted and content}
            for key, content in news.items():
                await self._set(room.id, key, content)
        except MatrixError as error:
            log.info("%s: commands could not be described: %s", room.id, error)

    async def _own(self, room_id: str) -> list[dict[str, Any]]:
        state = await self._api.state(room_id)
        return [e for e in state if e["type"] == DESCRIPTION and text(e, "sender") == self._api.user_id]

    async def _set(self, room_id: str, key: str, content: dict[str, Any]) -> None:
        for attempt in range(1, 5):
            try:
                await self._api.set_state(room_id, DESCRIPTION, key, content)
            except Refusal as error:
                wait = wait_after(error, attempt)
                if wait is None:
                    raise
                await sleep_until(self._clock, self._clock.now() + timedelta(seconds=wait))
            else:
                await sleep_until(self._clock, self._clock.now() + PAUSE)
                return


def key_of(command: str, user_id: str) -> str:
    """Return the state key of a command's description."""
    return base64.b64encode(hashlib.sha256(f"{command}{user_id}".encode()).digest()).decode()


def described(command: Command) -> dict[str, Any]:
    """Return the description of a command."""
    return {
        "command": command.name,
        "description": {"m.text": [{"body": command.description}]},
        "parameters": [_parameter(param) for param in command.params if param.kind is not Kind.UPLOAD],
    }


def _parameter(param: Param) -> dict[str, Any]:
    schema: dict[str, Any] = {"schema_type": "primitive", "type": _TYPES.get(param.kind, "string")}
    if param.kind is Kind.CHOICE:
        variants = [
            {"schema_type": "literal", "literal_type": "string", "value": choice.value} for choice in param.choices
        ]
        schema = {"schema_type": "union", "variants": variants}
    return {
        "key": param.name,
        "schema": schema,
        "optional": not param.required,
        "description": {"m.text": [{"body": param.arg.description}]},
    }
