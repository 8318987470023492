"""Strict dominance: what is removed is never played, and nothing removable stays."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from missiongame.bimatrix import solve, undominated
from missiongame.bimatrix.dominance import Mixtures
from missiongame.bimatrix.matrices import read_game
from missiongame.testing import bimatrix


def is_dominated(row, others, exactly=False) -> bool:
    mixtures = Mixtures(np.array([row, *others], dtype=object), lambda: None)
    decide = mixtures.exactly if exactly else mixtures.is_dominated
    return decide(0, np.arange(1, len(others) + 1))


def margin_by_scipy(row, others) -> float:
    """The most by which a mixture of `others` beats `row` everywhere, in floats."""
    gains = np.array(others, float) - np.array(row, float)
    k, n = gains.shape
    best = linprog(
        [0] * k + [-1],
        A_ub=np.hstack([-gains.T, np.ones((n, 1))]),
        b_ub=np.zeros(n),
        A_eq=[[1] * k + [0]],
        b_eq=[1],
        bounds=[(0, None)] * k + [(None, None)],
    )
    return -best.fun


matrices = st.integers(1, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(-4, 4), min_size=n, max_size=n), min_size=2, max_size=6)
)


@settings(deadline=None)
@given(matrices)
def test_dominance_by_mixtures_is_decided_as_an_independent_program_does(rows):
    row, others = np.array(rows[0]), np.array(rows[1:])
    margin = margin_by_scipy(row, others)
    if abs(margin) > 1e-7:
        assert is_dominated(row, others) == (margin > 0)
    else:
        assert not is_dominated(row, others)


@settings(deadline=None)
@given(matrices)
def test_the_exact_program_alone_decides_alike(rows):
    row, others = np.array(rows[0]), np.array(rows[1:])
    assert is_dominated(row, others, exactly=True) == is_dominated(row, others)


def test_where_floats_propose_nothing_integers_decide(monkeypatch):
    """Half of each of the others earns 2 everywhere."""
    monkeypatch.setattr("missiongame.bimatrix.dominance.propose", lambda *_: None)
    others = [4, 0], [0, 4]
    assert is_dominated([1, 1], others)
    assert not is_dominated([2, 2], others)


@pytest.mark.parametrize("gap", [0, Fraction(1, 10**40)])
def test_a_hair_decides(gap):
    """Half of each of the others earns 2 everywhere; below that by 10^-40 is dominated."""
    game = read_game([[4, 0], [0, 4], [2 - gap, 2 - gap]], [[1, 0], [0, 1], [0, 0]])
    rows, _ = undominated(game)
    assert rows == ([0, 1] if gap else [0, 1, 2])


def test_removal_is_iterated_and_keeps_the_weakly_dominated_and_the_doubled():
    A, B = [[2, 2, 9], [1, 1, 9], [2, 2, 9]], [[1, 1, 0], [1, 1, 0], [1, 0, 0]]
    # The third column goes first; only then is the second row dominated.
    assert undominated(read_game(A, B)) == ([0, 2], [0, 1])


@pytest.mark.parametrize("beaten", [0, 1, 2])
def test_a_row_that_another_beats_everywhere_leaves_wherever_it_stands(beaten):
    A = [[-9, -9] if i == beaten else [i, -i] for i in range(3)]
    rows, _ = undominated(read_game(A, [[0, 0]] * 3), mixed=False)
    assert rows == [i for i in range(3) if i != beaten]


@settings(deadline=None, max_examples=50)
@given(game=bimatrix(rows=(2, 4), columns=(2, 4)))
def test_no_equilibrium_plays_what_is_removed(game, brute_force):
    rows, columns = undominated(read_game(*game))
    for x, y in brute_force(*game):
        assert {i for i, p in enumerate(x) if p} <= set(rows)
        assert {j for j, p in enumerate(y) if p} <= set(columns)


@settings(deadline=None, max_examples=50)
@given(game=bimatrix(rows=(2, 5), columns=(2, 5)))
def test_every_strategy_that_stays_is_a_best_response_to_something_that_stays(game, polyhedron):
    rows, columns = undominated(read_game(*game))
    part = [[game[0][i][j] for j in columns] for i in rows]
    best = {k for labels in polyhedron(part).values() for side, k in labels if side == "other"}
    assert best == set(range(len(rows)))


def test_dominated_games_are_solved_in_their_own_strategies(profiles):
    A = [[0, 0, 0], [3, -1, 0], [0, -1, 2]]
    B = [[1, 9, 1], [2, -9, 0], [0, -9, 3]]
    played = profiles(solve(A, B))
    assert all(len(x) == len(y) == 3 for x, y in played)
