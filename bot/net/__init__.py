# SPDX-License-Identifier: MIT
"""The one client for the outside: polite, bounded, cached, and unable to reach the private network."""

from bot.net.answer import Answer, Blob, Page
from bot.net.cache import CacheStore, Entry, MemoryCache
from bot.net.errors import (
    BadRedirect,
    BadUrl,
    CircuitOpen,
    ForbiddenAddress,
    NetError,
    NotJson,
    Refused,
    ServerFailed,
    TimedOut,
    TooLarge,
    TooManyRequests,
    Unreachable,
)
from bot.net.settings import HostPolicy, NetSettings
from bot.net.web import Web

__all__ = [
    "Answer",
    "BadRedirect",
    "BadUrl",
    "Blob",
    "CacheStore",
    "CircuitOpen",
    "Entry",
    "ForbiddenAddress",
    "HostPolicy",
    "MemoryCache",
    "NetError",
    "NetSettings",
    "NotJson",
    "Page",
    "Refused",
    "ServerFailed",
    "TimedOut",
    "TooLarge",
    "TooManyRequests",
    "Unreachable",
    "Web",
]
