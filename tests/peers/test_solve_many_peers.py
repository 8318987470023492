"""`solve_many` against the exact peers: complete where unflagged, complete once resolved."""

from __future__ import annotations

import math
from collections import defaultdict
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from missiongame.bimatrix.batch import solve_many

Batches = dict[tuple[int, int], list[tuple[str, Any, Any]]]


def _whole(payoffs: Any) -> Any:
    """Return payoffs times their common denominator: integers, and the same equilibria."""
    over = math.lcm(*(v.denominator for row in payoffs for v in row))
    floats = np.array([[float(v * over) for v in row] for row in payoffs])
    assert np.abs(floats).max() <= 2.0**53
    return floats


def _by_shape(games: Any) -> Batches:
    groups = defaultdict(list)
    for name, A, B in games:
        groups[len(A), len(A[0])].append((name, _whole(A), _whole(B)))
    return groups


def _fractions(payoffs: Any) -> list[list[Fraction]]:
    return [[Fraction(v) for v in row] for row in payoffs.tolist()]


def _matches(line: Any, exact: Any) -> bool:
    return all(
        np.allclose(np.asarray(mixed, dtype=np.float64), floats, rtol=2e-9, atol=0)
        for floats, mixed in zip(line, exact, strict=True)
    )


def _check(name: str, lines: list[Any], theirs: list[Any], complete: bool) -> None:
    for line in lines:
        assert sum(_matches(line, exact) for exact in theirs) == 1, f"spurious: {name}"
    for exact in theirs:
        times = sum(_matches(line, exact) for line in lines)
        assert times == 1 if complete else times <= 1, f"missed or twice: {name}"


def _compare(games: Any, peer: Any) -> dict[str, int]:
    """Compare on every game, before and after resolving; return what was seen."""
    seen = {"games": 0, "flagged": 0}
    for group in _by_shape(games).values():
        A, B = (np.array([game[k] for game in group]) for k in (1, 2))
        batch = solve_many(A, B)
        resolved = batch.resolve()
        assert resolved.complete.all()
        seen["games"] += len(group)
        seen["flagged"] += int(batch.degenerate.sum())
        for g, (name, _, _) in enumerate(group):
            # Gambit lists some equilibria of degenerate games more than once.
            theirs = list(set(peer(_fractions(A[g]), _fractions(B[g]))))
            for answer in (batch, resolved):
                here = answer.game == g
                lines = list(zip(answer.row[here], answer.column[here], strict=True))
                _check(name, lines, theirs, bool(answer.complete[g]))
    return seen


def _without_scaled(games: Any) -> Any:
    """Leave out payoffs that no float64 holds."""
    return (game for game in games if not game[0].startswith("scaled"))


def test_lrsnash_on_every_family(games: Any, lrsnash: Any) -> None:
    seen = _compare(_without_scaled(games(seed=21, count=20, most=4)), lrsnash)
    assert seen["games"] == 200
    assert 30 < seen["flagged"] < 130


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_lrsnash_on_thousands(games: Any, lrsnash: Any, seed: int) -> None:
    seen = _compare(_without_scaled(games(seed=400 + seed, count=60, most=5)), lrsnash)
    assert seen["games"] == 600


@pytest.mark.long
def test_gambit_on_hundreds(games: Any, gambit: Any) -> None:
    seen = _compare(_without_scaled(games(seed=500, count=40, most=4)), gambit)
    assert seen["games"] == 400
