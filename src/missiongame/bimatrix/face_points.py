"""From a face of a best-response polyhedron to one exact point of it, by linear programming.

The face of y that (played, allowed) asks for: y >= 0 on the strategies `allowed`
of one player, zero elsewhere, sum y = 1, such that every strategy in `played` of
the other player is a best response to y.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import numpy as np

from missiongame.bimatrix.linear_program import maximise
from missiongame.bimatrix.matrices import OneSide


def best_on_face(
    payoffs: OneSide,
    played: Sequence[int],
    allowed: Sequence[int],
    objective: Sequence[Fraction | int],
    tick: Callable[[], None] = lambda: None,
) -> tuple[Fraction, list[int]] | None:
    """Return the greatest c'y on the face and a vertex y (integers, up to a factor).

    Parameters
    ----------
    payoffs : OneSide
        Of the player who plays `played`; columns are the strategies of y.
    played, allowed : sequences of int
    objective : numbers, one for each strategy of y
    tick : function, optional
        Called before every pivot; it may raise.

    Returns
    -------
    (value, y), or None where the face is empty.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> best_on_face(read_game([[3, 0], [0, 2]]).rows, [0, 1], [0, 1], [1, 0])
    (Fraction(2, 5), [2, 3])
    """
    table = payoffs.whole[:, list(allowed)].astype(object)
    gaps = table - table[played[0]]
    ones = np.array([[payoffs.over[j] for j in allowed]], dtype=object)
    equal = [i for i in played if i != played[0]]
    M = np.concatenate([np.delete(gaps, played[0], axis=0), -gaps[equal], ones, -ones])
    b = np.array([0] * (len(M) - 2) + [1, -1], dtype=object)
    # In the program's units y_j = over_j z_j; c must be whole there too.
    goal = [Fraction(objective[j]) * payoffs.over[j] for j in allowed]
    common = int(np.lcm.reduce([1, *(g.denominator for g in goal)], dtype=object))
    c = np.array([int(g * common) for g in goal], dtype=object)
    best = maximise(M, b, c, tick=tick)
    if best is None:
        return None
    y = [0] * payoffs.whole.shape[1]
    for j, z in zip(allowed, best.numerators, strict=True):
        y[j] = z * payoffs.over[j]
    return best.value / common, y
