"""From a large game to one equilibrium: a path followed in floats, its end proven exactly.

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
from missiongame.bimatrix.lemke_howson import LabelledTableau, follow, positive
from missiongame.bimatrix.matrices import Bimatrix, OneSide, Profile, primitive
from missiongame.exact import solve_square

Basis: TypeAlias = tuple[list[int], list[int]]

_TRIES = 6
_STEPS = 20  # for each strategy: a path that takes more has been led astray


def guess(game: Bimatrix) -> Profile | None:
    """Return one exact equilibrium of `game`, or None where rounding leads astray.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> guess(read_game([[1, 0], [0, 1]]))
    ([1, 1], [1, 1])
    """
    m, n = game.shape
    rows, columns = range(m), range(m, m + n)
    for label in range(min(_TRIES, m + n)):
        over_y = _side(game.rows, rows, columns)
        over_x = _side(game.columns, columns, rows)
        if not all(0 < step < _STEPS * (m + n) for step in follow(over_x, over_y, label)):
            continue
        x, y = _tie(game.columns, *_basis(over_x)), _tie(game.rows, *_basis(over_y))
        if x is not None and y is not None and proves(game, (x, y)):
            return x, y
    return None


def _tie(payoffs: OneSide, tied: list[int], on: list[int]) -> list[int] | None:
    """Return the strategy on `on` against which `tied` earn the same, or None."""
    if len(tied) != len(on) or not on:
        return None
    solved = solve_square(positive(payoffs)[np.ix_(tied, on)], np.ones(len(on), dtype=object))
    if solved is None or min(solved[0]) < 0:
        return None
    strategy = [0] * payoffs.whole.shape[1]
    for j, z in zip(on, solved[0], strict=True):
        strategy[j] = z * payoffs.over[j]
    return primitive(strategy)


def _side(payoffs: OneSide, own: range, others: range) -> LabelledTableau:
    shifted = positive(payoffs) - 1
    span = shifted.max(axis=0)
    return LabelledTableau(
        (shifted / np.where(span > 0, span, 1)).astype(np.float64) + 1.0, own, others
    )


def _basis(side: LabelledTableau) -> Basis:
    """Return the strategies whose slacks are zero, and the z in the basis."""
    tied = sorted(variable - side.n for variable in side.free if variable >= side.n)
    return tied, sorted(variable for variable in side.basic if variable < side.n)
