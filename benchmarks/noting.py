# SPDX-License-Identifier: MIT
"""A cog whose one command writes a row and reads one, for what is measured with it; it imports no more than a cog."""

from typing import Annotated

from bot.kit import Arg, Cog, Context, Database, Manifest, Reply, Transaction, command, t


def note(tx: Transaction, title: str) -> int:
    """Write one row."""
    return tx.insert("INSERT INTO audit (action, detail, at) VALUES ('bench', ?, 0)", title)


def count(tx: Transaction) -> int:
    """Read one figure."""
    return int(tx.value("SELECT coalesce(max(id), 0) FROM audit"))


class Bench(Cog):
    """A command with one write and one read."""

    name = "bench"
    manifest = Manifest("Bench.", "Nothing.", {"bench": "Bench"})

    def __init__(self, db: Database) -> None:
        self.db = db

    @command("bench note", "Write and read")
    async def note(self, _: Context, title: Annotated[str, Arg("What", max=200)]) -> Reply:
        """Write a row and say how many there are."""
        await self.db.write(note, title)
        total = await self.db.read(count)
        return Reply(t("{title}: {total} notes", title=title, total=total))
