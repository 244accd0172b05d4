# SPDX-License-Identifier: MIT
"""Languages of sources: by code or by name in the languages that the bot speaks."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from bot.kit import Choice, Context, Invalid, t

SPOKEN = ("en", "es", "fr", "de", "ca")
COMMON = (
    "en",
    "es",
    "fr",
    "de",
    "ca",
    "it",
    "pt",
    "nl",
    "pl",
    "ru",
    "uk",
    "ar",
    "zh",
    "ja",
    "sw",
    "hr",
    "sr",
    "el",
    "la",
)


async def complete_language(cog: Any, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer languages whose code or name begins as typed; the common ones first."""
    del cog
    said = typed.strip().casefold()
    names = _names(ctx.locale.partition("-")[0])
    if not said:
        return [Choice(code, names.get(code, code)) for code in COMMON]
    fitting = [code for code, name in names.items() if code == said or name.casefold().startswith(said)]
    ordered = sorted(fitting, key=lambda code: (code != said, code not in COMMON, names[code]))
    return [Choice(code, names[code]) for code in ordered][:25]


def language_code(typed: str, param: str = "language") -> str:
    """Return the code of a language given by code or name, '' for none; raises Invalid."""
    said = typed.strip().casefold()
    if not said:
        return ""
    short = said.replace("_", "-").partition("-")[0]
    if short in _names("en") and (len(said) <= 3 or "-" in said):
        return short
    for locale in SPOKEN:
        for code, name in _names(locale).items():
            if name.casefold() == said:
                return code
    raise Invalid(param, t("I do not know the language “{typed}”. Write its code, such as fr.", typed=typed[:30]))


@cache
def _names(locale: str) -> dict[str, str]:
    """Return the names of languages in one of them, by their codes."""
    from babel import Locale

    known = Locale(locale if locale in SPOKEN else "en").languages
    return {code: str(name) for code, name in known.items() if code.isalpha() and len(code) <= 3}
