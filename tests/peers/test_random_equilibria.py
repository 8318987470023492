"""`complete` is never said wrongly: thousands of random games against lrsnash."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import lrs
import missiongame as mg

Mixed = tuple[Fraction, ...]


def _unit_of(rng: np.random.Generator) -> Fraction:
    """Return a power of two, a float, an integer or a ratio from 1e-300 to 1e300."""
    exponent = int(rng.integers(-300, 301))
    kind = int(rng.integers(4))
    if kind == 0:
        return Fraction(2) ** int(rng.integers(-990, 991))
    if kind == 1:
        return Fraction(float(rng.uniform(1, 9)) * 10.0**exponent)
    if kind == 2:
        return Fraction(int(rng.integers(1, 10**9)) * 10 ** abs(exponent) + 1)
    return Fraction(int(rng.integers(1, 10**9)), 10 ** abs(exponent) + 1)


def _number(value: Fraction) -> Any:
    """Return the number as a float where a float holds it, else as it is."""
    try:
        rounded = float(value)
    except OverflowError:
        return value
    return rounded if Fraction(rounded) == value else value


def _moved(mixed: Mixed, units: list[Fraction]) -> Mixed:
    weights = [p / u for p, u in zip(mixed, units, strict=True)]
    return tuple(w / sum(weights) for w in weights)


def magnified(rng: np.random.Generator, A: Any, B: Any) -> tuple[Any, Any, Any]:
    """Return the game in other units, one for each strategy, and what maps its equilibria.

    Whatever each of the other's strategies is counted in, and from where, who is best
    against what stays the same once that strategy's weight is divided by its unit.
    """
    m, n = len(A), len(A[0])
    over, under = ([_unit_of(rng) for _ in range(k)] for k in (n, m))
    zero = [[0, 0, u * int(rng.integers(-9, 10))][rng.integers(3)] for u in [*over, *under]]
    left = [[_number(v * u + z) for v, u, z in zip(r, over, zero[:n], strict=True)] for r in A]
    right = [[_number(v * u + z) for v in r] for r, u, z in zip(B, under, zero[n:], strict=True)]
    return left, right, lambda profile: (_moved(profile[0], under), _moved(profile[1], over))


def _check(name: str, A: Any, B: Any, expected: set[Any]) -> None:
    answer = mg.solve(A, B, progress=False)
    found = [(e.row, e.column) for e in answer]
    assert answer.complete, name
    assert len(set(found)) == len(found), f"twice: {name}\n{A}\n{B}"
    assert set(found) == expected, f"{name}: {len(found)} for {len(expected)}\n{A}\n{B}"
    if all(isinstance(v, Fraction) for row in A for v in row):
        assert all(mg.is_equilibrium(A, B, x, y) for x, y in found[:3]), lrs.dumps(A, B)


def _compare(games: Any, lrsnash: Any, seed: int) -> int:
    rng, number = np.random.default_rng(seed), 0
    for name, A, B in games:
        theirs = set(lrsnash(A, B))
        _check(name, A, B, theirs)
        left, right, moved = magnified(rng, A, B)
        _check(f"{name}, magnified", left, right, {moved(profile) for profile in theirs})
        number += 2
    return number


def test_any_magnitude(games: Any, lrsnash: Any) -> None:
    assert _compare(games(seed=31, count=4, most=5), lrsnash, 1) == 88


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_five_thousand_small_games(games: Any, lrsnash: Any, seed: int) -> None:
    assert _compare(games(seed=1000 + seed, count=23, most=6), lrsnash, seed) == 506


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_games_up_to_ten_square(games: Any, lrsnash: Any, seed: int) -> None:
    assert _compare(games(seed=1100 + seed, count=8, most=10, least=7), lrsnash, seed) == 176
