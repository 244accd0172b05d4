# SPDX-License-Identifier: MIT
"""An announcement to 1,000 channels through discord.py's real HTTP, beside a bare bot that sends at the same pace.

Both bots are processes of their own and run at the same time, in real time, each against a Discord on this machine that
keeps Discord's limits: 50 posts a second for the bot, 5 in 5 seconds for a channel. The bare bot sends a message that
it made once; Refdesk renders it, and keeps a row for each post durably. `python -m benchmarks outbox_discord`.

Each turn has bots of its own, which announce twice. The first is as in life, where hours lie between announcements:
discord.py knows no limit of a channel that it used more than five minutes ago, and makes it anew. The second follows at
once and finds the limits there, which no announcement does; it shows what Refdesk itself adds.
"""

import asyncio
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.rows import Row

ROOT = Path(__file__).parent.parent
POSTS, SERVERS = 1_000, 20
PACE = 48.0
GOAL_SECONDS, GOAL_RATIO = 21.0, 1.2


async def told() -> bool:
    """Wait for a line on the input; False at its end."""
    return bool(await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline))


async def bare(api: str, gateway: str, token: str) -> None:
    """A bot that knows Discord's pace and nothing of what it has sent."""
    import discord
    from discord.gateway import DiscordWebSocket
    from discord.http import Route
    from yarl import URL

    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, URL(gateway)
    client = discord.Client(intents=discord.Intents(guilds=True), max_messages=None)

    async def send(channel: Any, embed: Any) -> None:
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="I am coming", custom_id="attend:17"))
        await channel.send(embed=embed, view=view)

    async with client:
        running = asyncio.ensure_future(client.start(token))
        await client.wait_until_ready()
        print("ready", flush=True)
        while await told():
            before, loop = time.process_time(), asyncio.get_running_loop()
            embed = discord.Embed(title="Edit-a-thon: Women of science", description="Edit-a-thon begins on 8 May.")
            embed.add_field(name="Where", value="National Library").add_field(name="Language", value="hr")
            begun = loop.time()
            sending = []
            for number, channel in enumerate(client.get_all_channels()):
                await asyncio.sleep(begun + number / PACE - loop.time())
                sending.append(asyncio.ensure_future(send(channel, embed)))
            await asyncio.gather(*sending, return_exceptions=True)  # it loses what is refused five times
            print(time.process_time() - before, flush=True)
        running.cancel()


async def ours(api: str, gateway: str, token: str) -> None:
    """Refdesk's outbox and its way to Discord."""
    from benchmarks.outbox import REPLY
    from bot.app import App
    from bot.config import Config
    from bot.core.collecting import leave_the_start_alone
    from bot.platforms.discord.client import Address
    from bot.platforms.discord.platform import DiscordPlatform, Surroundings
    from bot.storage import places, slots

    def build(app: App) -> DiscordPlatform:
        around = Surroundings(app.db, app.clock, app.catalogs, app.registry, app.health, app.outbox.poster, app.refresh)
        return DiscordPlatform(around, token, Address(api, gateway))

    with TemporaryDirectory() as folder:
        config = Config(database=Path(folder) / "refdesk.db", models=False, _env_file=None)
        async with await App.open(config, platforms=[build], cogs=frozenset()) as app:
            client = app.platforms[0].client  # type: ignore[attr-defined]
            await client.wait_until_ready()

            def furnish(tx: Any) -> None:
                first = tx.one("SELECT id, community_id FROM homes ORDER BY id")
                for channel in client.get_all_channels():
                    place = places.ensure(tx, "discord", str(channel.id), name=channel.name, home_id=first["id"])
                    slots.assign(tx, first["community_id"], "events", place.id)

            # The guilds' arrival and the rows' delivery are seen in the database only, hence the looking again.
            while not await app.db.read(lambda tx: tx.value("SELECT count(*) FROM homes")):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
            await app.db.write(furnish)
            leave_the_start_alone()
            print("ready", flush=True)
            while await told():
                before = time.process_time()
                key = f"event:{before}"
                community_id = await app.db.read(lambda tx: tx.value("SELECT community_id FROM homes ORDER BY id"))
                await app.db.write(app.outbox.poster.announce, community_id, "events", key, REPLY)
                while await app.db.read(lambda tx: tx.value("SELECT count(*) FROM outbox WHERE state <> 'sent'")):  # noqa: ASYNC110
                    await asyncio.sleep(0.5)
                print(time.process_time() - before, flush=True)


