# SPDX-License-Identifier: MIT
"""Which role a new event calls: in each home the one that a moderator of it chose, and in no other way."""

from typing import Annotated

from bot.kit import Answer, Arg, Context, Level, Reply, Role, Tone, Transaction, UserError, Visible, command, t

from .parts import Parts


class Calling(Parts):
    """Choosing the role."""

    @command(
        "event role",
        "Choose the role that new events call in this server; without one nobody is called",
        level=Level.MODERATOR,
        local=True,
        example="event role volunteers",
        task="moderate",
        visible=Visible.QUIET,
    )
    async def choose_role(
        self, ctx: Context, role: Annotated[Role | None, Arg("Which role; without one nobody is called")] = None
    ) -> Answer:
        """Let new events call a role in this home, or nobody."""
        if ctx.home is None:
            raise UserError(t("Type this in the server where the role is."))
        before = await self.db.write(self._choose, ctx, ctx.home.id, role)
        if role is not None:
            return Reply(t("New events call the role {role} here, once each.", role=role.name), tone=Tone.GOOD)
        if before is None:
            raise UserError(t("No role is called here. Name the one that new events are to call."))
        return Reply(t("New events do not call the role {role} any more.", role=before), tone=Tone.GOOD)

    def _choose(self, tx: Transaction, ctx: Context, home_id: int, role: Role | None) -> str | None:
        """Write the choice down; return the name of the role of before."""
        before: str | None = tx.value("SELECT role_name FROM event_roles WHERE home_id = ?", home_id)
        tx.run("DELETE FROM event_roles WHERE home_id = ?", home_id)
        if role is not None:
            chosen = (home_id, role.id, role.name)
            tx.run("INSERT INTO event_roles (home_id, role_id, role_name) VALUES (?, ?, ?)", *chosen)
        detail = {"before": before, "after": None if role is None else role.name}
        self.audit.note(tx, ctx.community.id, ctx.person.id, "events.role", detail)
        return before
