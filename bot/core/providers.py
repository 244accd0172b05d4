# SPDX-License-Identifier: MIT
"""Fills in what a cog's constructor names: tools by protocol, other cogs through a Provider."""

import inspect
from collections.abc import Mapping
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from bot.core.registry import Registry
from bot.kit.cog import Cog
from bot.kit.errors import DeclarationError
from bot.kit.meeting import Provider

T = TypeVar("T")


class LiveProvider:
    """Looks for the providing cog each time, so that a cog may come, go and be reloaded meanwhile."""

    def __init__(self, registry: Registry, protocol: type) -> None:
        self._registry = registry
        self._protocol = protocol

    def get(self) -> Any:
        """Return the cog that provides the protocol now, or None."""
        return self._registry.provider(self._protocol)


class Toolbox:
    """The tools of the application, by the protocol that a cog names."""

    def __init__(self, registry: Registry, tools: Mapping[type, Any]) -> None:
        self._registry = registry
        self._tools = dict(tools)

    def build(self, cog: type[Cog]) -> Cog:
        """Construct a cog; raises DeclarationError when it names something that there is not."""
        if cog.__init__ is object.__init__:
            return cog()
        hints = get_type_hints(cog.__init__)
        listed = list(inspect.signature(cog.__init__).parameters.values())[1:]
        return cog(**{param.name: self._find(cog, param.name, hints.get(param.name)) for param in listed})

    def _find(self, cog: type[Cog], name: str, hint: Any) -> Any:
        if get_origin(hint) is Provider:
            return LiveProvider(self._registry, get_args(hint)[0])
        if hint in self._tools:
            return self._tools[hint]
        if type(None) in get_args(hint):
            return next((self._tools[kind] for kind in get_args(hint) if kind in self._tools), None)
        known = ", ".join(sorted(tool.__name__ for tool in self._tools))
        raise DeclarationError(f"{cog.__qualname__} needs {name}: {hint!r}, which is not at hand. There are: {known}.")
