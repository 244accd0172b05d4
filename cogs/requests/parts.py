# SPDX-License-Identifier: MIT
"""What all handlers of the cog share: its tools, whom they act for, and how a request is found by what people type."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Annotated, Any

from bot.kit import (
    Arg,
    Choice,
    Confirm,
    Context,
    Database,
    Invalid,
    Level,
    NotFound,
    Poster,
    Transaction,
    UserError,
    Visible,
    t,
)

from . import store_lists, store_words
from .identifiers import slips
from .identifiers.normal import HYPHENS
from .metadata import Lookup
from .model import PREFIX, Actor, Line, Request
from .scrub import contacts_in
from .service import Service
from .settings import RequestSettings

_NUMBER = re.compile(rf"(?:{PREFIX[0]}\s*[{HYPHENS}]?|#)?\s*(\d{{1,9}})[.,;:!?]?", re.IGNORECASE)
CHOICES_MAX = 25
NONE = frozenset({"-", "–", "—"})
"""What is typed where a field is to be empty."""

LABEL_MAX = 80


class Parts:
    """The tools; every group of handlers derives from this."""

    db: Database
    poster: Poster
    service: Service
    lookup: Lookup

    def settings_of(self, ctx: Context) -> RequestSettings:
        """Return the settings as this place has them."""
        return ctx.settings if isinstance(ctx.settings, RequestSettings) else RequestSettings()

    def before_posting(self, ctx: Context, param: str, words: str) -> Confirm | None:
        """Return what to ask before words that others can read are posted; raises Invalid for too many."""
        check_length(param, words, self.settings_of(ctx).words_max)
        return doubtful(ctx, words)

    async def find(self, ctx: Context, typed: str) -> Request:
        """Return the request of a typed number; raises Invalid or NotFound."""
        return await self.db.read(self.service.find, ctx.community.id, number_of(typed))


def check_length(param: str, words: str, most: int) -> None:
    """Raise Invalid for a text that is longer than the community wants it."""
    if len(words.strip()) > most:
        raise Invalid(param, t("Please use at most {count} characters here.", count=most))


def doubtful(ctx: Context, *texts: str | None) -> Confirm | None:
    """Return what to ask before an e-mail address, a phone number or a mistyped identifier is posted."""
    text = "\n".join(text for text in texts if text)
    contacts, mistyped = contacts_in(text), slips(text)
    if ctx.confirmed or not (contacts or mistyped):
        return None
    if not contacts:
        return Confirm(t("{problem} Post it anyway?", problem=mistyped[0].problem), yes=t("Post it"))
    words = t("Everybody could read this in your text: {contacts}. Post it anyway?", contacts=", ".join(contacts[:3]))
    if mistyped:
        words = t("{problem} {question}", problem=mistyped[0].problem, question=words)
    return Confirm(words, yes=t("Post it"))


def check_unseen(ctx: Context, request: Request) -> None:
    """Raise UserError where what is done with an anonymous request would show who asks.

    It says the same to everybody, so that the answer does not tell the asker from others.
    """
    if request.anonymous and ctx.overheard and ctx.level < Level.LIBRARIAN:
        raise UserError(
            t(
                "{number} was asked anonymously, and here everybody sees what you do. Do this in a private "
                "conversation with me.",
                number=request.name,
            )
        )


async def complete_number(cog: Any, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer the request of that number, and the active ones whose number or title is like what is typed."""
    named: dict[str, str] = {}
    if _NUMBER.fullmatch(typed.strip()):
        with suppress(NotFound):
            exact: Request = await cog.find(ctx, typed)
            named[exact.name] = exact.title
    lines: list[Line] = await cog.db.read(_lines, ctx.community.id, typed)
    named |= {line.name: line.title for line in lines}
    return [Choice(name, f"{name} · {title}"[:LABEL_MAX]) for name, title in named.items()][:CHOICES_MAX]


async def check_number(cog: Any, ctx: Context, typed: str) -> None:
    """Say at once that there is no such request, before anything else is asked for."""
    try:
        await cog.find(ctx, typed)
    except NotFound as error:
        raise Invalid("number", error.text) from error


Number = Annotated[str, Arg("Its number, such as R-17", ask=True, max=16, complete=complete_number, check=check_number)]
NumberThenWords = Annotated[
    str, Arg("Its number, such as R-17", ask=True, max=16, word=True, complete=complete_number, check=check_number)
]
"""A number behind which words may follow that need no key."""
Id = Annotated[int, Arg("The request")]


def number_of(typed: str) -> int:
    """Read "R-17", "r17", "#17" or "17"; raises Invalid."""
    found = _NUMBER.fullmatch(typed.strip())
    if found is None:
        raise Invalid("number", t("A request's number looks like R-17."))
    return int(found[1])


def actor_of(ctx: Context) -> Actor:
    """Return who acts, in this community and place."""
    home_id = ctx.home.id if ctx.home else ctx.community.first_home_id
    return Actor(ctx.community.id, home_id, ctx.person.id, Level(ctx.level), ctx.place.id, ctx.direct)


def hidden(arguments: Mapping[str, Any]) -> Visible:
    """Let nobody else see what somebody asks anonymously."""
    return Visible.SECRET if arguments.get("anonymous") else Visible.PUBLIC


def tidy(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def _lines(tx: Transaction, community_id: int, typed: str) -> list[Line]:
    found = _NUMBER.fullmatch(typed.strip())
    if not typed.strip() or found:
        page = store_lists.page(tx, community_id, store_lists.Filter(), None, 200 if found else CHOICES_MAX)
        return [line for line in page if found is None or str(line.number).startswith(found[1])][:CHOICES_MAX]
    ids = store_words.search(tx, community_id, typed, CHOICES_MAX)
    return store_lists.lines_of(tx, community_id, ids)
