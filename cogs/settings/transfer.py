# SPDX-License-Identifier: MIT
"""Commands that take all settings out as a file, and in again."""

import json
from typing import Annotated

from bot.kit import (
    Arg,
    Attachment,
    Change,
    Code,
    Context,
    Invalid,
    Level,
    Reply,
    SettingsDesk,
    Text,
    Tone,
    Upload,
    Visible,
    command,
    n,
    t,
)
from cogs.settings.values import called

LARGEST = 1_000_000
"""Bytes that an import may have."""


class TransferCommands:
    """Export and import."""

    desk: SettingsDesk

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
        count = len(found.changes)
        if found.done:
            words = n("{count} change made.", "{count} changes made.", count)
        elif count:
            words = n("{count} change would be made.", "{count} changes would be made.", count)
        else:
            words = t("Everything is so already.")
        left_out = tuple(t("left out: {name}: {why}", name=Code(name), why=why) for name, why in found.left_out)
        again = t("Give the file again with {option} to make the changes.", option=Code("apply=yes"))
        return Reply(
            words,
            items=(*map(line, found.changes), *left_out),
            note=again if count and not found.done else "",
            tone=Tone.WARNING if left_out else Tone.GOOD,
        )


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
