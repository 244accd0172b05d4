# SPDX-License-Identifier: MIT
"""discord.py's real HTTP and gateway against a Discord on this machine: commands answer, posts arrive once."""

from discord_payloads import slash


async def test_a_command_is_answered(bot):
    sent = await bot.server.interact(2, slash("sample quiet"))
    answer = await sent.answer()
    assert answer["type"] == 4
    assert answer["data"]["flags"] & 64
