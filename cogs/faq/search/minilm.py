# SPDX-License-Identifier: MIT
"""The forward pass of all-MiniLM-L6-v2 in numpy: six BERT layers of 384 numbers, their weights in eight bits.

The weights are read from an ONNX file (weights quantised by column, activations in floats) and widened layer by layer
while a text is encoded. That takes a little longer than keeping them wide, and a quarter of the memory.
"""

import mmap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from .model import Floats
from .protobuf import fields, numbers
from .rows import Rows

SIZE = 384
HEADS = 12
LAYERS = 6
PER_LAYER = 6  # matrices: query, key, value, what attention gives, and the two of the inner network
_INNER = 1_536
_FLOAT, _INT8 = 1, 3  # data types of ONNX
_EPSILON = np.float32(1e-12)
_PREFIX = "inner."
_BIASES = (
    "attention.self.query.bias",
    "attention.self.key.bias",
    "attention.self.value.bias",
    "attention.output.dense.bias",
    "intermediate.dense.bias",
    "output.dense.bias",
)
Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Dense:
    """A linear layer: weights in eight bits (input × output), a scale for each output, a bias."""

    weights: npt.NDArray[np.int8]
    scale: Floats
    bias: Floats

    def __call__(self, rows: Floats, buffer: Floats) -> Floats:
        """Return rows @ weights + bias; the buffer holds the widened weights meanwhile."""
        wide = buffer[: self.weights.size].reshape(self.weights.shape)
        np.copyto(wide, self.weights, casting="unsafe")
        found: Floats = rows @ wide
        found *= self.scale
        found += self.bias
        return found


@dataclass(frozen=True, slots=True)
class Norm:
    """Layer normalisation."""

    weight: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Return the rows with mean 0 and deviation 1, scaled and shifted."""
        centred: Floats = rows - rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", centred, centred) / np.float32(rows.shape[1])
        centred *= (1 / np.sqrt(variance + _EPSILON))[:, None]
        centred *= self.weight
        centred += self.bias
        return centred


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer."""

    query: Dense
    key: Dense
    value: Dense
    attended: Dense
    widen: Dense
    narrow: Dense
    after_attention: Norm
    after_inner: Norm

    def __call__(self, rows: Floats, spans: Sequence[slice], buffer: Floats) -> Floats:
        """Return the layer's output; each span holds the rows of one text, which attend to each other only."""
        query, key, value = (dense(rows, buffer) for dense in (self.query, self.key, self.value))
        context = np.empty_like(rows)
        for span in spans:
            context[span] = _attend(query[span], key[span], value[span])
        rows = self.after_attention(rows + self.attended(context, buffer))
        inner = _gelu(self.widen(rows, buffer))
        return self.after_inner(rows + self.narrow(inner, buffer))


