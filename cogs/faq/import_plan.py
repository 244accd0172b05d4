# SPDX-License-Identifier: MIT
"""Compares a file with the FAQ: what would be added or changed; and does it as a whole or not at all."""

from dataclasses import dataclass, field, fields, replace
from typing import Any

from bot.kit import Transaction, t

from . import store
from . import store_history as log
from .importing import ParsedFile, Rejected, Row
from .layers import Catalogue
from .model import Actor, Change, Content, Entry, Status
from .service import catalogue
from .tidy import free_slug, line, problems, tidied


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that would be written; `changes` names the fields that differ, none for a new entry."""

    number: int
    content: Content
    status: Status
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do. `done` tells that it was done; a plan with rejected rows never is."""

    added: tuple[Planned, ...] = ()
    changed: tuple[Planned, ...] = ()
    unchanged: int = 0
    rejected: tuple[Rejected, ...] = ()
    done: bool = False


@dataclass(slots=True)
class _Draft:
    """A plan in the making, with what makes rows clash."""

    seen: Catalogue
    language: str
    taken: set[str]
    by_question: dict[tuple[str, str], str]
    rows_of: dict[tuple[str, str], int] = field(default_factory=dict)
    added: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unchanged: int = 0


def bring_in(tx: Transaction, actor: Actor, parsed: ParsedFile, language: str, *, apply: bool) -> Plan:
    """Plan an import and, with `apply`, carry it out in this transaction, unless a row is rejected."""
    plan = make_plan(catalogue(tx, actor.community_id), parsed, language)
    if not apply or plan.rejected:
        return plan
    for planned in (*plan.added, *plan.changed):
        content = planned.content
        store.put(tx, actor, content, planned.status, reviewed=False)
        if planned.status is not Status.DRAFT:
            store.drop_aliases(tx, actor.community_id, content.slug, content.language)
        log.note(tx, actor, content.slug, content.language, Change.IMPORTED, planned.status, content)
    return replace(plan, done=True)


def make_plan(seen: Catalogue, parsed: ParsedFile, language: str) -> Plan:
    """Say what each row would do; `language` is for rows that name none."""
    known = (*seen, *seen.hidden, *seen.drafts)
    by_question = {(entry.language, entry.content.question.casefold()): entry.slug for entry in reversed(known)}
    draft = _Draft(seen, language, set(seen.taken), by_question, rejected=list(parsed.rejected))
    for row in parsed.rows:
        _place(draft, row)
    rejected = tuple(sorted(draft.rejected, key=lambda one: one.number))
    return Plan(tuple(draft.added), tuple(draft.changed), draft.unchanged, rejected)


def _place(draft: _Draft, row: Row) -> None:
    wanted = _named(draft, row)
    old = _standing(draft.seen, wanted["slug"], wanted["language"], row.status)
    base = old.merged() if old else Content(wanted["slug"], wanted["language"], "", "")
    content = tidied(replace(base, **wanted))
    status = row.status or (old.status if old else Status.PUBLISHED)
    if found := problems(content):
        draft.rejected.append(Rejected(row.number, found[0].text))
    elif (earlier := draft.rows_of.setdefault(content.key, row.number)) != row.number:
        draft.rejected.append(Rejected(row.number, t("Row {number} is about the same entry.", number=str(earlier))))
    elif old is None:
        draft.taken.add(content.slug)
        draft.added.append(Planned(row.number, content, status))
    elif changes := _changes(old, content, status):
        draft.changed.append(Planned(row.number, content, status, changes))
    else:
        draft.unchanged += 1


def _named(draft: _Draft, row: Row) -> dict[str, Any]:
    """Complete a row's fields with a language and a slug: that of the same question, else a new one."""
    language = line(str(row.fields.get("language", draft.language))).casefold().replace("_", "-")
    slug = line(str(row.fields.get("slug", ""))).casefold()
    if not slug:
        question = line(str(row.fields["question"]))
        slug = draft.by_question.get((language, question.casefold())) or free_slug(draft.taken, question)
        draft.by_question[language, question.casefold()] = slug
    return {**row.fields, "slug": slug, "language": language}


def _standing(seen: Catalogue, slug: str, language: str, status: Status | None) -> Entry | None:
    """Return what a row is compared with: the draft where the row is one, else what stands."""
    layers = (seen.drafts, seen, seen.hidden) if status is Status.DRAFT else (seen, seen.hidden, seen.drafts)
    return next((entry for layer in layers for entry in layer if entry.content.key == (slug, language)), None)


def _changes(old: Entry, content: Content, status: Status) -> tuple[str, ...]:
    before = old.merged()
    names = (each.name for each in fields(Content))
    differing = [name for name in names if _comparable(before, name) != _comparable(content, name)]
    return (*differing, "status") if status is not old.status else tuple(differing)


def _comparable(content: Content, name: str) -> Any:
    value = getattr(content, name)
    return frozenset(value) if name in {"aliases", "tags"} else value
