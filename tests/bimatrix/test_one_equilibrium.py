"""One certified equilibrium, whatever happens: exact paths, guesses, pure cells."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix import solve
from missiongame.bimatrix.best_responses import proves
from missiongame.bimatrix.float_path import guess
from missiongame.bimatrix.lemke_howson import lemke_howson
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import read_game
from missiongame.bimatrix.one_equilibrium import pure_equilibria, some
from missiongame.testing import bimatrix, degenerate
from oracles import pure_nash


@settings(deadline=None)
@given(game=st.one_of(bimatrix(), degenerate()))
def test_every_path_ends_in_an_equilibrium_on_degenerate_games_too(game):
    exact = read_game(*game)
    for label in range(sum(exact.shape)):
        assert proves(exact, lemke_howson(exact, label, Clock()))


@settings(deadline=None, max_examples=40)
@given(game=bimatrix(rows=(2, 4), columns=(2, 4), entries=(0, 1)))
def test_paths_end_on_games_of_zeros_and_ones(game):
    exact = read_game(*game)
    for label in range(sum(exact.shape)):
        assert proves(exact, lemke_howson(exact, label, Clock()))


def test_the_path_that_defeats_floats_ends(profiles, looping_game):
    """nashpy's path from label 0 does not return on this game."""
    exact = read_game(*looping_game)
    ends = [lemke_howson(exact, label, Clock()) for label in range(10)]
    assert all(proves(exact, end) for end in ends)
    assert len(profiles(solve(*looping_game))) == 2


@settings(deadline=None)
@given(game=st.one_of(bimatrix(rows=(2, 5), columns=(2, 5)), degenerate()))
def test_a_guess_is_an_equilibrium_or_none(game):
    exact = read_game(*game)
    found = guess(exact)
    assert found is None or proves(exact, found)


@pytest.mark.parametrize("seed", range(4))
def test_guesses_succeed_on_large_random_games(seed):
    rng = np.random.default_rng(seed)
    A = rng.integers(-99, 100, (40, 30))
    exact = read_game(A, -A if seed % 2 else rng.integers(-99, 100, (40, 30)))
    found = guess(exact)
    assert found is not None
    assert proves(exact, found)


@settings(deadline=None)
@given(game=bimatrix(entries=(0, 2)))
def test_pure_equilibria_are_the_cells_that_are_best_for_both(game):
    A, B = game
    expected = pure_nash(A, B)
    assert pure_equilibria(read_game(A, B)) == expected
    assert len(some(read_game(A, B))) == max(1, len(expected))


def test_guesses_succeed_where_each_column_has_a_denominator_of_its_own():
    rng = np.random.default_rng(9)
    A, B = rng.integers(-99, 100, (2, 16, 16)).astype(object)
    under = np.array([Fraction(1, k) for k in range(3, 19)], dtype=object)
    exact = read_game(A * under, B * under[:, None])
    found = guess(exact)
    assert found is not None
    assert proves(exact, found)
