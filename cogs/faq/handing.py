# SPDX-License-Identifier: MIT
"""The road from a question to a person, or an honest word that there is none here."""

from typing import Annotated

from bot.kit import Answer, Arg, Button, Confirm, Context, Reply, Tone, action, n, t

from . import replies, store_learning
from .about import About, Asked, Private, ask_visible
from .parts import Parts
from .tidy import lines


class HandingOver(Parts):
    """Handing a question to the librarians."""

    @action(visible=ask_visible)
    async def librarian(self, ctx: Context, asked_id: Asked, private: Private = False) -> Answer:
        """Hand a question to the librarians, asking for its words where they are no longer known."""
        if private and not ctx.confirmed:
            return Confirm(t("The librarians will see your question and your name. Pass it on?"))
        asked = await self.db.read(store_learning.recall, ctx.community.id, asked_id)
        words = self.recent.text(asked_id, ctx.now) or (asked.question if asked else None)
        if not words:
            again = Button(t("Write your question"), self.librarian_about)
            return Reply(t("I keep no questions, so please write it once more."), buttons=(again,))
        return await self._hand_over(ctx, words)

    @action
    async def librarian_about(
        self, ctx: Context, question: Annotated[str, Arg("Your question to the librarians", ask=True, long=True, min=5)]
    ) -> Answer:
        """Hand a question to the librarians as it is written now."""
        return await self._hand_over(ctx, lines(question))

    async def _hand_over(self, ctx: Context, words: str) -> Answer:
        desk = self.desk.get()
        if desk is not None:
            return await desk.hand_over(ctx, words)
        post = Reply(
            title=t("{name} asks the librarians", name=ctx.person.name),
            text=words[:2_000],
            note=t("The FAQ has no answer. Whoever knows: please reply to {name}.", name=ctx.person.name),
        )
        key = f"faq:question:{ctx.person.id}:{int(ctx.now.timestamp())}"
        places = await self.db.write(lambda tx: self.poster.announce(tx, ctx.community.id, "requests", key, post))
        if not places:
            return replies.nobody_there("settings channel requests")
        return Reply(
            n(
                "I passed your question on to the librarians.",
                "I passed your question on to the librarians, in {count} places.",
                places,
            ),
            note=t("Anybody there can answer; I do not track it."),
            tone=Tone.GOOD,
        )

    def librarian_button(self, about: About) -> Button:
        """Return the button that hands a question over."""
        return about.button(t("Ask a librarian"), self.librarian, emoji="✋")
