"""Nothing false is returned: a mistake in the search is an error, never an answer."""

from __future__ import annotations

import numpy as np
import pytest

import missiongame as mg
from missiongame.bimatrix import nash_subsets as subsets
from missiongame.bimatrix.enumeration import Paired

MATCH = [[1, 0], [0, 1]]


def pair(x, y):
    return Paired(np.array([x], object), np.array([y], object), np.array([[0, 0]]))


@pytest.mark.parametrize(
    ("game", "found"),
    [
        (MATCH, pair([1, 0], [0, 1])),
        (MATCH, pair([1, 1], [2, 1])),
        (MATCH, pair([2, 1], [1, 1])),
        ([[0, 0], [0, 0]], pair([2, -1], [1, 1])),
        ([[0, 0], [0, 0]], pair([1, 1], [0, 0])),
    ],
    ids=["not best", "rows not best", "columns not best", "negative", "nothing"],
)
def test_what_is_no_equilibrium_is_no_answer(monkeypatch, game, found):
    monkeypatch.setattr("missiongame.bimatrix.solver.enumerate_extremes", lambda *_: found)
    with pytest.raises(RuntimeError, match="failed its certificate"):
        mg.solve(game, game)
    batch = mg.solve_many([[[0, 0], [0, 0]]], [[[0, 0], [0, 0]]])
    if game is not MATCH:
        with pytest.raises(RuntimeError, match="failed its certificate"):
            batch.resolve()


def test_what_is_no_equilibrium_is_no_extreme(monkeypatch):
    false = pair([1, 0], [0, 1])
    monkeypatch.setattr("missiongame.bimatrix.extremes.pair_up", lambda *_: false)
    with pytest.raises(RuntimeError, match="failed its certificate"):
        mg.solve_extremes(MATCH, MATCH, MATCH)


@pytest.mark.parametrize(
    "false", [[((0,), (0,))], [((0,), (0,)), ((0, 1), (0, 1))]], ids=["too small", "too large"]
)
def test_what_is_no_nash_subset_is_none(monkeypatch, false):
    monkeypatch.setattr(subsets, "maximal_bicliques", lambda _pairs: false)
    with pytest.raises(RuntimeError, match="failed its certificate"):
        mg.solve([[1, 1], [0, 1]], [[1, 1], [0, 0]]).nash_subsets  # noqa: B018 - computed when asked


def test_a_batch_counts_no_game_as_complete_that_was_not_solved_whole(monkeypatch):
    zeros = [[[0, 0], [0, 0]]] * 3
    batch = mg.solve_many(zeros, zeros)
    whole, calls = mg.solve, []

    def solve(A, B, limit):
        calls.append(limit)
        return whole(A, B, limit=0 if len(calls) == 2 else None)

    monkeypatch.setattr("missiongame.bimatrix.batch.answer.solve", solve)
    part = batch.resolve()
    assert part.reason is mg.bimatrix.Reason.LIMIT
    assert part.complete.tolist() == [True, False, False]
