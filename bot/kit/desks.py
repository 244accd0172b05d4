# SPDX-License-Identifier: MIT
"""Where moderators and members change how the bot behaves: settings, channels, levels, links of homes and accounts.

Every change is written to the audit log and holds from the next command on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.kit.context import Context
from bot.kit.params import Param
from bot.kit.people import Community, Identity, Level, Person, Place
from bot.kit.text import Text, Value


@dataclass(frozen=True, slots=True)
class SettingView:
    """One setting as it is in a place: its whole name ("faq.review_months"), its description, its value as shown."""

    name: str
    param: Param
    value: Any
    shown: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What a setting was and is now, as shown; `whom` it is about, where it is somebody's level."""

    name: str
    before: Value
    after: Value
    whom: Person | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One change that a moderator made; `number` is what it is undone by, `about` the person or place it is about."""

    at: datetime
    person: Person | None
    action: str
    detail: Mapping[str, Any]
    number: int = 0
    about: Person | Place | None = None


@dataclass(frozen=True, slots=True)
class KnownCommunity:
    """A community as one of its people knows it: `label` is its name, with more where another has the same one."""

    community: Community
    label: Text | str


@dataclass(frozen=True, slots=True)
class Restored:
    """What an export file would change, or changed: what differs, and what cannot be taken over, with the reason.

    `seen` stands for all of that, so that exactly that can be taken over later.
    """

    changes: tuple[Change, ...]
    left_out: tuple[tuple[str, Text], ...]
    done: bool
    seen: str = ""


class SettingsDesk(Protocol):
    """Shows and changes settings: those of every cog, and the community's own name, language and time zone."""

    async def everything(self, ctx: Context, place: Place | None = None) -> tuple[SettingView, ...]:
        """Return every setting as the community has it, or as a place of it has it."""

    async def find(self, ctx: Context, name: str) -> SettingView:
        """Return one setting as the community has it; raises NotFound for an unknown name."""

    async def change(self, ctx: Context, name: str, typed: str, place: Place | None = None) -> Change:
        """Set a value from what was typed.

        Raises NotFound for an unknown name, Invalid for a value that cannot be, and Denied where the asker moderates
        only a home that joined, and names no place of it; so do `reset` and `switch`.
        """

    async def reset(self, ctx: Context, name: str, place: Place | None = None) -> Change:
        """Return to the default; raises NotFound for an unknown name."""

    async def rest(self, ctx: Context, since: str, until: str) -> Change:
        """Choose the quiet hours, both in one change; "" twice for none. Raises Invalid about `since` or `until`."""

    async def switch(self, ctx: Context, name: str, enabled: bool, place: Place | None = None) -> None:
        """Switch a cog or a command on or off; raises NotFound for an unknown name."""

    def switches(self) -> frozenset[str]:
        """Return the names of the cogs and commands that can be switched."""

    async def enabled(self, ctx: Context, name: str) -> bool:
        """Tell whether a cog or a command is on in this community."""

    async def log(self, ctx: Context, limit: int = 20) -> tuple[LogEntry, ...]:
        """Return the community's latest changes, the newest first."""

    async def undo(self, ctx: Context, number: int | None = None) -> Change:
        """Take one change of the log back (the latest, unless told); raises UserError where that cannot be."""

    async def dump(self, ctx: Context) -> Mapping[str, Any]:
        """Return all that was chosen in this community, ready for JSON; nothing about people."""

    async def restore(self, ctx: Context, dumped: Any, *, apply: bool, seen: str | None = None) -> Restored:
        """Take over what `dump` returned, or only tell what would change; raises UserError for anything else.

        Given what was `seen` before, it takes over exactly that, and raises UserError where it would be something else.
        """

    async def prefer(self, ctx: Context, locale: str | None, zone: str | None) -> None:
        """Set the asker's own language and time zone; None leaves them to the community. Raises Invalid."""

    async def communities(self, ctx: Context) -> tuple[KnownCommunity, ...]:
        """Return the communities in which the asker uses the bot, the latest first."""

    async def prefer_community(self, ctx: Context, community: Community) -> None:
        """Let the asker's private conversation be about one of their communities."""

    def languages(self) -> Mapping[str, str]:
        """Return the languages that the bot speaks, by their codes: what each calls itself."""


