# SPDX-License-Identifier: MIT
"""The outbox: what must reach people later is a row, written with the fact that it reports, and delivered once."""

from bot.core.outbox.office import Outbox
from bot.core.outbox.poster import OutboxPoster
from bot.core.outbox.sender import Sender

__all__ = ["Outbox", "OutboxPoster", "Sender"]
