# SPDX-License-Identifier: MIT
"""What clients are told of the commands, and what they send, by the rules of MSC4391: no client that knows it is here.

Clients hide a description that breaks a rule, so each rule of the proposal is checked on every command there is.
"""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import Command
from bot.platforms.matrix.reading import Me, read
from bot.platforms.matrix.slash import described, key_of
from scripts.commands import bundled_cogs

ME = Me("@refdesk:hs.example", "Refdesk")
PRIMITIVES = {"string", "integer", "boolean", "user_id", "server_name", "room_alias", "room_id", "event_id"}
LITERALS = {"string": str, "integer": int, "boolean": bool}
COMMANDS = [command for cog in bundled_cogs() for command in cog.operations if isinstance(command, Command)]


def is_schema(schema, *, top=True):
    """Whether a schema is one that the proposal allows: unions at the top, of primitives and literals."""
    match schema:
        case {"schema_type": "primitive", "type": kind, **rest}:
            return kind in PRIMITIVES and not rest
        case {"schema_type": "literal", "literal_type": kind, "value": value, **rest}:
            return type(value) is LITERALS[kind] and not rest
        case {"schema_type": "union", "variants": variants, **rest}:
            return top and variants and all(is_schema(each, top=False) for each in variants) and not rest
    return False


def is_text(words):
    return isinstance(words["m.text"][0]["body"], str) and words["m.text"][0]["body"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_description_is_one_that_clients_show(command):
    content = described(command)
    assert content["command"] == " ".join(command.name.split())
    assert is_text(content["description"])
    keys = [parameter["key"] for parameter in content["parameters"]]
    assert len(set(keys)) == len(keys)
    for parameter in content["parameters"]:
        assert is_schema(parameter["schema"])
        assert isinstance(parameter["optional"], bool)
        assert is_text(parameter["description"])


def test_there_are_commands_of_every_kind():
    schemas = [each["schema"] for command in COMMANDS for each in described(command)["parameters"]]
    assert {schema["schema_type"] for schema in schemas} == {"primitive", "union"}
    assert {"string", "integer", "boolean", "user_id"} <= {schema.get("type") for schema in schemas}


@pytest.mark.parametrize("command", ["help", "request open"])
def test_the_state_key_is_the_padded_base64_of_the_hash_that_the_proposal_demands(command):
    digest = hashlib.sha256((command + ME.user_id).encode()).digest()
    assert key_of(command, ME.user_id) == base64.b64encode(digest).decode()
    assert len(key_of(command, ME.user_id)) == 44


def invoked(command, prefix="org.matrix.msc4391.command", called=(ME.user_id,)):
    content = {"msgtype": "m.text", "body": "@refdesk:hs.example request open", prefix: command}
    return read({"type": "m.room.message", "content": {**content, "m.mentions": {"user_ids": list(called)}}}, ME)


@pytest.mark.parametrize("prefix", ["org.matrix.msc4391.command", "m.bot.command"])
def test_an_invocation_is_read_by_its_unstable_and_its_stable_name(prefix):
    arguments = {
        "title": "Zagreb fair",
        "room": {"type": "room_id", "id": "!here", "via": ["hs.example"]},
        "old_room": {"room_id": "!there"},
        "count": 7,
        "urgent": True,
        "who": "@ana:hs.example",
    }
    words = invoked({"command": "request  open", "arguments": arguments}, prefix)
    assert words.command.name == "request open"
    assert words.command.arguments == {**arguments, "room": "!here", "old_room": "!there"}


def test_an_invocation_of_another_bot_is_not_ours():
    assert invoked({"command": "help"}, called=()).command is None
    assert invoked({"command": "help"}, called=("@other:hs.example",)).command is None


SINGLE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
VALUES = SINGLE | st.lists(SINGLE, max_size=3) | st.dictionaries(st.sampled_from(("id", "room_id", "type")), SINGLE)


@given(st.dictionaries(st.sampled_from(("command", "arguments")), VALUES | st.dictionaries(st.text(), VALUES)))
def test_an_invocation_of_any_shape_has_only_arguments_that_the_core_takes(command):
    found = invoked(command).command
    if found is not None:
        assert found.name.strip()
        assert all(type(value) in (str, int, bool) for value in found.arguments.values())
