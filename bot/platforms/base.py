# SPDX-License-Identifier: MIT
"""What every chat platform promises to the rest of the bot.

A platform does three things: it turns what happens there into calls of the `Inbox`, it answers through an `Exchange`,
and it delivers posts of the outbox through its `Courier`. It decides how things look and nothing else.

Incoming. For each event the platform makes one `Exchange`, whose `Origin` names the person, the place, the home and
what the platform itself says of the person's rank, in the platform's own ids, and calls one method of the `Inbox`:

- a typed line (without its prefix)             `line`; False means that it is not for the bot, which stays silent
- a message without a prefix                    `heard`, where people answer questions and numbers by the next message
- words addressed to the bot                    `say`
- a command with typed options, a shortcut      `run`
- a pressed button                              `press`, with the target and the arguments that `render` put into it
- a submitted form                              `answer`
- a yes or no to a `Confirm`                    `confirm`
- an option being typed                         `complete`, at once

Nothing may wait for a human: every call returns when the bot has said what it has to say. What a button needs travels
in the button, what a question needs is a draft in the database; both work after a restart.

Answering. `begin` comes before anything slow and at most once, and tells who may see the answer; a platform that must
acknowledge within seconds does so here. Errors and questions that are found out at once come without it. QUIET is as
private as the platform can be without a detour, SECRET reaches the asker alone or nobody. `ask` shows the question as
a form of up to five fields where the platform has forms, else asks for the first field alone.

Rendering. `render` is pure: the same reply and voice give the same result, without network or clock. Words of people
and of outside services never become markup and never notify anybody. What the platform's limits cut off is kept
reachable (pages, a file), never dropped in silence. What a platform cannot do it does by its next best means and logs
at debug level; it never raises.

Delivering. Each method of the `Courier` raises Refused, Retry or Unclear, and nothing else; the outbox does the
waiting, the trying again and the parking. A platform that prints numbers for buttons binds them with
`inbox.bindings.bind`, on posts as on answers.

Entering events, where a platform has a calendar of its own for each home: the courier names it as `calendar`
(`bot.core.courier.Calendar`); the outbox looks for what may have arrived before it repeats anything.

Inspecting, where a platform can: `lacking(place)` names the permissions that the bot lacks to post in a place, and
`advice` what moderators there should know besides; both are asked for by the checks of moderators and operators.

The suite in `tests/contract` holds every platform to this; a new platform joins it by writing a harness.
"""

from typing import Protocol

from bot.core.courier import Courier
from bot.core.i18n.voice import Voice
from bot.core.inbox import Inbox
from bot.kit.reply import Reply


class Platform(Protocol):
    """One chat that the bot lives in; see the module for what it promises."""

    @property
    def name(self) -> str:
        """The platform's name in identities, places and homes: 1 to 32 of a-z; it never changes."""

    @property
    def courier(self) -> Courier:
        """How posts are delivered here; refuses or delays them while the platform is not connected."""

    async def start(self, inbox: Inbox) -> None:
        """Connect and pass on what happens; returns when events flow or when connecting goes on by itself."""

    async def stop(self) -> None:
        """Disconnect and let go of everything; a second call does nothing."""

    def render(self, reply: Reply, voice: Voice) -> object:
        """Turn a reply into what is sent, for one reader's language and time zone; pure."""
