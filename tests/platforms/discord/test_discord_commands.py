# SPDX-License-Identifier: MIT
"""Commands, options and buttons in a simulated Discord."""

from discordplay import buttons_of, shown


async def test_a_command_answers_with_a_card(server):
    ana = server.member("Ana")
    result = await ana.slash(server.channel, "sample open", title="Zagreb fair, 1921", kind="newspaper")
    assert "R-1 · Zagreb fair, 1921" in shown(result.response.components)
    assert [button["label"] for button in buttons_of(result.response.components)] == ["Claim", "Copy"]
