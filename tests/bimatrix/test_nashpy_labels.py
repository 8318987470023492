"""What is said to be computed by nashpy is; what it misses is added; what is false is dropped."""

from __future__ import annotations

import math
import warnings
from fractions import Fraction

import nashpy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import missiongame as mg
from missiongame.bimatrix import (
    Reason,
    compare_nashpy,
    is_equilibrium,
    nashpy_labels,
    read_game,
    solve,
    undominated,
)
from missiongame.bimatrix.nashpy_methods import MOST_PAIRS, pairs_of_supports
from missiongame.testing import bimatrix, degenerate

NEAR = Fraction(1, 10**6)

# Those of test_acceptance, which says what each defeats.
GAMES = {
    "D1": ([[-3, 3], [-3, 5]], [[2, 7], [4, 2]]),
    "D2": ([[1, 1], [0, 1]], [[0, 1], [1, 0]]),
    "D3": ([[0, 2, 0], [2, 2, 2], [1, 1, 2]], [[1, 1, 2], [0, 0, 0], [1, 1, 0]]),
    "D4": (np.zeros((3, 3)), np.zeros((3, 3))),
    "N1": ([[-9, 9, 2], [6, 1, -5]], [[2, -4, -1], [1, -5, 9]]),
    "N2": ([[0, 3, 3], [-2, -3, -1], [2, 2, -2]], [[1, 0, -1], [-2, 3, -3], [-3, 1, -2]]),
    "L1": (
        [[-8, 1, 8, 0], [6, -2, -6, -2], [6, 8, -9, 0], [3, 0, -5, 0]],
        [[-3, 4, 7, -3], [1, 8, 4, 3], [3, -6, 1, 5], [-7, -4, 3, -7]],
    ),
    "S1": (np.array([[3, 0], [0, 2]]) + 10**6, np.array([[2, 0], [0, 3]]) + 10**6),
    "T2": (np.eye(2, dtype=np.uint8), -np.eye(2, dtype=np.int8)),
    "one by one": ([[1]], [[1]]),
    "huge": ([[3 * 10**400, 0], [0, 2 * 10**400]], [[2, 0], [0, Fraction(1, 3)]]),
}