class MiniLM:
    """The model over an open file; `encode` may be called from several threads."""

    def __init__(self, path: Path) -> None:
        """Raise ValueError where the file is not the expected model."""
        with path.open("rb") as file:
            self._data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        try:
            self._read(path, dict(_tensors(self._data)))
        except (KeyError, IndexError, ValueError) as error:
            raise ValueError(f"{path.name} is not the expected model of sentences: {error}") from error

    def _read(self, path: Path, found: Mapping[str, Array]) -> None:
        embeddings = _PREFIX + "embeddings."
        words = found[embeddings + "word_embeddings.weight_q"]
        start = np.frombuffer(self._data, dtype=np.uint8).__array_interface__["data"][0]
        offset = words.__array_interface__["data"][0] - start
        self._words = Rows(path, np.int8, offset=offset, width=SIZE)
        self._word_scale = found[embeddings + "word_embeddings.weight_scale"].copy()
        self._places: Floats = (
            found[embeddings + "position_embeddings.weight_q"] * found[embeddings + "position_embeddings.weight_scale"]
            + found[embeddings + "token_type_embeddings.weight"][0]
        )
        self._first = _norm(found, embeddings)
        matrices = [name for name, array in found.items() if array.dtype == np.int8 and "embeddings" not in name]
        if len(matrices) != LAYERS * PER_LAYER:
            raise ValueError(f"{len(matrices)} matrices instead of {LAYERS * PER_LAYER}")
        self._layers = [_layer(found, number, matrices[PER_LAYER * number :]) for number in range(LAYERS)]

    def encode(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Return a unit vector for each text, given as numbers of word pieces; blocks for a few ms per text."""
        lengths = np.array([len(text) for text in texts])
        ends = np.cumsum(lengths)
        starts = ends - lengths
        spans = [slice(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
        pieces = np.concatenate([np.asarray(text, dtype=np.int64) for text in texts])
        places = np.concatenate([np.arange(length) for length in lengths])
        rows: Floats = self._first(self._words[pieces] * self._word_scale[pieces] + self._places[places])
        buffer = np.empty(SIZE * _INNER, dtype=np.float32)
        for layer in self._layers:
            rows = layer(rows, spans, buffer)
        sums = np.add.reduceat(rows, starts, axis=0)
        unit: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return unit


def _norm(found: Mapping[str, Array], prefix: str) -> Norm:
    return Norm(found[prefix + "LayerNorm.weight"].copy(), found[prefix + "LayerNorm.bias"].copy())


def _layer(found: Mapping[str, Array], number: int, matrices: Sequence[str]) -> Layer:
    prefix = f"{_PREFIX}encoder.layer.{number}."
    dense = [
        Dense(found[name], found[name.removesuffix("_q") + "_scale"][0].copy(), found[prefix + bias].copy())
        for name, bias in zip(matrices, _BIASES, strict=False)
    ]
    shapes = [one.weights.shape for one in dense]
    if shapes != [(SIZE, SIZE)] * 4 + [(SIZE, _INNER), (_INNER, SIZE)]:
        raise ValueError(f"layer {number} has the shapes {shapes}")
    query, key, value, attended, widen, narrow = dense
    after_attention, after_inner = (_norm(found, prefix + part) for part in ("attention.output.", "output."))
    return Layer(query, key, value, attended, widen, narrow, after_attention, after_inner)


def _attend(query: Floats, key: Floats, value: Floats) -> Floats:
    """Return softmax(query · key / √width) · value, head by head."""
    width = SIZE // HEADS
    by_head = [rows.reshape(-1, HEADS, width).transpose(1, 0, 2) for rows in (query, key, value)]
    weights: Floats = by_head[0] @ by_head[1].transpose(0, 2, 1)
    weights *= np.float32(width**-0.5)
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    weights /= weights.sum(axis=-1, keepdims=True)
    found: Floats = (weights @ by_head[2]).transpose(1, 0, 2).reshape(-1, SIZE)
    return found


def _gelu(rows: Floats) -> Floats:
    """Return the Gaussian error linear unit by its usual approximation with tanh (Hendrycks and Gimpel, 2016)."""
    inner: Floats = rows * rows
    inner *= np.float32(0.044715)
    inner += 1
    inner *= rows
    inner *= np.float32((2 / np.pi) ** 0.5)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= rows
    inner *= np.float32(0.5)
    return inner


def _tensors(model: memoryview) -> Iterator[tuple[str, Array]]:
    """Yield the weights of an ONNX model in their order, as views: field 7 is the graph, its field 5 the tensors."""
    graph = next(content for field, _, content in fields(model) if field == 7)
    for field, _, content in fields(graph):
        if field == 5:
            parts: dict[int, memoryview] = {}
            shape: list[int] = []
            for part, _, value in fields(content):
                if part == 1:
                    shape.extend(numbers(value))
                parts[part] = value
            kind = next(numbers(parts[2]))
            if kind in {_FLOAT, _INT8} and 9 in parts and shape:
                array = np.frombuffer(parts[9], dtype="<f4" if kind == _FLOAT else np.int8)
                yield bytes(parts[8]).decode("utf-8"), array.reshape(shape)
