# SPDX-License-Identifier: MIT
"""What Discord sends, as the loopback server and the tests make it up: servers, interactions, numbered components."""

from collections.abc import Mapping
from typing import Any

BOT_ID, APP_ID, GUILD_ID, CHANNEL_ID = (
    "1000000000000000001",
    "1000000000000000002",
    "2000000000000000001",
    "3000000000000000001",
)
USER_ID = "4000000000000000001"
TOKEN = "MTAw.token.for-tests"
BOT = {"id": BOT_ID, "username": "refdesk", "discriminator": "0", "avatar": None, "global_name": None, "bot": True}
EVERYTHING = str((1 << 53) - 1)


def interaction(interaction_id: str, token: str, kind: int, data: Mapping[str, Any]) -> dict[str, Any]:
    user = {"id": USER_ID, "username": "ana", "discriminator": "0", "avatar": None, "global_name": "Ana"}
    member = {
        "user": user,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": "2048",
        "nick": None,
        "avatar": None,
    }
    return {
        "id": interaction_id,
        "application_id": APP_ID,
        "type": kind,
        "token": token,
        "version": 1,
        "data": data,
        "guild_id": GUILD_ID,
        "guild": {"id": GUILD_ID, "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "channel": {
            "id": CHANNEL_ID,
            "type": 0,
            "name": "main",
            "position": 0,
            "guild_id": GUILD_ID,
            "permissions": EVERYTHING,
        },
        "channel_id": CHANNEL_ID,
        "member": member,
        "locale": "en-US",
        "app_permissions": EVERYTHING,
        "entitlements": [],
        "authorizing_integration_owners": {"0": GUILD_ID},
        "context": 0,
        "attachment_size_limit": 10485760,
    }


def guild(number: int, channels: int) -> dict[str, Any]:
    guild_id = str(int(GUILD_ID) + (number << 22))  # what a shard is told by changes with each
    first = int(CHANNEL_ID) + number * 1000
    role = {
        "id": guild_id,
        "name": "@everyone",
        "color": 0,
        "hoist": False,
        "position": 0,
        "permissions": EVERYTHING,
        "managed": False,
        "mentionable": False,
        "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    }
    me = {"user": BOT, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
    listed = [
        {
            "id": str(first + at),
            "type": 0,
            "name": f"channel-{at}" if at else "main",
            "position": at,
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "parent_id": None,
            "last_message_id": None,
            "permission_overwrites": [],
        }
        for at in range(channels)
    ]
    return {
        "id": guild_id,
        "name": f"Library {number}",
        "icon": None,
        "owner_id": "7",
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "roles": [role],
        "emojis": [],
        "features": [],
        "preferred_locale": "en-US",
        "premium_tier": 0,
        "system_channel_flags": 0,
        "member_count": 3,
        "large": False,
        "unavailable": False,
        "members": [me],
        "channels": listed,
        "threads": [],
        "voice_states": [],
        "presences": [],
        "stickers": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "system_channel_id": None,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "splash": None,
        "discovery_splash": None,
        "description": None,
        "banner": None,
        "vanity_url_code": None,
        "afk_channel_id": None,
        "premium_progress_bar_enabled": False,
        "application_id": None,
        "max_members": 500000,
    }


def slash(name: str, **options: Any) -> dict[str, Any]:
    """Return the data of a slash command as Discord sends it."""
    kinds: dict[type, int] = {bool: 5, int: 4, float: 10}
    given = [{"name": key, "type": kinds.get(type(value), 3), "value": value} for key, value in options.items()]
    group, _, verb = name.partition(" ")
    nested = [{"name": verb, "type": 1, "options": given}] if verb else given
    return {"id": "6000000000000000001", "name": group, "type": 1, "options": nested}


def numbered(components: list[Any]) -> list[Any]:
    """Give every component an id, as Discord does."""
    count = iter(range(1, 100))

    def give(component: Mapping[str, Any]) -> dict[str, Any]:
        made = {"id": component.get("id") or next(count), **component}
        if "components" in made:
            made["components"] = [give(each) for each in made["components"]]
        return made

    return [give(each) for each in components]
