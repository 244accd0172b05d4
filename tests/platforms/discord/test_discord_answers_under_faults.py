# SPDX-License-Identifier: MIT
"""Answers to people through what goes wrong: late handlers, broken connections, interactions that have died."""

import asyncio
from datetime import timedelta
from typing import Annotated

import pytest
from discord_loopback import Loopback
from discord_payloads import CHANNEL_ID, USER_ID, slash
from loopbackplay import connected

from bot.kit import Arg, Cog, Context, Manifest, Reply, Visible, command, t

CALLBACK = "/callback"
DIRECT = "9" + USER_ID[1:]
EPHEMERAL = 64


class Slow(Cog):
    """Answers when it is told to."""

    name = "slow"
    manifest = Manifest("Answers late.", "Nothing.", {"slow": "Late answers"})

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.go = asyncio.Event()

    @command("slow public", "Answer everybody", timeout=3_600)
    async def public(self, ctx: Context) -> Reply:
        return await self._answer()

    @command("slow secret", "Answer the asker", timeout=3_600, visible=Visible.SECRET)
    async def secret(self, ctx: Context) -> Reply:
        return await self._answer()

    @command("slow quiet", "Answer the asker, if that is easy", timeout=3_600, visible=Visible.QUIET)
    async def quiet(self, ctx: Context) -> Reply:
        return await self._answer()

    @command("slow turn", "Answer the asker after all")
    async def turn(self, ctx: Context) -> Reply:
        await self._answer()
        return Reply(t("Between us."), visible=Visible.QUIET)

    @command("slow thought", "Ask late")
    async def thought(self, ctx: Context, words: Annotated[str, Arg("Which words", ask=True)]) -> Reply:
        return Reply(t("You said {words}.", words=words))

    async def _answer(self) -> Reply:
        self.asked.set()
        await self.go.wait()
        return Reply(t("At last."))


@pytest.fixture
async def slow(tmp_path, monkeypatch):
    async with connected(tmp_path, monkeypatch, Loopback(), Slow) as opened:
        yield opened


def cog(bot) -> Slow:
    return bot.app.registry.cogs["slow"]


async def begun(bot, name):
    sent = await bot.server.interact(2, slash(name))
    await asyncio.wait_for(cog(bot).asked.wait(), 60)
    return sent


async def finished(bot, met):
    cog(bot).go.set()
    await bot.until(met)


@pytest.mark.parametrize(("name", "flags"), [("slow public", 0), ("slow secret", EPHEMERAL)])
async def test_a_late_answer_is_announced_in_time_and_then_given(slow, name, flags):
    sent = await begun(slow, name)
    slow.clock.move(timedelta(seconds=1.9))
    answer = await sent.answer()
    assert answer["type"] == 5
    assert answer.get("data", {}).get("flags", 0) == flags
    await finished(slow, lambda: sent.later)
    [(method, body)] = sent.later
    assert method == "PATCH"
    assert "At last." in str(body)


async def test_an_answer_that_turned_private_is_not_shown_to_everybody(slow):
    sent = await begun(slow, "slow turn")
    slow.clock.move(timedelta(seconds=1.9))
    await sent.answer()
    await finished(slow, lambda: len(sent.later) == 2)
    assert [method for method, _ in sent.later] == ["DELETE", "POST"]
    assert sent.later[1][1]["flags"] & EPHEMERAL


@pytest.mark.parametrize(
    ("name", "ways"), [("slow public", ["DELETE", "POST"]), ("slow secret", ["PATCH"]), ("slow quiet", ["PATCH"])]
)
async def test_while_the_database_is_slow_nobody_sees_more_than_is_theirs(slow, monkeypatch, name, ways):
    situations, met, free = slow.app.situations, asyncio.Event(), asyncio.Event()
    of = situations.of

    async def stuck(origin):
        met.set()
        await free.wait()
        return await of(origin)

    monkeypatch.setattr(situations, "of", stuck)
    sent = await slow.server.interact(2, slash(name))
    await asyncio.wait_for(met.wait(), 60)
    slow.clock.move(timedelta(seconds=1.9))
    answer = await sent.answer()
    assert (answer["type"], answer["data"]["flags"]) == (5, EPHEMERAL)
    cog(slow).go.set()
    free.set()
    await slow.until(lambda: len(sent.later) == len(ways))
    assert [method for method, _ in sent.later] == ways
    assert "At last." in str(sent.later[-1])
    assert sent.later[-1][1].get("flags", 0) & EPHEMERAL == 0, "what is edited stays private"


async def test_an_answer_that_arrived_although_the_connection_broke_is_not_given_twice(bot):
    bot.server.fail(CALLBACK, reset=True, done=True)
    sent = await bot.server.interact(2, slash("sample quiet"))
    await sent.answer()
    await bot.until(lambda: not bot.platform._under_way)
    assert sent.later == []


