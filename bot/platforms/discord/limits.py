# SPDX-License-Identifier: MIT
"""What Discord takes, and how the bot keeps below it.

Source: Discord's API reference (Component Reference, Application Commands, Rate Limits) and its OpenAPI document.
"""

NAME = "discord"
"""The platform's name in identities, places and homes."""

TEXT_MAX = 3_800
"""Characters of all the text of one message: 4,000, less what a page's number and signs take."""

CALLED_MAX = 80
"""Roles and people that one post calls; a hundred of each would pass, but not their names beside a post's words."""

ITEMS_PER_PAGE = 20
"""Lines of a list on one page; more are hard to read in a chat."""

CUSTOM_ID_MAX = 100
COMPONENTS_MAX = 40
"""Components of one message, those in others counted."""

BUTTONS_PER_ROW = 5
BUTTONS_MAX = 20
OPTIONS_MAX = 25
FILES_MAX = 10
FILE_BYTES_MAX = 10 * 2**20
"""The size of a file that every server takes."""

ALT_TEXT_MAX = 1_024
MODAL_TITLE_MAX = 45
LABEL_MAX = 45
DESCRIPTION_MAX = 100
PLACEHOLDER_MAX = 100
CHOICE_MAX = 100
TEXT_INPUT_MAX = 4_000
COMMAND_TEXT_MAX = 4_000
NONCE_MAX = 25

DEFER_AFTER = 1.8
"""Seconds after which an interaction is acknowledged without an answer; Discord waits for three."""

POSTS_A_SECOND = 50.0
"""Discord takes so many requests a second from a bot; the sender uses 97 %: 48.5 posts, evenly spaced."""

POSTS_A_SECOND_IN_A_PLACE = 1.0
"""Discord takes five posts in five seconds in one channel."""

NONCE_REMEMBERED = 120.0
"""Seconds for which a second post with the same nonce is surely recognised ("the past few minutes")."""
