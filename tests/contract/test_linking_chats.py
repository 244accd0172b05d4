# SPDX-License-Identifier: MIT
"""A Discord server and a Matrix room become one community and part again, each with requests of its own."""

import re

from bothplay import on_both


async def furnished(there, here):
    """Ask for one thing on Discord and for two on Matrix."""
    await there.types('request open "Atlas of Rijeka" kind=book', who="Ana")
    await here.types('request open "Zagreb fair, 1921" kind=newspaper', who="Ana")
    await here.types('request open "Second here" kind=book', who="Ana")


async def joined(there, here):
    """Let the room join the server's community; return what Zoe sees here and there before she agrees, and after."""
    code = re.search(r"settings link (\S+)", await there.types("settings link"))[1]
    before = await here.types(f"settings link {code}")
    assert "Nothing has moved yet" in await here.confirms(yes=True)
    assert "1 → 2" not in await there.types("request list")
    return before, await there.presses("Look and decide"), await there.confirms(yes=True)


async def test_both_sides_see_everything_and_take_their_own_home_again(tmp_path):
    async with on_both(tmp_path) as (there, here):
        await furnished(there, here)
        *before, after = await joined(there, here)
        for side in before:
            assert "will share everything with Library of X: 2 requests" in side
            assert "1 → 2, 2 → 3" in side
        assert "is now part of Library of X" in after
        for walk in (there, here):
            listed = await walk.types("request list", who="Ana")
            assert re.findall(r"(R-\d) (Atlas|Zagreb|Second)", listed) == [
                ("R-3", "Second"),
                ("R-2", "Zagreb"),
                ("R-1", "Atlas"),
            ]
        await there.types('request open "Made together" kind=book', who="Ana")
        await here.types("settings unlink")
        assert "is on its own again: 2 requests" in await here.confirms(yes=True)
        home = await here.types("request list", who="Ana")
        assert re.findall(r"(R-\d) (\w+)", home) == [("R-2", "Second"), ("R-1", "Zagreb")]
        stayed = await there.types("request list", who="Ana")
        assert re.findall(r"(R-\d) (\w+)", stayed) == [("R-4", "Made"), ("R-1", "Atlas")]


async def test_an_old_number_still_works_and_another_one_s_does_not(tmp_path):
    async with on_both(tmp_path) as (there, here):
        await furnished(there, here)
        await joined(there, here)
        assert "Atlas of Rijeka" in await there.types("request show 1", who="Ana")
        assert "Second here" in await there.types("request show 3", who="Ana")
        await here.types("settings unlink")
        await here.confirms(yes=True)
        assert "no request" in (await there.types("request show 3", who="Ana")).casefold()
        assert "Zagreb fair" in await here.types("request show 1", who="Ana")


async def test_a_used_code_works_no_second_time(tmp_path):
    async with on_both(tmp_path) as (there, here):
        code = re.search(r"settings link (\S+)", await there.types("settings link"))[1]
        await here.types(f"settings link {code}")
        await here.confirms(yes=True)
        await there.types(f"settings link {code}")
        await there.confirms(yes=True)
        again = await here.types(f"settings link {code}")
        assert "does not work" in again or "ten minutes" in again


async def test_one_s_requests_are_one_s_own_on_both_once_the_accounts_are_linked(tmp_path):
    async with on_both(tmp_path) as (there, here):
        await furnished(there, here)
        await joined(there, here)
        assert "Zagreb fair" not in await there.types("request mine", who="Ana")
        code = re.search(r"account link (\S+)", await there.types("account link", who="Ana"))[1]
        assert "your other account" in await there.types(f"account link {code}", who="Ana")
        assert "used already" in await here.types("account link AAAA-BBBB", who="Ana")
        await here.types("cancel", who="Ana")
        asked = await here.types(f"account link {code}", who="Ana")
        assert "will belong to Ana (discord: Ana)" in asked
        told = "\n".join(sight.text for sight in await here.chat.confirms("Ana", yes=True))
        assert "this account is Ana now" in told
        for walk in (there, here):
            mine = await walk.types("request mine", who="Ana")
            assert re.findall(r"(R-\d) (Atlas|Zagreb|Second)", mine) == [
                ("R-3", "Second"),
                ("R-2", "Zagreb"),
                ("R-1", "Atlas"),
            ]
        assert "used already" in await here.types(f"account link {code}", who="Lib")