async def test_an_answer_whose_connection_broke_is_given_again(bot):
    bot.server.fail(CALLBACK, reset=True)
    sent = await bot.server.interact(2, slash("sample quiet"))
    assert "Between us." in str(await sent.answer())


async def test_a_passing_error_of_discords_costs_no_answer(bot):
    bot.server.fail(CALLBACK, status=502)
    sent = await bot.server.interact(2, slash("sample quiet"))
    assert "Between us." in str(await sent.answer())


@pytest.mark.parametrize(
    ("name", "where"), [("slow public", CHANNEL_ID), ("slow secret", DIRECT)], ids=["public", "secret"]
)
async def test_an_answer_after_the_interaction_died_goes_where_it_may_be_seen(slow, name, where):
    sent = await begun(slow, name)
    slow.clock.move(timedelta(seconds=1.9))
    await sent.answer()
    slow.server._tokens.clear()
    await finished(slow, lambda: slow.server.post_log(where))
    assert "At last." in str(slow.server.post_log(where))
    other = DIRECT if where == CHANNEL_ID else CHANNEL_ID
    assert slow.server.post_log(other) == []


@pytest.mark.parametrize(
    ("name", "where"), [("slow public", CHANNEL_ID), ("slow secret", DIRECT)], ids=["public", "secret"]
)
async def test_an_answer_after_fifteen_minutes_goes_where_it_may_be_seen(slow, name, where):
    sent = await begun(slow, name)
    slow.clock.move(timedelta(seconds=1.9))
    await sent.answer()
    slow.clock.move(timedelta(minutes=15))
    await finished(slow, lambda: slow.server.post_log(where))
    await slow.until(lambda: not slow.platform._under_way)
    assert "At last." in str(slow.server.post_log(where))
    assert slow.server.post_log(DIRECT if where == CHANNEL_ID else CHANNEL_ID) == []
    assert sent.later == []


async def test_a_quiet_answer_after_fifteen_minutes_never_goes_to_the_channel(slow):
    sent = await begun(slow, "slow quiet")
    slow.clock.move(timedelta(seconds=1.9))
    await sent.answer()
    slow.clock.move(timedelta(minutes=15))
    refused = slow.server.fail("POST /users/@me/channels", status=403, body={"message": "no", "code": 50007})
    cog(slow).go.set()
    await asyncio.wait_for(refused.met.wait(), 60)
    await slow.until(lambda: not slow.platform._under_way)
    assert slow.server.messages == {}


async def test_just_within_fifteen_minutes_the_answer_is_given_where_it_was_asked_for(slow):
    sent = await begun(slow, "slow secret")
    slow.clock.move(timedelta(seconds=1.9))
    await sent.answer()
    slow.clock.move(timedelta(minutes=14))
    await finished(slow, lambda: sent.later)
    assert "At last." in str(sent.later)


async def test_a_secret_that_cannot_be_told_in_private_is_told_nobody(slow):
    sent = await begun(slow, "slow secret")
    slow.server.answers.pop(sent.id)
    refused = slow.server.fail(f"POST /channels/{DIRECT}", status=403, body={"message": "no", "code": 50007})
    cog(slow).go.set()
    await asyncio.wait_for(refused.met.wait(), 60)
    await slow.until(lambda: not slow.platform._under_way)
    assert slow.server.post_log(CHANNEL_ID) == []


async def test_a_first_answer_that_comes_too_late_is_given_all_the_same(bot):
    bot.server.fail(CALLBACK, status=404, body={"message": "Unknown interaction", "code": 10062})
    await bot.server.interact(2, slash("sample open", title="Zagreb fair, 1921"))
    await bot.until(bot.server.post_log)
    assert "Zagreb fair, 1921" in str(bot.server.post_log())


async def test_a_form_that_cannot_be_shown_any_more_waits_behind_a_button(slow):
    slow.server.fail(CALLBACK, status=404, body={"message": "Unknown interaction", "code": 10062}, times=2)
    await slow.server.interact(2, slash("slow thought"))
    await slow.until(lambda: slow.server.post_log(DIRECT))
    assert "c:1" in str(slow.server.post_log(DIRECT))


async def test_what_is_typed_is_completed_and_a_broken_connection_harms_nothing(bot):
    data = slash("sample open", title="Zagreb fair, 1921")
    data["options"][0]["options"].append({"name": "wiki", "type": 3, "value": "e", "focused": True})
    broken = bot.server.fail(CALLBACK, reset=True)
    await bot.server.interact(4, data)
    await asyncio.wait_for(broken.met.wait(), 60)
    sent = await bot.server.interact(4, data)
    assert [choice["value"] for choice in (await sent.answer())["data"]["choices"]] == ["en", "es", "eu"]
