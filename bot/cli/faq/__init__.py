# SPDX-License-Identifier: MIT
"""`refdesk faq`: the FAQ as files, and how well it answers."""

from bot.cli.lazy import LazyGroup, Listed

faq = LazyGroup(
    "faq",
    help="Import, export and measure the FAQ.",
    listed=(
        Listed("import", "bot.cli.faq.transfer:import_file", "Take entries from a CSV or JSON file."),
        Listed("export", "bot.cli.faq.transfer:export_file", "Write entries to a CSV or JSON file."),
        Listed("eval", "bot.cli.faq.measuring:evaluate", "Measure the answers on a file of questions."),
    ),
)
