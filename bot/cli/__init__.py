# SPDX-License-Identifier: MIT
"""The command line. Each command is imported when it is used, so that `refdesk --help` and `refdesk ask` start fast."""

from bot.cli.lazy import LazyGroup, Listed

cli = LazyGroup(
    "refdesk",
    help="A chat bot for communities of librarians and Wikipedians.",
    epilog="Settings are read from the environment and from .env; see .env.example. "
    "Exit status: 0 done, 1 something was found or could not be done, 2 wrong usage, 3 a setting, 4 the database, "
    "70 a fault of Refdesk.",
    listed=(
        Listed("console", "bot.cli.console:console", "Talk to the bot in this terminal, on demo data."),
        Listed("run", "bot.cli.run:run", "Run the bot on the chats that are set up."),
        Listed("check", "bot.cli.check:check", "Check settings, database, cogs and languages."),
        Listed("ask", "bot.cli.ask:ask", "Answer a question, or a file of them."),
        Listed("faq", "bot.cli.faq:faq", "Import, export and measure the FAQ."),
        Listed("migrate", "bot.cli.migrate:migrate", "Bring the database to the present form."),
        Listed("backup", "bot.cli.backup:backup", "Copy the database, also while the bot runs."),
        Listed("restore", "bot.cli.restore:restore", "Put a backup in the database's place; the bot must be stopped."),
        Listed("cogs", "bot.cli.cogs:cogs", "List the features, and why one does not run; begin a new one."),
    ),
    root=True,
)


def main() -> None:
    """Run the command line: the console script `refdesk`, and `python -m bot`."""
    cli.main(prog_name="refdesk")


__all__ = ["cli", "main"]
