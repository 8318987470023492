"""From a small linear program to its exact optimum: the simplex method on integers.

    maximise c'z  subject to  M z <= b,  z >= 0,

with M, b, c integers of any size. The steepest column enters, and Bland's rule (1977)
takes over while the objective stands still, which makes the method finite on
degenerate problems. Where some b is negative, a feasible vertex is found first, by
minimising one artificial variable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from missiongame.exact import Tableau, Whole

Enough: TypeAlias = Callable[[Tableau], bool]


@dataclass(frozen=True)
class Optimum:
    """A vertex z = numerators / denominator, and the objective's value there."""

    value: Fraction
    numerators: list[int]
    denominator: int


def maximise(
    M: Whole,
    b: Whole,
    c: Whole,
    enough: Enough = lambda _: False,
    tick: Callable[[], None] = lambda: None,
) -> Optimum | None:
    """Return an optimal vertex, or None if nothing is feasible.

    Parameters
    ----------
    M, b, c : integer arrays of shapes (k, n), (k,), (n,)
    enough : function of a Tableau, optional
        Stop at the first feasible vertex where it is true.
    tick : function, optional
        Called before every pivot; it may raise.

    Raises
    ------
    ArithmeticError
        If the objective is unbounded.

    Examples
    --------
    >>> M, b, c = np.array([[1, 2], [3, 1]]), np.array([4, 6]), np.array([1, 1])
    >>> maximise(M, b, c)
    Optimum(value=Fraction(14, 5), numerators=[8, 6], denominator=5)
    """
    M, b, c = (values.astype(object) for values in (M, b, c))
    tableau = _feasible(M, b, c, tick) if len(b) and min(b) < 0 else Tableau(M, b, c)
    if tableau is None:
        return None
    tableau.tick = tick
    _improve(tableau, enough)
    value = Fraction(int(tableau.table[-1, -1]), tableau.over)
    return Optimum(value, tableau.numerators.tolist(), tableau.over)


def _improve(tableau: Tableau, enough: Enough = lambda _: False) -> None:
    """Pivot until the last objective is optimal, or `enough` says so."""
    stalled = False
    while (column := _entering(tableau, stalled)) is not None:
        if enough(tableau):
            return
        rows = tableau.able(column)
        if not len(rows):
            raise ArithmeticError("the objective is unbounded")
        rows = tableau.tightest(rows, tableau.table[:, -1], column)
        row = min(map(int, rows), key=tableau.basic.__getitem__)  # ties by Bland's rule
        stalled = tableau.table[row, -1] == 0
        tableau.pivot(row, column)


def _entering(tableau: Tableau, bland: bool) -> int | None:
    """Return a column that improves the objective, or None at an optimum."""
    goal = tableau.table[-1, :-1]
    better = np.flatnonzero(goal < 0)
    if not len(better):
        return None
    if bland:
        return int(min(better, key=lambda j: tableau.free[j]))
    return int(better[np.argmin(goal[better])])


def _feasible(M: Whole, b: Whole, c: Whole, tick: Callable[[], None]) -> Tableau | None:
    """Return a tableau at a feasible vertex, or None if there is none.

    Every constraint is relaxed by one variable t >= 0, and t is minimised; the
    objective c is carried along above.
    """
    k, n = M.shape
    relaxed = np.concatenate([M, np.full((k, 1), -1, dtype=object)], axis=1)
    carried, least = np.append(c, 0), np.append(np.zeros(n, dtype=object), -1)
    tableau = Tableau(relaxed, b, carried, least)
    tableau.tick = tick
    tableau.pivot(int(np.argmin(b)), n)
    _improve(tableau)
    if tableau.table[-1, -1] != 0:
        return None
    if n in tableau.basic:  # at zero: any column of its row takes its place
        row = tableau.basic.index(n)
        tableau.pivot(row, int(np.flatnonzero(tableau.table[row, :-1])[0]))
    column = tableau.free.index(n)
    tableau.table = np.delete(tableau.table[:-1], column, axis=1)
    tableau.free = [v - (v > n) for v in tableau.free if v != n]
    tableau.basic = [v - (v > n) for v in tableau.basic]
    tableau.n = n
    return tableau
