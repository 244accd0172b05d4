# SPDX-License-Identifier: MIT
"""The vocabulary: all that a cog may import. No I/O, no chat library."""

from bot.kit.arg import Arg, Choice, Completer, Upload
from bot.kit.cog import Cog, Manifest, NoSettings
from bot.kit.context import Context, Message, Speaker
from bot.kit.database import Database, Transaction
from bot.kit.errors import DeclarationError, Denied, Invalid, NotFound, RefdeskError, Unavailable, UserError
from bot.kit.job import Job, Late, Schedule, at, daily, every
from bot.kit.moment import Clock, from_stamp, to_stamp
from bot.kit.needs import (
    Audit,
    Catalogue,
    Fetched,
    Health,
    Http,
    Mention,
    Numbers,
    Poster,
    Provider,
    Timers,
    Verdict,
)
from bot.kit.operation import Action, Command, Operation, Shortcut, action, command, shortcut
from bot.kit.params import Kind, Param
from bot.kit.people import Community, Home, HomeKind, Identity, Level, Person, Place
from bot.kit.reply import Answer, Attachment, Button, Confirm, Field, Reply, Shown, Tone, Visible, Words
from bot.kit.text import Ago, Code, Link, Markdown, Text, n, t

__all__ = [
    "Action",
    "Ago",
    "Answer",
    "Arg",
    "Attachment",
    "Audit",
    "Button",
    "Catalogue",
    "Choice",
    "Clock",
    "Code",
    "Cog",
    "Command",
    "Community",
    "Completer",
    "Confirm",
    "Context",
    "Database",
    "DeclarationError",
    "Denied",
    "Fetched",
    "Field",
    "Health",
    "Home",
    "HomeKind",
    "Http",
    "Identity",
    "Invalid",
    "Job",
    "Kind",
    "Late",
    "Level",
    "Link",
    "Manifest",
    "Markdown",
    "Mention",
    "Message",
    "NoSettings",
    "NotFound",
    "Numbers",
    "Operation",
    "Param",
    "Person",
    "Place",
    "Poster",
    "Provider",
    "RefdeskError",
    "Reply",
    "Schedule",
    "Shortcut",
    "Shown",
    "Speaker",
    "Text",
    "Timers",
    "Tone",
    "Transaction",
    "Unavailable",
    "Upload",
    "UserError",
    "Verdict",
    "Visible",
    "Words",
    "action",
    "at",
    "command",
    "daily",
    "every",
    "from_stamp",
    "n",
    "shortcut",
    "t",
    "to_stamp",
]
