# SPDX-License-Identifier: MIT
"""Cogs come, go and are renewed while the bot runs.

Load = import, run migrations, construct, check clashes, register, start. A failure undoes the earlier steps in
reverse and leaves the rest of the bot as it was; the reason is kept for `/status` and `refdesk check`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import ParamSpec, Protocol, TypeVar

from bot.core.finding import Source, find_sources, forget_modules, import_cog, restore_modules
from bot.core.providers import Toolbox
from bot.core.registry import Registry
from bot.kit.cog import Cog
from bot.kit.errors import RefdeskError
from bot.kit.health import State
from bot.kit.needs import Reports
from bot.kit.text import Text, t

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class LoadError(RefdeskError):
    """A cog could not be loaded, unloaded or reloaded; the rest of the bot goes on."""


class Jobs(Protocol):
    """The part of the scheduler that the loader tells of cogs."""

    async def register(self, cog: Cog) -> None:
        """Take up a cog's jobs."""

    async def unregister(self, name: str) -> None:
        """Let a cog's jobs go, and wait for the one that runs."""


_STEPS = {
    "import": t("import"),
    "migration": t("migration"),
    "construction": t("construction"),
    "start": t("start"),
    "registration": t("registration"),
    "jobs": t("jobs"),
}
"""The steps of loading a cog, in words."""


def said_step(step: str) -> Text:
    """Return what people read for a step of loading."""
    return _STEPS.get(step) or t("start")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a cog does not run: the step that failed and what it said."""

    step: str
    reason: str


class Loader:
    """Loads, unloads and reloads cogs; at most one of these at a time."""

    def __init__(
        self,
        registry: Registry,
        toolbox: Toolbox,
        jobs: Jobs,
        migrate: Callable[[Source], Awaitable[None]],
        *,
        sources: Callable[[], Mapping[str, Source]] = find_sources,
        reports: Reports | None = None,
        patience: float = 20.0,
    ) -> None:
        self._registry = registry
        self._toolbox = toolbox
        self._jobs = jobs
        self._migrate = migrate
        self._sources = sources
        self._reports = reports
        self._patience = patience
        self._busy = asyncio.Lock()
        self._failures: dict[str, Failure] = {}

    @property
    def failures(self) -> Mapping[str, Failure]:
        """The cogs that should run and do not."""
        return dict(self._failures)

    async def load_all(self, names: frozenset[str] | None = None) -> None:
        """Load every cog that there is (or those named); one that fails is noted and the others go on."""
        # Listing the installed packages takes milliseconds: once for all of them.
        sources = self._sources()
        for name in sorted(sources):
            if names is None or name in names:
                try:
                    await self._load(name, sources)
                except LoadError as error:
                    log.error("%s", error)  # noqa: TRY400 (the traceback is logged where it happened)

    async def load(self, name: str) -> None:
        """Load a cog; raises LoadError, and leaves nothing behind, when a step fails."""
        await self._load(name, self._sources())

    async def _load(self, name: str, sources: Mapping[str, Source]) -> None:
        async with self._busy:
            if name in self._registry.cogs:
                raise LoadError(f'The cog "{name}" is loaded already.')
            await self._bring_up(_named(name, sources))

    async def unload(self, name: str) -> None:
        """Stop a cog and take everything of it away."""
        async with self._busy:
            await self._take_down(name)
            self._mended(name)

    async def reload(self, name: str) -> None:
        """Put a cog's present source in place of the running one, which goes on when the new one fails.

        A cog that does not run, since it failed before, is loaded.
        """
        async with self._busy:
            source = _named(name, self._sources())
            old = self._registry.cogs.get(name)
            modules = forget_modules(source)
            try:
                if old is None:
                    await self._bring_up(source)
                else:
                    await self._swap(old, await self._prepare(source), source)
            except BaseException:
                restore_modules(source, modules)
                raise
            self._mended(name)

    async def close(self) -> None:
        """Stop every cog, the last one loaded first."""
        for name in reversed(list(self._registry.cogs)):
            try:
                await self.unload(name)
            except LoadError as error:
                log.error("%s", error)  # noqa: TRY400

    def _running(self, name: str) -> Cog:
        cog = self._registry.cogs.get(name)
        if cog is None:
            raise LoadError(f'The cog "{name}" is not loaded.')
        return cog

    async def _prepare(self, source: Source) -> Cog:
        kind = await self._step(source, "import", _as_async(import_cog, source))
        await self._step(source, "migration", self._migrate(source))
        cog = await self._step(source, "construction", _as_async(self._toolbox.build, kind))
        try:
            await self._step(source, "start", asyncio.wait_for(cog.start(), self._patience))
        except LoadError:
            await self._stop(cog)
            raise
        return cog

    async def _bring_up(self, source: Source) -> None:
        async with AsyncExitStack() as undo:
            cog = await self._prepare(source)
            undo.push_async_callback(self._stop, cog)
            await self._step(source, "registration", _as_async(self._registry.add, cog))
            undo.callback(self._registry.remove, source.name)
            await self._step(source, "jobs", self._jobs.register(cog))
            self._mended(source.name)
            undo.pop_all()

    async def _swap(self, old: Cog, new: Cog, source: Source) -> None:
        async with AsyncExitStack() as undo:
            undo.push_async_callback(self._stop, new)
            await self._jobs.unregister(old.name)
            undo.push_async_callback(self._jobs.register, old)
            await self._step(source, "registration", _as_async(self._registry.add, new))
            undo.callback(self._registry.add, old)
            await self._step(source, "jobs", self._jobs.register(new))
            undo.pop_all()
        await self._stop(old)

    async def _take_down(self, name: str) -> None:
        cog = self._running(name)
        await self._jobs.unregister(name)
        self._registry.remove(name)
        await self._stop(cog)

    async def _stop(self, cog: Cog) -> None:
        try:
            await asyncio.wait_for(cog.stop(), self._patience)
        except Exception:
            log.exception("The cog %s did not stop cleanly.", cog.name)

    def _failed(self, name: str, failure: Failure) -> None:
        self._failures[name] = failure
        if self._reports is None:
            return
        if name in self._registry.cogs:
            words = t("Its newer version could not be started; the one before goes on.")
            self._reports.report(_part(name), State.DEGRADED, words)
        else:
            words = t("Its {step} failed; “refdesk check” tells why.", step=said_step(failure.step))
            self._reports.report(_part(name), State.DOWN, words)

    def _mended(self, name: str) -> None:
        self._failures.pop(name, None)
        if self._reports is not None:
            self._reports.withdraw(_part(name))

    async def _step(self, source: Source, step: str, work: Awaitable[T]) -> T:
        try:
            return await work
        except (Exception, SystemExit) as error:
            if not isinstance(error, RefdeskError):
                log.exception("The cog %s failed at its %s.", source.name, step)
            reason = str(error) or type(error).__name__
            self._failed(source.name, Failure(step, reason))
            raise LoadError(f'The cog "{source.name}" failed at its {step}: {reason}') from error


def _named(name: str, sources: Mapping[str, Source]) -> Source:
    source = sources.get(name)
    if source is None:
        raise LoadError(f'There is no cog "{name}". There are: {", ".join(sorted(sources))}.')
    return source


def _part(name: str) -> str:
    return f"cog {name}"


async def _as_async(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return function(*args, **kwargs)
