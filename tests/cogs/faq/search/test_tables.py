# SPDX-License-Identifier: MIT
"""The tables that keep the models small hold what they were given."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from cogs.faq.search.matrix import Matrix
from cogs.faq.search.pieces import Beginnings
from cogs.faq.search.rows import Rows

PIECES = st.lists(st.text(st.characters(), min_size=1, max_size=12), unique=True, max_size=30)


@given(PIECES, st.text(max_size=12))
def test_beginnings_are_a_dictionary_of_pieces_and_their_beginnings(pieces, other):
    table = Beginnings(pieces)
    expected = {piece[:end]: 0 for piece in pieces for end in range(1, len(piece))}
    expected |= {piece: number for number, piece in enumerate(pieces, start=1)}
    assert {text: table.get(text) for text in expected} == expected
    assert table.get(other) == expected.get(other)


@given(st.lists(st.integers(0, 9), max_size=20))
def test_rows_are_read_from_the_file(tmp_path_factory, numbers):
    whole = np.arange(40, dtype=np.uint8).reshape(10, 4)
    path = tmp_path_factory.mktemp("rows") / "table"
    path.write_bytes(b"head" + whole.tobytes())
    assert np.array_equal(Rows(path, np.uint8, offset=4, width=4)[numbers], whole[numbers])


@given(arrays(np.float32, (7, 24), elements=st.floats(-1, 1, width=32)), st.integers(0, 6))
def test_a_matrix_keeps_cosines(vectors, other):
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.maximum(lengths, np.float32(1e-3))
    matrix = Matrix.of(list(vectors), 24)
    assert np.allclose(matrix @ vectors[other], vectors @ vectors[other], atol=0.02)
    assert np.allclose(matrix.at(np.array([other])), vectors[[other]], atol=0.005)


def test_lengths_of_sums():
    matrix = Matrix.of([np.array([1, 0], np.float32), np.array([0, 1], np.float32), np.zeros(2, np.float32)], 2)
    assert matrix.lengths_of_sums(np.array([0, 2])) == pytest.approx([2**0.5, 1e-6])
    assert len(Matrix.of([], 2) @ np.zeros(2, np.float32)) == 0
