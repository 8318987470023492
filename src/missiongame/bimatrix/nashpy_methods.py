"""From a game to what nashpy's algorithms find of it: bounded, made exact, and certified.

nashpy computes in floats and tells little of what it missed: its support
enumeration loses equilibria to rounding, its vertex enumeration returns false ones
on degenerate games, its Lemke-Howson path may give NaN or never end. So what it
returns is only read for its supports. A profile on these supports is computed
exactly, and it is kept if it is an equilibrium; everything else is reported.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np

from missiongame.bimatrix.equilibria import Dropped
from missiongame.bimatrix.face_points import best_on_face
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import Bimatrix, OneSide, Profile, primitive
from missiongame.bimatrix.nashpy_process import by_process
from missiongame.bimatrix.nashpy_worker import answers
from missiongame.exact import Floats

Candidate: TypeAlias = tuple[Floats, Floats]

METHODS = ("support_enumeration", "vertex_enumeration", "lemke_howson")

SECONDS = 60.0
"""How long a method of nashpy may run when the caller sets no limit."""

MOST_PAIRS = 5_000
"""Up to so many pairs of supports of equal size nashpy is quick: about a second."""

_ZERO = 1e-9


def pairs_of_supports(shape: tuple[int, int]) -> int:
    """Return how many pairs of supports of equal size a game has.

    Examples
    --------
    >>> pairs_of_supports((3, 5)) == sum(math.comb(3, k) * math.comb(5, k) for k in (1, 2, 3))
    True
    """
    return math.comb(sum(shape), shape[0]) - 1


def candidates(game: Bimatrix, method: str, clock: Clock) -> Iterator[Candidate | str]:
    """Yield the profiles that nashpy returns, and remarks on what it raised or warned of.

    Raises
    ------
    Stopped
        When the clock says so, even within nashpy.
    """
    A, B = _floats(game.rows), _floats(game.columns).T
    if method == "support_enumeration":
        found = _by_supports(A, B, clock)
    elif method == "vertex_enumeration" and pairs_of_supports(game.shape) <= MOST_PAIRS:
        import nashpy

        found = answers(nashpy.Game(A, B).vertex_enumeration)
    else:
        found = by_process(A, B, method, clock)
    remarks: set[str] = set()
    for answer in found:
        if not isinstance(answer, str):
            yield np.asarray(answer[0], float), np.asarray(answer[1], float)
        elif answer not in remarks:
            remarks.add(answer)
            yield answer


def _by_supports(A: Floats, B: Floats, clock: Clock) -> Iterator[Any]:
    """Yield what `nashpy.Game.support_enumeration` yields, by its own steps, one by one.

    Its loop walks all 2^(m+n) pairs of supports, though its step solves none of unequal
    size; this one leaves those out, and looks at the clock between two steps.
    """
    from nashpy.algorithms.support_enumeration import is_ne, obey_support, solve_indifference

    def step(rows: tuple[int, ...], columns: tuple[int, ...]) -> list[Any]:
        profile = solve_indifference(B.T, columns, rows), solve_indifference(A, rows, columns)
        supports = rows, columns
        obeyed = all(map(obey_support, profile, supports))
        return [profile] if obeyed and is_ne(profile, supports, (A, B)) else []

    m, n = A.shape
    doing = "nashpy's support enumeration" if pairs_of_supports((m, n)) > MOST_PAIRS else ""
    for size in range(1, min(m, n) + 1):
        for rows in combinations(range(m), size):
            for columns in combinations(range(n), size):
                clock.check(doing)
                yield from answers(lambda: step(rows, columns))  # noqa: B023 - called at once


def _floats(payoffs: OneSide) -> Floats:
    """Return the payoffs as floats, scaled together so that none overflows."""
    exact = payoffs.fractions
    largest = max((abs(v) for line in exact for v in line), default=0)
    unit = largest if largest > 2**500 else 1
    return np.array([[float(v / unit) for v in line] for line in exact])


def made_exact(game: Bimatrix, candidate: Candidate | str) -> Profile | str:
    """Return an exact equilibrium on the candidate's supports, or why there is none.

    Where the supports leave a continuum, the extreme equilibrium that is furthest
    in the candidate's direction stands for it.
    """
    if isinstance(candidate, str):
        return candidate
    row, column = candidate
    if (row.shape, column.shape) != tuple((size,) for size in game.shape):
        return "of the wrong shape"
    if not (np.isfinite(row).all() and np.isfinite(column).all()):
        return "not finite"
    rows, columns = np.flatnonzero(row > _ZERO), np.flatnonzero(column > _ZERO)
    if not len(rows) or not len(columns):
        return "not a pair of probability vectors"
    y = best_on_face(game.rows, rows.tolist(), columns.tolist(), _weights(column))
    x = best_on_face(game.columns, columns.tolist(), rows.tolist(), _weights(row))
    if x is None or y is None:
        return "no equilibrium on these supports"
    return primitive(x[1]), primitive(y[1])


def _weights(strategy: Floats) -> list[int]:
    return [round(float(p) * 2**20) for p in strategy]


def report(
    candidate: Candidate | str, why: str, kept: tuple[list[int], list[int]], shape: tuple[int, int]
) -> Dropped:
    """Return the record of a candidate of the reduced game that was not kept."""
    if isinstance(candidate, str):
        return Dropped((), (), why)
    full = []
    for strategy, strategies, size in zip(candidate, kept, shape, strict=True):
        values = np.zeros(size)
        if strategy.shape == (len(strategies),):
            values[strategies] = strategy
        full.append(tuple(values.tolist()))
    return Dropped(full[0], full[1], why)
