# SPDX-License-Identifier: MIT
"""Results as text, table, wikitext and picture."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime

from bot.kit import Attachment, Field, Reply, Text, t

from .model import Figures

_WIKI = str.maketrans(
    {"|": "{{!}}", "[": "&#91;", "]": "&#93;", "{": "&#123;", "}": "&#125;", "<": "&lt;", ">": "&gt;"}
)
_FORMULA = re.compile(r"^[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Results:
    """What came of an event: figures by source, who could not be asked, and when that was."""

    title: str
    start_at: datetime
    end_at: datetime
    figures: tuple[Figures, ...]
    down: tuple[str, ...]
    asked_at: datetime

    def reply(self) -> Reply:
        """Return the numbers, with how old they are."""
        fields = []
        for figures in self.figures:
            lines = [t("{name}: {count}", name=measure.label, count=count) for measure, count in figures.counts]
            fields.append(Field(figures.source, _joined(lines)))
        return Reply(fields=tuple(fields), note=self._note())

    def _note(self) -> Text:
        known = [figures.as_of for figures in self.figures if figures.as_of is not None]
        missing = tuple(self.down)
        if known and missing:
            return t("As of {moment}; {missing} did not answer.", moment=min(known), missing=missing)
        if missing:
            return t("Asked {moment}; {missing} did not answer.", moment=self.asked_at, missing=missing)
        return t("As of {moment}; counting may still go on.", moment=min(known) if known else self.asked_at)

    def table(self) -> Attachment:
        """Return the numbers as CSV."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["event", "start", "end", "source", "as_of", "measure", "value"])
        for figures in self.figures:
            for measure, count in figures.counts:
                moment = (figures.as_of or self.asked_at).isoformat(timespec="seconds")
                day = [each.date().isoformat() for each in (self.start_at, self.end_at)]
                writer.writerow([_cell(self.title), *day, figures.source, moment, measure.value, count])
        return Attachment("results.csv", out.getvalue().encode("utf-8-sig"), "text/csv", t("The numbers as a table"))

    def wikitext(self) -> Attachment:
        """Return the numbers as a table for the event page."""
        lines = ['{| class="wikitable"', f"|+ {self.title.translate(_WIKI)}"]
        for figures in self.figures:
            moment = figures.as_of or self.asked_at
            lines += ["|-", f'! colspan="2" | [{figures.url} {figures.source}] ({moment:%Y-%m-%d %H:%M} UTC)']
            for measure, count in figures.counts:
                lines += ["|-", f"| {measure.label.message} || {{{{formatnum:{count}}}}}"]
        text = "\n".join([*lines, "|}", ""])
        return Attachment("results.wiki.txt", text.encode(), "text/plain", t("The numbers for the event page"))

    def chart(self) -> Attachment | None:
        """Return the numbers as bars, each beside its name; None when there are none."""
        from .chart import bars

        rows = [(measure.label.message, count) for each in self.figures[:1] for measure, count in each.counts]
        if not rows:
            return None
        words = "; ".join(f"{name}: {count}" for name, count in rows)
        return Attachment("results.png", bars(self.title, rows), "image/png", words)


def _joined(lines: list[Text]) -> Text:
    words = lines[0] if lines else t("nothing yet")
    for each in lines[1:]:
        words = t("{before}\n{line}", before=words, line=each)
    return words


def _cell(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
