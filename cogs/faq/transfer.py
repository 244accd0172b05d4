# SPDX-License-Identifier: MIT
"""`/faq import` and `/faq export`: what would change is listed first, and then it is done as a whole or not at all."""

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Attachment,
    Button,
    Code,
    Context,
    Field,
    Invalid,
    Level,
    NotFound,
    Reply,
    Text,
    Tone,
    Upload,
    Visible,
    action,
    command,
    n,
    t,
)

from . import store_waiting
from .exporting import Format, chosen, export
from .import_plan import Plan, bring_in
from .importing import ParsedFile, parse
from .parts import Parts, actor_of
from .settings import spoken
from .tidy import line

TASK = "keep the FAQ"
SHOWN_MAX = 200
LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")

FileId = Annotated[int, Arg("The file that waits")]


class Scope(StrEnum):
    """What is exported."""

    OWN = "own"
    ALL = "all"

    @property
    def label(self) -> str:
        """The words for people."""
        return "Your community's own entries" if self is Scope.OWN else "Everything, the starter set too"


class Transfer(Parts):
    """Files in and out."""

    @command(
        "faq import",
        "Import entries from a CSV or JSON file; lists first what would change",
        example="faq import",
        task=TASK,
        level=Level.MODERATOR,
        visible=Visible.QUIET,
        timeout=120.0,
    )
    async def import_file(
        self,
        ctx: Context,
        file: Annotated[Upload, Arg("A CSV file (as spreadsheets save it) or a JSON file", ask=True)],
        apply: Annotated[bool, Arg("Whether to change the FAQ; else only list what would change")] = False,
        language: Annotated[str, Arg("The language of rows that name none, such as en", max=12)] = "",
    ) -> Answer:
        """List what a file would change, or with `apply` change it in one transaction."""
        if language.strip() and not LANGUAGE_CODE.fullmatch(language.strip()):
            raise Invalid(
                "language",
                t(
                    "“{typed}” is no language code such as en. Type {command} alone; the file is asked for after that.",
                    typed=line(language),
                    command=Code("faq import"),
                ),
            )
        parsed = parse(file.name, file.content)
        default = line(language).casefold() or spoken(ctx.community.locale) or "en"
        reply, plan = await self._import(ctx, parsed, default, apply=apply)
        if plan.done or plan.rejected or not (plan.added or plan.changed):
            return reply
        waiting = store_waiting.WaitingFile(file.name, default, file.content)
        file_id = await self.db.write(store_waiting.keep_file, actor_of(ctx), waiting)
        if file_id is None:
            again = t(
                "The file is too large to wait; to import it, give it again with {option}.", option=Code("apply=yes")
            )
            return replace(reply, note=again)
        buttons = (
            Button(t("Import it"), self.import_waiting, file_id),
            Button(t("Do not import it"), self.drop_waiting, file_id),
        )
        return replace(reply, buttons=buttons)

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def import_waiting(self, ctx: Context, file_id: FileId) -> Answer:
        """Import a file that was looked through."""
        file = await self.db.read(store_waiting.waiting_file, ctx.community.id, file_id)
        if file is None:
            raise NotFound(t("That file is no longer kept: only the last one waits, for a day. Give it again."))
        reply, plan = await self._import(ctx, parse(file.name, file.content), file.language, apply=True)
        if plan.done:
            await self.db.write(store_waiting.forget_files, ctx.community.id)
        return reply

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def drop_waiting(self, ctx: Context, file_id: FileId) -> Answer:
        """Forget a file that was looked through."""
        if await self.db.read(store_waiting.waiting_file, ctx.community.id, file_id) is not None:
            await self.db.write(store_waiting.forget_files, ctx.community.id)
        return Reply(t("Nothing was imported."))

    async def _import(self, ctx: Context, parsed: ParsedFile, language: str, *, apply: bool) -> tuple[Reply, Plan]:
        plan = await self.db.write(bring_in, actor_of(ctx), parsed, language, apply=apply)
        if plan.done:
            await self.knowledge.of(ctx.community.id)
        return plan_reply(plan, parsed, apply=apply), plan

    @command(
        "faq export",
        "Export entries as a file for spreadsheets or programs",
        example="faq export csv",
        task=TASK,
        level=Level.LIBRARIAN,
        visible=Visible.QUIET,
    )
    async def export_file(
        self,
        ctx: Context,
        kind: Annotated[Format, Arg("The kind of file")] = Format.CSV,
        scope: Annotated[Scope, Arg("Which entries")] = Scope.OWN,
    ) -> Answer:
        """Hand out the FAQ as a file that can be imported again."""
        snapshot = await self.knowledge.of(ctx.community.id)
        entries = chosen(snapshot.catalogue, everything=scope is Scope.ALL)
        if not entries:
            return Reply(
                t(
                    "Your community has no entries of its own yet. Export everything with {command}.",
                    command=Code(f"faq export {kind} all"),
                )
            )
        file = Attachment(f"faq.{kind}", export(entries, kind, ctx.now), kind.media_type, t("The FAQ as a file"))
        return Reply(n("{count} entry.", "{count} entries.", len(entries)), files=(file,))


def plan_reply(plan: Plan, parsed: ParsedFile, *, apply: bool) -> Reply:
    """Say what an import did or would do, row by row."""
    items = (*_rejected(plan), *_added(plan), *_changed(plan), *parsed.notes)
    fields = (
        Field(t("Added"), t("{count}", count=len(plan.added))),
        Field(t("Changed"), t("{count}", count=len(plan.changed))),
        Field(t("Unchanged"), t("{count}", count=plan.unchanged)),
        Field(t("Rejected"), t("{count}", count=len(plan.rejected))),
    )
    more = len(items) - SHOWN_MAX
    note = n("And {count} more line.", "And {count} more lines.", more) if more > 0 else ""
    tone = Tone.GOOD if plan.done else Tone.WARNING if plan.rejected else Tone.PLAIN
    return Reply(_headline(plan, apply=apply), fields=fields, items=items[:SHOWN_MAX], note=note, tone=tone)


def _headline(plan: Plan, *, apply: bool) -> Text:
    if plan.done:
        return t("Imported. Imported entries count as not reviewed until somebody reviews them.")
    if plan.rejected and apply:
        return t("Nothing was imported, because some rows cannot be taken. Mend them and import the file again.")
    if plan.rejected:
        return t("Some rows cannot be taken; nothing is imported until they are mended.")
    if not plan.added and not plan.changed:
        return t("The file holds nothing new.")
    return t("This is what would change. Nothing is imported yet.")


def _rejected(plan: Plan) -> Iterable[Text]:
    return (t("Row {row}: {reason}", row=str(bad.number), reason=bad.reason) for bad in plan.rejected)


def _added(plan: Plan) -> Iterable[Text]:
    return (t("Row {row} adds “{slug}”.", row=str(each.number), slug=each.content.slug) for each in plan.added)


def _changed(plan: Plan) -> Iterable[Text]:
    return (
        t(
            "Row {row} changes “{slug}”: {fields}.",
            row=str(each.number),
            slug=each.content.slug,
            fields=", ".join(each.changes),
        )
        for each in plan.changed
    )
