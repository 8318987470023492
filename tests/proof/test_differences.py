"""Monotone differences of numeric games: exact, and what they promise comes true."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from missiongame.errors import InvalidType, InvalidValue
from missiongame.proof import monotone_differences
from missiongame.proof.complements_proof import MILGROM_ROBERTS
from missiongame.proof.differences import Complementary, EmptyCheck, Monotone
from oracles import pure_nash

entries = st.integers(-3, 3)
matrices = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda shape: st.tuples(
        *(
            st.lists(
                st.lists(entries, min_size=shape[1], max_size=shape[1]),
                min_size=shape[0],
                max_size=shape[0],
            )
            for _ in range(4)
        )
    )
)


def gains(A: list, later: list, B: list, later_B: list) -> bool:
    """Return whether all differences, not only adjacent ones, are monotone."""
    rows, columns = range(len(A)), range(len(A[0]))
    ok = True
    for i, k in itertools.combinations(rows, 2):
        for j in columns:
            ok &= later[k][j] - later[i][j] >= A[k][j] - A[i][j]
            for n in columns:
                if j < n:
                    for M in (A, later, B, later_B):
                        ok &= M[k][n] - M[i][n] >= M[k][j] - M[i][j]
    for j, n in itertools.combinations(columns, 2):
        for i in rows:
            ok &= later_B[i][n] - later_B[i][j] >= B[i][n] - B[i][j]
    return ok


@given(matrices)
def test_adjacent_differences_say_what_all_differences_do(games: tuple) -> None:
    A, B, A2, B2 = games
    certificate = monotone_differences(A, B, later_row=A2, later_column=B2)
    assert certificate.holds == gains(A, A2, B, B2)


def supermodular(rows: int, columns: int, steps: list[int], own: list[int]) -> list[list[int]]:
    """Return a matrix with increasing differences: sums of nonnegative steps, and own terms."""
    return [
        [
            sum(steps[(p * columns + q) % len(steps)] for p in range(i) for q in range(j))
            + own[i % len(own)]
            + own[-1 - j % len(own)]
            for j in range(columns)
        ]
        for i in range(rows)
    ]


@settings(max_examples=200)
@given(
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(st.integers(-4, 4), min_size=4, max_size=4),
    st.lists(st.integers(-4, 4), min_size=4, max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
    st.lists(st.integers(0, 1), min_size=4, max_size=4),
)
def test_a_certified_outcome_falls_at_the_extreme_equilibria(
    shape, steps, own_row, own_column, rise, fall
) -> None:
    m, n = shape
    A = supermodular(m, n, steps, own_row)
    B = supermodular(m, n, steps[::-1], own_column)
    raised = [sum(rise[: i + 1]) for i in range(4)]
    A2 = [[A[i][j] + raised[i] for j in range(n)] for i in range(m)]
    B2 = [[B[i][j] + raised[j] for j in range(n)] for i in range(m)]
    K = [[-sum(fall[:i]) - 2 * sum(fall[:j]) for j in range(n)] for i in range(m)]
    K2 = [[K[i][j] - fall[0] for j in range(n)] for i in range(m)]
    certificate = monotone_differences(A, B, K, A2, B2, K2)
    assert certificate.holds
    assert certificate.lemmas
    before, after = pure_nash(A, B), pure_nash(A2, B2)
    for pick in (min, max):
        (i, j), (k, q) = (tuple(pick(e[p] for e in es) for p in (0, 1)) for es in (before, after))
        assert (i, j) in before
        assert (k, q) in after
        assert i <= k
        assert j <= q
        assert K2[k][q] <= K[i][j]


@given(matrices)
def test_a_failed_check_shows_the_cell_where_it_fails_most(games: tuple) -> None:
    A, B, *_ = games
    certificate = monotone_differences(A, B)
    assume(not certificate.holds)
    for check in certificate.failed:
        i, j = check.where
        M = A if check.name.startswith("row") else B
        assert check.slack == M[i + 1][j + 1] - M[i][j + 1] - M[i + 1][j] + M[i][j]
        assert check.slack < 0
        assert "fails" in str(check)


def test_numbers_count_at_their_exact_value() -> None:
    tiny = 2.0**-60
    assert not monotone_differences([[1.0, 1.0], [1.0, 1.0 - 2**-53]], [[0, 0], [0, 0]]).holds
    exact = monotone_differences([[0, 0], [0, Fraction(-1, 10**30)]], [[0, 0], [0, 0]])
    assert exact.failed[0].slack == Fraction(-1, 10**30)
    assert monotone_differences(np.array([[0.0, 0.0], [0.0, tiny]]), np.eye(2)).checks[0].strict


def test_a_single_row_or_column_has_nothing_to_check() -> None:
    certificate = monotone_differences([[3]], [[4]])
    assert all(isinstance(check, EmptyCheck) for check in certificate.checks)
    assert "nothing to check" in str(certificate)


def test_without_a_later_game_nothing_is_said_of_a_parameter() -> None:
    game = [[2, 0], [0, 1]]
    assert type(monotone_differences(game, game)) is Complementary
    later = monotone_differences(game, game, later_row=game, later_column=game)
    assert type(later) is Monotone
    assert MILGROM_ROBERTS in later.lemmas
    assert MILGROM_ROBERTS not in monotone_differences(game, game).lemmas


@pytest.mark.parametrize(
    ("given", "missing"), [("later_row", "later_column"), ("later_column", "later_row")]
)
def test_a_later_game_has_both_players(given: str, missing: str) -> None:
    zero, falls = [[0, 0], [0, 0]], [[0, -1], [0, -1]]
    assert not monotone_differences(zero, zero, later_row=zero, later_column=falls).holds
    with pytest.raises(InvalidValue, match=missing):
        monotone_differences(zero, zero, **{given: zero})
    with pytest.raises(InvalidValue, match="later_outcome"):
        monotone_differences(zero, zero, zero, later_outcome=zero)


def test_an_outcome_that_rises_with_the_parameter_fails() -> None:
    zero = [[0, 0], [0, 0]]
    certificate = monotone_differences(zero, zero, zero, zero, zero, [[0, 0], [0, 1]])
    assert [c.name for c in certificate.failed] == [
        "the outcome falls down the rows at the higher value",
        "the outcome falls along the columns at the higher value",
        "the outcome does not rise with the parameter",
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ([], []),
        ([[]], [[]]),
        ([[1, 2], [3]], [[1, 2], [3, 4]]),
        ([[1, 2]], [[1], [2]]),
        ([[1, 2]], None),
        ([[float("nan")]], [[1]]),
        (3, [[1]]),
    ],
)
def test_matrices_are_checked(row: object, column: object) -> None:
    with pytest.raises(InvalidValue):
        monotone_differences(row, column)


def test_text_is_no_number() -> None:
    with pytest.raises(InvalidType):
        monotone_differences([["1"]], [[1]])
    with pytest.raises(InvalidValue, match="later_outcome"):
        monotone_differences([[1]], [[1]], [[1]], later_row=[[1]], later_column=[[1]])
