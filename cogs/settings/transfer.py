# SPDX-License-Identifier: MIT
"""Commands that take all settings out as a file, and in again."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.kit import (
    Arg,
    Attachment,
    Button,
    Change,
    Code,
    Community,
    Context,
    Database,
    Invalid,
    Late,
    Level,
    NotFound,
    Reply,
    Restored,
    SettingsDesk,
    Text,
    Tone,
    Upload,
    Visible,
    action,
    command,
    every,
    n,
    t,
)
from cogs.settings import waiting
from cogs.settings.values import called

LARGEST = 1_000_000
"""Bytes that an import may have."""

FileId = Annotated[int, Arg("The file that waits")]


class TransferCommands:
    """Export and import."""

    desk: SettingsDesk
    db: Database

    @command(
        "settings export",
        "Get all settings of this community as a file",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings export",
        task="moderate",
    )
    async def export_settings(self, ctx: Context) -> Reply:
        """Write everything that was chosen into a file; it names no people."""
        content = json.dumps(await self.desk.dump(ctx), ensure_ascii=False, indent=1).encode("utf-8", "replace")
        file = Attachment("refdesk-settings.json", content, "application/json", t("The settings of this community"))
        return Reply(t("These are the settings of {community}.", community=ctx.community.name), files=(file,))

    @command(
        "settings import",
        "Take over settings from a file, or first see what would change",
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        example="settings import",
        task="moderate",
    )
    async def import_file(
        self,
        ctx: Context,
        file: Annotated[Upload, Arg("A file that “settings export” made", ask=True)],
        apply: Annotated[bool, Arg("Whether to change the settings; else only list what would change")] = False,
    ) -> Reply:
        """List what a file would change, or with `apply` change it in one transaction."""
        found = await self.desk.restore(ctx, read(file), apply=apply)
        if found.done or not found.changes:
            return shown(found)
        home_id = ctx.home.id if ctx.home else None
        waits = waiting.WaitingFile(file.content, found.seen)
        file_id = await self.db.write(waiting.keep, ctx.community.id, home_id, waits)
        buttons = (
            Button(t("Import it"), self.import_waiting, file_id),
            Button(t("Do not import it"), self.drop_waiting, file_id),
        )
        return replace(shown(found), buttons=buttons)

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def import_waiting(self, ctx: Context, file_id: FileId) -> Reply:
        """Change exactly what was shown."""
        file = await self.db.write(waiting.take, ctx.community.id, file_id)
        if file is None:
            raise NotFound(t("That file is no longer kept: only the last one waits, for a day. Give it again."))
        dumped = read(Upload("", file.content))
        return shown(await self.desk.restore(ctx, dumped, apply=True, seen=file.seen))

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def drop_waiting(self, ctx: Context, file_id: FileId) -> Reply:
        """Forget a file that was looked through."""
        await self.db.write(waiting.take, ctx.community.id, file_id)
        return Reply(t("Nothing was imported."))

    @every(timedelta(days=1), late=Late.SKIP)
    async def tidy_up(self, community: Community) -> None:
        """Delete files that nobody decided about."""
        await self.db.write(waiting.purge, community.id)


def shown(found: Restored) -> Reply:
    """Say what an import changed, or would change."""
    count = len(found.changes)
    if found.done:
        words = n("{count} change made.", "{count} changes made.", count)
    elif count:
        words = n("{count} change would be made.", "{count} changes would be made.", count)
    else:
        words = t("Everything is so already.")
    left_out = tuple(t("left out: {name}: {why}", name=Code(name), why=why) for name, why in found.left_out)
    return Reply(words, items=(*map(line, found.changes), *left_out), tone=Tone.WARNING if left_out else Tone.GOOD)


def read(file: Upload) -> object:
    """Read a file as JSON; raises Invalid."""
    if len(file.content) > LARGEST:
        raise Invalid("file", t("This file is too large to be an export of settings."))
    try:
        return json.loads(file.content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Invalid(
            "file", t("This file is no JSON. Use a file that {command} made.", command=Code("settings export"))
        ) from None


def line(change: Change) -> Text:
    """Say what changes."""
    return t(
        "{name}: {before} → {after}", name=called(change.name), before=change.before or "–", after=change.after or "–"
    )
