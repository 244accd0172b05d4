# SPDX-License-Identifier: MIT
"""Remembers what each person said to the bot last in each place, so that a question goes with what led to it."""

from collections import OrderedDict

from bot.core.exchange import Origin

REMEMBERED = 2000
"""How many people and places are remembered; beyond, and over a restart, a message that is deleted ends no question."""


class Latest:
    """The latest event of each person in each room or thread, in bounded memory."""

    def __init__(self) -> None:
        self._said: OrderedDict[tuple[str, str, str | None], tuple[str, Origin]] = OrderedDict()

    def keep(self, event_id: str, origin: Origin) -> None:
        """Note what somebody said to the bot."""
        key = (origin.place.channel_id, origin.person.external_id, origin.place.thread_id)
        self._said.pop(key, None)
        self._said[key] = (event_id, origin)
        while len(self._said) > REMEMBERED:
            self._said.popitem(last=False)

    def take(self, event_id: str, sender: str) -> Origin | None:
        """Return, once, who said something and where, if it was the last thing that they said there."""
        for key, (latest, origin) in self._said.items():
            if latest == event_id and key[1] == sender:
                del self._said[key]
                return origin
        return None
