# SPDX-License-Identifier: MIT
"""What all handlers that write entries share: the fields they ask for, and what is said of an entry just written."""

from typing import Annotated, Any

from bot.kit import Answer, Arg, Button, Code, Context, Field, Level, Reply, Text, Tone, Transaction, Visible, action, t

from . import service
from .model import Content, Entry, Status
from .parts import Parts, actor_of, publishes
from .search import detect_language
from .settings import spoken
from .tidy import ANSWER_MAX, QUESTION_MAX, QUESTION_MIN, SLUG_MAX, URL_MAX, is_web_address, line

TASK = "keep the FAQ"
NONE = frozenset({"", "-", "–", "—"})

Question = Annotated[str, Arg("The question, as it should be shown", min=QUESTION_MIN, max=QUESTION_MAX, ask=True)]
AnswerText = Annotated[str, Arg("The answer, in Markdown", min=3, max=ANSWER_MAX, ask=True, long=True)]
Source = Annotated[
    str, Arg("The page the answer rests on: its address or name; “-” for none", min=1, max=URL_MAX, ask=True)
]
Slug = Annotated[str, Arg("The entry", max=SLUG_MAX)]


class Writing(Parts):
    """Publishing, and the words after something was written."""

    @action(level=Level.MODERATOR, visible=Visible.QUIET)
    async def publish(self, ctx: Context, slug: Slug) -> Answer:
        """Review an entry: a draft is published, another is marked with the day and the reviewer."""
        found = await self.db.write(service.review, actor_of(ctx), slug)
        await self.knowledge.of(ctx.community.id)
        return self.written(ctx, found)

    def written(self, ctx: Context, entry: Entry) -> Reply:
        """Say whether an entry is live or waits, and under which name."""
        facts = (Field(t("Short name"), t("{code}", code=Code(entry.slug))), Field(t("Language"), entry.language))
        draft = entry.status is Status.DRAFT
        words: Text = (
            t(
                "“{title}” waits as a draft; a moderator publishes it with {command}.",
                title=entry.content.question,
                command=Code(f"faq review {entry.slug}"),
            )
            if draft
            else t("“{title}” is live.", title=entry.content.question)
        )
        buttons = (Button(t("Publish"), self.publish, entry.slug),) if draft and publishes(ctx) else ()
        return Reply(words, fields=facts, tone=Tone.GOOD, buttons=buttons)


def add_content(tx: Transaction, ctx: Context, content: Content, *, draft: bool = False) -> Entry:
    """Add an entry as the asker may: published at once, or as a draft."""
    return service.add(tx, actor_of(ctx), content, publish=publishes(ctx) and not draft)


def source_of(source: str) -> dict[str, Any]:
    """Tell an address from a name."""
    tidy = line(source)
    if tidy in NONE:
        return {"source_title": "", "source_url": ""}
    return {"source_url": tidy} if is_web_address(tidy) or "://" in tidy else {"source_title": tidy}


def language_of(ctx: Context, text: str) -> str:
    """Recognise the language of a text; where it is too short, take the asker's or the community's."""
    return spoken(detect_language(text)) or spoken(ctx.locale) or spoken(ctx.community.locale) or "en"
