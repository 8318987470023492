"""The separate checker, and certificates: accepted exactly where the definition holds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missiongame.bimatrix import Reason, certify, is_equilibrium, read_game
from missiongame.bimatrix.assemble import _Verification, answer, paired
from missiongame.bimatrix.best_responses import best_responses, proves
from missiongame.bimatrix.limits import Clock
from missiongame.errors import InvalidType
from missiongame.testing import bimatrix

A, B = [[3, 0], [0, 2]], [[2, 0], [0, 3]]
X, Y = (Fraction(3, 5), Fraction(2, 5)), (Fraction(2, 5), Fraction(3, 5))


def gains(payoffs, own, other) -> Fraction:
    """The most that deviating gains, by the definition."""
    earned = [sum(v * q for v, q in zip(row, other, strict=True)) for row in payoffs]
    return max(earned) - sum(e * p for e, p in zip(earned, own, strict=True))


@st.composite
def profiles_of(draw, size):
    weights = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size).filter(any))
    return tuple(Fraction(w, sum(weights)) for w in weights)


@settings(deadline=None, max_examples=300)
@given(game=bimatrix(entries=(-1, 1)), data=st.data())
def test_the_checker_accepts_exactly_what_nobody_gains_by_leaving(game, data):
    rows, columns = game
    x = data.draw(profiles_of(len(rows)))
    y = data.draw(profiles_of(len(rows[0])))
    regret = max(gains(rows, x, y), gains(list(zip(*columns, strict=True)), y, x))
    assert is_equilibrium(rows, columns, x, y) == (regret == 0)
    exact = read_game(rows, columns)
    assert certify(exact, x, y).regret == regret
    whole = [[int(v * 840) for v in part] for part in (x, y)]
    assert proves(exact, (whole[0], whole[1])) == (regret == 0)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ((Fraction(3, 5), Fraction(2, 5) + Fraction(1, 10**30)), Y),
        ((Fraction(3, 5) + Fraction(1, 10**30), Fraction(2, 5) - Fraction(1, 10**30)), Y),
        ((2, -1), (1, 0)),
        ((0, 0), (1, 0)),
        ((1, 0, 0), (1, 0)),
        ((1,), (1, 0)),
        ((0.6, 0.4), (0.4, 0.6)),
    ],
    ids=["sums to more", "a hair off", "negative", "nothing", "too long", "too short", "floats"],
)
def test_the_checker_refuses(x, y):
    assert is_equilibrium(A, B, X, Y)
    assert not is_equilibrium(A, B, x, y)
    # The same of the column player: the game with the names exchanged.
    turned = [list(zip(*M, strict=True)) for M in (B, A)]
    assert is_equilibrium(*turned, Y, X)
    assert not is_equilibrium(*turned, y, x)


@pytest.mark.parametrize("worthless", [[[0, 0], [0, 0]], [[7, 7], [7, 7]]])
@pytest.mark.parametrize("bad", [(2, -1), (1, 1), (0, 0), (Fraction(1, 2), Fraction(1, 3)), (1,)])
def test_what_is_no_mixture_is_refused_where_every_payoff_is_alike(worthless, bad):
    """Nobody can gain anything here, so that only x and y themselves can be wrong."""
    assert is_equilibrium(worthless, worthless, (1, 0), (0, 1))
    assert not is_equilibrium(worthless, worthless, bad, (0, 1))
    assert not is_equilibrium(worthless, worthless, (0, 1), bad)


def test_the_checker_takes_numbers_only():
    with pytest.raises(InvalidType, match="x is 'a'"):
        is_equilibrium(A, B, ("a", 1), Y)


def test_a_certificate_names_its_parts():
    found = certify(read_game(A, B), (Fraction(1), Fraction(0)), (Fraction(1), Fraction(0)))
    assert found.row_support == found.column_support == (0,)
    assert found.payoffs == (3, 2)
    assert found.row_slack == (0, 3)
    assert found.column_slack == (0, 2)
    assert found.regret == 0


@pytest.mark.parametrize("offset", [0, 10**20, 10**400])
def test_best_responses_are_told_apart_by_less_than_floats_can(offset):
    """Rows that differ by one part in 10^40, far below what a float can tell."""
    row = [offset + 10**40, offset - 10**40]
    game = read_game([row, [row[0] + 1, row[1]], [row[0], row[1] + 1]], [[0, 0]] * 3)
    import numpy as np

    beliefs = np.array([[1, 0], [0, 1], [1, 1], [2, 1]], dtype=object)
    assert best_responses(game.rows, [0, 1], beliefs).tolist() == [
        [False, True, False],
        [False, False, True],
        [False, True, True],
        [False, True, False],
    ]


@pytest.mark.parametrize(
    "profile", [([1, 0], [0, 1]), ([1, 1], [1, 0]), ([1, 0], [1, 1]), ([3, 2], [2, 2])], ids=str
)
def test_a_false_equilibrium_is_never_passed_on(profile):
    game = read_game([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    whole = [0, 1], [0, 1]
    (true,) = answer(game, whole, paired([([3, 2], [2, 3])], (2, 2)), "exact", Clock())
    assert true.regret == 0
    with pytest.raises(RuntimeError, match="failed its certificate"):
        answer(game, whole, paired([([3, 2], [2, 3]), profile], (2, 2)), "exact", Clock())


def test_a_profile_must_hold_in_the_game_before_its_reduction():
    # Without the third row (1, 1) would be an equilibrium; it earns 9 there.
    game = read_game([[1, 0], [0, 1], [9, 9]], [[1, 0], [0, 1], [0, 0]])
    with pytest.raises(RuntimeError, match="failed its certificate"):
        answer(game, ([0, 1], [0, 1]), paired([([1, 0], [1, 0])], (2, 2)), "exact", Clock())


@pytest.mark.parametrize(("side", "verified"), [(0, [0]), (0, [2]), (1, [0]), (1, [0, 1])])
def test_interrupted_it_holds_what_was_verified_by_then(monkeypatch, side, verified):
    """Three rows and two columns, all pairs of them equilibria; some strategies in time."""
    game = read_game([[0, 0]] * 3, [[0, 0]] * 3)
    rows, columns = [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 0], [0, 1]]
    found = paired([(x, y) for x in rows for y in columns], (3, 2))
    calls = iter(range(2))
    unbroken = _Verification.run

    def run(self, clock):
        if next(calls) == side:
            self.done[verified] = True
            raise KeyboardInterrupt
        unbroken(self, clock)

    monkeypatch.setattr(_Verification, "run", run)
    kept = answer(game, ([0, 1, 2], [0, 1]), found, "exact", Clock())
    assert (kept.complete, kept.reason) == (False, Reason.INTERRUPTED)
    # The second side is not begun where the first is not through.
    expected = {(i, j) for i in range(3) for j in verified} if side else set()
    assert {(e.row_support[0], e.column_support[0]) for e in kept} == expected
