"""From any game to at least one equilibrium, soon: pure ones, or the end of one path."""

from __future__ import annotations

import numpy as np

from missiongame.bimatrix.float_path import guess
from missiongame.bimatrix.lemke_howson import lemke_howson
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import Bimatrix, Profile

_LARGE = 30  # strategies in all from which a guess in floats is worth its while


def some(game: Bimatrix) -> list[Profile]:
    """Return all pure equilibria, or where there is none, one mixed equilibrium.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> some(read_game([[3, 0], [0, 2]], [[2, 0], [0, 3]]))
    [([1, 0], [1, 0]), ([0, 1], [0, 1])]
    >>> some(read_game([[1, 0], [0, 1]]))
    [([1, 1], [1, 1])]
    """
    found = [pure(cell, game.shape) for cell in pure_equilibria(game)]
    if not found and sum(game.shape) >= _LARGE and (guessed := guess(game)):
        found.append(guessed)
    return found or [lemke_howson(game, 0, Clock(progress=False))]


def pure(cell: tuple[int, int], shape: tuple[int, int]) -> Profile:
    """Return a cell of the game as a profile."""
    i, j = cell
    return [int(k == i) for k in range(shape[0])], [int(k == j) for k in range(shape[1])]


def pure_equilibria(game: Bimatrix) -> list[tuple[int, int]]:
    """Return every pure equilibrium (row, column): the cells that are best for both.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> pure_equilibria(read_game([[3, 0], [0, 2]], [[2, 0], [0, 3]]))
    [(0, 0), (1, 1)]
    """
    A, B = game.rows.whole, game.columns.whole.T
    best = (A.max(axis=0, keepdims=True) == A) & (B.max(axis=1, keepdims=True) == B)
    return [(int(i), int(j)) for i, j in np.argwhere(best)]
