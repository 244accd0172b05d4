# SPDX-License-Identifier: MIT
"""Privacy: what is kept about people, their copy of it, and its deletion."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.kit import (
    Attachment,
    Button,
    Code,
    Cog,
    Confirm,
    Context,
    Copies,
    Field,
    Kept,
    Manifest,
    PrivacyDesk,
    Reply,
    Text,
    Tone,
    Visible,
    command,
    n,
    t,
)


class Privacy(Cog):
    """Tell people what is kept about them, hand it out, and delete it."""

    name = "privacy"
    manifest = Manifest(
        summary="What I keep about you, your own copy of it, and its deletion.",
        keeps="Nothing but who is still to be forgotten by a feature that does not run, until it does.",
        groups={"mydata": "What I keep about you"},
    )

    def __init__(self, desk: PrivacyDesk) -> None:
        self.desk = desk

    @command(
        "privacy",
        "What I keep, for how long, and what goes outside",
        visible=Visible.QUIET,
        example="privacy",
        task="me",
        alone=True,
    )
    async def explain(self, ctx: Context) -> Reply:
        """Explain, from what the features declare and the operator set."""
        del ctx
        kept, copies = self.desk.kept(), self.desk.copies()
        return Reply(
            t(
                "I keep your account's id and name, where I met you, and what the features below say. "
                "I do not keep what is said around me."
            ),
            title=t("Your privacy"),
            items=(*features(kept), *outside(kept, copies), *durations(copies)),
            note=t(
                "{show}, {export} and {delete} work everywhere, in private too.",
                show=Code("mydata show"),
                export=Code("mydata export"),
                delete=Code("mydata delete"),
            ),
            buttons=(Button(t("What is kept about me?"), "mydata show"),),
        )

    @command(
        "mydata show",
        "Show how much I keep about you",
        visible=Visible.SECRET,
        example="mydata show",
        task="me",
        alone=True,
    )
    async def show(self, ctx: Context) -> Reply:
        """Count what is kept, by feature."""
        found = await self.desk.export(ctx)
        return Reply(
            t("This is what I keep about you; the file has every word of it."),
            title=t("Your data"),
            fields=tuple(counted(found, {each.cog: each.parts for each in self.desk.kept()})),
            buttons=(
                Button(t("Get the file"), "mydata export"),
                Button(t("Delete everything"), "mydata delete"),
            ),
        )

    @command(
        "mydata export",
        "Get all that I keep about you, as a file",
        visible=Visible.SECRET,
        example="mydata export",
        task="me",
        alone=True,
    )
    async def export_all(self, ctx: Context) -> Reply:
        """Hand everything out."""
        found = await self.desk.export(ctx)
        content = json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace")
        about = t("Everything that I keep about you")
        return Reply(
            t("Everything that I keep about you is in this file."),
            files=(Attachment("refdesk-my-data.json", content, "application/json", about),),
        )

    @command(
        "mydata delete",
        "Forget you, at once and for good",
        visible=Visible.SECRET,
        example="mydata delete",
        task="me",
        alone=True,
    )
    async def delete_all(self, ctx: Context) -> Reply | Confirm:
        """Forget the asker, after a yes."""
        if not ctx.confirmed:
            return Confirm(
                t(
                    "I will forget you and what you wrote to me, in every community. Open requests are withdrawn, "
                    "claims released, levels given to you lost. What others rely on stays, without your name: answers "
                    "to their requests, entries of the FAQ, events. This cannot be undone. Go on?"
                )
            )
        waiting = await self.desk.forget(ctx)
        copies = self.desk.copies()
        words = n(
            "Done: I have forgotten you. What I already posted in channels stays there until somebody deletes it; "
            "backups that hold you are gone in {count} day. If you speak to me again, we start anew.",
            "Done: I have forgotten you. What I already posted in channels stays there until somebody deletes it; "
            "backups that hold you are gone in {count} days. If you speak to me again, we start anew.",
            copies.backup_days,
        )
        later = t("These features do not run now and forget you when they start: {names}.", names=waiting)
        return Reply(words, note=later if waiting else "", tone=Tone.GOOD)


def features(kept: Sequence[Kept]) -> Iterator[Text]:
    """Say what each feature keeps."""
    for each in kept:
        if each.keeps != "Nothing.":
            yield t("**{feature}:** {keeps}", feature=each.cog, keeps=Text(each.keeps))


def outside(kept: Sequence[Kept], copies: Copies) -> Iterator[Text]:
    """Say what goes to which outside service."""
    told = {service: words for each in kept for service, words in each.tells.items()}
    if not copies.outside or not told:
        yield t("**Outside:** I ask no outside service anything.")
        return
    for service, words in sorted(told.items()):
        yield t("**{service}** is told: {what}", service=service, what=Text(words))


def durations(copies: Copies) -> Iterator[Text]:
    """Say how long things are kept."""
    yield n(
        "**Who changed which setting:** {count} day.",
        "**Who changed which setting:** {count} days.",
        copies.audit_days,
    )
    yield n(
        "**Posts that could not be delivered:** {count} day; delivered ones are not kept.",
        "**Posts that could not be delivered:** {count} days; delivered ones are not kept.",
        copies.post_days,
    )
    yield n(
        "**A server or room that I was removed from:** all its data is deleted after {count} day.",
        "**A server or room that I was removed from:** all its data is deleted after {count} days.",
        copies.left_home_days,
    )
    yield t(
        "**After you are forgotten:** what others rely on stays, without your name: what you answered to requests of "
        "theirs (until those are erased), entries of the FAQ and events that you entered."
    )
    yield n("**Backups and replicas:** {count} day.", "**Backups and replicas:** {count} days.", copies.backup_days)
    yield n(
        "**Logs:** they hold ids and no messages, for {count} day.",
        "**Logs:** they hold ids and no messages, for {count} days.",
        copies.log_days,
    )
    yield t("**Blocks:** they stay, as keyed hashes that tell nobody whom they are about.")


TABLES = {
    "people": t("You"),
    "identities": t("Your accounts"),
    "memberships": t("Communities that you are in"),
    "places": t("Private rooms with you"),
    "person_levels": t("Levels that you have, or gave by name"),
    "role_levels": t("Roles that you valued"),
    "settings": t("Settings that you changed"),
    "switches": t("Features that you switched"),
    "audit": t("Changes of yours in the log"),
    "blocks": t("Blocks that you set"),
    "drafts": t("Commands that wait for your answer"),
    "outbox": t("Posts that are to reach you"),
    "posts": t("Posts that reached you"),
    "bindings": t("Reactions and numbers that you may answer with"),
    "link_codes": t("Codes that link accounts or communities"),
    "pending_forgets": t("Features that have still to forget you"),
    "held_posts": t("Pauses of posts that you began"),
    "matrix_presses": t("Reactions of yours"),
}
"""What the core's own tables hold, in words."""


def counted(found: Mapping[str, Any], parts: Mapping[str, Mapping[str, str]]) -> Iterator[Field]:
    """Say how much of what is kept; `parts` says in words what each feature calls its parts."""
    for table, rows in found["tables"].items():
        yield Field(TABLES.get(table) or table.replace("_", " "), n("{count} entry", "{count} entries", len(rows)))
    for cog, kinds in found["features"].items():
        for kind, rows in kinds.items():
            if rows:
                label = Text(parts.get(cog, {}).get(kind, kind))
                counted_rows = n("{count} entry", "{count} entries", len(rows))
                yield Field(t("{feature}: {part}", feature=cog, part=label), counted_rows)


__all__ = ["Privacy"]
