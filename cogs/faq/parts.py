# SPDX-License-Identifier: MIT
"""What all of the FAQ's handlers share: its tools, whom they act for, and how entries are found by what people type."""

from collections.abc import Sequence
from datetime import datetime

from rapidfuzz import fuzz, process

from bot.kit import Choice, Context, Database, Level, NotFound, Poster, Provider, QuestionDesk, t

from .knowledge import Knowledge, Snapshot
from .model import Actor, Entry
from .recent import RecentQuestions
from .service import unknown
from .settings import FaqSettings
from .store_learning import Counts
from .tidy import line

CHOICES_MAX = 25
LABEL_MAX = 80
NEAR, SPELT_ALIKE = 3, 85.0


class Parts:
    """The tools; every group of handlers derives from this."""

    db: Database
    poster: Poster
    desk: Provider[QuestionDesk]
    knowledge: Knowledge
    recent: RecentQuestions
    fared: dict[int, tuple[datetime, Counts]]

    def settings_of(self, ctx: Context) -> FaqSettings:
        """Return the settings as this place has them."""
        return ctx.settings if isinstance(ctx.settings, FaqSettings) else FaqSettings()

    async def entry(self, ctx: Context, name: str, language: str | None = None) -> tuple[Snapshot, Entry]:
        """Find an entry by its short name, its title or an alias; raises NotFound with the nearest names."""
        snapshot = await self.knowledge.of(ctx.community.id)
        slug = find_slug(snapshot, name)
        entry = snapshot.catalogue.entry(slug, language or ctx.locale) if slug else None
        if entry is None:
            raise missing(snapshot, name)
        return snapshot, entry

    async def slug(self, ctx: Context, name: str) -> str:
        """Find a slug, that of a draft or of a hidden entry too; raises NotFound with the nearest names."""
        snapshot = await self.knowledge.of(ctx.community.id)
        wanted = line(name).casefold()
        if wanted in snapshot.catalogue.taken:
            return wanted
        if slug := find_slug(snapshot, name):
            return slug
        raise missing(snapshot, name)


def actor_of(ctx: Context) -> Actor:
    """Return whom a change is written down for."""
    home_id = ctx.home.id if ctx.home else ctx.community.first_home_id
    return Actor(ctx.community.id, home_id, ctx.person.id)


def publishes(ctx: Context) -> bool:
    """Tell whether what the asker writes is published at once; librarians' entries wait for a moderator."""
    return ctx.level >= Level.MODERATOR


def find_slug(snapshot: Snapshot, name: str) -> str | None:
    """Find an entry by slug, title or alias, exactly but for case."""
    wanted = line(name).casefold()
    if wanted in snapshot.catalogue.entries:
        return wanted
    for entry in snapshot.catalogue:
        if wanted in (entry.content.question.casefold(), *(alias.casefold() for alias in entry.aliases)):
            return entry.slug
    return None


def missing(snapshot: Snapshot, name: str) -> NotFound:
    """Say that there is no such entry, and which come near."""
    spelt_alike = process.extract(
        line(name), list(snapshot.catalogue.entries), scorer=fuzz.ratio, score_cutoff=SPELT_ALIKE, limit=NEAR
    )
    titles = [found.slug for found in snapshot.engine.suggest(name, NEAR)] if line(name) else []
    near = list(dict.fromkeys((*(slug for slug, _, _ in spelt_alike), *titles)))[:NEAR]
    if not near:
        return unknown(line(name))
    return NotFound(
        t("There is no entry “{slug}”. Did you mean {near}?", slug=line(name)[:LABEL_MAX], near=", ".join(near))
    )


async def complete_entry(cog: Parts, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer entries whose slug, title or alias is like what is typed; the value is the slug."""
    snapshot = await cog.knowledge.of(ctx.community.id)
    wanted = line(typed).casefold()
    by_name = [slug for slug in sorted(snapshot.catalogue.entries) if slug.startswith(wanted)]
    by_title = [found.slug for found in snapshot.engine.suggest(typed, CHOICES_MAX)] if wanted else []
    slugs = list(dict.fromkeys((*by_name, *by_title)))[:CHOICES_MAX]
    found = ((slug, snapshot.catalogue.entry(slug, ctx.locale)) for slug in slugs)
    return [Choice(slug, entry.content.question[:LABEL_MAX]) for slug, entry in found if entry]


async def complete_draft(cog: Parts, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer drafts first, then entries."""
    snapshot = await cog.knowledge.of(ctx.community.id)
    drafts = [entry for entry in snapshot.catalogue.drafts if line(typed).casefold() in entry.slug]
    choices = [Choice(entry.slug, t("Draft: {title}", title=entry.content.question[:60])) for entry in drafts]
    return [*choices, *(await complete_entry(cog, ctx, typed))][:CHOICES_MAX]


async def complete_hidden(cog: Parts, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer hidden entries first, then the others, which may have older words to go back to."""
    snapshot = await cog.knowledge.of(ctx.community.id)
    hidden = {entry.slug: entry for entry in snapshot.catalogue.hidden if line(typed).casefold() in entry.slug}
    choices = [Choice(slug, entry.content.question[:LABEL_MAX]) for slug, entry in hidden.items()]
    return [*choices, *(await complete_entry(cog, ctx, typed))][:CHOICES_MAX]


async def complete_tag(cog: Parts, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer the tags in use."""
    snapshot = await cog.knowledge.of(ctx.community.id)
    wanted = line(typed).casefold()
    return [Choice(tag, tag) for tag in snapshot.catalogue.tags if wanted in tag][:CHOICES_MAX]
