"""From a game of strategic complements to its extreme equilibria, without enumeration.

Order the rows and the columns. A matrix has *increasing differences* iff

    M[i+1, j+1] − M[i, j+1] >= M[i+1, j] − M[i, j]   for all i, j:

a higher column makes a higher row more attractive (and a higher row a higher
column). If both payoff matrices have it, the game is supermodular: it has a least
and a greatest equilibrium, both pure, which iterated best responses reach from the
bottom and from the top; every strategy played in any equilibrium, mixed ones too,
lies between them (Topkis 1979; Vives 1990; Milgrom and Roberts 1990, theorem 5).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.matrices import Bimatrix, OneSide
from missiongame.exact import Whole


class PureExtremes(NamedTuple):
    """The least and the greatest equilibrium (row, column), and the order of the columns."""

    least: tuple[int, int]
    greatest: tuple[int, int]
    columns_reversed: bool


def true_scale(payoffs: OneSide) -> Whole:
    """Return the payoffs as integers over one common denominator."""
    common = math.lcm(*payoffs.over)
    found: Whole = payoffs.whole.astype(object) * np.array([common // d for d in payoffs.over])
    return found


def increasing_differences(matrix: Whole) -> bool:
    """Return whether an integer matrix has increasing differences, exactly.

    Examples
    --------
    >>> increasing_differences(np.array([[1, 1], [0, 2]]))
    True
    """
    steps = matrix[1:] - matrix[:-1]
    return bool(np.all(steps[:, 1:] >= steps[:, :-1]))


def between(game: Bimatrix) -> PureExtremes | None:
    """Return the extreme pure equilibria of a game of complements; None if it is none.

    The rows count in their order, the columns in theirs or in reverse.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> between(read_game([[1, 0], [0, 1]], [[1, 0], [0, 1]]))
    PureExtremes(least=(0, 0), greatest=(1, 1), columns_reversed=False)
    >>> between(read_game([[1, 0], [0, 1]], [[3, 1], [3, 0]])) is None
    True
    """
    A, B = true_scale(game.rows), true_scale(game.columns).T
    n = A.shape[1]
    if increasing_differences(A) and increasing_differences(B):
        least, greatest = _ends(A, B)
        return PureExtremes(least, greatest, columns_reversed=False)
    if increasing_differences(A[:, ::-1]) and increasing_differences(B[:, ::-1]):
        ends = _ends(A[:, ::-1], B[:, ::-1])
        (i, j), (k, h) = ends
        return PureExtremes((i, n - 1 - j), (k, n - 1 - h), columns_reversed=True)
    return None


def _ends(A: Whole, B: Whole) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return where best responses lead from the bottom (least ones) and the top."""
    m, n = A.shape
    i, j = _climb(A[::-1, ::-1], B[::-1, ::-1])
    return _climb(A, B), (m - 1 - i, n - 1 - j)


def _climb(A: Whole, B: Whole) -> tuple[int, int]:
    """Return where least best responses lead from the first row and column."""
    at = 0, 0
    while True:
        i = int(np.argmax(A[:, at[1]]))
        j = int(np.argmax(B[i]))
        if (i, j) == at:
            return at
        at = i, j


def monotone_between(weight: npt.NDArray[np.object_], ends: PureExtremes) -> int:
    """Return 1 (or −1) if `weight` rises (or falls) from the least equilibrium to the greatest.

    That is, along rows and columns alike, everywhere between the two; else 0.
    """
    (i, j), (k, h) = ends.least, ends.greatest
    part = weight[i : k + 1]
    part = part[:, h : j + 1][:, ::-1] if ends.columns_reversed else part[:, j : h + 1]
    down, across = part[1:] - part[:-1], part[:, 1:] - part[:, :-1]
    if all(v >= 0 for v in (*down.flat, *across.flat)):
        return 1
    return -1 if all(v <= 0 for v in (*down.flat, *across.flat)) else 0
