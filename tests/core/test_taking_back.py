# SPDX-License-Identifier: MIT
"""Presses that are taken back, and files that are handed over: what chats without forms need of the inbox."""

from typing import Annotated

import pytest

from bot.kit import Arg, Cog, Context, DeclarationError, Manifest, Reply, Text, Upload, action, command, t

SHORT = Manifest("For tests.", "Nothing.", {})


class Meeting(Cog):
    """Takes note of who comes."""

    name = "meeting"
    manifest = SHORT

    @action(undo="stay_away")
    async def come(self, ctx: Context, meeting_id: int) -> Text:
        """Come."""
        return t("{name} comes to {number}.", name=ctx.person.name, number=str(meeting_id))

    @action
    async def stay_away(self, ctx: Context, meeting_id: int) -> Text:
        """Stay away after all."""
        return t("{name} stays away from {number}.", name=ctx.person.name, number=str(meeting_id))

    @command("minutes", "Hand the minutes over")
    async def minutes(self, ctx: Context, file: Annotated[Upload, Arg("The file", ask=True)]) -> Reply:
        """Take a file."""
        return Reply(t("{name} has {size} bytes.", name=file.name, size=len(file.content)))


pytestmark = [pytest.mark.cogs.with_args(Meeting), pytest.mark.forms(False)]


async def test_a_press_that_is_taken_back_runs_what_undoes_it(world):
    ana = world.member("Ana")
    exchange = world.chat.exchange(ana.origin)
    assert await world.app.inbox.take_back(exchange, "meeting.come", {"meeting_id": "7"})
    assert [said.sheet.text for said in exchange.heard] == ["Ana stays away from 7."]


@pytest.mark.parametrize("target", ["meeting.stay_away", "minutes", "nothing.here"])
async def test_what_nothing_undoes_is_left_in_silence(world, target):
    exchange = world.chat.exchange(world.member("Ana").origin)
    assert not await world.app.inbox.take_back(exchange, target, {"meeting_id": "7"})
    assert exchange.heard == []


async def test_a_file_is_fetched_only_when_one_was_asked_for(world):
    ana, inbox, fetched = world.member("Ana"), world.app.inbox, []

    async def fetch() -> Upload:
        fetched.append("once")
        return Upload("minutes.txt", b"abc")

    exchange = world.chat.exchange(ana.origin)
    assert not await inbox.handed(exchange, fetch)
    assert not fetched
    await ana.says("minutes")
    assert await inbox.expects(ana.origin, "")
    exchange = world.chat.exchange(ana.origin)
    assert await inbox.handed(exchange, fetch)
    assert [said.sheet.text for said in exchange.heard] == ["minutes.txt has 3 bytes."]
    assert not await inbox.expects(ana.origin, "anything")


def test_what_undoes_an_action_is_an_action_with_the_same_bound_arguments():
    with pytest.raises(DeclarationError, match="must name another @action"):

        class Nothing(Cog):
            name = "nothing"
            manifest = SHORT

            @action(undo="missing")
            async def do(self, ctx: Context, thing_id: int) -> None: ...

    with pytest.raises(DeclarationError, match="must take what the button carries"):

        class Other(Cog):
            name = "other"
            manifest = SHORT

            @action(undo="back")
            async def do(self, ctx: Context, thing_id: int) -> None: ...

            @action
            async def back(self, ctx: Context, other_id: int) -> None: ...
