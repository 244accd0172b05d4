# SPDX-License-Identifier: MIT
"""What librarians report: statistics with a chart and a table, and all requests as a file."""

import asyncio
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from bot.kit import Answer, Arg, Attachment, Context, Field, Invalid, Level, Reply, Text, Visible, command, n, t

from . import store_stats
from .chart import draw
from .days import is_month, month_of, months_before
from .exporting import as_csv, as_json, everything, stats_csv
from .merging import FEW, OTHER, merged, spans, together
from .model import SourceKind
from .parts import Parts
from .store_stats import By, Counts, Group, Period

YEAR = 12
_LEGEND = t("From below: answered (dark blue), found free (light blue), declined (orange), the rest (grey).")


class Format(StrEnum):
    """The kind of file."""

    CSV = "csv"
    JSON = "json"

    @property
    def label(self) -> str:
        """The words for people."""
        return "CSV (for spreadsheets)" if self is Format.CSV else "JSON"


class Reporting(Parts):
    """The commands `request stats` and `request export`."""

    @command(
        "request stats",
        "Count requests and what became of them",
        level=Level.LIBRARIAN,
        example="request stats kind",
        task="request",
        visible=Visible.QUIET,
    )
    async def stats(
        self,
        ctx: Context,
        by: Annotated[By, Arg("Grouped by what")] = By.MONTH,
        since: Annotated[str, Arg("From this month on, such as 2026-01", max=7)] = "",
        until: Annotated[str, Arg("Up to this month", max=7)] = "",
    ) -> Answer:
        """Show totals, medians and groups, with a picture and a table."""
        period = period_of(ctx, since, until)
        found = await self.db.read(store_stats.groups, ctx.community.id, period, by)
        whole = together(found)
        if not whole.counts.received:
            return Reply(t("No requests were opened from {first} to {last}.", first=period.first, last=period.last))
        if (since.strip() or until.strip()) and whole.people < FEW:
            return Reply(
                t(
                    "Fewer than five people asked from {first} to {last}: counts would tell what each did. "
                    "Choose a longer time.",
                    first=period.first,
                    last=period.last,
                )
            )
        shown = spans(found) if by is By.MONTH else merged(found)
        picture = await asyncio.to_thread(draw, shown, [plain_name(group) for group in shown])
        return Reply(
            title=t("Requests from {first} to {last}", first=period.first, last=period.last),
            fields=(*fields_of(whole.counts), *_medians(whole)),
            items=tuple(_line(by, group) for group in shown),
            image=Attachment("requests.png", picture, "image/png", described(by, shown)),
            files=(Attachment("requests.csv", stats_csv(by, shown), "text/csv", t("The same as a table.")),),
            note=t("Groups of fewer than five people are put together. {legend}", legend=_LEGEND),
        )

    @command(
        "request export",
        "Get all requests as a file, without names",
        level=Level.LIBRARIAN,
        example="request export csv",
        task="request",
        visible=Visible.SECRET,
    )
    async def export_file(self, ctx: Context, file_format: Annotated[Format, Arg("Which file")] = Format.CSV) -> Answer:
        """Hand over a file of all requests."""
        rows = await everything(self.db, ctx.community.id)
        if file_format is Format.CSV:
            content, media = await asyncio.to_thread(as_csv, rows), "text/csv"
        else:
            content, media = await asyncio.to_thread(as_json, rows, ctx.now), "application/json"
        name = f"requests.{file_format.value}"
        words = t(
            "Every request ({count}), without names and without what people wrote about themselves.", count=len(rows)
        )
        return Reply(words, files=(Attachment(name, content, media, t("All requests of this community.")),))


def period_of(ctx: Context, since: str, until: str) -> Period:
    """Return the months that were asked for: the last twelve, unless told. Raises Invalid."""
    for param, typed in (("since", since), ("until", until)):
        if typed.strip() and not is_month(typed.strip()):
            raise Invalid(param, t("Write the month like 2026-01."))
    last = until.strip() or month_of(ctx.now, ctx.community.zone)
    first = since.strip() or months_before(last, YEAR - 1)
    if first > last:
        raise Invalid("since", t("The first month is after the last one."))
    return Period(first, last)


def fields_of(counts: Counts) -> tuple[Field, ...]:
    """Say what came and what became of it."""
    rate = counts.fill_rate
    return (
        Field(t("Received"), t("{count}", count=counts.received)),
        Field(t("Answered"), t("{count}", count=counts.answered)),
        Field(t("Found free"), t("{count}", count=counts.free)),
        Field(t("Declined", context="requests, as a number"), t("{count}", count=counts.declined)),
        Field(t("Withdrawn", context="requests, as a number"), t("{count}", count=counts.withdrawn)),
        Field(t("Fill rate"), t("–") if rate is None else t("{rate} %", rate=round(100 * rate))),
    )


def plain_name(group: Group) -> str:
    """Name a group where nothing is translated: in a picture or a table."""
    return "…" if group.name == OTHER else group.name or "–"


def described(by: By, groups: list[Group]) -> Text:
    """Describe the chart for those who do not see it."""
    best = max(groups, key=lambda group: group.counts.received)
    return t(
        "A bar chart of requests, grouped by: {by}; the highest bar is {name} with {received}. {legend}",
        by=Text(by.label),
        name=plain_name(best),
        received=best.counts.received,
        legend=_LEGEND,
    )


def _medians(whole: Group) -> tuple[Field, ...]:
    found: list[Field] = []
    if whole.response is not None:
        found.append(Field(t("Median time to first response"), t("{span}", span=_rounded(whole.response))))
    if whole.fulfilment is not None:
        found.append(Field(t("Median time to fulfilment"), t("{span}", span=_rounded(whole.fulfilment))))
    return tuple(found)


def _rounded(span: timedelta) -> timedelta:
    return timedelta(seconds=round(span.total_seconds()))


def _line(by: By, group: Group) -> Text:
    counts = group.counts
    parts: tuple[Text, ...] = (
        n("{count} received", "{count} received", counts.received),
        n("{count} answered", "{count} answered", counts.answered),
        n("{count} found free", "{count} found free", counts.free),
        n("{count} declined", "{count} declined", counts.declined),
    )
    if counts.fill_rate is not None:
        parts += (t("fill rate {rate} %", rate=round(100 * counts.fill_rate)),)
    if group.response is not None:
        parts += (t("first response after {span}", span=_rounded(group.response)),)
    if group.fulfilment is not None:
        parts += (t("fulfilment after {span}", span=_rounded(group.fulfilment)),)
    return t("**{name}**: {parts}", name=_name(by, group), parts=parts)


def _name(by: By, group: Group) -> Text | str:
    if group.name == OTHER:
        return t("all others")
    if not group.name:
        return t("not said")
    return Text(SourceKind(group.name).label) if by is By.KIND else group.name