class Announcer:
    """One of the bots, with a Discord of its own."""

    def __init__(self, server: Any, process: asyncio.subprocess.Process) -> None:
        self.server, self.process = server, process

    async def line(self) -> str:
        assert self.process.stdout is not None
        async with asyncio.timeout(120):
            return (await self.process.stdout.readline()).decode().strip()

    async def announce(self) -> tuple[float, float, bool, int]:
        """Return the CPU seconds, the seconds from first to last, whether each channel got one, and refusals."""
        before, first, refused = self._counts(), len(self.server.times), self.server.refused
        assert self.process.stdin is not None
        self.process.stdin.write(b"go\n")
        cpu = float(await self.line())
        times = self.server.times[first:]
        once = Counter(self._counts()) - Counter(before) == Counter(dict.fromkeys(self._counts(), 1))
        exact = once and len(times) == POSTS
        return cpu, times[-1] - times[0], exact, self.server.refused - refused

    def _counts(self) -> dict[str, int]:
        return {channel_id: len(said) for channel_id, said in self.server.messages.items()}


async def _measure(turns: int) -> list[Row]:
    sys.path.insert(0, str(ROOT / "tests" / "servers"))
    from discord_loopback import Limits, Loopback
    from discord_payloads import TOKEN

    async def begin(kind: str, server: Any) -> Announcer:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.outbox_discord", kind, server.api_url, server.gateway_url, TOKEN,
            cwd=ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        made = Announcer(server, process)
        assert await made.line() == "ready"
        return made

    def discord() -> Any:
        return Loopback(guilds=SERVERS, channels=POSTS // SERVERS, limits=Limits())

    async def turn() -> list[Any]:
        async with discord() as one, discord() as other:
            bots = [await begin("ours", one), await begin("bare", other)]
            done = [await asyncio.gather(*(bot.announce() for bot in bots)) for _ in range(2)]
            for bot in bots:
                bot.process.kill()
                await bot.process.wait()
        return done

    firsts, afterwards = zip(*[await turn() for _ in range(turns)], strict=True)
    return [*_rows("an announcement to 1,000 channels", firsts), *_rows("another one right after it", afterwards)]


def _rows(what: str, pairs: Any) -> list[Row]:
    mine, theirs = zip(*pairs, strict=True)
    ratio = statistics.median(our[0] / their[0] for our, their in pairs)
    seconds, refused = max(each[1] for each in mine), sum(each[3] for each in mine)
    exact, lost = all(each[2] for each in mine), sum(not each[2] for each in theirs)
    return [
        Row(
            f"{what}: each once",
            "yes" if exact else "no",
            f"yes (bare: {len(theirs) - lost} of {len(theirs)})",
            exact,
        ),
        Row("  refused by Discord's limits", f"{refused}", f"0 (bare {sum(t[3] for t in theirs)})", not refused),
        Row(
            "  from the first to the last, at worst",
            f"{seconds:.1f} s",
            f"≤ {GOAL_SECONDS:.0f} s (bare {max(t[1] for t in theirs):.1f})",
            seconds <= GOAL_SECONDS,
        ),
        Row("  CPU of a post, beside bare", f"× {ratio:.2f}", f"≤ {GOAL_RATIO}", ratio <= GOAL_RATIO),
        Row("    in itself", f"{statistics.median(each[0] for each in mine) / POSTS * 1e6:.0f} µs"),
        Row("    the bare bot's", f"{statistics.median(each[0] for each in theirs) / POSTS * 1e6:.0f} µs"),
    ]


def run() -> list[Row]:
    """Measure and return the figures."""
    return asyncio.run(_measure(turns=2))


if __name__ == "__main__":
    asyncio.run({"bare": bare, "ours": ours}[sys.argv[1]](*sys.argv[2:]))
