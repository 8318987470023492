"""Batches: every equilibrium of nondegenerate games, and a flag where that is not certain."""

from __future__ import annotations

import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import missiongame as mg
import oracles
from missiongame.bimatrix import Reason
from missiongame.bimatrix.batch import Batch, answer, solve_many
from missiongame.errors import InvalidType, InvalidValue

Vector = tuple[Fraction, ...]


def oracle(A: np.ndarray, B: np.ndarray) -> tuple[set[tuple[Vector, Vector]], bool]:
    """Return all extreme equilibria and whether the game is degenerate."""
    A, B = A.tolist(), B.tolist()
    return oracles.extreme_equilibria(A, B), oracles.degenerate(A, B)


def _lines(batch: Batch, game: int) -> list[tuple[np.ndarray, np.ndarray]]:
    here = batch.game == game
    return list(zip(batch.row[here], batch.column[here], strict=True))


def _close(found: np.ndarray, exact: Vector, relative: float = 1e-9) -> bool:
    return all(
        (p == 0 and f == 0) or (p > 0 and abs(Fraction(float(f)) - p) <= relative * p)
        for f, p in zip(found, exact, strict=True)
    )


def _is_listed(line: tuple[np.ndarray, np.ndarray], among: set[tuple[Vector, Vector]]) -> int:
    return sum(_close(line[0], x) and _close(line[1], y) for x, y in among)


def assert_true(batch: Batch, A: np.ndarray, B: np.ndarray, exact_flags: bool = False) -> None:
    """Check every claim of a batch against the oracle."""
    for g in range(len(A)):
        equilibria, degenerate = oracle(A[g], B[g])
        lines = _lines(batch, g)
        assert all(_is_listed(line, equilibria) == 1 for line in lines), "spurious"
        supports = {(tuple(np.flatnonzero(x)), tuple(np.flatnonzero(y))) for x, y in lines}
        assert len(supports) == len(lines), "listed twice"
        if degenerate:
            assert batch.degenerate[g], "a degenerate game is not flagged"
        if not batch.degenerate[g]:
            assert len(lines) == len(equilibria), "missed"
        if exact_flags:
            assert batch.degenerate[g] == degenerate, "a nondegenerate game is flagged"


SHAPES = [(m, n) for m in range(1, 5) for n in range(1, 5)]
shapes = st.sampled_from([*SHAPES, (5, 2), (2, 5), (5, 3), (1, 6)])


@st.composite
def batches(draw: st.DrawFn, low: int = -4, high: int = 4) -> tuple[np.ndarray, np.ndarray]:
    m, n = draw(shapes)
    seed = draw(st.integers(0, 2**32 - 1))
    A, B = np.random.default_rng(seed).integers(low, high + 1, (2, 6, m, n))
    return A.astype(float), B.astype(float)


@settings(deadline=None, max_examples=60)
@given(batches())
def test_integer_games_lose_nothing_and_are_flagged_iff_degenerate(
    games: tuple[np.ndarray, np.ndarray],
) -> None:
    assert_true(solve_many(*games), *games, exact_flags=True)


@settings(deadline=None, max_examples=30)
@given(batches(-1000, 1000))
def test_larger_integers_too(games: tuple[np.ndarray, np.ndarray]) -> None:
    assert_true(solve_many(*games), *games, exact_flags=True)


@settings(deadline=None, max_examples=40)
@given(shapes, st.integers(0, 2**32 - 1))
def test_games_with_random_real_payoffs_lose_nothing(shape: tuple[int, int], seed: int) -> None:
    A, B = np.random.default_rng(seed).standard_normal((2, 6, *shape))
    assert_true(solve_many(A, B), A, B)


@settings(deadline=None, max_examples=60)
@given(batches(-2, 2), st.integers(0, 2**32 - 1), st.sampled_from([0.1, 1 / 3, 1e-160, 7e250]))
def test_games_a_rounding_away_from_ties_are_never_silently_wrong(
    games: tuple[np.ndarray, np.ndarray], seed: int, unit: float
) -> None:
    rng = np.random.default_rng(seed)
    A, B = (
        C * unit * (1 + rng.integers(-2, 3, C.shape) * 2.0**-52) + offset * unit
        for C, offset in zip(games, (0.0, 3.7), strict=True)
    )
    assert_true(solve_many(A, B), A, B)


