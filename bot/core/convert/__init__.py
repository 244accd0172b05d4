# SPDX-License-Identifier: MIT
"""Between what people type and what handlers take: values are read, shown, and written down to be read again."""

from bot.core.convert.entry import Resolver, convert
from bot.core.convert.naming import caption, typed_name
from bot.core.convert.reading import read
from bot.core.convert.writing import format_value, from_raw, to_raw

__all__ = ["Resolver", "caption", "convert", "format_value", "from_raw", "read", "to_raw", "typed_name"]
