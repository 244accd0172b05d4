# SPDX-License-Identifier: MIT
"""The small print of an answer: where it comes from, who of the community reviewed it, and whether it is old."""

from datetime import date, datetime

from bot.kit import Text, t

from .model import Entry, Layer

_MONTHS = (
    t("January"),
    t("February"),
    t("March"),
    t("April"),
    t("May"),
    t("June"),
    t("July"),
    t("August"),
    t("September"),
    t("October"),
    t("November"),
    t("December"),
)
_LANGUAGES = {
    "en": t("English"),
    "es": t("Spanish"),
    "fr": t("French"),
    "de": t("German"),
    "ca": t("Catalan"),
}
_DAYS_A_MONTH = 30.4375


def small_print(entry: Entry, now: datetime, review_months: int, wanted: str | None = None) -> Text:
    """Say all that a reader should know about an answer besides its words; `wanted` is the reader's language."""
    parts = [_origin(entry)]
    if entry.content.translation_of and not entry.review:
        parts.append(t("An unreviewed translation."))
    if is_stale(entry, now, review_months):
        parts.append(t("This is old: check the source before you rely on it."))
    if wanted and wanted.partition("-")[0] != entry.language.partition("-")[0]:
        parts.append(t("There is no {language} version yet.", language=language_name(wanted)))
    return sentences(*parts)


def is_stale(entry: Entry, now: datetime, review_months: int) -> bool:
    """Tell whether nobody looked at an entry for too long: since its review, else since its stated date."""
    looked_at = entry.review.at.date() if entry.review else day_of(entry.content.as_of)
    return looked_at is not None and (now.date() - looked_at).days > review_months * _DAYS_A_MONTH


def day_of(as_of: str) -> date | None:
    """Read "2026", "2026-11" or "2026-11-05"; None for anything else."""
    parts = as_of.split("-")
    try:
        year, month, day, *_ = [*(int(part) for part in parts), 1, 1]
        return date(year, month, day)
    except ValueError:
        return None


def month_name(as_of: str) -> Text | str:
    """Write the date of a set as people say it: "November 2026"."""
    found = day_of(as_of)
    if found is None or "-" not in as_of:
        return as_of
    return t("{month} {year}", month=_MONTHS[found.month - 1], year=str(found.year))


def language_name(code: str) -> Text | str:
    """Name a language; its code where no name is known."""
    return _LANGUAGES.get(code.partition("-")[0], code)


def sentences(*parts: Text) -> Text:
    """Put sentences one after the other."""
    first, *rest = parts
    for following in rest:
        first = t("{first} {following}", first=first, following=following)
    return first


def _origin(entry: Entry) -> Text:
    review = entry.review
    if review and review.name:
        return t("Reviewed {date} by {name}.", date=review.at.date(), name=review.name)
    if review:
        return t("Reviewed {date} by your community.", date=review.at.date())
    if entry.layer is Layer.STARTER:
        return t(
            "From the starter set, as of {month}, not reviewed by your community.",
            month=month_name(entry.content.as_of or "—"),
        )
    if entry.content.as_of:
        return t("From your community, as of {month}, not reviewed yet.", month=month_name(entry.content.as_of))
    return t("From your community, not reviewed yet.")
