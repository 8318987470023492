"""A small exact linear program: the simplex method on integers.

    maximise c'z  subject to  M z <= b,  z >= 0,

with M, b, c integers of any size. The tableau is kept in integers over one
common denominator (Edmonds 1967, Bareiss 1968): every entry is a minor of the
problem, so that each division comes out even. The steepest column enters, and
Bland's rule (1977) takes over while the objective stands still, which makes the
method finite on degenerate problems. Where some b is negative, a feasible vertex
is found first, by minimising one artificial variable.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from missiongame.bimatrix.matrices import Whole

Enough: TypeAlias = "Callable[[Tableau], bool]"


class Tableau:
    """Rows: one a constraint (its slack first basic), then objectives; last column: b.

    The last row is the objective that is being improved.
    """

    def __init__(self, M: Whole, b: Whole, *objectives: Whole) -> None:
        self.rows, self.n = M.shape
        top = np.concatenate([M, b[:, None]], axis=1).astype(object)
        goals = [np.concatenate([-c, [0]])[None, :].astype(object) for c in objectives]
        self.table: Whole = np.concatenate([top, *goals])
        self.over = 1
        self.basic = list(range(self.n, self.n + self.rows))
        self.free = list(range(self.n))
        self.tick: Callable[[], None] = lambda: None

    def pivot(self, row: int, column: int) -> None:
        """Exchange the basic variable of `row` for the free one of `column`."""
        self.tick()
        table, at = self.table, self.table[row, column]
        line, file = table[row].copy(), table[:, column].copy()
        sign = 1 if at > 0 else -1  # the denominator stays positive
        table *= sign * at
        table -= sign * np.multiply.outer(file, line)
        table //= self.over
        table[row] = sign * line
        table[:, column] = -sign * file
        table[row, column] = sign * self.over
        self.over = int(sign * at)
        self.basic[row], self.free[column] = self.free[column], self.basic[row]

    def entering(self, bland: bool) -> int | None:
        """Return a column that improves the objective, or None at an optimum."""
        goal = self.table[-1, :-1]
        better = np.flatnonzero(goal < 0)
        if not len(better):
            return None
        if bland:
            return int(min(better, key=lambda j: self.free[j]))
        return int(better[np.argmin(goal[better])])

    def leaving(self, column: int) -> int | None:
        """Return the row that first bounds the variable of `column`, ties by Bland's rule."""
        best: int | None = None
        for row in np.flatnonzero(self.table[: self.rows, column] > 0):
            if best is not None:
                gap = (
                    self.table[row, -1] * self.table[best, column]
                    - self.table[best, -1] * self.table[row, column]
                )
                if gap > 0 or (gap == 0 and self.basic[row] > self.basic[best]):
                    continue
            best = int(row)
        return best

    def improve(self, enough: Enough = lambda _: False) -> None:
        """Pivot until the last objective is optimal, or `enough` says so."""
        stalled = False
        while (column := self.entering(stalled)) is not None:
            if enough(self):
                return
            row = self.leaving(column)
            if row is None:
                raise ArithmeticError("the objective is unbounded")
            stalled = self.table[row, -1] == 0
            self.pivot(row, column)

    @property
    def value(self) -> Fraction:
        """The last objective at this vertex."""
        return Fraction(int(self.table[-1, -1]), self.over)

    @property
    def numerators(self) -> list[int]:
        """The vertex z, as numerators over `over`."""
        z = [0] * self.n
        for row, variable in enumerate(self.basic):
            if variable < self.n:
                z[variable] = int(self.table[row, -1])
        return z


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
    tableau = _feasible(M, b, c, tick) if len(b) and min(b) < 0 else Tableau(M, b, c)
    if tableau is None:
        return None
    tableau.tick = tick
    tableau.improve(enough)
    return Optimum(tableau.value, tableau.numerators, tableau.over)


def _feasible(M: Whole, b: Whole, c: Whole, tick: Callable[[], None]) -> Tableau | None:
    """Return a tableau at a feasible vertex, or None if there is none.

    Every constraint is relaxed by one variable t >= 0, and t is minimised; the
    objective c is carried along above.
    """
    k, n = M.shape
    relaxed = np.concatenate([M, np.full((k, 1), -1)], axis=1)
    carried, least = np.append(c, 0), np.append(np.zeros(n, dtype=np.int64), -1)
    tableau = Tableau(relaxed, b, carried, least)
    tableau.tick = tick
    tableau.pivot(int(np.argmin(b)), n)
    tableau.improve()
    if tableau.table[-1, -1] != 0:
        return None
    if n in tableau.basic:  # at zero: any column of its row takes its place
        row = tableau.basic.index(n)
        tableau.pivot(row, int(np.flatnonzero(tableau.table[row, :-1])[0]))
    return _without(tableau, n)


def _without(tableau: Tableau, variable: int) -> Tableau:
    """Return the tableau without a free variable (the last one) and the last objective."""
    column = tableau.free.index(variable)
    tableau.table = np.delete(tableau.table[:-1], column, axis=1)
    tableau.free = [v - (v > variable) for v in tableau.free if v != variable]
    tableau.basic = [v - (v > variable) for v in tableau.basic]
    tableau.n = variable
    return tableau
