# SPDX-License-Identifier: MIT
"""What the buttons under an answer are about, and who may see what follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from bot.kit import Arg, Button, Visible, Words

from .tidy import SLUG_MAX

Asked = Annotated[int, Arg("The question")]
Slug = Annotated[str, Arg("The entry", max=SLUG_MAX)]
Private = Annotated[bool, Arg("Whether only you see the answer")]


def ask_visible(arguments: Mapping[str, Any]) -> Visible:
    """Let nobody else see a question that is asked privately."""
    return Visible.SECRET if arguments.get("private") else Visible.PUBLIC


@dataclass(frozen=True, slots=True)
class About:
    """The question that buttons are about; under a private answer they stay private."""

    asked_id: int
    private: bool = False

    def button(self, label: Words, target: Callable[..., Any], *bound: str, emoji: str | None = None) -> Button:
        """Return a button about this question."""
        hidden = {"private": "yes"} if self.private else {}
        return Button(label, target, self.asked_id, *bound, emoji=emoji, **hidden)
