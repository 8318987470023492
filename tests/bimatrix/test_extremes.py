"""The equilibria of least and greatest value, against the whole set."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix import Reason, is_equilibrium, read_game, solve, solve_extremes
from missiongame.bimatrix import enumeration as exact
from missiongame.bimatrix.strategic_complements import between, increasing_differences
from missiongame.errors import InvalidValue
from missiongame.testing import bimatrix, degenerate, supermodular


def value(weight, e):
    return sum(
        e.row[i] * e.column[j] * weight[i][j] for i in e.row_support for j in e.column_support
    )


def weights_for(game, data):
    m, n = len(game[0]), len(game[0][0])
    row = st.lists(st.fractions(-3, 3, max_denominator=3), min_size=n, max_size=n)
    return data.draw(st.lists(row, min_size=m, max_size=m))


def check(game, weight):
    ends = solve_extremes(*game, weight)
    values = [value(weight, e) for e in solve(*game)]
    assert ends.complete
    assert ends.values == ends.bounds == (min(values), max(values))
    assert ends.values == tuple(value(weight, e) for e in ends)
    assert all(is_equilibrium(*game, e.row, e.column) for e in ends)
    return ends


@settings(deadline=None)
@given(game=st.one_of(bimatrix(), degenerate()), data=st.data())
def test_the_extremes_are_those_of_the_whole_set(game, data):
    check(game, weights_for(game, data))


@settings(deadline=None)
@given(game=st.one_of(bimatrix(), degenerate()), data=st.data())
def test_linear_programs_on_faces_find_the_same(game, data):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("missiongame.bimatrix.extremes.by_faces", lambda _asking: True)
        ends = check(game, weights_for(game, data))
    assert ends.method in ("faces", "complements")


@settings(deadline=None)
@given(
    game=supermodular(rows=(2, 4), columns=(2, 4)),
    flipped=st.booleans(),
    sign=st.sampled_from([-1, 1]),
)
def test_complements_license_best_responses(game, flipped, sign):
    m, n = len(game[0]), len(game[0][0])
    if flipped:
        game = tuple([row[::-1] for row in M] for M in game)
    weight = [[sign * (2 * i + (n - j if flipped else j)) for j in range(n)] for i in range(m)]
    assert check(game, weight).method == "complements"


def test_a_weight_that_is_not_monotone_is_not_licensed():
    game = [[1, 0], [0, 1]], [[1, 0], [0, 1]]
    ends = check(game, [[1, 0], [0, 1]])
    assert ends.method == "enumeration"
    assert ends.values[0] < ends.values[1] == 1


@settings(deadline=None)
@given(game=supermodular())
def test_every_equilibrium_lies_between_the_two_pure_ones(game):
    ends = between(read_game(*game))
    for e in solve(*game):
        assert ends.least[0] <= min(e.row_support) <= max(e.row_support) <= ends.greatest[0]
        assert ends.least[1] <= min(e.column_support) <= max(e.column_support) <= ends.greatest[1]


def test_ends_inside_the_game_are_found_from_either_side():
    """Either player matches the other within 1..2 of 0..3: (1, 1) and (2, 2) are the ends."""
    wanted = [0, 1, 2, 3]
    A = [[-((i - min(max(j, 1), 2)) ** 2) for j in wanted] for i in wanted]
    B = [list(row) for row in zip(*A, strict=True)]
    assert between(read_game(A, B)) == ((1, 1), (2, 2), False)


def test_units_that_differ_between_columns_count_in_the_structure():
    """Payoffs over different denominators: whole numbers alone would mislead."""
    from fractions import Fraction

    A = [[0, 0], [Fraction(1), Fraction(1, 2)]]
    assert between(read_game(A, [[0, 0], [0, 1]])) is None


@pytest.mark.usefixtures("ticking")
def test_a_limit_gives_bounds_that_hold_and_certified_equilibria():
    rng = np.random.default_rng(4)
    A, B, W = rng.integers(-99, 100, (3, 25, 25))
    ends = solve_extremes(A, B, W, limit=0.2)
    assert not ends.complete
    assert ends.reason is Reason.LIMIT
    low, high = ends.bounds
    assert low <= ends.values[0] <= ends.values[1] <= high
    assert all(is_equilibrium(A, B, e.row, e.column) for e in ends)


def test_faces_that_are_left_open_are_bounded(monkeypatch):
    rng = np.random.default_rng(11)
    A, B, W = rng.integers(-9, 10, (3, 6, 6))
    monkeypatch.setattr("missiongame.bimatrix.extremes.by_faces", lambda _asking: True)
    whole = solve_extremes(A, B, W)

    def stop_at_faces(_self, doing=""):
        if "2 faces" in doing:
            raise KeyboardInterrupt

    monkeypatch.setattr("missiongame.bimatrix.limits.Clock.check", stop_at_faces)
    part = solve_extremes(A, B, W)
    assert part.bounds[0] <= whole.values[0] <= part.values[0]
    assert part.bounds[1] >= whole.values[1] >= part.values[1]
    trivial = int(W.min()), int(W.max())
    assert trivial[0] <= part.bounds[0] <= part.bounds[1] <= trivial[1]
    assert part.bounds != trivial


@pytest.mark.parametrize("weight", [[[1, 2]], [[1], [2]], [[1, 2, 3], [4, 5, 6]]])
def test_a_weight_of_another_shape_is_named(weight):
    with pytest.raises(InvalidValue, match="weight is of shape"):
        solve_extremes([[1, 0], [0, 1]], [[1, 0], [0, 1]], weight)


def test_the_largest_contest_game_has_certified_extremes(contest_game):
    """200 x 200, where lrsnash does not come back in a minute; 95936 extreme equilibria."""
    A, B = contest_game("contest-portable-200")
    loss = [[-v for v in row] for row in A]
    ends = solve_extremes(A, B, loss)
    assert ends.complete
    assert ends.method == "faces"
    assert all(is_equilibrium(A, B, e.row, e.column) for e in ends)


def test_faces_agree_with_enumeration_on_a_contest_game(contest_game, monkeypatch):
    A, B = contest_game("contest-portable-60")
    loss = [[-v for v in row] for row in A]
    monkeypatch.setattr(exact, "_FEW", 0)
    enumerated = solve_extremes(A, B, loss)
    monkeypatch.setattr("missiongame.bimatrix.extremes.by_faces", lambda _asking: True)
    by_faces = solve_extremes(A, B, loss)
    assert (enumerated.method, by_faces.method) == ("enumeration", "faces")
    assert enumerated.values == by_faces.values


@given(bimatrix(rows=(1, 3), columns=(1, 4), entries=(-1, 2)))
def test_differences_increase_iff_they_do_between_any_two_rows_and_columns(game):
    A = game[0]
    m, n = len(A), len(A[0])
    expected = all(
        A[k][h] - A[i][h] >= A[k][j] - A[i][j]
        for i, k in combinations(range(m), 2)
        for j, h in combinations(range(n), 2)
    )
    assert increasing_differences(np.array(A)) == expected
