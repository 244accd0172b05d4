# SPDX-License-Identifier: MIT
"""The forward pass is that of BERT: a made-up model is run beside a plain one written after the paper."""

import math

import numpy as np
import pytest

from cogs.faq.search.minilm import LAYERS, SIZE, MiniLM

INNER, PIECES = 1_536, 40
RANDOM = np.random.default_rng(5)
BIASES = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")


def varint(number):
    found = bytearray()
    while number >= 0x80:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*found, number])


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


def tensor(name, array):
    kind = 3 if array.dtype == np.int8 else 1
    shape = b"".join(varint(1 << 3) + varint(size) for size in array.shape)
    return field(5, shape + varint(2 << 3) + varint(kind) + field(8, name.encode()) + field(9, array.tobytes()))


def made_up():
    def floats(*shape):
        return RANDOM.normal(0, 0.05, shape).astype(np.float32)

    def matrix(name, rows, columns, by_row=False):
        found[name + "_q"] = RANDOM.integers(-127, 128, (rows, columns), dtype=np.int8)
        found[name + "_scale"] = np.abs(floats(rows, 1) if by_row else floats(1, columns)) / 60

    found = {}
    emb = "inner.embeddings."
    matrix(emb + "word_embeddings.weight", PIECES, SIZE, by_row=True)
    matrix(emb + "position_embeddings.weight", 16, SIZE, by_row=True)
    found[emb + "token_type_embeddings.weight"] = floats(2, SIZE)
    found[emb + "LayerNorm.weight"], found[emb + "LayerNorm.bias"] = 1 + floats(SIZE), floats(SIZE)
    for number in range(LAYERS):
        prefix = f"inner.encoder.layer.{number}."
        for name in BIASES:
            matrix(f"m{number}.{name}", SIZE, SIZE)
            found[prefix + name + ".bias"] = floats(SIZE)
        matrix(f"m{number}.widen", SIZE, INNER)
        matrix(f"m{number}.narrow", INNER, SIZE)
        found[prefix + "intermediate.dense.bias"], found[prefix + "output.dense.bias"] = floats(INNER), floats(SIZE)
        for part in ("attention.output.", "output."):
            found[prefix + part + "LayerNorm.weight"] = 1 + floats(SIZE)
            found[prefix + part + "LayerNorm.bias"] = floats(SIZE)
    return found


def onnx(tensors):
    return varint(1 << 3) + varint(8) + field(7, b"".join(tensor(name, array) for name, array in tensors.items()))


@pytest.fixture(scope="module")
def tensors():
    return made_up()


@pytest.fixture(scope="module")
def model(tensors, tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "model.onnx"
    path.write_bytes(onnx(tensors))
    return MiniLM(path)


def plain(found, pieces):
    def wide(name):
        return found[name + "_q"].astype(np.float64) * found[name + "_scale"]

    def norm(rows, prefix):
        centred = rows - rows.mean(1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(1, keepdims=True) + 1e-12)
        return scaled * found[prefix + "LayerNorm.weight"] + found[prefix + "LayerNorm.bias"]

    emb = "inner.embeddings."
    rows = wide(emb + "word_embeddings.weight")[pieces] + wide(emb + "position_embeddings.weight")[: len(pieces)]
    rows = norm(rows + found[emb + "token_type_embeddings.weight"][0], emb)
    for number in range(LAYERS):
        prefix = f"inner.encoder.layer.{number}."
        query, key, value = (rows @ wide(f"m{number}.{name}") + found[f"{prefix}{name}.bias"] for name in BIASES[:3])
        heads = []
        for head in range(12):
            part = slice(32 * head, 32 * head + 32)
            scores = np.exp(query[:, part] @ key[:, part].T / math.sqrt(32))
            heads.append(scores / scores.sum(1, keepdims=True) @ value[:, part])
        attended = np.concatenate(heads, 1) @ wide(f"m{number}.{BIASES[3]}") + found[f"{prefix}{BIASES[3]}.bias"]
        rows = norm(rows + attended, prefix + "attention.output.")
        inner = rows @ wide(f"m{number}.widen") + found[prefix + "intermediate.dense.bias"]
        inner *= 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        rows = norm(rows + inner @ wide(f"m{number}.narrow") + found[prefix + "output.dense.bias"], prefix + "output.")
    mean = rows.mean(0)
    return mean / np.linalg.norm(mean)


def test_equals_the_plain_forward_pass(model, tensors):
    texts = [[1, 5, 9, 2], [1, 2], [1, 7, 7, 30, 39, 11, 2]]
    found = model.encode(texts)
    assert found.dtype == np.float32
    for row, pieces in zip(found, texts, strict=True):
        assert row @ plain(tensors, pieces) > 0.9999


def test_texts_do_not_see_each_other(model):
    together = model.encode([[1, 5, 2], [1, 6, 8, 2]])
    assert np.allclose(together[1], model.encode([[1, 6, 8, 2]])[0], atol=1e-5)


@pytest.mark.parametrize("missing", ["m3.narrow_q", "inner.embeddings.LayerNorm.bias"])
def test_another_model_is_refused(tensors, tmp_path, missing):
    path = tmp_path / "model.onnx"
    path.write_bytes(onnx({name: array for name, array in tensors.items() if name != missing}))
    with pytest.raises(ValueError, match=r"model\.onnx is not the expected model"):
        MiniLM(path)


def test_a_file_that_is_no_model_is_refused(tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"not a model at all")
    with pytest.raises(ValueError, match="not the expected model"):
        MiniLM(path)
