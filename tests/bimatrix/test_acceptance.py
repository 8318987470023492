"""Games on which solvers of this field are known to fail, each with its exact answer.

What defeats whom: D1-D4 are degenerate (nashpy's enumerations return one end of a
segment, nothing, or raise); N1 and N2 are nondegenerate, and rounding loses their
only equilibrium; L1 and L2 send nashpy's Lemke-Howson path to NaN or round in
circles; S1 is a small game on top of a large constant, where vertex enumeration
returns six false equilibria; T1 and T2 are unsigned bytes, which wrap.
"""

from __future__ import annotations

from fractions import Fraction

import nashpy
import numpy as np
import pytest

from missiongame.bimatrix import is_equilibrium, solve


def unit(k: int, n: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(i == k)) for i in range(n))


def check(A, B, expected, profiles) -> None:
    answer = solve(A, B)
    assert answer.complete
    assert answer.reason is None
    assert profiles(answer) == expected
    for e in answer:
        assert e.regret == 0
        assert is_equilibrium(A, B, e.row, e.column)


def test_d1_both_ends_of_a_segment(profiles):
    y = unit(0, 2)
    expected = {(unit(1, 2), y), ((Fraction(2, 7), Fraction(5, 7)), y)}
    check([[-3, 3], [-3, 5]], [[2, 7], [4, 2]], expected, profiles)


def test_d2_both_ends_of_a_segment(profiles):
    y = unit(1, 2)
    expected = {(unit(0, 2), y), ((Fraction(1, 2), Fraction(1, 2)), y)}
    check([[1, 1], [0, 1]], [[0, 1], [1, 0]], expected, profiles)


def test_d3_a_triangle(profiles):
    A, B = [[0, 2, 0], [2, 2, 2], [1, 1, 2]], [[1, 1, 2], [0, 0, 0], [1, 1, 0]]
    check(A, B, {(unit(1, 3), unit(j, 3)) for j in range(3)}, profiles)
    (subset,) = solve(A, B).nash_subsets
    assert set(subset.columns) == {unit(j, 3) for j in range(3)}


def test_d4_every_profile_is_an_equilibrium(profiles):
    Z = np.zeros((3, 3))
    check(Z, Z, {(unit(i, 3), unit(j, 3)) for i in range(3) for j in range(3)}, profiles)
    assert len(solve(Z, Z).nash_subsets) == len(solve(Z, Z).components) == 1


def test_n1_the_only_equilibrium(profiles):
    A, B = [[-9, 9, 2], [6, 1, -5]], [[2, -4, -1], [1, -5, 9]]
    check(
        A,
        B,
        {((Fraction(8, 11), Fraction(3, 11)), (Fraction(7, 22), Fraction(0), Fraction(15, 22)))},
        profiles,
    )


def test_n2_the_only_equilibrium(profiles):
    A, B = [[0, 3, 3], [-2, -3, -1], [2, 2, -2]], [[1, 0, -1], [-2, 3, -3], [-3, 1, -2]]
    check(
        A,
        B,
        {
            (
                (Fraction(4, 5), Fraction(0), Fraction(1, 5)),
                (Fraction(1, 3), Fraction(2, 3), Fraction(0)),
            )
        },
        profiles,
    )


L1 = (
    [[-8, 1, 8, 0], [6, -2, -6, -2], [6, 8, -9, 0], [3, 0, -5, 0]],
    [[-3, 4, 7, -3], [1, 8, 4, 3], [3, -6, 1, 5], [-7, -4, 3, -7]],
)


def test_l1_four_equilibria(profiles):
    answer = solve(*L1)
    assert len(profiles(answer)) == 4
    assert all(is_equilibrium(*L1, e.row, e.column) for e in answer)


def test_l2_a_segment(profiles, looping_game):
    mixed = (Fraction(0), Fraction(0), Fraction(0), Fraction(3, 5), Fraction(2, 5))
    check(*looping_game, {(unit(1, 5), unit(4, 5)), (unit(1, 5), mixed)}, profiles)


def test_s1_a_large_constant_changes_nothing(profiles):
    A, B = np.array([[3, 0], [0, 2]]), np.array([[2, 0], [0, 3]])
    expected = profiles(solve(A, B))
    assert len(expected) == 3
    check(A + 10**6, B + 10**6, expected, profiles)


def test_t1_unsigned_bytes_do_not_wrap(profiles):
    A, B = np.array([[3, 0], [0, 2]], np.uint8), np.array([[2, 0], [0, 3]], np.uint8)
    expected = {
        (unit(0, 2), unit(0, 2)),
        (unit(1, 2), unit(1, 2)),
        ((Fraction(3, 5), Fraction(2, 5)), (Fraction(2, 5), Fraction(3, 5))),
    }
    check(A, B, expected, profiles)


@pytest.mark.parametrize("game", [nashpy.Game, lambda A: A], ids=["nashpy's game", "one matrix"])
def test_t2_zero_sum_in_unsigned_bytes(game, profiles):
    half = (Fraction(1, 2), Fraction(1, 2))
    assert profiles(solve(game(np.eye(2, dtype=np.uint8)))) == {(half, half)}


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("contest-portable-20", 3),
        ("contest-tied-20", 5),
        ("contest-portable-60", 62),
        ("contest-tied-60", 15),
        ("contest-portable-100", 908),
    ],
)
def test_contest_games_are_solved_whole(name, count, contest_game, profiles):
    A, B = contest_game(name)
    answer = solve(A, B)
    assert answer.complete
    assert len(profiles(answer)) == count
    assert all(e.regret == 0 for e in answer[:20])


@pytest.mark.long
def test_the_largest_contest_game_is_solved_whole(contest_game):
    """200 x 200: where lrsnash does not come back in a minute."""
    A, B = contest_game("contest-portable-200")
    answer = solve(A, B)
    assert answer.complete
    assert len(answer) == len(set(answer.pairs)) == 95936
    assert all(answer[k].regret == 0 for k in range(0, 95936, 9593))
