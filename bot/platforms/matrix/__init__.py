# SPDX-License-Identifier: MIT
"""Matrix. `matrix-nio` is imported here and nowhere else; it does the arithmetic of encryption, and nothing besides."""

from bot.platforms.matrix.platform import MatrixPlatform, Setup, migrations
from bot.platforms.matrix.session import Surroundings
from bot.platforms.matrix.settings import RoomBook

__all__ = ["MatrixPlatform", "RoomBook", "Setup", "Surroundings", "migrations"]
