"""The determinants behind batches are within their proven errors."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix.batch.minors import centred, evaluate, exact_games, hadamard, minors


def _determinant(rows: list[list[Fraction]]) -> Fraction:
    """Leibniz by first column: slow, and nothing like the code under test."""
    if not rows:
        return Fraction(1)
    return sum(
        (-1) ** i * row[0] * _determinant([r[1:] for k, r in enumerate(rows) if k != i])
        for i, row in enumerate(rows)
    )


def _exact(payoffs: np.ndarray, scale: np.ndarray, rows: tuple, columns: tuple) -> Fraction:
    return _determinant(
        [
            [Fraction(1)] + [Fraction(payoffs[r, x]) * Fraction(scale[x]) for x in columns]
            for r in rows
        ]
    )


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from([(2, 2), (2, 4), (3, 3), (4, 3), (4, 4), (5, 4)]),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 1.0, 1e6]),
    st.booleans(),
)
def test_every_minor_is_within_its_bound(
    shape: tuple[int, int], seed: int, offset: float, whole: bool
) -> None:
    rng = np.random.default_rng(seed)
    payoffs = rng.standard_normal((*shape, 1)) * 10.0 ** rng.integers(-3, 4, (1, shape[1], 1))
    payoffs = (np.rint(payoffs * 8) if whole else payoffs) + offset
    layout = minors(*shape)
    table = np.empty((layout.size, 1))
    differences, scale, _ = centred(payoffs)
    evaluate(layout, differences, table)
    exact = exact_games(layout, payoffs, scale)[0]
    for level in range(1, layout.levels + 1):
        for rows in combinations(range(shape[0]), level + 1):
            for columns in combinations(range(shape[1]), level):
                true = _exact(payoffs[:, :, 0], scale[:, 0], rows, columns)
                error = abs(Fraction(table[layout.row(rows, columns), 0]) - true)
                assert abs(true) <= hadamard(level)
                assert error <= (0 if exact else Fraction(layout.bound[level]))


def test_small_integers_are_without_rounding_and_thirds_are_not() -> None:
    rng = np.random.default_rng(0)
    small = rng.integers(-500, 501, (5, 5, 100)).astype(float)
    for payoffs, expected in ((small, True), (small / 1024, True), (small / 3, False)):
        _, scale, beyond = centred(payoffs)
        assert not beyond.any()
        assert (exact_games(minors(5, 5), payoffs, scale) == expected).all()


@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (4, 1), (3, 5), (5, 3)])
def test_the_layout_numbers_each_minor_once(shape: tuple[int, int]) -> None:
    layout = minors(*shape)
    numbers = [0] + [
        layout.row(rows, columns)
        for level in range(1, layout.levels + 1)
        for rows in combinations(range(shape[0]), level + 1)
        for columns in combinations(range(shape[1]), level)
    ]
    assert sorted(numbers) == list(range(layout.size))


def test_what_scaling_loses_is_not_called_exact() -> None:
    # Scaled to range 1, the second row underflows to the first.
    tiny, huge = 5e-324, 2.0**800
    payoffs = np.array([[0, 0, 0], [tiny, -2 * tiny, tiny], [huge, huge, -huge]])[:, :, None]
    differences, scale, _ = centred(payoffs)
    assert not differences[0].any()
    assert not exact_games(minors(3, 3), payoffs, scale)[0]
