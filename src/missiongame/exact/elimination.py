"""Linear systems and simplex tableaux in whole numbers: every elimination is one function.

Whole numbers stand over one common denominator, the last pivot: every entry is a minor
of the problem, so that each division by the pivot before comes out even (Edmonds 1967,
Bareiss 1968). The same tableau in floats proposes what whole numbers then decide.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.exact.whole_numbers import Whole

Positions: TypeAlias = npt.NDArray[np.intp]

_TINY = 1e-10  # floats as close to zero as this, or ratios to each other, count as equal


def eliminate(table: Whole, row: int, column: int, before: int) -> None:
    """Clear a column in all rows but one, in place; `before` is the pivot before this one.

    Examples
    --------
    >>> table = np.array([[2, 1, 3], [4, 5, 6]], dtype=object)
    >>> eliminate(table, 0, 0, 1)
    >>> table.tolist()
    [[2, 1, 3], [0, 6, 0]]
    """
    at, line = table[row, column], table[row].copy()
    change = np.multiply.outer(table[:, column], line)
    table *= at
    table -= change
    table //= before
    table[row] = line


def solve_square(M: Whole, b: Whole) -> tuple[list[int], int] | None:
    """Return z with M z = b as (numerators, denominator > 0), or None if M is singular.

    Parameters
    ----------
    M, b : integer arrays of shapes (k, k) and (k,)

    Examples
    --------
    >>> solve_square(np.array([[0, 2], [3, 1]]), np.array([4, 5]))
    ([6, 12], 6)
    """
    table = np.concatenate([M, b[:, None]], axis=1).astype(object)
    over = 1
    for k in range(len(table)):
        usable = np.flatnonzero(table[k:, k] != 0)
        if not len(usable):
            return None
        if usable[0]:
            table[[k, k + usable[0]]] = table[[k + usable[0], k]]
        # Rows above and below alike (Gauss-Jordan): the diagonal ends as the determinant.
        eliminate(table[:, k:], k, 0, over)
        over = table[k, k]
    sign = 1 if over > 0 else -1
    return [int(sign * v) for v in table[:, -1]], int(sign * over)


class Tableau:
    """The simplex tableau of M z + s = b, z, s >= 0, at the vertex z = 0.

    Rows: one a constraint, then objectives; columns: one a variable that is zero, then b.
    Variables are z (0..n−1), then s. Exact for arrays of Python ints, over the common
    denominator `over`; in floats, `over` is 1 and ties are what rounding cannot tell apart.

    Parameters
    ----------
    M, b, objectives : arrays of shapes (k, n), (k,), (n,), of objects or of floats
        An objective c stands as −c: what would improve it is negative.
    """

    def __init__(self, M: Whole, b: Whole, *objectives: Whole) -> None:
        self.rows, self.n = M.shape
        self.exact = M.dtype == object
        self.table: Whole = np.zeros((self.rows + len(objectives), self.n + 1), dtype=M.dtype)
        self.table[: self.rows, :-1], self.table[: self.rows, -1] = M, b
        for row, objective in enumerate(objectives, self.rows):
            self.table[row, :-1] = -objective
        self.over = 1
        self.basic = list(range(self.n, self.n + self.rows))
        self.free = list(range(self.n))
        self.tick: Callable[[], None] = lambda: None

    def pivot(self, row: int, column: int) -> None:
        """Exchange the basic variable of `row` for the free one of `column`."""
        self.tick()
        table, entering = self.table, self.table[:, column].copy()
        at = table[row, column]
        if self.exact:
            eliminate(table, row, column, self.over)
            table[:, column], table[row, column] = -entering, self.over
            if at < 0:
                table *= -1  # the denominator stays positive
            self.over = int(abs(at))
        else:
            line = table[row] / at
            table -= np.multiply.outer(entering, line)
            table[row], table[:, column] = line, -entering / at
            table[row, column] = 1 / at
        self.basic[row], self.free[column] = self.free[column], self.basic[row]

    def able(self, column: int) -> Positions:
        """Return the rows that bound the variable of `column` as it grows."""
        entering = self.table[: self.rows, column]
        return np.flatnonzero(entering > (0 if self.exact else _TINY))

    def tightest(self, rows: Positions, top: Whole, column: int) -> Positions:
        """Return those of `rows` in which top / the entry of `column` is least."""
        tops, entries = top[rows], self.table[:, column][rows]
        if not self.exact:
            ratios = tops / entries
            least = float(ratios.min())
            near: Positions = rows[ratios <= least + _TINY * max(1.0, abs(least))]
            return near
        best = [0]
        for k in range(1, len(rows)):
            gap = tops[k] * entries[best[0]] - tops[best[0]] * entries[k]
            if gap <= 0:
                best = [k] if gap < 0 else [*best, k]
        return rows[best]

    def column_of(self, variable: int) -> Whole:
        """Return the column of any variable, also of a basic one."""
        if variable in self.free:
            return self.table[:, self.free.index(variable)]
        unit = np.zeros_like(self.table[:, 0])
        unit[self.basic.index(variable)] = self.over
        return unit

    @property
    def numerators(self) -> Whole:
        """The vertex z, over the common denominator."""
        values = np.zeros_like(self.table[0], shape=self.n + self.rows)
        values[self.basic] = self.table[: self.rows, -1]
        found: Whole = values[: self.n]
        return found
