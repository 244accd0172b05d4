# SPDX-License-Identifier: MIT
"""Tries every cog out on an empty database that is thrown away: imports it, migrates, constructs and starts it."""

import asyncio
import difflib
import logging
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.app import App
from bot.checks.finding import Finding, bad, doubtful, good
from bot.config import Config
from bot.core.finding import Source, find_sources

PATIENCE = 60.0
"""Seconds after which a trial is given up."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a cog fared. `wanted` is False where the settings leave it out; `failure` is empty where it runs."""

    source: Source
    wanted: bool
    failure: str = ""
    summary: str = ""

    @property
    def origin(self) -> str:
        """Where it comes from."""
        return "bundled" if self.source.bundled else "installed"


def try_cogs(config: Config) -> tuple[Trial, ...]:
    """Try every cog that the settings want; logs nothing and leaves nothing behind."""
    logging.disable(logging.CRITICAL)
    try:
        return asyncio.run(asyncio.wait_for(_try(config), PATIENCE))
    finally:
        logging.disable(logging.NOTSET)


def check_cogs(config: Config, trials: tuple[Trial, ...]) -> Iterator[Finding]:
    """Turn trials into findings."""
    known = [trial.source.name for trial in trials]
    for name in config.cogs:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
            yield bad(f'REFDESK_COGS names "{name}", which does not exist.', meant)
    for trial in trials:
        label = f"The cog {trial.source.name} ({trial.origin})"
        if not trial.wanted:
            yield doubtful(f"{label} is left out.", "REFDESK_COGS does not name it.")
        elif trial.failure:
            advice = "Update Refdesk." if trial.source.bundled else "Update or uninstall its package."
            yield bad(f"{label} {trial.failure.rstrip('.')}.", advice)
        else:
            yield good(f"{label} runs.")


async def _try(config: Config) -> tuple[Trial, ...]:
    sources = find_sources()
    with tempfile.TemporaryDirectory(prefix="refdesk-", ignore_cleanup_errors=True) as folder:
        here = config.model_copy(
            update={"database": Path(folder) / "trial.db", "models": False, "metrics_port": 0, "calendar_port": 0}
        )
        async with await App.open(here, sources=lambda: sources) as app:
            return tuple(_trial(app, sources, name, here) for name in sorted(sources))


def _trial(app: App, sources: Mapping[str, Source], name: str, config: Config) -> Trial:
    failure = app.loader.failures.get(name)
    running = app.registry.cogs.get(name)
    return Trial(
        sources[name],
        wanted=not config.cogs or name in config.cogs,
        failure=f"failed at its {failure.step}: {failure.reason}" if failure else "",
        summary=running.manifest.summary if running else "",
    )
