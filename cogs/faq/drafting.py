# SPDX-License-Identifier: MIT
"""Drafts and aliases out of what people asked; each in one transaction."""

from collections.abc import Sequence

from bot.kit import NotFound, Transaction, t

from . import service, store_learning, store_suggestions
from .model import Actor, Content, Entry
from .store_learning import Asked
from .tidy import ALIASES_MAX


def draft_entry(
    tx: Transaction,
    actor: Actor,
    question: str,
    answer: str,
    language: str,
    *,
    aliases: Sequence[str] = (),
    source_url: str = "",
) -> Entry:
    """Write a draft, dated now."""
    content = Content(
        slug="",
        language=language,
        question=question,
        answer=answer,
        aliases=tuple(aliases),
        source_url=source_url,
        as_of=f"{tx.now:%Y-%m}",
    )
    return service.add(tx, actor, content, publish=False)


def draft_of_gap(
    tx: Transaction, actor: Actor, asked: Sequence[Asked], question: str, answer: str, language: str
) -> Entry:
    """Draft the entry that a group of questions lacks; they become its aliases and are settled."""
    aliases = [one.question for one in asked if one.question][: ALIASES_MAX // 2]
    entry = draft_entry(tx, actor, question, answer, language, aliases=aliases)
    store_learning.settle(tx, actor.community_id, [one.id for one in asked])
    return entry


def alias_of_gap(tx: Transaction, actor: Actor, asked: Sequence[Asked], slug: str, language: str) -> None:
    """Let an entry be found by what a group of questions asks; they are settled."""
    words = next((one.question for one in asked if one.question), "")
    service.alias(tx, actor, slug, asked[0].language or language, words)
    store_learning.settle(tx, actor.community_id, [one.id for one in asked])


def accept_suggestion(tx: Transaction, actor: Actor, suggestion_id: int) -> str:
    """Make a suggested alias one; return the entry's slug. Raises NotFound where somebody was quicker."""
    found = store_suggestions.decide_suggestion(tx, actor, suggestion_id, "accepted")
    if found is None:
        raise NotFound(t("Somebody has decided on this one already."))
    service.alias(tx, actor, found.slug, found.language, found.alias)
    return found.slug
