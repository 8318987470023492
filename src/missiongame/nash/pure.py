"""All pure equilibria, by comparing payoffs: the cells best for both players."""

from __future__ import annotations

import numpy as np

from missiongame.nash.payoffs import Bimatrix


def pure_equilibria(game: Bimatrix) -> list[tuple[int, int]]:
    """Return every pure equilibrium (row, column).

    Examples
    --------
    >>> from missiongame.nash.payoffs import read_game
    >>> pure_equilibria(read_game([[3, 0], [0, 2]], [[2, 0], [0, 3]]))
    [(0, 0), (1, 1)]
    """
    A, B = game.rows.whole, game.columns.whole.T
    best = (A.max(axis=0, keepdims=True) == A) & (B.max(axis=1, keepdims=True) == B)
    return [(int(i), int(j)) for i, j in np.argwhere(best)]
