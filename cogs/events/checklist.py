# SPDX-License-Identifier: MIT
"""What trips organisers of edit-a-thons up, each point with its answer from the FAQ."""

from dataclasses import dataclass

from bot.kit import Button, Code, Community, Reply, Text, TopicAnswers, t

from .card import LONG, title
from .model import Event


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to see to, and where the FAQ tells more."""

    words: Text
    slugs: tuple[str, ...]


POINTS = (
    Point(
        t("New accounts: at most six a day from one address. Let people register at home, or ask for an exception."),
        ("six-account-limit", "event-coordinator"),
    ),
    Point(
        t("The library's address may be blocked. Try to edit from there, logged in, before the day."),
        ("blocked-library-ip",),
    ),
    Point(
        t("New accounts cannot create pages or move drafts at once: plan for drafts, or for edits to what exists."),
        ("autoconfirmed", "editathon-new-articles"),
    ),
    Point(
        t("Have a page on the Dashboard and its link ready, so that the work is counted."),
        ("dashboard-create",),
    ),
    Point(
        t("Lay sources out, and make a list of articles that need them."),
        ("article-tasks", "reliable-source"),
    ),
)


def short(event: Event) -> Reply:
    """Remind an organiser of the points, in private."""
    return Reply(
        t("It starts soon. These are the things that really go wrong:"),
        title=title(event),
        items=tuple(point.words for point in POINTS),
        buttons=(Button(t("How?"), "event checklist", event=event.name),),
        note=t("{command} shows how, point by point.", command=Code(f"event checklist {event.name}")),
    )


async def full(event: Event, topics: TopicAnswers | None, community: Community, locale: str) -> list[Reply]:
    """Return each point with the FAQ's answer, where there is one."""
    found: list[Reply] = [Reply(title=title(event), text=t("Before the day, see to these:"))]
    for point in POINTS:
        answer = await _answer(point, topics, community, locale)
        if answer is None:
            found.append(Reply(point.words))
            continue
        text = answer.text if isinstance(answer.text, Text) or not isinstance(answer.text, str) else answer.text[:LONG]
        found.append(Reply(text, title=point.words, link=answer.link, note=answer.note))
    return found


async def _answer(point: Point, topics: TopicAnswers | None, community: Community, locale: str) -> Reply | None:
    for slug in point.slugs if topics is not None else ():
        if topics is not None and (answer := await topics.answer_of(community, slug, locale)) is not None:
            return answer
    return None
