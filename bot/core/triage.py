# SPDX-License-Identifier: MIT
"""Every error is judged once: shown to the asker if they can mend it, logged under a short id if they cannot."""

import logging
import secrets

from bot.kit.errors import Denied, Unavailable, UserError
from bot.kit.reply import Reply, Tone
from bot.kit.text import Code, t
from bot.storage.errors import StorageError

log = logging.getLogger(__name__)


def outcome_of(error: BaseException) -> str:
    """Name an error's class for the metrics: denied, user, unavailable, timeout or failed."""
    if isinstance(error, Denied):
        return "denied"
    if isinstance(error, UserError):
        return "user"
    if isinstance(error, Unavailable):
        return "unavailable"
    return "timeout" if isinstance(error, TimeoutError) else "failed"


def reply_to(error: Exception, key: str) -> Reply:
    """Turn an error into what the asker reads; an unexpected one is logged with the id that they see."""
    if isinstance(error, UserError):
        return Reply(error.text, tone=Tone.BAD)
    if isinstance(error, Unavailable):
        return Reply(error.text, tone=Tone.WARNING)
    error_id = secrets.token_hex(3)
    if isinstance(error, StorageError):
        log.error("%s failed [%s]: %s", key, error_id, error)
        return Reply(
            t(
                "My database does not work at the moment, so nothing was changed. Please try again later, "
                "or tell the people who run me this code: {id}",
                id=Code(error_id),
            ),
            tone=Tone.BAD,
        )
    if isinstance(error, TimeoutError):
        log.error("%s took too long [%s]", key, error_id)
        return Reply(
            t("This takes too long, so I stopped. Please try again. ({id})", id=Code(error_id)), tone=Tone.WARNING
        )
    log.error("%s failed [%s]", key, error_id, exc_info=error)
    return Reply(
        t("Something went wrong on my side. Please tell the people who run me this code: {id}", id=Code(error_id)),
        tone=Tone.BAD,
    )
