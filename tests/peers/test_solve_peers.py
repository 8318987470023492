"""`solve` finds the extreme equilibria that the exact peers find: no more, no fewer, none twice."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

import lrs
import missiongame as mg


def _profiles(A: Any, B: Any) -> list[Any]:
    answer = mg.solve(A, B)
    assert answer.complete
    return [(e.row, e.column) for e in answer]


def _text(name: str, A: Any, B: Any) -> str:
    return f"{name}\n{lrs.dumps(A, B)}"


def _compare(games: Any, peer: Any) -> int:
    """Compare on every game; return how many there were."""
    number = 0
    for name, A, B in games:
        number += 1
        ours = _profiles(A, B)
        assert len(set(ours)) == len(ours), f"twice: {_text(name, A, B)}"
        theirs = set(peer(A, B))
        assert theirs - set(ours) == set(), f"missed: {_text(name, A, B)}"
        assert set(ours) - theirs == set(), f"spurious: {_text(name, A, B)}"
    return number


def _compare_pure(games: Any, gambit: Any) -> None:
    for name, A, B in games:
        pure = {p for p in _profiles(A, B) if all(max(mixed) == 1 for mixed in p)}
        assert pure == set(gambit(A, B, "pure")), _text(name, A, B)


def test_lrsnash_on_every_family(games: Any, lrsnash: Any) -> None:
    assert _compare(games(seed=1, count=20, most=5), lrsnash) == 220


def test_lrsnash_on_games_up_to_8x8(games: Any, lrsnash: Any) -> None:
    assert _compare(games(seed=2, count=3, most=8, least=5), lrsnash) == 33


def test_gambit_on_every_family(games: Any, gambit: Any) -> None:
    assert _compare(games(seed=3, count=12, most=4), gambit) == 132


def test_gambit_on_pure_equilibria(games: Any, gambit: Any) -> None:
    _compare_pure(games(seed=4, count=6, most=6), gambit)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_lrsnash_on_thousands(games: Any, lrsnash: Any, seed: int) -> None:
    assert _compare(games(seed=100 + seed, count=100, most=6), lrsnash) == 1100


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_lrsnash_on_hundreds_up_to_8x8(games: Any, lrsnash: Any, seed: int) -> None:
    assert _compare(games(seed=200 + seed, count=20, most=8, least=5), lrsnash) == 220


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_gambit_on_hundreds(games: Any, gambit: Any, seed: int) -> None:
    assert _compare(games(seed=300 + seed, count=60, most=5), gambit) == 660


def test_no_transformation_of_units_changes_the_answer(games: Any) -> None:
    """Payoffs that the peers cannot read are judged by their images that they can."""
    for name, A, B in games(seed=5, count=6, most=5):
        huge = [[v * 10**40 + Fraction(1, 7) for v in row] for row in A]
        tiny = [[v * Fraction(1, 3**50) - 10**9 for v in row] for row in B]
        assert sorted(_profiles(huge, tiny)) == sorted(_profiles(A, B)), _text(name, A, B)


def test_order_and_roles_change_nothing_but_names(games: Any) -> None:
    for name, A, B in games(seed=6, count=6, most=5):
        turned = [[list(row)[::-1] for row in reversed(M)] for M in (A, B)]
        assert {(x[::-1], y[::-1]) for x, y in _profiles(*turned)} == set(_profiles(A, B)), name
        swapped = [[list(row) for row in zip(*M, strict=True)] for M in (B, A)]
        assert {(x, y) for y, x in _profiles(*swapped)} == set(_profiles(A, B)), name
