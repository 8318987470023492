"""Optimal strategies of a matrix game in floats, for others to verify.

    maximise 1'p  subject to  L'p <= 1,  p >= 0        (L > 0),

by the simplex method in floats: p and the dual solution y, each scaled to sum to
one, are optimal strategies of the game L up to rounding. Nothing here is proven.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

_TINY = 1e-11


def propose(L: Floats, tick: Callable[[], None]) -> tuple[Floats, Floats] | None:
    """Return (p, y) for a positive matrix, or None if rounding leads astray.

    Examples
    --------
    >>> p, y = propose(np.array([[2.0, 1.0], [1.0, 2.0]]), lambda: None)
    >>> print(p, y)
    [0.5 0.5] [0.5 0.5]
    """
    rows, columns = L.shape
    table = np.zeros((columns + 1, rows + 1))
    table[:-1, :-1], table[:-1, -1], table[-1, :-1] = L.T, 1.0, -1.0
    basic, free = np.arange(rows, rows + columns), np.arange(rows)
    for _ in range(20 * (rows + columns)):
        tick()
        column = int(np.argmin(table[-1, :-1]))
        if table[-1, column] >= -_TINY:
            return _solution(table, basic, rows), _solution(table.T, free, rows, dual=True)
        row = _leaving(table, column)
        if row is None:
            return None
        _pivot(table, row, column)
        basic[row], free[column] = free[column], basic[row]
    return None


def _leaving(table: Floats, column: int) -> int | None:
    entering = table[:-1, column]
    able = np.flatnonzero(entering > _TINY)
    if not len(able):
        return None
    ratios = table[able, -1] / entering[able]
    # Of the rows that tie, the largest pivot is the soundest.
    near = able[ratios <= ratios.min() + _TINY]
    return int(near[np.argmax(entering[near])])


def _pivot(table: Floats, row: int, column: int) -> None:
    at = table[row, column]
    line, file = table[row] / at, table[:, column].copy()
    table -= np.outer(file, line)
    table[row], table[:, column] = line, -file / at
    table[row, column] = 1.0 / at


def _solution(table: Floats, names: npt.NDArray[np.intp], rows: int, dual: bool = False) -> Floats:
    """Read p (variables below `rows`) or y (the slacks, above) from the last column."""
    mine = names >= rows if dual else names < rows
    size = table.shape[1] - 1 if dual else rows
    strategy = np.zeros(size)
    strategy[names[mine] - (rows if dual else 0)] = table[:-1, -1][mine]
    strategy = np.maximum(strategy, 0.0)
    return np.asarray(strategy / max(strategy.sum(), _TINY))
