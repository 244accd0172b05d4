# SPDX-License-Identifier: MIT
"""The migrations of cogs, wherever they come from."""

import importlib
from importlib import resources

from bot.core.finding import Source, find_sources
from bot.storage.migrate import Migration, all_migrations, migrations_of


def steps_of(source: Source) -> tuple[Migration, ...]:
    """Return a cog's migrations: in `migrations/<name>` for a bundled one, else in its own package's `migrations`."""
    if source.bundled:
        folder = resources.files("migrations") / source.name
    else:
        package = importlib.import_module(source.module.partition(".")[0])
        if not hasattr(package, "__path__"):
            return ()
        folder = resources.files(package) / "migrations"
    return migrations_of(source.name, folder) if folder.is_dir() else ()


def every_step() -> tuple[Migration, ...]:
    """Return the migrations of the core, of the bundled cogs and of the installed ones, in the order of applying."""
    installed = [source for source in find_sources().values() if not source.bundled]
    return (*all_migrations(), *(step for source in installed for step in steps_of(source)))
