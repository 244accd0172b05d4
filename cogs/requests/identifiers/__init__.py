# SPDX-License-Identifier: MIT
"""Identifiers of works in free text: found, checked, and brought into one form."""

from cogs.requests.identifiers.find import find
from cogs.requests.identifiers.model import Ambiguous, BadIdentifier, Identifier, Scheme
from cogs.requests.identifiers.parse import parse
from cogs.requests.identifiers.slips import may_mean, slips

__all__ = ["Ambiguous", "BadIdentifier", "Identifier", "Scheme", "find", "may_mean", "parse", "slips"]
