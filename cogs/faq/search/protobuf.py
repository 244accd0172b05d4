# SPDX-License-Identifier: MIT
"""Walks protobuf messages: the two models' files are such, and only a few of their fields are wanted."""

from collections.abc import Iterator


def varint(data: memoryview, at: int) -> tuple[int, int]:
    """Return the number that begins at a position, and where it ends."""
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def fields(message: memoryview) -> Iterator[tuple[int, int, memoryview]]:
    """Yield each field of a message: its number, its wire type, its content (a view, nothing is copied)."""
    at = 0
    while at < len(message):
        tag, at = varint(message, at)
        wire = tag & 7
        if wire == 2:
            size, at = varint(message, at)
        elif wire == 0:
            _, end = varint(message, at)
            size = end - at
        else:
            size = {1: 8, 5: 4}[wire]
        yield tag >> 3, wire, message[at : at + size]
        at += size


def numbers(content: memoryview) -> Iterator[int]:
    """Yield the numbers of a field, packed or single."""
    at = 0
    while at < len(content):
        value, at = varint(content, at)
        yield value
