"""One equilibrium of any game, degenerate or not: Lemke and Howson's path, exactly.

Each player's best-response polytope is a tableau. Dropping a label, one pivots in
one tableau and the other in turn, always bringing in the label that was just
dropped twice, until the first one comes back (Lemke and Howson 1964). Ties in the
ratio test are broken lexicographically, which follows the path of a perturbed,
nondegenerate game: the path cannot cycle and ends in an equilibrium (von Stengel
2002, section 2.6). The tableaux hold integers over a common denominator.
"""

from __future__ import annotations

import numpy as np

from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import Bimatrix, OneSide, Profile, Whole, primitive


class _Side:
    """Tableau of M z + s = 1, z, s >= 0: columns s, then z, then the right-hand side.

    `names` are the labels of the columns: s_k has the label of strategy k of the
    player whose payoffs these are, z_j the label of the other's strategy j.
    """

    def __init__(self, payoffs: OneSide, slacks: list[int], others: list[int]) -> None:
        whole = payoffs.whole.astype(object)
        positive = whole - whole.min(axis=0) + 1
        k = len(positive)
        one = np.ones((k, 1), dtype=object)
        self.table: Whole = np.concatenate([np.eye(k, dtype=int) * 1, positive, one], axis=1)
        self.table = self.table.astype(object)
        self.over = 1
        self.names = [*slacks, *others]
        self.basic = list(range(k))
        self.k, self.scale = k, payoffs.over

    def bring_in(self, label: int) -> int:
        """Pivot the variable with this label into the basis; return the label that leaves."""
        column = self.names.index(label)
        row = self._leaving(column)
        self._pivot(row, column)
        leaving = self.names[self.basic[row]]
        self.basic[row] = column
        return leaving

    def _leaving(self, column: int) -> int:
        """Return the row of least ratio, in the lexicographic order of (1, s)."""
        rows = [int(r) for r in np.flatnonzero(self.table[:, column] > 0)]
        for at in [self.table.shape[1] - 1, *range(self.k)]:
            best = rows[:1]
            for row in rows[1:]:
                left = self.table[row, at] * self.table[best[0], column]
                right = self.table[best[0], at] * self.table[row, column]
                if left < right:
                    best = [row]
                elif left == right:
                    best.append(row)
            rows = best
            if len(rows) == 1:
                break
        return rows[0]

    def _pivot(self, row: int, column: int) -> None:
        table, at = self.table, self.table[row, column]
        line = table[row].copy()
        rest = table * at - np.multiply.outer(table[:, column], line)
        table[:] = rest // self.over
        table[row] = line
        self.over = at

    def strategy(self) -> list[int]:
        """Return the other player's strategy z, as integers up to a factor."""
        z = [0] * (len(self.names) - self.k)
        for row, column in enumerate(self.basic):
            if column >= self.k:
                z[column - self.k] = int(self.table[row, -1]) * self.scale[column - self.k]
        return z


def lemke_howson(game: Bimatrix, dropped: int, clock: Clock) -> Profile:
    """Return the equilibrium (x, y) at the end of the path that drops a label.

    Parameters
    ----------
    game : Bimatrix
    dropped : int
        The label to drop: a row, or m + a column.
    clock : Clock

    Returns
    -------
    x, y : lists of int
        Each in proportion to the probabilities.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> game = read_game([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    >>> lemke_howson(game, 1, Clock())
    ([0, 1], [0, 1])
    """
    m, n = game.shape
    rows, columns = list(range(m)), list(range(m, m + n))
    over_y = _Side(game.rows, rows, columns)
    over_x = _Side(game.columns, columns, rows)
    side, other = (over_x, over_y) if dropped < m else (over_y, over_x)
    label, steps = dropped, 0
    while True:
        steps += 1
        clock.check(f"step {steps} of a Lemke-Howson path")
        label = side.bring_in(label)
        if label == dropped:
            return primitive(over_x.strategy()), primitive(over_y.strategy())
        side, other = other, side
