"""One equilibrium of a large game: a path followed in floats, its end proven exactly.

Lemke and Howson's path is followed in floats, from the labels one after another
until one path ends well. Only its last basis is read: the rows R that tie and the
columns J that may be played. The strategy on J against which the rows R tie is
then solved for in integers, and the profile counts only if it is exactly an
equilibrium. On a large game this is many times faster than an exact path, whose
numbers have hundreds of digits; it may fail, and then says so.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from missiongame.bimatrix.best_responses import proves
from missiongame.bimatrix.matrices import Bimatrix, OneSide, Profile, primitive
from missiongame.exact import solve_square

Basis: TypeAlias = tuple[list[int], list[int]]

_TRIES = 6
_TINY = 1e-9


def guess(game: Bimatrix) -> Profile | None:
    """Return one exact equilibrium of `game`, or None where rounding leads astray.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> guess(read_game([[1, 0], [0, 1]]))
    ([1, 1], [1, 1])
    """
    m, n = game.shape
    for label in range(min(_TRIES, m + n)):
        ends = _path(game, label, steps=20 * (m + n))
        if ends is None:
            continue
        x, y = _tie(game.columns, *ends[0]), _tie(game.rows, *ends[1])
        if x is not None and y is not None and proves(game, (x, y)):
            return x, y
    return None


def _tie(payoffs: OneSide, tied: list[int], on: list[int]) -> list[int] | None:
    """Return the strategy on `on` against which `tied` earn the same, or None."""
    if len(tied) != len(on) or not on:
        return None
    whole = payoffs.whole[:, on].astype(object)
    positive = whole - whole.min(axis=0) + 1
    solved = solve_square(positive[tied], np.ones(len(on), dtype=object))
    if solved is None or min(solved[0]) < 0:
        return None
    strategy = [0] * payoffs.whole.shape[1]
    for j, z in zip(on, solved[0], strict=True):
        strategy[j] = z * payoffs.over[j]
    return primitive(strategy)


class _Floats:
    """A tableau of M z + s = 1 in floats: columns s, then z, then the right-hand side."""

    def __init__(self, payoffs: OneSide, labels: list[int]) -> None:
        whole = payoffs.whole.astype(object)
        least, span = whole.min(axis=0), whole.max(axis=0) - whole.min(axis=0)
        scaled = (whole - least) / np.where(span > 0, span, 1)
        positive = scaled.astype(np.float64) + 1.0
        k = len(positive)
        self.table = np.concatenate([np.eye(k), positive, np.ones((k, 1))], axis=1)
        self.basic, self.labels, self.k = list(range(k)), labels, k

    def bring_in(self, label: int) -> int | None:
        """Pivot a label in; return the one that leaves, or None if no pivot is sound."""
        column = self.labels.index(label)
        entering = self.table[:, column]
        rows = np.flatnonzero(entering > _TINY)
        if not len(rows):
            return None
        for at in [-1, *range(self.k)]:  # ties are broken in the lexicographic order
            ratios = self.table[rows, at] / entering[rows]
            rows = rows[ratios <= ratios.min() + _TINY * max(1.0, abs(ratios.min()))]
            if len(rows) == 1:
                break
        row = int(rows[0])
        line = self.table[row] / entering[row]
        self.table -= np.outer(entering, line)
        self.table[row] = line
        leaving = self.labels[self.basic[row]]
        self.basic[row] = column
        return leaving

    def basis(self) -> Basis:
        """Return the strategies whose slacks are out of the basis, and the z in it."""
        inside = set(self.basic)
        size = len(self.labels) - self.k
        tied = [k for k in range(self.k) if k not in inside]
        return tied, [j for j in range(size) if self.k + j in inside]


def _path(game: Bimatrix, dropped: int, steps: int) -> tuple[Basis, Basis] | None:
    m, n = game.shape
    rows, columns = list(range(m)), list(range(m, m + n))
    over_y, over_x = _Floats(game.rows, rows + columns), _Floats(game.columns, columns + rows)
    side, other = (over_x, over_y) if dropped < m else (over_y, over_x)
    label = dropped
    for _ in range(steps):
        leaving = side.bring_in(label)
        if leaving == dropped:
            return over_x.basis(), over_y.basis()
        if leaving is None:
            return None
        label, side, other = leaving, other, side
    return None