@settings(deadline=None, max_examples=40)
@given(batches(-3, 3), st.integers(0, 2**32 - 1))
def test_nearly_equal_strategies_keep_relative_accuracy(
    games: tuple[np.ndarray, np.ndarray], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    A, B = (C[:, :1, :] + C * 1e-9 + rng.standard_normal(C.shape) * 1e-13 for C in games)
    assert_true(solve_many(A, B), A, B)


@settings(deadline=None, max_examples=40)
@given(batches(-5, 5), st.integers(0, 2**32 - 1))
def test_columns_of_very_different_size(games: tuple[np.ndarray, np.ndarray], seed: int) -> None:
    rng = np.random.default_rng(seed)
    A, B = games
    A = A * 2.0 ** rng.integers(-300, 300, (len(A), 1, A.shape[2]))
    B = B * 2.0 ** rng.integers(-300, 300, (len(B), B.shape[1], 1))
    assert_true(solve_many(A, B), A, B, exact_flags=True)


@pytest.mark.parametrize("shape", [(2, 2), (3, 3), (4, 4), (5, 5), (3, 5)])
def test_random_real_games_are_hardly_ever_flagged(shape: tuple[int, int]) -> None:
    A, B = np.random.default_rng(1).standard_normal((2, 20_000, *shape))
    assert solve_many(A, B).degenerate.sum() <= 2


def test_payoffs_beyond_the_range_of_differences_are_flagged_not_guessed() -> None:
    A = np.array([[[1.7e308, -1.7e308], [-1.7e308, 1.7e308]], [[5e-324, 0], [0, 5e-324]]])
    batch = solve_many(A, -A)
    assert batch.degenerate.all()
    assert_true(batch, A, -A)
    solved = batch.resolve()
    assert solved.complete.all()
    assert solved.exact[1][0].row == (Fraction(1, 2), Fraction(1, 2))


def test_a_payoff_that_scaling_loses_is_not_taken_for_a_tie() -> None:
    # Scaled to range 1, the second row underflows to the first: no minor of the full
    # support is left, although y = (1/6, 1/3, 1/2) makes all rows equally good.
    tiny, huge = 5e-324, 2.0**800
    A = np.array([[[0.0, 0.0, 0.0], [tiny, -2 * tiny, tiny], [huge, huge, -huge]]])
    B = np.array([[[-9.0, 1.0, 2.0], [3.0, -8.0, 1.0], [2.0, 4.0, -9.0]]])
    equilibria, degenerate = oracle(A[0], B[0])
    assert not degenerate
    assert (Fraction(1, 6), Fraction(1, 3), Fraction(1, 2)) in {y for _, y in equilibria}
    batch = solve_many(A, B)
    assert_true(batch, A, B)
    assert batch.degenerate[0]


def test_the_answer_does_not_depend_on_the_chunk() -> None:
    A, B = np.random.default_rng(2).integers(-3, 4, (2, 203, 3, 3)).astype(float)
    whole = solve_many(A, B)
    for chunk in (1, 7, 8, 64, 203, 1000):
        part = solve_many(A, B, chunk=chunk)
        for name in ("game", "row", "column", "degenerate", "complete"):
            np.testing.assert_array_equal(getattr(part, name), getattr(whole, name))


def test_lines_are_ordered_by_game_and_count_says_how_many() -> None:
    A, B = np.random.default_rng(3).standard_normal((2, 50, 3, 3))
    batch = solve_many(A, B)
    assert (np.diff(batch.game) >= 0).all()
    assert batch.count.sum() == len(batch.game) == len(batch.row) == len(batch.column)
    # Nondegenerate games have an odd number (Wilson 1971).
    assert (batch.count % 2 == 1).all()
    np.testing.assert_allclose(batch.row.sum(axis=1), 1)


def test_memory_is_bounded_by_chunks() -> None:
    A, B = np.random.default_rng(4).standard_normal((2, 40_000, 4, 4))
    solve_many(A[:10], B[:10])  # tables
    tracemalloc.start()
    batch = solve_many(A, B)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    answer = sum(x.nbytes for x in (batch.game, batch.row, batch.column, batch.degenerate))
    assert peak < 3 * answer + 12e6  # all the minors of all games would be 33 MB


RESOLVED = [
    ([[-3, 3], [-3, 5]], [[2, 7], [4, 2]], 2),
    ([[1, 1], [0, 1]], [[0, 1], [1, 0]], 2),
    ([[0, 2, 0], [2, 2, 2], [1, 1, 2]], [[1, 1, 2], [0, 0, 0], [1, 1, 0]], 3),
    ([[0] * 3] * 3, [[0] * 3] * 3, 9),
    ([[7]], [[7]], 1),
    ([[7, 7]], [[1, 1]], 2),
]


@pytest.mark.parametrize(("A", "B", "count"), RESOLVED)
def test_degenerate_games_are_flagged_and_complete_once_resolved(
    A: list, B: list, count: int
) -> None:
    batch = solve_many([A], [B])
    assert batch.degenerate[0] == (count > 1)
    solved = solve_many([A], [B], exact=True)
    assert solved.complete.all()
    assert solved.count.tolist() == [count]
    expected, _ = oracle(np.array(A), np.array(B))
    assert all(_is_listed(line, expected) == 1 for line in _lines(solved, 0))


def test_resolving_touches_flagged_games_only() -> None:
    A, B = np.random.default_rng(5).integers(-2, 3, (2, 60, 3, 3)).astype(float)
    batch = solve_many(A, B)
    first, *others = np.flatnonzero(batch.degenerate)
    some = batch.resolve([first])
    assert set(some.exact) == {first}
    assert some.complete.sum() == batch.complete.sum() + 1
    every = some.resolve()
    assert set(every.exact) == {first, *others}
    assert every.complete.all()
    for g in range(60):
        expected, _ = oracle(A[g], B[g])
        lines = _lines(every, g)
        assert len(lines) == len(expected)
        assert all(_is_listed(line, expected) == 1 for line in lines)
    with pytest.raises(InvalidValue, match="flagged"):
        batch.resolve([int(np.flatnonzero(~batch.degenerate)[0])])


def test_resolving_uses_the_payoffs_as_they_were() -> None:
    A = np.array([[[1.0, 1.0], [0.0, 1.0]]])
    B = np.array([[[0.0, 1.0], [1.0, 0.0]]])
    batch = solve_many(A, B)
    A[:] = 99.0
    assert batch.resolve().count.tolist() == [2]


def test_a_limit_or_ctrl_c_keeps_what_was_resolved(monkeypatch: pytest.MonkeyPatch) -> None:
    A = np.zeros((50, 2, 2))
    batch = solve_many(A, A)
    late = batch.resolve(limit=0)
    assert late.reason is Reason.LIMIT
    assert not late.complete.any()
    calls = []

    def interrupted(A: object, B: object, limit: object) -> object:
        calls.append(limit)
        if len(calls) == 8:
            raise KeyboardInterrupt
        return mg.solve(A, B)

    monkeypatch.setattr(answer, "solve", interrupted)
    stopped = batch.resolve()
    monkeypatch.undo()
    assert stopped.reason is Reason.INTERRUPTED
    assert stopped.complete.tolist() == [True] * 7 + [False] * 43
    assert stopped.count.tolist() == [4] * 7 + [0] * 43
    rest = stopped.resolve()
    assert rest.reason is None
    assert rest.complete.all()
    assert rest.count.tolist() == [4] * 50


GOOD = np.zeros((2, 2, 2))


@pytest.mark.parametrize(
    ("A", "B", "error", "says"),
    [
        (GOOD, np.zeros((2, 2, 3)), InvalidValue, r"B is of shape \(2, 2, 3\)"),
        (GOOD, GOOD[:1], InvalidValue, "B is"),
        (GOOD[0], GOOD[0], InvalidValue, r"A is .*\(games, m, n\)"),
        (1.0, 2.0, InvalidValue, "A is"),
        (GOOD[:0], GOOD[:0], InvalidValue, "not empty"),
        (np.zeros((2, 0, 2)), np.zeros((2, 0, 2)), InvalidValue, "not empty"),
        ([], [], InvalidValue, "A is"),
        ([[[1, 2], [3]]], [[[1, 2], [3, 4]]], InvalidValue, "ragged"),
        ([[[1, np.nan]]], [[[1, 2]]], InvalidValue, r"A\[0, 0, 1\] is nan"),
        ([[[1, 2]]], [[[1, -np.inf]]], InvalidValue, r"B\[0, 0, 1\] is -inf"),
        ([[["1", "2"]]], [[[1, 2]]], InvalidType, "A is"),
        ([[[1, 2j]]], [[[1, 2]]], InvalidType, "A is"),
        ([[[True, False]]], [[[1, 2]]], InvalidType, "A is"),
        ([[[True, 2]]], [[[1, 2]]], InvalidType, "A is True"),
        ([[[1, 2]]], [[[1, None]]], InvalidType, "B is"),
        ([[[1, Fraction(1, 3)]]], [[[1, 2]]], InvalidType, "A is"),
        ([[[1, 2**53 + 1]]], [[[1, 2]]], InvalidValue, r"A\[0, 0, 1\] is 9007199254740993"),
        ([[[1, 10**30]]], [[[1, 2]]], InvalidType, "A is"),
        (np.zeros((1, 30, 30)), np.zeros((1, 30, 30)), InvalidValue, "5 by 5"),
        ({1: 2}, GOOD, InvalidType, "A is"),
    ],
)
def test_bad_payoffs_are_named(A: object, B: object, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        solve_many(A, B)


@pytest.mark.parametrize(
    ("chunk", "error"), [(0, InvalidValue), (2.5, InvalidType), (True, InvalidType)]
)
def test_bad_chunks_are_named(chunk: object, error: type[Exception]) -> None:
    with pytest.raises(error, match="chunk"):
        solve_many(GOOD, GOOD, chunk=chunk)  # type: ignore[arg-type] - the point of the test


def test_unsigned_and_narrow_types_count_at_their_value() -> None:
    A, B = np.array([[[3, 0], [0, 2]]]), np.array([[[2, 0], [0, 3]]])
    for dtype in (np.uint8, np.int8, np.float16, np.float32, np.longdouble, np.int64):
        batch = solve_many(A.astype(dtype), B.astype(dtype))
        assert len(batch.game) == 3
        np.testing.assert_array_equal(batch.row[2], [0.6, 0.4])


def test_solve_many_is_a_public_name() -> None:
    assert mg.solve_many is solve_many
