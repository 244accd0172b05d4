# SPDX-License-Identifier: MIT
"""The steps of the set-up: what each asks, and how its answer is typed without buttons."""

from enum import StrEnum

from bot.kit import Code, Level, Text, t


class Step(StrEnum):
    """What is chosen, in this order."""

    LANGUAGE = "language"
    ZONE = "zone"
    REQUESTS = "requests"
    ANNOUNCEMENTS = "announcements"
    DIGEST = "digest"
    LOG = "log"
    LIBRARIANS = "librarians"
    ORGANISERS = "organisers"
    FEATURES = "features"
    TEST = "test"

    @property
    def label(self) -> str:
        """What people read."""
        return _LABELS[self]

    @property
    def question(self) -> Text:
        """What is asked."""
        return _QUESTIONS[self]

    @property
    def in_room(self) -> Text | None:
        """What is to be added where a home is one room and nothing else."""
        if self in CHANNELS:
            return t(
                "For another room, invite me there, let it share everything with this one ({link}), and say {setup} "
                "there.",
                link=Code("settings link"),
                setup=Code("setup"),
            )
        return t("A role here is a power level, such as 25.") if self in ROLES else None

    @property
    def typed(self) -> Code:
        """The command that does the same."""
        return Code(_TYPED[self])


CHANNELS = (Step.REQUESTS, Step.ANNOUNCEMENTS, Step.DIGEST, Step.LOG)
"""The steps that choose a place; their values are the names of the slots."""

COMMUNITY_WIDE = (Step.LANGUAGE, Step.ZONE, Step.FEATURES)
"""The steps that only moderators of the whole community may take."""

ROLES = {Step.LIBRARIANS: Level.LIBRARIAN, Step.ORGANISERS: Level.ORGANISER}
"""The steps that choose a role, and what it is worth."""

_LABELS = {
    Step.LANGUAGE: "Language",
    Step.ZONE: "Time zone",
    Step.REQUESTS: "Channel for reference requests",
    Step.ANNOUNCEMENTS: "Channel for announcements",
    Step.DIGEST: "Channel for the digest",
    Step.LOG: "Moderators' log",
    Step.LIBRARIANS: "Role of the librarians",
    Step.ORGANISERS: "Role of the organisers",
    Step.FEATURES: "Features",
    Step.TEST: "A test in each channel",
}

_QUESTIONS = {
    Step.LANGUAGE: t("In which language shall I speak to people who chose none?"),
    Step.ZONE: t("In which time zone do you live? Reminders and digests follow it."),
    Step.REQUESTS: t("Where do librarians see what people ask for? I post a card for each request there."),
    Step.ANNOUNCEMENTS: t("Where shall I announce edit-a-thons and meetings?"),
    Step.DIGEST: t("Where shall I sum up what happened?"),
    Step.LOG: t("Where do moderators read what went wrong? Members should not see this channel."),
    Step.LIBRARIANS: t("Which role do librarians have? They claim requests and answer them."),
    Step.ORGANISERS: t("Which role do organisers have? They announce their own events; others ask a moderator."),
    Step.FEATURES: t("What shall be on? You can switch single commands later."),
    Step.TEST: t("I can post a test to each channel that you chose, so that you see that it works."),
}

_TYPED = {
    Step.LANGUAGE: "settings set community.language",
    Step.ZONE: "settings set community.zone",
    Step.REQUESTS: "settings channel requests",
    Step.ANNOUNCEMENTS: "settings channel announcements",
    Step.DIGEST: "settings channel digest",
    Step.LOG: "settings channel log",
    Step.LIBRARIANS: "settings role",
    Step.ORGANISERS: "settings role",
    Step.FEATURES: "settings switch",
    Step.TEST: "settings check",
}
