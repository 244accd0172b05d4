# SPDX-License-Identifier: MIT
"""The vocabulary: all that a cog may import. No I/O, no chat library."""

from bot.kit.accounts import without_accounts
from bot.kit.arg import Arg, Choice, Completer, Upload
from bot.kit.cog import Cog, Manifest, NoSettings
from bot.kit.context import Context, Message, Speaker
from bot.kit.database import Database, Transaction
from bot.kit.desks import (
    Change,
    Grant,
    JoinView,
    KnownCommunity,
    LevelsDesk,
    LinksDesk,
    LogEntry,
    PlaceCheck,
    PlacesDesk,
    Restored,
    SettingsDesk,
    SettingView,
    SlotView,
)
from bot.kit.entry import CalendarEntry
from bot.kit.errors import DeclarationError, Denied, Invalid, NotFound, RefdeskError, Unavailable, UserError
from bot.kit.health import Component, Snapshot, State
from bot.kit.job import Job, Late, Schedule, at, daily, every
from bot.kit.levels import level_name
from bot.kit.meeting import CalendarFeeds, FaqDrafts, Provider, QuestionDesk, TopicAnswers
from bot.kit.moderation import KnownPlace, ModerationDesk, ParkedPost, Shortcoming
from bot.kit.moment import Clock, from_stamp, to_stamp, zone_of
from bot.kit.needs import Audit, Catalogue, Health, Levels, Numbers, OwnSettings, Reports, Timers, Verdict, Workspace
from bot.kit.operation import Action, Command, Operation, Shortcut, action, command, shortcut
from bot.kit.outside import Fetched, Http, Services
from bot.kit.params import Kind, Param, label_of
from bot.kit.people import Community, Home, HomeKind, Identity, Level, Person, Place, Role
from bot.kit.posting import ChatCalendars, Illustrated, Interested, Mention, Poster
from bot.kit.privacy import Copies, Kept, PrivacyDesk
from bot.kit.reply import Answer, Attachment, Button, Confirm, Field, Reply, Shown, Tone, Visible, Words
from bot.kit.scene import Scene
from bot.kit.text import Ago, Code, Link, Markdown, Text, Value, n, t

__all__ = [
    "Action",
    "Ago",
    "Answer",
    "Arg",
    "Attachment",
    "Audit",
    "Button",
    "CalendarEntry",
    "CalendarFeeds",
    "Catalogue",
    "Change",
    "ChatCalendars",
    "Choice",
    "Clock",
    "Code",
    "Cog",
    "Command",
    "Community",
    "Completer",
    "Component",
    "Confirm",
    "Context",
    "Copies",
    "Database",
    "DeclarationError",
    "Denied",
    "FaqDrafts",
    "Fetched",
    "Field",
    "Grant",
    "Health",
    "Home",
    "HomeKind",
    "Http",
    "Identity",
    "Illustrated",
    "Interested",
    "Invalid",
    "Job",
    "JoinView",
    "Kept",
    "Kind",
    "KnownCommunity",
    "KnownPlace",
    "Late",
    "Level",
    "Levels",
    "LevelsDesk",
    "Link",
    "LinksDesk",
    "LogEntry",
    "Manifest",
    "Markdown",
    "Mention",
    "Message",
    "ModerationDesk",
    "NoSettings",
    "NotFound",
    "Numbers",
    "Operation",
    "OwnSettings",
    "Param",
    "ParkedPost",
    "Person",
    "Place",
    "PlaceCheck",
    "PlacesDesk",
    "Poster",
    "PrivacyDesk",
    "Provider",
    "QuestionDesk",
    "RefdeskError",
    "Reply",
    "Reports",
    "Restored",
    "Role",
    "Scene",
    "Schedule",
    "Services",
    "SettingView",
    "SettingsDesk",
    "Shortcoming",
    "Shortcut",
    "Shown",
    "SlotView",
    "Snapshot",
    "Speaker",
    "State",
    "Text",
    "Timers",
    "Tone",
    "TopicAnswers",
    "Transaction",
    "Unavailable",
    "Upload",
    "UserError",
    "Value",
    "Verdict",
    "Visible",
    "Words",
    "Workspace",
    "action",
    "at",
    "command",
    "daily",
    "every",
    "from_stamp",
    "label_of",
    "level_name",
    "n",
    "shortcut",
    "t",
    "to_stamp",
    "without_accounts",
    "zone_of",
]
