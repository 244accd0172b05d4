# SPDX-License-Identifier: MIT
"""The fake platform: public, documented, and what every cog's test talks to."""

from bot.platforms.memory.courier import Fault, MemoryCourier
from bot.platforms.memory.exchange import MemoryExchange
from bot.platforms.memory.platform import MemoryPlatform
from bot.platforms.memory.render import Pressable, Sheet, render
from bot.platforms.memory.rooms import Rooms, Said, direct_channel

__all__ = [
    "Fault",
    "MemoryCourier",
    "MemoryExchange",
    "MemoryPlatform",
    "Pressable",
    "Rooms",
    "Said",
    "Sheet",
    "direct_channel",
    "render",
]
