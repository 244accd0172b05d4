# SPDX-License-Identifier: MIT
"""What somebody else may do, as far as the database knows: for cogs, where no context of that person is at hand."""

from collections.abc import Collection

from bot.kit.database import Transaction
from bot.kit.people import Level
from bot.storage import levels, people


class KnownLevels:
    """Implements `bot.kit.needs.Levels`; `owners` are the "platform:id" of those who run the bot."""

    def __init__(self, owners: Collection[str] = ()) -> None:
        self._owners = frozenset(owners)

    def level_of(self, tx: Transaction, community_id: int, person_id: int) -> Level:
        """Return what somebody was granted, or what their rank was worth when they were seen lately."""
        person = people.get(tx, person_id)
        accounts = {f"{each.platform}:{each.external_id}" for each in person.identities} if person else set()
        if accounts & self._owners:
            return Level.OWNER
        granted = levels.level_of(tx, community_id, None, person_id)
        return max(granted, levels.remembered(tx, community_id, person_id))
