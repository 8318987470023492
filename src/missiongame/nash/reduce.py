"""Iterated removal of strictly dominated strategies, exactly.

A row i is *strictly dominated* if some mixture p of the other rows earns more
than i against every column: Σ_k p_k A_kj > A_ij for all j. No such row is ever
played in an equilibrium, nor in any of a game from which others like it were
removed, and so the equilibria of the reduced game are those of the whole one.
(Weakly dominated or duplicated strategies can be played: they stay.)

By the theorem of the alternative (Farkas 1902; Pearce 1984, lemma 3) row i is
*not* dominated iff it is a best response to some mixture of the columns. So a
row that is best against a single column is kept at once; for any other one, the
matrix game of the differences A_kj − A_ij decides, by an exact linear program:
its value is positive iff i is dominated. (Floats are asked first, and believed
only where integers confirm what they propose.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from missiongame.nash.clock import Clock
from missiongame.nash.payoffs import Bimatrix, OneSide, Whole
from missiongame.nash.proposal import propose
from missiongame.nash.simplex import Tableau, maximise

_CHUNK = 4_000_000
_FINE = 2**40


def undominated(
    game: Bimatrix, mixed: bool = True, clock: Clock | None = None
) -> tuple[list[int], list[int]]:
    """Return the rows and columns that survive iterated strict dominance.

    Parameters
    ----------
    game : Bimatrix
    mixed : bool
        Also remove what only a mixture dominates.
    clock : Clock, optional

    Examples
    --------
    >>> from missiongame.nash.payoffs import read_game
    >>> game = read_game([[4, 0], [0, 4], [1, 1]], [[1, 0], [0, 1], [0, 9]])
    >>> undominated(game), undominated(game, mixed=False)
    (([0, 1], [0, 1]), ([0, 1, 2], [0, 1]))
    """
    clock = clock or Clock()
    rows, columns = list(range(game.shape[0])), list(range(game.shape[1]))
    ranks, column_ranks = _ranks(game.rows.whole), _ranks(game.columns.whole)
    while True:
        size = len(rows), len(columns)
        rows = _keep(rows, _undominated_by_pure(ranks[np.ix_(rows, columns)]))
        columns = _keep(columns, _undominated_by_pure(column_ranks[np.ix_(columns, rows)]))
        if (len(rows), len(columns)) != size:
            continue
        if mixed:
            rows = _keep(rows, _undominated_by_mixed(game.rows.part(rows, columns), clock))
            columns = _keep(columns, _undominated_by_mixed(game.columns.part(columns, rows), clock))
        if (len(rows), len(columns)) == size:
            return rows, columns


def _keep(strategies: list[int], kept: npt.NDArray[np.bool_]) -> list[int]:
    return [s for s, keep in zip(strategies, kept, strict=True) if keep]


def _ranks(payoffs: Whole) -> npt.NDArray[np.int64]:
    """Replace payoffs too large for 64 bits by their ranks against the same strategy."""
    if payoffs.dtype == np.int64:
        return payoffs
    ranks = [np.unique(column, return_inverse=True)[1] for column in payoffs.T]
    return np.array(ranks, dtype=np.int64).T


def _undominated_by_pure(ranks: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which rows no single other row beats everywhere."""
    kept = np.ones(len(ranks), dtype=bool)
    step = max(1, _CHUNK // ranks.size)
    for at in range(0, len(ranks), step):
        beaten = np.all(ranks[None, :, :] > ranks[at : at + step, None, :], axis=2)
        kept[at : at + step] = ~np.any(beaten, axis=1)
    return kept


def _undominated_by_mixed(payoffs: OneSide, clock: Clock) -> npt.NDArray[np.bool_]:
    """Return which rows no mixture of the others beats everywhere.

    Rows found dominated leave at once: what dominated with their help is still
    dominated without it.
    """
    table = payoffs.whole
    kept = np.ones(len(table), dtype=bool)
    for i in _never_best(table):
        clock.check("removing dominated strategies")
        kept[i] = False
        kept[i] = not is_dominated(table[i], table[kept], clock.check)
    return kept


def _never_best(payoffs: Whole) -> Iterator[int]:
    """Yield the rows that are best against no single column."""
    best = np.any(payoffs == payoffs.max(axis=0), axis=1)
    return (int(i) for i in np.flatnonzero(~best))


def is_dominated(row: Whole, others: Whole, tick: Callable[[], None] = lambda: None) -> bool:
    """Return whether a mixture of the rows `others` is better than `row` everywhere.

    Floats propose the mixture p, or the belief y to which `row` is a best response;
    integers verify either. Where rounding leaves both in doubt, the exact program
    decides.

    Examples
    --------
    >>> is_dominated(np.array([1, 1]), np.array([[4, 0], [0, 4]]))
    True
    >>> is_dominated(np.array([2, 2]), np.array([[4, 0], [0, 4]]))
    False
    """
    if not len(others):
        return False
    gains = others.astype(object) - row.astype(object)
    top = gains.max() + 1
    losses = top - gains  # positive: of this game, p is the minimiser's strategy
    span = losses.max()
    proposed = propose((losses / span).astype(np.float64), tick)
    if proposed is not None:
        p, y = (np.array([round(v * _FINE) for v in part], dtype=object) for part in proposed)
        if p.dot(gains).min() > 0:
            return True
        if y.any() and gains.dot(y).max() <= 0:
            return False
    return _exactly_dominated(losses, top, tick)


def _exactly_dominated(losses: Whole, top: int, tick: Callable[[], None]) -> bool:
    """Return whether the game `losses` has a value below `top`: whether 1/value > 1/top."""
    ones_k, ones_n = (np.ones(size, dtype=object) for size in losses.shape)

    def settled(tableau: Tableau) -> bool:
        return bool(tableau.table[-1, -1] * top > tableau.over)  # 1'p can only grow

    best = maximise(losses.T, ones_n, ones_k, settled, tick)
    assert best is not None  # noqa: S101 - p = 0 is feasible
    return best.value * top > 1
