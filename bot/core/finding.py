# SPDX-License-Identifier: MIT
"""Where cogs come from: packages under `cogs/`, and installed packages with an entry point "refdesk.cogs"."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from types import ModuleType

from bot.kit.cog import Cog
from bot.kit.errors import DeclarationError

GROUP = "refdesk.cogs"
BUNDLED = "cogs"


@dataclass(frozen=True, slots=True)
class Source:
    """A cog that could be loaded: its name, and the module that holds it. `bundled` cogs ship with the bot.

    `given` is a cog's class that is at hand already, as in a test.
    """

    name: str
    module: str
    attribute: str | None = None
    bundled: bool = True
    given: type[Cog] | None = None


def find_sources() -> dict[str, Source]:
    """List every cog that could be loaded; a bundled one goes before an installed one of the same name."""
    bundled = {source.name: source for source in _bundled()}
    return {source.name: source for source in _installed()} | bundled


def _bundled() -> Iterator[Source]:
    package = importlib.import_module(BUNDLED)
    for found in pkgutil.iter_modules(package.__path__):
        if found.ispkg and not found.name.startswith("_"):
            yield Source(found.name, f"{BUNDLED}.{found.name}")


def _installed() -> Iterator[Source]:
    for point in entry_points(group=GROUP):
        yield Source(point.name, point.module, point.attr or None, bundled=False)


def import_cog(source: Source) -> type[Cog]:
    """Import a source's module and return its one cog; raises DeclarationError when it holds none or several."""
    if source.given is not None:
        return source.given
    before = frozenset(sys.modules)
    try:
        module = importlib.import_module(source.module)
    except BaseException:
        for name in [name for name in sys.modules if name not in before and _belongs(name, source)]:
            del sys.modules[name]
        raise
    if source.attribute:
        found = getattr(module, source.attribute)
        if not (isinstance(found, type) and issubclass(found, Cog)):
            raise DeclarationError(f"{source.module}:{source.attribute} is not a Cog.")
        return found
    cogs = [value for value in vars(module).values() if isinstance(value, type) and _is_own(value, source, module)]
    if len(cogs) != 1:
        raise DeclarationError(f"{source.module} must hold exactly one Cog; it holds {len(cogs)}.")
    return cogs[0]


def _is_own(value: type, source: Source, module: ModuleType) -> bool:
    return issubclass(value, Cog) and value.name == source.name and value.__module__.startswith(module.__name__)


def forget_modules(source: Source) -> dict[str, ModuleType]:
    """Take a source's modules out of the interpreter, so that the next import reads them anew; returns them."""
    importlib.invalidate_caches()
    return {name: sys.modules.pop(name) for name in list(sys.modules) if _belongs(name, source)}


def restore_modules(source: Source, modules: dict[str, ModuleType]) -> None:
    """Put modules back that `forget_modules` took out."""
    forget_modules(source)
    sys.modules.update(modules)


def _belongs(name: str, source: Source) -> bool:
    return name == source.module or name.startswith(f"{source.module}.")
