# SPDX-License-Identifier: MIT
"""A calendar of the fake chat's own, for tests of what enters events there."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.courier import CourierError, Gone
from bot.kit.entry import CalendarEntry
from bot.kit.people import Identity, Place
from bot.kit.reply import Attachment


@dataclass(slots=True)
class Entered:
    """An entry as it stands in a home's calendar, its picture, and who is interested; `versions` counts its changes."""

    id: str
    home_id: int
    entry: CalendarEntry
    interested: list[Identity] = field(default_factory=list)
    versions: int = 1
    picture: Attachment | None = None


class MemoryCalendar:
    """Keeps entries and pictures, and fails when a test says so; with `arrived` it is there all the same."""

    def __init__(self) -> None:
        self.entries: list[Entered] = []
        self._faults: deque[tuple[CourierError, bool]] = deque()

    def fail(self, *errors: CourierError, arrived: bool = False) -> None:
        """Let the next entries and changes fail, one error each."""
        self._faults.extend((error, arrived) for error in errors)

    async def enter(self, place: Place, entry: CalendarEntry) -> str:
        """Make an entry and return its id."""
        error, arrived = self._faults.popleft() if self._faults else (None, True)
        if arrived:
            self.entries.append(Entered(str(len(self.entries) + 1), place.home_id or 0, entry))
        if error is not None:
            raise error
        return self.entries[-1].id

    async def amend(self, place: Place, entry_id: str, entry: CalendarEntry) -> None:
        """Change an entry; Gone when it was deleted."""
        del place
        found = next((each for each in self.entries if each.id == entry_id), None)
        if found is None:
            raise Gone("The entry was deleted.")
        error, arrived = self._faults.popleft() if self._faults else (None, True)
        if arrived:
            found.entry = entry
            found.versions += 1
        if error is not None:
            raise error

    async def look_up(self, place: Place, entry: CalendarEntry) -> str | None:
        """Look for an entry that says just this."""
        fitting = (each.id for each in self.entries if each.home_id == place.home_id and each.entry == entry)
        return next(fitting, None)

    async def illustrate(self, place: Place, entry_id: str, picture: Attachment | None) -> None:
        """Let an entry show a picture, or none; Gone when it was deleted."""
        del place
        found = next((each for each in self.entries if each.id == entry_id), None)
        if found is None:
            raise Gone("The entry was deleted.")
        error, arrived = self._faults.popleft() if self._faults else (None, True)
        if arrived:
            found.picture = picture
        if error is not None:
            raise error

    async def interested(self, place: Place, entry_id: str) -> Sequence[Identity]:
        """Return who is interested; nobody in what was deleted."""
        del place
        return next((tuple(each.interested) for each in self.entries if each.id == entry_id), ())
