# SPDX-License-Identifier: MIT
"""A Reply as JSON and back, without loss: how a post waits in the database until it is delivered.

A plain `str`, a number and a bool stand for themselves; everything else is an object with one key that names its
type. People and places are kept by id and read again when the post goes out, so that a new name is shown and a
forgotten one is not. A moment is kept in UTC.
"""

import base64
import binascii
import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Protocol, TypeAlias, TypeVar

from bot.kit.errors import RefdeskError
from bot.kit.people import Person, Place
from bot.kit.reply import Attachment, Button, Field, Reply, Tone, Visible, Words
from bot.kit.text import Ago, Code, Link, Markdown, Text, Value

VERSION = 1

Json: TypeAlias = Any
E = TypeVar("E")


class WireError(RefdeskError):
    """A reply cannot be written down, or what was written cannot be read back."""


class Resolver(Protocol):
    """Finds the people and places that a reply names; a stand-in for one that is gone."""

    def person(self, person_id: int) -> Person:
        """Return a person."""

    def place(self, place_id: int) -> Place:
        """Return a place."""


def dump_reply(reply: Reply) -> dict[str, Json]:
    """Write a reply as an object that `json.dumps` takes. Raises WireError for a moment without a zone."""
    whole: dict[str, Json] = {
        "text": _dump(reply.text),
        "title": _dump(reply.title),
        "fields": [[_dump(field.name), _dump(field.value)] for field in reply.fields],
        "items": [_dump(item) for item in reply.items],
        "link": None if reply.link is None else _dump(reply.link),
        "note": _dump(reply.note),
        "tone": "" if reply.tone is Tone.PLAIN else reply.tone.value,
        "image": None if reply.image is None else _dump_attachment(reply.image),
        "files": [_dump_attachment(file) for file in reply.files],
        "buttons": [_dump_button(button) for button in reply.buttons],
        "visible": None if reply.visible is None else reply.visible.value,
        "card": reply.card,
    }
    return {"v": VERSION, **{key: value for key, value in whole.items() if value or isinstance(value, dict)}}


def load_reply(payload: Json, resolver: Resolver) -> Reply:
    """Read a reply back. Raises WireError for anything that `dump_reply` did not write."""
    try:
        return _load_reply(payload, resolver)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, InvalidOperation, RecursionError) as error:
        raise WireError(f"This reply cannot be read back: {error!r}.") from error


def _load_reply(payload: Json, resolver: Resolver) -> Reply:
    if _object(payload).get("v") != VERSION:
        raise WireError(f"This reply has the form {payload.get('v')!r}; this version reads the form {VERSION}.")
    if unknown := payload.keys() - _KEYS:
        raise WireError(f"This reply has parts that this version does not know: {', '.join(sorted(unknown))}.")
    return Reply(
        text=_words(payload.get("text", ""), resolver),
        title=_words(payload.get("title", ""), resolver),
        fields=tuple(_load_field(pair, resolver) for pair in _array(payload.get("fields", []))),
        items=tuple(_words(item, resolver) for item in _array(payload.get("items", []))),
        link=_typed(Link, payload["link"], resolver) if "link" in payload else None,
        note=_words(payload.get("note", ""), resolver),
        tone=Tone(payload.get("tone", Tone.PLAIN)),
        image=_load_attachment(payload["image"], resolver) if "image" in payload else None,
        files=tuple(_load_attachment(file, resolver) for file in _array(payload.get("files", []))),
        buttons=tuple(_load_button(button, resolver) for button in _array(payload.get("buttons", []))),
        visible=Visible(payload["visible"]) if "visible" in payload else None,
        card=_typed(bool, payload.get("card", False), resolver),
    )


_KEYS = {"v", *Reply.__dataclass_fields__}


def _dump(value: Value) -> Json:
    if isinstance(value, float) and not math.isfinite(value):
        return {"float": repr(value)}
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float):
        return value
    name, write = _WRITERS[type(value)]
    return {name: write(value)}


def _dump_text(text: Text) -> Json:
    parts: list[Json] = [text.message, [[name, _dump(value)] for name, value in text.params]]
    if text.context is not None:
        return [*parts, text.plural, text.count, text.context]
    return parts if text.plural is None and text.count == 1 else [*parts, text.plural, text.count]


