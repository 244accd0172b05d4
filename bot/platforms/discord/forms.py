# SPDX-License-Identifier: MIT
"""A question as Discord asks it: a form, a button that opens the form later, or a yes and a no. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.core.convert import caption
from bot.core.exchange import Question
from bot.core.i18n.style import Style
from bot.core.i18n.voice import Voice
from bot.core.markup import cut
from bot.kit.arg import Choice
from bot.kit.params import Kind, Param
from bot.kit.text import Text, t
from bot.platforms.discord import components as parts
from bot.platforms.discord.components import Component
from bot.platforms.discord.limits import (
    CHOICE_MAX,
    DESCRIPTION_MAX,
    LABEL_MAX,
    MODAL_TITLE_MAX,
    OPTIONS_MAX,
    PLACEHOLDER_MAX,
    TEXT_INPUT_MAX,
    TEXT_MAX,
)
from bot.platforms.discord.markdown import to_discord
from bot.platforms.discord.style import STYLE
from bot.platforms.discord.targets import CONTINUE, FORM, NO, YES

_LABEL, _TEXT_INPUT, _SELECT, _USERS, _ROLES, _CHANNELS, _UPLOAD = 18, 4, 3, 5, 6, 8, 19
_ENTITIES = {Kind.PERSON: _USERS, Kind.PLACE: _CHANNELS, Kind.ROLE: _ROLES}
CHANNEL_TYPES = (0, 5, 10, 11, 12)
"""Text and announcement channels, and threads."""

_TOLD_MAX = 1_500


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form as it is sent."""

    title: str
    custom_id: str
    components: tuple[Component, ...] = field(default=())


def render_form(question: Question, voice: Voice, style: Style = STYLE, *, reopened: bool = False) -> FormSheet:
    """Return a form; `reopened` forms stand behind a Continue button, whose message is used up by the answer."""
    told = (_error(question, voice, style),) if question.error else ()
    title = voice.label(question.title) or voice.label(caption(question.params[0]))
    return FormSheet(
        cut(title, MODAL_TITLE_MAX),
        f"{FORM}:{question.draft_id}:{int(reopened)}",
        (*map(parts.text, told), *(_labelled(param, question, voice) for param in question.params)),
    )


def render_continue(question: Question, voice: Voice, style: Style = STYLE) -> tuple[Component, ...]:
    """Return a message that says what is missing, and a button that opens the form."""
    names = "\n".join(f"- {to_discord(voice.markdown(Text(param.arg.description)))}" for param in question.params)
    told = _error(question, voice, style) if question.error else to_discord(voice.markdown(t("I still need to know:")))
    label = t("Correct it") if question.error else t("Continue")
    body = told if question.error else f"{told}\n{names}"
    pressed = parts.button(voice.label(label), f"{CONTINUE}:{question.draft_id}", style=parts.PRIMARY)
    return (parts.text(cut(body, TEXT_MAX)), *parts.rows([pressed]))


def render_confirm(question: Question, voice: Voice, style: Style = STYLE) -> tuple[Component, ...]:
    """Return a message that wants a yes or a no."""
    confirm = question.confirm
    if confirm is None:
        return render_continue(question, voice, style)
    buttons = [
        parts.button(voice.label(confirm.yes, 80), f"{YES}:{question.draft_id}", style=parts.DANGER),
        parts.button(voice.label(confirm.no, 80), f"{NO}:{question.draft_id}"),
    ]
    return (parts.text(cut(to_discord(voice.markdown(confirm.text, style)), TEXT_MAX)), *parts.rows(buttons))


def _error(question: Question, voice: Voice, style: Style) -> str:
    told = f"❌ {to_discord(voice.markdown(question.error or '', style))}"
    near = ", ".join(voice.label(choice.label) for choice in question.choices) if question.typed else ""
    return cut(f"{told}\n{near}" if near and not question.params[0].choices else told, _TOLD_MAX)


def _labelled(param: Param, question: Question, voice: Voice) -> Component:
    description = voice.label(Text(param.arg.description))
    label = voice.label(caption(param))
    return {
        "type": _LABEL,
        "label": cut(label, LABEL_MAX),
        "description": cut(description, DESCRIPTION_MAX),
        "component": _input(param, question.typed.get(param.name, ""), voice),
    }


def _input(param: Param, typed: str, voice: Voice) -> Component:
    common: Component = {"custom_id": param.name, "required": param.required}
    if param.kind in _ENTITIES:
        entity = {"type": _ENTITIES[param.kind], **common}
        return {**entity, "channel_types": list(CHANNEL_TYPES)} if param.kind is Kind.PLACE else entity
    if param.kind is Kind.UPLOAD:
        return {"type": _UPLOAD, **common}
    if param.kind in (Kind.CHOICE, Kind.FLAG):
        options = _options(param, typed, voice)
        return {"type": _SELECT, **common, "options": options, "min_values": int(param.required)}
    return {"type": _TEXT_INPUT, **common, **_text_limits(param, len(typed)), **_typed(param, typed, voice)}


def _options(param: Param, typed: str, voice: Voice) -> list[Component]:
    choices: Sequence[Choice] = param.choices or (Choice("yes", t("yes")), Choice("no", t("no")))
    said = typed.strip().casefold()
    return [
        parts.option(
            voice.label(choice.label, CHOICE_MAX),
            choice.value,
            chosen=said in (choice.value, voice.label(choice.label).casefold()),
        )
        for choice in choices[:OPTIONS_MAX]
    ]


def _text_limits(param: Param, typed: int) -> Component:
    """Return a field's limits, with room for what was typed before, even where it was too long."""
    most = TEXT_INPUT_MAX if param.arg.max is None else int(param.arg.max)
    most = min(max(most, typed), TEXT_INPUT_MAX)
    if param.kind is not Kind.TEXT:
        return {"style": 1, "max_length": max(typed, 40)}
    limits: Component = {"style": 2 if param.arg.long else 1, "max_length": max(most, 1)}
    return {**limits, "min_length": min(int(param.arg.min), most)} if param.arg.min else limits


def _typed(param: Param, typed: str, voice: Voice) -> Component:
    if typed:
        return {"value": typed[:TEXT_INPUT_MAX]}
    if param.arg.complete is None and param.required:
        return {}
    words = t("Leave it empty if you like") if not param.required else t("Type it in full")
    return {"placeholder": voice.label(words, PLACEHOLDER_MAX)}
