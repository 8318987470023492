"""From many small games to every equilibrium of each, at once: `solve_many`.

Each game is a pair of m by n payoff matrices of float64, counted at their exact
values. A pair of supports is an equilibrium of a nondegenerate game iff
m + n signs agree (`missiongame.bimatrix.batch.minors`). They are computed in floating
point for all games together, with a proven error bound. What the bound leaves open
is never guessed: the game is flagged. Games of small integers (times a power of
two) are computed without rounding, so that their ties are known to be ties.

The probabilities are ratios of the same minors, with a relative error of 10⁻⁹
at most (proven; mostly 10⁻¹⁵); the few that rounding could spoil more are
recomputed in rationals.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from missiongame.bimatrix.batch.answer import Batch
from missiongame.bimatrix.batch.chunks import Workspace, solve_chunk
from missiongame.bimatrix.batch.inputs import payoff_arrays
from missiongame.bimatrix.batch.supports import pairs
from missiongame.bimatrix.limits import Clock, Progress
from missiongame.errors import Words, illegal, wrong_type

_ACCURACY = 4e-10
"""Relative error of a weight: probabilities, ratios of their sums, stay below 1e-9."""
_TABLE_BYTES = 2**21
"""Minors kept at a time: about a second-level cache."""
_MOST_MINORS = 100_000
"""Beyond this many minors a game, enumerating supports is the wrong method."""


def solve_many(
    A: Any, B: Any, *, exact: bool = False, chunk: int | None = None, progress: Progress = None
) -> Batch:
    """Return every equilibrium of every game of a batch.

    Parameters
    ----------
    A, B : (games, m, n) arrays
        Payoffs of the row and the column player: float64, or numbers that a float64
        holds exactly.
    exact : bool
        Solve the games that are degenerate, or too close to it, again in exact
        arithmetic: the same as ``solve_many(A, B).resolve()``.
    chunk : int, optional
        Games computed at a time, which bounds the working memory. By default about
        2 MB of it. The answer does not depend on it.
    progress : function of one string or bool, optional
        As in `missiongame.solve`.

    Returns
    -------
    Batch

    Raises
    ------
    InvalidType, InvalidValue
        If the payoffs are not numbers, not finite, not held by float64 exactly, or the
        shapes differ, are empty or too large for the enumeration of supports.

    Notes
    -----
    Complete for nondegenerate games: a float64 error bound proves the sign of each
    determinant that decides, or the game is flagged. Source of the method: all
    equilibria by support enumeration, as in von Stengel (2002), *Computing equilibria
    for two-person games*, section 2.4.

    Examples
    --------
    >>> A = np.array([[[3.0, 0.0], [0.0, 2.0]], [[1.0, 1.0], [0.0, 1.0]]])
    >>> B = np.array([[[2.0, 0.0], [0.0, 3.0]], [[0.0, 1.0], [1.0, 0.0]]])
    >>> batch = solve_many(A, B)
    >>> batch
    Batch(2 games, 3 equilibria, 1 degenerate, 1 incomplete)
    >>> batch.game, batch.row[2], batch.column[2]
    (array([0, 0, 0]), array([0.6, 0.4]), array([0.4, 0.6]))
    >>> solve_many(A, B, exact=True).count
    array([3, 2])
    """
    A, B = payoff_arrays(A, B)
    games, m, n = A.shape
    size = _minors_a_game(m, n)
    if size > _MOST_MINORS:
        legal = "of small games, about 5 by 5; larger ones go to solve, game by game"
        raise illegal("A", Words(f"of shape {A.shape}"), legal)
    step = _chunk(chunk, size, games)
    space = Workspace(pairs(m, n, _ACCURACY), step)
    parts, clock = [], Clock(None, progress)
    for first in range(0, games, step):
        clock.check(f"{first} of {games} games solved")
        parts.append(solve_chunk(space, A[first : first + step], B[first : first + step], first))
    degenerate = np.concatenate([part.degenerate for part in parts])
    batch = Batch(
        np.concatenate([part.game for part in parts]),
        np.ascontiguousarray(np.concatenate([part.row for part in parts], axis=1).T),
        np.ascontiguousarray(np.concatenate([part.column for part in parts], axis=1).T),
        degenerate,
        ~degenerate,
        _flagged=(A[degenerate], B[degenerate]),
    )
    return batch.resolve(progress=progress) if exact else batch


def _minors_a_game(m: int, n: int) -> int:
    return sum(
        math.comb(own, level + 1) * math.comb(other, level)
        for own, other in ((m, n), (n, m))
        for level in range(min(own - 1, other) + 1)
    )


def _chunk(chunk: Any, minors: int, games: int) -> int:
    """Return how many games to compute at a time."""
    if chunk is None:
        chunk = min(max(_TABLE_BYTES // (8 * minors), 64), 4096)
    elif isinstance(chunk, bool) or not isinstance(chunk, (int, np.integer)):
        raise wrong_type("chunk", chunk, "a number of games, at least 1")
    elif chunk < 1:
        raise illegal("chunk", chunk, "a number of games, at least 1")
    return min(int(chunk), games)
