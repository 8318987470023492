"""nashpy's methods: bounded, made exact, certified; what is false is dropped and reported."""

from __future__ import annotations

import subprocess
import warnings

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix import (
    Reason,
    is_equilibrium,
    nashpy_methods,
    nashpy_process,
    read_game,
    solve,
)
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.nashpy_methods import METHODS
from missiongame.testing import bimatrix, degenerate


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(nashpy_process, "PATH_SECONDS", 0.3)


small = st.one_of(bimatrix(rows=(1, 3), columns=(1, 3)), degenerate(rows=(1, 3), columns=(2, 3)))


def only_extreme_equilibria_each_once(method, game, profiles):
    answer = solve(*game, method=method)
    assert not answer.complete
    assert answer.reason is Reason.CANDIDATES
    assert answer.method == method
    assert profiles(answer) <= profiles(solve(*game))


@pytest.mark.parametrize("method", ["support_enumeration", "vertex_enumeration"])
@settings(deadline=None, max_examples=25)
@given(game=small)
def test_only_extreme_equilibria_are_returned_each_once(method, game, profiles):
    only_extreme_equilibria_each_once(method, game, profiles)


@settings(deadline=None, max_examples=8)
@given(game=small)
def test_of_paths_too_only_extreme_equilibria_are_returned_each_once(game, profiles):
    """Many of these paths do not end."""
    only_extreme_equilibria_each_once("lemke_howson", game, profiles)


@pytest.mark.parametrize("method", METHODS)
def test_on_a_plain_game_they_agree_with_the_exact_answer(method, profiles):
    A, B = [[3, 0], [0, 2]], [[2, 0], [0, 3]]
    found, exact = profiles(solve(A, B, method=method)), profiles(solve(A, B))
    assert found == exact if method != "lemke_howson" else found < exact


def test_equilibria_are_rid_of_rounding():
    A, B = [[-9, 9, 2], [6, 1, -5]], [[2, -4, -1], [1, -5, 9]]
    for e in solve(A, B, method="vertex_enumeration"):
        assert is_equilibrium(A, B, e.row, e.column)


def test_what_is_false_is_dropped_and_reported(monkeypatch):
    """A source that returns a wrong profile, nonsense, a repetition, and a truth."""
    half, e1 = np.array([0.5, 0.5]), np.array([1.0, 0.0])

    def pretend(_game, _method, _clock):
        yield e1, half
        yield np.array([np.nan, 1]), e1
        yield np.array([1.0]), e1
        yield e1 * 0, e1
        yield e1, e1
        yield e1, e1
        yield "gave up"

    monkeypatch.setattr(nashpy_methods, "candidates", pretend)
    answer = solve([[3, 0], [0, 2]], [[2, 0], [0, 3]], method="support_enumeration")
    assert [str(e) for e in answer] == ["(1, 0), (1, 0)"]
    assert [d.why for d in answer.dropped] == [
        "no equilibrium on these supports",
        "not finite",
        "of the wrong shape",
        "not a pair of probability vectors",
        "an equilibrium, found before",
        "gave up",
    ]
    assert [d.is_false for d in answer.dropped] == [True] * 4 + [False] * 2
    assert answer.dropped[0].row == (1.0, 0.0)
    assert answer.dropped[0].column == (0.5, 0.5)


def test_dropped_profiles_are_in_the_strategies_of_the_whole_game(monkeypatch):
    monkeypatch.setattr(
        nashpy_methods,
        "candidates",
        lambda *_: iter([(np.array([0.5, 0.5]), np.array([1.0, 0.0]))]),
    )
    A, B = [[3, 0], [-1, -1], [0, 2]], [[2, 0], [0, 0], [0, 3]]
    (dropped,) = solve(A, B, method="support_enumeration").dropped
    assert dropped.row == (0.5, 0.0, 0.5)


def test_a_path_that_may_not_return_is_bounded(profiles, looping_game):
    """Label 0 does not return in nashpy on some machines; either way an answer comes."""
    answer = solve(*looping_game, method="lemke_howson", limit=10**9)
    assert profiles(answer) <= profiles(solve(*looping_game))


@pytest.mark.usefixtures("ticking")
def test_a_limit_stops_within_nashpy():
    A, B = np.random.default_rng(0).integers(-9, 10, (2, 9, 9))
    answer = solve(A, B, method="support_enumeration", limit=0.3)
    assert answer.reason is Reason.LIMIT
    assert len(answer) >= 1


def test_a_path_that_does_not_end_is_killed_and_the_next_ones_are_followed():
    """A dominant second strategy for both: the path from label 0 goes round in circles."""
    ended = nashpy_methods.candidates(read_game([[1]], [[1]]), "lemke_howson", Clock())
    assert list(ended) == [
        "the path that drops label 0 did not end in 0.3 s",
        "nashpy raised KeyError: 1",
    ]


@pytest.mark.parametrize("script", ["", "raise SystemExit", "import sys; sys.stdin.close()"])
def test_a_process_that_ends_without_an_answer_is_reported(script, monkeypatch, tmp_path):
    (tmp_path / "nashpy_worker.py").write_text(script)
    monkeypatch.setattr(nashpy_process, "__file__", str(tmp_path / "nashpy_process.py"))
    monkeypatch.setattr(nashpy_process, "_idle", [])
    answer = solve([[1, 0], [0, 1]], [[1, 0], [0, 1]], method="lemke_howson")
    assert [d.why for d in answer.dropped] == ["nashpy's process ended without an answer"]


def test_the_limit_kills_a_process_that_loops(monkeypatch, tmp_path):
    (tmp_path / "nashpy_worker.py").write_text("while True:\n    pass\n")
    monkeypatch.setattr(nashpy_process, "__file__", str(tmp_path / "nashpy_process.py"))
    monkeypatch.setattr(nashpy_process, "_idle", [])
    running: list[subprocess.Popen] = []

    class Watched(subprocess.Popen):
        def __init__(self, *args, **kwargs):
            running.append(self)
            super().__init__(*args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    answer = solve([[1, 0], [0, 1]], method="lemke_howson", limit=0.3, progress=False)
    assert answer.reason is Reason.LIMIT
    assert [str(e) for e in answer] == ["(1/2, 1/2), (1/2, 1/2)"]
    assert [process.poll() is None for process in running] == [False]


@settings(deadline=None, max_examples=40)
@given(
    game=st.one_of(bimatrix(rows=(1, 4), columns=(1, 4)), degenerate(rows=(2, 4), columns=(2, 4)))
)
def test_the_steps_of_support_enumeration_give_what_nashpy_gives(game):
    theirs = nashpy.Game(*map(np.array, game))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = [(x.tolist(), y.tolist()) for x, y in theirs.support_enumeration()]
    steps = nashpy_methods.candidates(read_game(*game), "support_enumeration", Clock())
    assert [(x.tolist(), y.tolist()) for x, y in steps] == expected


def test_what_nashpy_raises_is_reported(profiles):
    """Vertex enumeration raises on a 1 x 1 game."""
    answer = solve([[1]], [[1]], method="vertex_enumeration")
    assert len(answer) + len(answer.dropped) >= 1
    assert profiles(answer) <= profiles(solve([[1]], [[1]]))
