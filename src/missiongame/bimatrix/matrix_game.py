"""From a matrix game to optimal strategies in floats, for others to verify.

    maximise 1'p  subject to  L'p <= 1,  p >= 0        (L > 0),

by the simplex method in floats: p and the dual solution y, each scaled to sum to
one, are optimal strategies of the game L up to rounding. Nothing here is proven.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from missiongame.exact import Floats, Tableau

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
    tableau = Tableau(L.T, np.ones(columns), np.ones(rows))
    tableau.tick = tick
    for _ in range(20 * (rows + columns)):
        goal = tableau.table[-1, :-1]
        column = int(goal.argmin())
        if goal[column] >= -_TINY:
            y = np.zeros(rows + columns)
            y[tableau.free] = goal
            return _scaled(tableau.numerators), _scaled(y[rows:])
        able = tableau.able(column)
        if not len(able):
            return None
        # Of the rows that tie, the largest pivot is the soundest.
        near = tableau.tightest(able, tableau.table[:, -1], column)
        tableau.pivot(int(near[tableau.table[:, column][near].argmax()]), column)
    return None


def _scaled(strategy: Floats) -> Floats:
    strategy = np.maximum(strategy, 0.0)
    return np.asarray(strategy / max(strategy.sum(), _TINY))