def _stamp(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise WireError(f"The moment {moment.isoformat()} has no zone; make it aware, in UTC.")
    return moment.astimezone(UTC).isoformat()


def _microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


_WRITERS: Mapping[type, tuple[str, Callable[[Any], Json]]] = {
    Text: ("t", _dump_text),
    tuple: ("list", lambda values: [_dump(value) for value in values]),
    Markdown: ("markdown", lambda value: value.source),
    Code: ("code", lambda value: value.source),
    Ago: ("ago", lambda value: _stamp(value.at)),
    Link: ("link", lambda value: [_dump(value.label), value.url]),
    Decimal: ("decimal", str),
    datetime: ("moment", _stamp),
    date: ("date", date.isoformat),
    timedelta: ("span", _microseconds),
    Person: ("person", lambda value: value.id),
    Place: ("place", lambda value: value.id),
}


def _load(value: Json, resolver: Resolver) -> Value:
    if isinstance(value, str | int | float):
        return value
    ((name, content),) = _object(value).items()
    return _READERS[name](content, resolver)


_UNSAID: tuple[Json, ...] = (None, 1, None)


def _load_text(parts: Json, resolver: Resolver) -> Text:
    message, params, *more = _array(parts)
    plural, count, context = (*more, *_UNSAID[len(more) :])
    for words in (plural, context):
        if words is not None:
            _string(words)
    pairs = tuple((_string(name), _load(value, resolver)) for name, value in _array(params))
    return Text(_string(message), pairs, plural, _whole(count), context)


def _load_link(parts: Json, resolver: Resolver) -> Link:
    label, url = _array(parts)
    words = _load(label, resolver)
    if not isinstance(words, Text | str):
        raise TypeError(f"{words!r} cannot be the label of a link")
    return Link(words, _string(url))


def _load_moment(value: Json) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value!r} has no zone")
    return moment


_READERS: Mapping[str, Callable[[Json, Resolver], Value]] = {
    "t": _load_text,
    "list": lambda values, resolver: tuple(_load(value, resolver) for value in _array(values)),
    "markdown": lambda value, _: Markdown(_string(value)),
    "code": lambda value, _: Code(_string(value)),
    "ago": lambda value, _: Ago(_load_moment(value)),
    "link": _load_link,
    "decimal": lambda value, _: Decimal(_string(value)),
    "float": lambda value, _: float(_string(value)),
    "moment": lambda value, _: _load_moment(value),
    "date": lambda value, _: date.fromisoformat(value),
    "span": lambda value, _: timedelta(microseconds=_whole(value)),
    "person": lambda value, resolver: resolver.person(_whole(value)),
    "place": lambda value, resolver: resolver.place(_whole(value)),
}


def _words(value: Json, resolver: Resolver) -> Words:
    words = _load(value, resolver)
    if not isinstance(words, Text | Markdown | str):
        raise TypeError(f"{words!r} is not text")
    return words


def _load_field(pair: Json, resolver: Resolver) -> Field:
    name, value = _array(pair)
    loaded = _load(value, resolver)
    return Field(_words(name, resolver), loaded if isinstance(loaded, Link) else _words(value, resolver))


def _dump_attachment(file: Attachment) -> Json:
    return [file.name, base64.b64encode(file.content).decode("ascii"), file.media_type, _dump(file.description)]


def _load_attachment(parts: Json, resolver: Resolver) -> Attachment:
    name, content, media_type, description = _array(parts)
    try:
        raw = base64.b64decode(_string(content), validate=True)
    except binascii.Error as error:
        raise WireError(f"The file {name!r} is damaged: {error}.") from error
    return Attachment(_string(name), raw, _string(media_type), _words(description, resolver))


def _dump_button(button: Button) -> Json:
    return [_dump(button.label), button.target, [list(pair) for pair in button.arguments], button.emoji]


def _load_button(parts: Json, resolver: Resolver) -> Button:
    label, target, arguments, emoji = _array(parts)
    pairs = tuple((_string(name), _string(value)) for name, value in _array(arguments))
    button = Button(_words(label, resolver), _string(target), emoji=emoji if emoji is None else _string(emoji))
    # Through the constructor an argument called "label" or "emoji" would be taken for the button's own.
    object.__setattr__(button, "arguments", pairs)
    return button


def _typed(expected: type[E], value: Json, resolver: Resolver) -> E:
    loaded = _load(value, resolver)
    if not isinstance(loaded, expected):
        raise TypeError(f"{loaded!r} is not a {expected.__name__}")
    return loaded


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError(f"{value!r} is not an object")
    return value


def _array(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is not a list")
    return value


def _string(value: Json) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _whole(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is not a whole number")
    return value
