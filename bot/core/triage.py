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


def note(error: Exception, key: str) -> str:
    """Log an error under a short id and return that; "" for one that is no fault of ours, which the log is spared."""
    if isinstance(error, UserError | Unavailable):
        return ""
    error_id = secrets.token_hex(3)
    if isinstance(error, StorageError):
        log.error("%s failed [%s]: %s", key, error_id, error)
    elif isinstance(error, TimeoutError):
        log.error("%s took too long [%s]", key, error_id)
    else:
        log.error("%s failed [%s]", key, error_id, exc_info=error)
    return error_id


def reply_to(error: Exception, key: str) -> Reply:
    """Note an error, and turn it into what the asker reads; an unexpected one is logged with the id that they see."""
    shown_id = Code(note(error, key))
    match error:
        case UserError():
            return Reply(error.text, tone=Tone.BAD)
        case Unavailable():
            return Reply(error.text, tone=Tone.WARNING)
        case StorageError():
            words = t(
                "My database does not work at the moment, so nothing was changed. Please try again later, "
                "or tell the people who run me this code: {id}",
                id=shown_id,
            )
            return Reply(words, tone=Tone.BAD)
        case TimeoutError():
            words = t("This takes too long, so I stopped. Please try again. ({id})", id=shown_id)
            return Reply(words, tone=Tone.WARNING)
        case _:
            words = t("Something went wrong on my side. Please tell the people who run me this code: {id}", id=shown_id)
            return Reply(words, tone=Tone.BAD)
