# SPDX-License-Identifier: MIT
"""httpx without its command line, for which it would bring rich and pygments along: 5 MiB and 30 ms at the start."""

import sys

# None says "not there" (https://docs.python.org/3/reference/import.html#the-module-cache), which httpx is made for: it
# then has a command line that asks for what is lacking.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

import httpx  # noqa: E402

__all__ = ["httpx"]