@dataclass(frozen=True, slots=True)
class SlotView:
    """A place that serves as a slot, such as "announcements"."""

    slot: str
    place: Place


@dataclass(frozen=True, slots=True)
class Grant:
    """A level that somebody has by name, or that a role of this home is worth."""

    level: Level
    person: Person | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """A place that serves for something, and what the bot lacks to do its work there, in the platform's own words."""

    place: Place
    slots: tuple[str, ...]
    lacking: tuple[Text, ...] = ()


class PlacesDesk(Protocol):
    """Says which place serves for what."""

    async def slots(self, ctx: Context) -> tuple[SlotView, ...]:
        """Return every place that serves for something in this community."""

    async def assign(self, ctx: Context, slot: str, place: Place) -> None:
        """Let a place serve as a slot; raises Denied when the place is of another home than the asker's."""

    async def withdraw(self, ctx: Context, slot: str, place: Place) -> bool:
        """Let a place no longer serve as a slot; False when it did not."""

    async def check(self, ctx: Context) -> tuple[PlaceCheck, ...]:
        """Look at every place that serves for something in this community."""

    def advice(self, ctx: Context) -> tuple[Text, ...]:
        """Return what moderators on the asker's platform should know besides."""


class LevelsDesk(Protocol):
    """Says who may do what."""

    async def grants(self, ctx: Context) -> tuple[Grant, ...]:
        """Return what was granted in this community, and what the roles of this home are worth."""

    async def grant(self, ctx: Context, person: Person, level: Level | None) -> bool:
        """Grant a level throughout the community, at most the asker's own; None takes it back. Raises Denied.

        False when it was so already.
        """

    async def value_role(self, ctx: Context, role_id: str, role_name: str, level: Level | None) -> bool:
        """Say what a role of this home is worth; None takes it back. Raises Denied. False when it was so already."""


@dataclass(frozen=True, slots=True)
class JoinView:
    """What joining a community does, or would do: rows moved by kind, and numbers renewed ("R-3" → "R-21").

    `others` are whom to tell in private: who gave the code, or who redeemed it.
    """

    community_id: int
    community: str
    home: str
    moved: Mapping[str, int]
    stayed: Mapping[str, int]
    renewed: tuple[tuple[str, int, int], ...]
    others: tuple[int, ...] = ()


class LinksDesk(Protocol):
    """Links homes into one community, and accounts to one person; every code works once, for ten minutes.

    A home joins after both sides have agreed: first the one that redeems the code, then the one that gave it.
    """

    async def home_code(self, ctx: Context) -> str:
        """Return a code by which another home may join this community; raises Denied where there is no home."""

    async def gave(self, ctx: Context, code: str) -> bool:
        """Tell whether a code was given here, and not on the other side; raises Invalid for one that does not work."""

    async def preview(self, ctx: Context, code: str) -> JoinView:
        """Return what joining would do, to either side; raises UserError for a code that does not work."""

    async def redeem(self, ctx: Context, code: str) -> JoinView:
        """Ask the community that a code stands for to let this home join it; raises UserError."""

    async def agree(self, ctx: Context, code: str) -> JoinView:
        """Let the home join that redeemed a code given here; raises UserError."""

    async def leave(self, ctx: Context) -> JoinView:
        """Take this home, with all that was made in it, back into its own community; raises UserError."""

    async def account_code(self, ctx: Context) -> str:
        """Return a code by which another account may become the asker's."""

    async def account_of(self, ctx: Context, code: str) -> Person:
        """Return whose code it is; raises Invalid for one that does not work, UserError for the asker's own."""

    async def claim_account(self, ctx: Context, code: str) -> Person:
        """Make the asker's account one of the person who asked for the code; raises Invalid."""

    async def release_account(self, ctx: Context, account: Identity) -> None:
        """Make one of the asker's accounts a person of its own again; raises UserError."""
