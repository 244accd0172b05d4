# SPDX-License-Identifier: MIT
"""The folder that holds what the bot's device is: its login and its keys. Whoever can read it can read the rooms.

The keys are nio's SQLite file, one for each device, written ahead so that a killed process loses none of them.
"""

import json
import os
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nio.store.database import SqliteStore
from peewee import PeeweeException, SqliteDatabase

from bot.kit.errors import RefdeskError
from bot.platforms.matrix.errors import StartError


class BrokenKeysError(RefdeskError):
    """The file of a device's keys cannot be read."""


LOGIN = "login.json"
SEEDS = "cross-signing.json"


@dataclass(frozen=True, slots=True)
class Login:
    """A device of the bot's account. `made_at` is the microsecond since 1970 at which the bot came to know it."""

    homeserver: str
    user_id: str
    device_id: str
    token: str
    made_at: int


class _Database(SqliteDatabase):  # type: ignore[misc]  # peewee tells no types
    """Keeps nio's tables bound: binding them anew around each statement, as nio does, costs ten times the statement."""

    def bind_ctx(self, models: Any, bind_refs: bool = True, bind_backrefs: bool = True) -> AbstractContextManager[None]:
        """Bind what is bound to another database."""
        del bind_refs, bind_backrefs
        for model in models:
            if model._meta.database is not self:  # noqa: SLF001 (peewee's own way to ask)
                model._meta.set_database(self)  # noqa: SLF001
        return nullcontext()


class KeyDatabase(SqliteStore):  # type: ignore[misc]  # nio tells no types
    """nio's key store, with a log that is written ahead; the account's row is read once, its id never changes."""

    _account: Any = None

    def _get_account(self) -> Any:
        if self._account is None:
            self._account = super()._get_account()
        return self._account

    def _create_database(self) -> SqliteDatabase:
        pragmas = {"foreign_keys": 1, "secure_delete": 1, "journal_mode": "wal", "synchronous": "normal"}
        return _Database(self.database_path, pragmas=pragmas)


class Folder:
    """The folder itself; nobody but its owner may look into it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def prepare(self) -> None:
        """Make the folder, for its owner only. Raises StartError."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)
        except OSError as error:
            raise StartError(
                f"The folder {self.path}, where the Matrix keys are kept, cannot be used: {error.strerror}."
            ) from error

    def login(self) -> Login | None:
        """Return the device that was used last, or None."""
        try:
            return Login(**json.loads((self.path / LOGIN).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def keep_login(self, login: Login) -> None:
        """Remember a device."""
        self.write(LOGIN, json.dumps(asdict(login)))

    def has_keys(self, user_id: str, device_id: str) -> bool:
        """Tell whether the keys of a device are here."""
        file = self._keys(user_id, device_id)
        return file.is_file() and file.stat().st_size > 0

    def open_keys(self, user_id: str, device_id: str) -> KeyDatabase:
        """Open the keys of a device; they are made when there are none. Raises BrokenKeysError."""
        file = self._keys(user_id, device_id)
        file.touch(mode=0o600)
        try:
            return KeyDatabase(user_id, device_id, str(self.path), database_name=file.name)
        except PeeweeException as error:
            raise BrokenKeysError(f"{file} cannot be read: {error}") from error

    def set_aside(self, user_id: str, device_id: str) -> None:
        """Put keys out of the way that cannot be read."""
        file = self._keys(user_id, device_id)
        if file.exists():
            file.replace(file.with_suffix(".broken"))

    def write(self, name: str, text: str) -> None:
        """Write a file that only its owner can read, entirely or not at all."""
        new = self.path / f"{name}.new"
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path / name)

    def _keys(self, user_id: str, device_id: str) -> Path:
        safe = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in f"{user_id}_{device_id}")
        return self.path / f"keys{safe}.db"
