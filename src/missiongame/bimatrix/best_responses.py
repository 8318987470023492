"""From a mixed strategy to which pure strategies are exactly best against it.

Where floats, with a bound on their rounding, already prove that a strategy earns
less than another, nothing else is computed for it; every other comparison is
made in integers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.matrices import Bimatrix, OneSide, Profile
from missiongame.exact import Whole


def best_responses(
    payoffs: OneSide, kept: Sequence[int], strategies: Whole
) -> npt.NDArray[np.bool_]:
    """Return which strategies are exactly best against each mixed strategy of the other.

    Parameters
    ----------
    payoffs : OneSide
    kept : sequence of int
        Which strategies of the other player the columns of `strategies` are.
    strategies : integer array (k, kept)
        Mixed strategies, each up to a factor; at least one entry of each is positive,
        and none is negative.

    Returns
    -------
    (k, own strategies) bool
    """
    common = math.lcm(*(payoffs.over[j] for j in kept))
    weights = strategies * np.array([common // payoffs.over[j] for j in kept], dtype=object)
    table = payoffs.whole[:, kept].astype(object)
    table = table - table.min(axis=0)  # against each strategy the worst counts as zero
    possible = _not_proven_worse(table, weights)
    best = np.zeros(possible.shape, dtype=bool)
    for k in np.flatnonzero(possible.sum(axis=1) > 1):
        rows, at = np.flatnonzero(possible[k]), np.flatnonzero(weights[k])
        earned = table[np.ix_(rows, at)].dot(weights[k, at])
        best[k, rows] = earned == earned.max()
    single = possible.sum(axis=1) == 1
    best[single] = possible[single]
    return best


def _not_proven_worse(table: Whole, weights: Whole) -> npt.NDArray[np.bool_]:
    """Return which strategies floats cannot prove to earn less than the best one.

    All terms are nonnegative, so that a float sum of n products of rounded factors
    has relative error below (n + 4) 2**-53.
    """
    largest, heaviest = max(1, table.max()), weights.max(axis=1)
    earnings = (table / largest).astype(np.float64)
    shares = (weights / heaviest[:, None]).astype(np.float64)
    earned = shares @ earnings.T
    slack = (len(table.T) + 8) * 2.0**-52
    most = earned.max(axis=1)[:, None]
    found: npt.NDArray[np.bool_] = earned * (1 + slack) + 1e-290 >= most * (1 - slack)
    return found


def proves(game: Bimatrix, profile: Profile) -> bool:
    """Return whether a profile in whole numbers is exactly an equilibrium.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> proves(read_game([[1, 0], [0, 1]]), ([1, 1], [1, 1]))
    True
    """
    x, y = (np.array(part, dtype=object) for part in profile)
    if any(part.min() < 0 or part.max() <= 0 for part in (x, y)):
        return False
    m, n = game.shape
    rows = best_responses(game.rows, range(n), y[None, :])[0]
    columns = best_responses(game.columns, range(m), x[None, :])[0]
    return bool(rows[x > 0].all() and columns[y > 0].all())