def by_nashpy_alone(A, B):
    """What `nashpy.Game.support_enumeration` returns for the reduced game, in the whole one."""
    game = read_game(A, B)
    kept = undominated(game, sum(game.shape) >= 24)
    part = game.part(*kept)
    floats = [np.array([[float(v) for v in row] for row in M]) for M in (part.A, part.B)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = list(nashpy.Game(*floats).support_enumeration())
    return [
        tuple(
            tuple(dict(zip(here, map(float, s), strict=True)).get(k, 0.0) for k in range(size))
            for s, here, size in zip(profile, kept, game.shape, strict=True)
        )
        for profile in found
    ]


def near(e, profile):
    pairs = zip(e.row + e.column, profile[0] + profile[1], strict=True)
    return all(abs(Fraction(v) - p) <= NEAR for p, v in pairs)


def check(A, B, answer=None):
    """The label is true both ways; all are equilibria; what is dropped is no extreme one."""
    answer = solve(A, B, method="nashpy") if answer is None else answer
    vectors = by_nashpy_alone(A, B)
    for e in answer:
        mine = any(near(e, v) for v in vectors)
        assert e.computed_by == ("nashpy" if mine else "exact enumeration"), str(e)
        assert is_equilibrium(A, B, e.row, e.column)
    assert answer.complete
    exact = solve(A, B)
    assert [(e.row, e.column) for e in answer] == [(e.row, e.column) for e in exact]
    assert answer.found_by_nashpy == sum(e.computed_by == "nashpy" for e in answer)
    assert answer.nashpy.startswith(f"nashpy found {answer.found_by_nashpy} of these {len(answer)}")
    false = [d for d in answer.dropped if d.is_false]
    assert sorted((d.row, d.column) for d in false) == sorted(
        v for v in vectors if not any(near(e, v) for e in exact)
    )
    assert all(d.why for d in answer.dropped)
    return answer


@pytest.mark.parametrize("name", [name for name in GAMES if name != "huge"])
def test_on_the_acceptance_games(name):
    check(*GAMES[name])


def test_on_the_game_that_sends_a_path_in_circles(looping_game):
    check(*looping_game)


def test_payoffs_beyond_floats_are_scaled_for_nashpy():
    answer = solve(*GAMES["huge"], method="nashpy")
    assert (answer.found_by_nashpy, len(answer)) == (3, 3)


@settings(deadline=None, max_examples=60)
@given(
    game=st.one_of(bimatrix(rows=(1, 4), columns=(1, 4)), degenerate(rows=(2, 4), columns=(2, 4)))
)
def test_on_random_games(game):
    check(*game)


@pytest.mark.parametrize("name", ["contest-portable-20", "contest-tied-20", "contest-portable-60"])
def test_on_recorded_contests(name, contest_game):
    """Each is too large as it is; its corners and what is left of them are not."""
    A, B = contest_game(name)
    whole = solve(A, B, method="nashpy")
    if whole.found_by_nashpy is None:
        assert "more than 5,000" in whole.nashpy
    for at in range(0, len(A) - 7, 6):
        rows = slice(at, at + 7)
        check([row[rows] for row in A[rows]], [row[rows] for row in B[rows]])


@pytest.mark.parametrize("name", mg.scenarios.names())
def test_on_every_scenario_at_its_worths(name):
    """The contests that the main job shows: one for each worth of staying, if it is unknown."""
    cases = mg.assess(mg.scenarios.load(name), seconds=0.5).cases
    shown = [equilibria for case in cases for equilibria in case.contests.values()]
    assert shown
    for equilibria in shown:
        exact = equilibria.contest.exact
        check(exact.steward, exact.rival, equilibria)


def contest(name, worth):
    case = mg.scenarios.load(name)
    town = case.community
    if town.purpose is None:
        town = town.changed(purpose=worth / float(town.mission))
    return mg.Contest(town, case.steward, case.rival, case.offers)


def test_on_digg_at_900_nashpy_finds_one_of_nine():
    found = contest("digg-netscape", 900).equilibria()
    assert found.nashpy == "nashpy found 1 of these 9"
    assert [e.computed_by for e in found].count("nashpy") == 1


def test_where_one_row_or_column_is_left_nashpy_is_asked_all_the_same():
    single = 0
    for name in mg.scenarios.names():
        game = contest(name, 2000)
        kept = undominated(read_game(game.exact.steward, game.exact.rival))
        if min(map(len, kept)) == 1:
            single += 1
            assert game.equilibria().found_by_nashpy >= 1
    assert single >= 8


def pretending(monkeypatch, *found):
    monkeypatch.setattr(nashpy_labels, "candidates", lambda *_: iter(found))
    return solve([[3, 0], [0, 2]], [[2, 0], [0, 3]], method="nashpy")


def test_false_vectors_repetitions_and_remarks_are_told_apart(monkeypatch):
    e1, e2 = np.eye(2)
    close, far = np.array([0.6 + 9e-7, 0.4]), np.array([0.6 + 2e-6, 0.4])
    y = np.array([0.4, 0.6])
    answer = pretending(monkeypatch, (e1, e1), (e1, e1), (e1, e2), (far, y), (close, y), "raised")
    assert [e.computed_by for e in answer] == ["nashpy", "exact enumeration", "nashpy"]
    assert [d.why for d in answer.dropped] == [
        "an equilibrium, found before",
        "no equilibrium on these supports",
        "no extreme equilibrium within 1e-06",
        "raised",
    ]
    assert answer.nashpy == "nashpy found 2 of these 3, and 2 that are none"
    one_false = pretending(monkeypatch, (e1, e2))
    assert one_false.nashpy == "nashpy found 0 of these 3, and 1 that is none"


def test_what_nashpy_raises_or_warns_of_is_reported(monkeypatch):
    def step(*_):
        warnings.warn("look out", RuntimeWarning, stacklevel=1)
        raise np.linalg.LinAlgError("singular")

    monkeypatch.setattr("nashpy.algorithms.support_enumeration.solve_indifference", step)
    answer = solve([[3, 0], [0, 2]], [[2, 0], [0, 3]], method="nashpy")
    assert answer.complete
    assert answer.nashpy == "nashpy found 0 of these 3"
    assert [d.why for d in answer.dropped] == [
        "nashpy raised LinAlgError: singular",
        "nashpy warned: look out",
    ]


def test_larger_games_are_solved_exactly_alone_and_it_is_said():
    assert pairs_of_supports((7, 7)) == 3431
    for m, n in ((1, 9), (3, 5), (7, 7)):
        direct = sum(math.comb(m, k) * math.comb(n, k) for k in range(1, m + 1))
        assert pairs_of_supports((m, n)) == direct <= MOST_PAIRS
    A, B = np.random.default_rng(3).integers(-9, 10, (2, 8, 8))
    answer = solve(A + 20 * np.eye(8, dtype=int), B + 20 * np.eye(8, dtype=int), method="nashpy")
    assert answer.complete
    assert answer.found_by_nashpy is None
    assert answer.nashpy.startswith("nashpy was not asked: ")
    assert {e.computed_by for e in answer} == {"exact enumeration"}


def test_wide_games_of_few_pairs_are_asked():
    """Two by forty: 860 pairs, though nashpy's own loop would walk 2^42."""
    k = np.arange(40)
    A, B = np.vstack([k * 0, k - 20]), -np.vstack([k**2, (k - 39) ** 2])
    assert len(undominated(read_game(A, B))[1]) == 40
    answer = solve(A, B, method="nashpy")
    assert answer.found_by_nashpy >= 1


def test_an_answer_that_is_not_complete_says_that_nashpy_was_not_asked():
    answer = solve([[1, 0], [0, 1]], method="nashpy", limit=0)
    assert (answer.reason, answer.found_by_nashpy) == (Reason.LIMIT, None)
    assert answer.nashpy == "nashpy was not asked: the exact search was not finished"
    assert {e.computed_by for e in answer} == {"exact search"}


def test_a_limit_within_nashpy_leaves_the_exact_answer(monkeypatch):
    def stop(*_):
        raise nashpy_labels.Stopped(Reason.LIMIT)
        yield

    monkeypatch.setattr(nashpy_labels, "candidates", stop)
    answer = solve([[3, 0], [0, 2]], [[2, 0], [0, 3]], method="nashpy")
    assert answer.complete
    assert [d.why for d in answer.dropped] == ["the limit ran out within nashpy"]


def test_interrupted_within_nashpy_the_exact_answer_is_there(monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(nashpy_labels, "candidates", stop)
    answer = solve([[3, 0], [0, 2]], [[2, 0], [0, 3]], method="nashpy")
    assert answer.complete
    assert answer.nashpy == "nashpy was not asked: interrupted"


@pytest.mark.parametrize("name", ["D1", "N1", "S1", "one by one"])
def test_the_comparison_adds_up(name):
    table = compare_nashpy(*GAMES[name])
    for line in table:
        ours = {(e.row, e.column) for e in table.exact}
        assert {(e.row, e.column) for e in (*line.found, *line.missed)} == ours
        assert len(line.found) + len(line.missed) == len(ours)
    assert str(table).splitlines()[0].split() == ["method", "found", "missed", "false", "remarks"]
    counts = {line.method: (len(line.found), len(line.missed), len(line.false)) for line in table}
    if name == "S1":
        assert counts["vertex_enumeration"] == (3, 0, 6)
    if name == "one by one":
        assert counts["vertex_enumeration"] == (0, 1, 0)
        assert any("raised" in remark for remark in table.methods[1].remarks)
