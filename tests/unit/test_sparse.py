"""稀疏矩阵的运算与稠密的一致。"""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.retrieval.sparse import Sparse, principal_mixture, unit_rows

_values = st.integers(-8, 8).map(lambda n: n / 4)


@st.composite
def matrices(draw: st.DrawFn) -> np.ndarray:
    """稠密矩阵，多半是零。"""
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    cells = draw(
        st.lists(
            st.just(0.0) | _values, min_size=height * width, max_size=height * width
        )
    )
    return np.array(cells, dtype=np.float32).reshape(height, width)


def to_sparse(dense: np.ndarray) -> Sparse:
    """只留非零的。"""
    rows, columns = np.nonzero(dense)
    return Sparse.from_places(rows, columns, dense[rows, columns], *dense.shape)


def to_dense(matrix: Sparse) -> np.ndarray:
    """还原成稠密的。"""
    dense = np.zeros((matrix.height, matrix.width), dtype=np.float32)
    for index in range(matrix.height):
        columns, values = matrix.row(index)
        dense[index, columns] = values
    return dense


@given(matrices())
def test_round_trip_and_transpose(dense: np.ndarray) -> None:
    matrix = to_sparse(dense)
    assert (to_dense(matrix) == dense).all()
    assert (to_dense(matrix.transposed()) == dense.T).all()


@given(matrices(), st.integers(1, 4), st.integers(0, 9))
def test_dot(dense: np.ndarray, width: int, seed: int) -> None:
    other = np.random.default_rng(seed).standard_normal((dense.shape[1], width))
    product = to_sparse(dense).dot(other.astype(np.float32))
    assert np.allclose(product, dense @ other, atol=1e-4)


@given(matrices(), st.data())
def test_gather(dense: np.ndarray, data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(dense) - 1), max_size=6))
    weights = np.arange(1, len(rows) + 1, dtype=np.float32)
    gathered = to_sparse(dense).gather(np.array(rows, dtype=np.int64), weights)
    expected = weights @ dense[rows] if rows else np.zeros(dense.shape[1])
    assert np.allclose(gathered, expected, atol=1e-4)


@given(matrices())
def test_unit_rows(dense: np.ndarray) -> None:
    lengths = np.linalg.norm(unit_rows(dense), axis=1)
    full = dense.any(axis=1)
    assert np.allclose(lengths[full], 1, atol=1e-5)
    assert (lengths[~full] == 0).all()


def test_principal_basis_spans_the_best_subspace() -> None:
    random = np.random.default_rng(3)
    dense = random.standard_normal((40, 5)) @ random.standard_normal((5, 30))
    dense = (dense * (np.abs(dense) > 0.5)).astype(np.float32)
    matrix = to_sparse(dense)
    basis = matrix.transposed().dot(principal_mixture(matrix, 8))
    assert np.allclose(basis.T @ basis, np.eye(8), atol=1e-4)
    kept = np.linalg.norm(dense @ basis)
    best = np.linalg.norm(np.linalg.svd(dense)[1][:8])
    assert kept >= 0.99 * best
