# SPDX-License-Identifier: MIT
"""The grammar of typed lines: `request open "Zagreb fair, 1921" kind=newspaper`.

- The command's words come first; after the first word unique prefixes do, and in a shared room the first is exact.
- Required parameters are taken in their order, and then optional ones, as long as no text has swallowed the rest: a
  text at the end takes the rest of the line, whatever stands in it. Only where more may follow, a quotation ends it:
  `event skip E-1 15 January "The library is closed"` has a day and a reason, `request open "a" and "b"` one title.
- `key=value` gives any parameter by its name, or by two or more of its letters where they are unique; `key:value` by
  its whole name. `key: value`, with a blank, is text. Words after a keyed text go on with it once every slot is full.
- A parameter that may name a command takes both words of a command's whole name: `settings switch faq add off`.
- Quotes ("…", “…”, „…“, «…», and '…' around whole words) hold words together; in them, a backslash before the closing
  mark or another backslash takes its meaning away. Inside a word, a quotation mark or an apostrophe is a letter.
"""

from bot.core.textline.arguments import name_of, slots
from bot.core.textline.completing import Completion, Completions, Wanted, complete
from bot.core.textline.parsing import Ambiguous, Malformed, Outcome, Parsed, Unknown, parse, slips
from bot.core.textline.usage import usage
from bot.core.textline.words import quote

__all__ = [
    "Ambiguous",
    "Completion",
    "Completions",
    "Malformed",
    "Outcome",
    "Parsed",
    "Unknown",
    "Wanted",
    "complete",
    "name_of",
    "parse",
    "quote",
    "slips",
    "slots",
    "usage",
]
