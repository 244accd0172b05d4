# SPDX-License-Identifier: MIT
"""A bad declaration fails when its module is imported, and says what to change."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any

import pytest

from bot.kit import (
    Arg,
    Button,
    Cog,
    Command,
    Context,
    DeclarationError,
    Level,
    Manifest,
    Reply,
    Text,
    action,
    command,
    every,
)
from bot.kit.params import Kind, Param


class Sort(StrEnum):
    BOOK = "book"
    NEWS_PAPER = "newspaper"


def declare(**body: Any) -> type[Cog]:
    body.setdefault("name", "sample")
    body.setdefault("manifest", Manifest("A sample.", "Nothing.", {"thing": "Things"}))
    return type("Sample", (Cog,), body)


def handler_with(**hints: Any) -> Any:

    parameters = ", ".join(f"{name}: hints[{name!r}]" for name in hints)
    scope: dict[str, Any] = {"hints": hints, "Reply": Reply}
    exec(f"async def handler(self, ctx, {parameters}):\n    return Reply('done')", scope)  # noqa: S102
    return scope["handler"]


def test_a_good_declaration_is_read_once_with_its_types():
    class Good(Cog):
        name = "good"
        manifest = Manifest("Good.", "Nothing.", {"thing": "Things"})

        @command("thing open", "Open a thing", level=Level.LIBRARIAN)
        async def open_thing(
            self,
            ctx: Context,
            title: Annotated[str, Arg("What it is", min=5, max=200, ask=True)],
            sort: Annotated[Sort, Arg("What sort")] = Sort.BOOK,
            count: Annotated[int | None, Arg("How many")] = None,
        ) -> Reply:
            return Reply(title)

    (found,) = Good.operations
    assert isinstance(found, Command)
    assert (found.key, found.name, found.group, found.level) == (
        "good.open_thing",
        "thing open",
        "thing",
        Level.LIBRARIAN,
    )
    assert [(param.name, param.kind, param.required) for param in found.params] == [
        ("title", Kind.TEXT, True),
        ("sort", Kind.CHOICE, False),
        ("count", Kind.INTEGER, False),
    ]
    assert [choice.label for choice in found.params[1].choices] == [Text("Book"), Text("Newspaper")]


@pytest.mark.parametrize(
    ("name", "description", "expected"),
    [
        ("Thing", "Fine", "a-z"),
        ("thing " + "x" * 33, "Fine", "1 to 32"),
        ("one two three", "Fine", "noun verb"),
        ("thing open", "x" * 101, "101 characters"),
        ("thing open", "", "0 characters"),
        ("other open", "Fine", "manifest.groups"),
    ],
)
def test_names_and_descriptions_that_discord_refuses_fail_at_import(name, description, expected):
    async def handler(self, ctx):
        return Reply("done")

    with pytest.raises(DeclarationError, match=expected):
        declare(handler=command(name, description)(handler))


def test_an_unknown_type_fails_at_import():
    with pytest.raises(DeclarationError, match="use one of"):
        declare(handler=command("thing", "A thing")(handler_with(what=Annotated[bytes, Arg("Bytes")])))


def test_a_parameter_without_a_description_fails_at_import():
    with pytest.raises(DeclarationError, match="Annotated"):
        declare(handler=command("thing", "A thing")(handler_with(what=str)))


def test_more_than_25_parameters_fail_at_import():
    hints = {f"p{i}": Annotated[str, Arg("One of many")] for i in range(26)}
    with pytest.raises(DeclarationError, match="26 parameters"):
        declare(handler=command("thing", "A thing")(handler_with(**hints)))


def test_more_than_25_choices_fail_at_import():
    many = StrEnum("Many", [f"V{i}" for i in range(26)])
    with pytest.raises(DeclarationError, match="26 choices"):
        declare(handler=command("thing", "A thing")(handler_with(what=Annotated[many, Arg("One of many")])))


def test_more_than_25_subcommands_fail_at_import():
    body = {f"h{i}": command(f"thing verb{i}", "Do it")(handler_with()) for i in range(26)}
    with pytest.raises(DeclarationError, match="26 subcommands"):
        declare(**body)
    body.pop("h25")
    assert len(declare(**body).operations) == 25


def test_a_job_runs_once_a_minute_at_the_most():
    assert every(timedelta(minutes=1))(handler_with())
    with pytest.raises(DeclarationError, match="one minute"):
        every(timedelta(seconds=59))


def test_two_commands_of_one_name_fail_at_import():
    with pytest.raises(DeclarationError, match="declared twice"):
        declare(one=command("thing", "One")(handler_with()), two=command("thing", "Two")(handler_with()))


def test_a_name_that_is_both_a_command_and_a_group_fails_at_import():
    with pytest.raises(DeclarationError, match="both a command and a group"):
        declare(one=command("thing", "One")(handler_with()), two=command("thing open", "Two")(handler_with()))


def test_a_group_that_takes_more_than_8000_characters_fails_at_import():
    hints = {f"p{i}": Annotated[str, Arg("x" * 100)] for i in range(20)}
    body = {f"h{i}": command(f"thing verb{i}", "x" * 100)(handler_with(**hints)) for i in range(4)}
    with pytest.raises(DeclarationError, match="8000"):
        declare(**body)


def test_an_action_whose_arguments_cannot_fit_into_a_button_fails_at_import():
    with pytest.raises(DeclarationError, match="a button carries 100"):
        declare(handler=action(handler_with(a=int, b=int, c=int, d=int, e=int)))
    with pytest.raises(DeclarationError, match="a button can carry"):
        declare(handler=action(handler_with(words=str)))


def test_a_cog_without_a_manifest_fails_at_import():
    with pytest.raises(DeclarationError, match="manifest"):
        type("Bare", (Cog,), {"name": "bare"})


def test_a_button_carries_the_action_and_its_ids():
    class Pressed(Cog):
        name = "pressed"
        manifest = Manifest("Pressed.", "Nothing.", {})

        @action
        async def claim(self, ctx: Context, request_id: int, why: Annotated[str, Arg("Why", ask=True)]) -> Reply:
            return Reply(why)

    button = Button("Claim", Pressed().claim, 17)
    assert (button.target, button.arguments) == ("pressed.claim", (("request_id", "17"),))
    assert Button("Open", "request open", title="A map").arguments == (("title", "A map"),)


def test_a_button_that_binds_more_than_its_target_takes_is_refused():
    class Bound(Cog):
        name = "bound"
        manifest = Manifest("Bound.", "Nothing.", {})

        @action
        async def claim(self, ctx: Context, request_id: int, why: Annotated[str, Arg("Why", ask=True)]) -> Reply:
            return Reply(why)

        @action
        async def rest(self, ctx: Context) -> Reply:
            return Reply("rest")

    with pytest.raises(DeclarationError, match=r'binds 2 values, but "bound\.claim" takes 1: request_id'):
        Button("Claim", Bound().claim, 17, "because")
    with pytest.raises(DeclarationError, match=r'binds 1 values, but "bound\.rest" takes none by position'):
        Button("Rest", Bound().rest, 17)
    with pytest.raises(DeclarationError, match="bind them by name"):
        Button("Open", "request open", "A map")


def test_settings_need_defaults():
    from dataclasses import dataclass

    from bot.kit.params import read_fields

    @dataclass(frozen=True)
    class Lacking:
        days: Annotated[int, Arg("How many days")]

    with pytest.raises(DeclarationError, match="default"):
        read_fields(Lacking)


def test_a_required_parameter_knows_that_it_is():
    assert Param("x", Kind.TEXT, str, Arg("X")).required
