"""From a game to what is left when strictly dominated strategies go, one after the other, exactly.

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

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.linear_program import maximise
from missiongame.bimatrix.matrices import Bimatrix, OneSide
from missiongame.bimatrix.matrix_game import propose
from missiongame.exact import Floats, Tableau, Whole

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
    >>> from missiongame.bimatrix.matrices import read_game
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
    table = payoffs.whole.astype(object)
    decision = Mixtures(table, clock.check)
    kept = np.ones(len(table), dtype=bool)
    best = np.any(table == table.max(axis=0), axis=1)
    for i in np.flatnonzero(~best):
        clock.check("removing dominated strategies")
        kept[i] = False
        kept[i] = not decision.is_dominated(int(i), np.flatnonzero(kept))
    return kept


class Mixtures:
    """Is a row of `table` strictly dominated by a mixture of certain others?

    Floats propose the mixture p, or the belief y to which the row is a best response;
    integers verify either. Where rounding leaves both in doubt, the exact program
    decides.
    """

    def __init__(self, table: Whole, tick: Callable[[], None]) -> None:
        self.table, self.tick = table, tick
        self.span = np.maximum(table.max(axis=0) - table.min(axis=0), 1)
        # Each column in its own unit, from 0 to 1.
        self.floats = ((table - table.min(axis=0)) / self.span).astype(np.float64)

    def is_dominated(self, row: int, others: npt.NDArray[np.intp]) -> bool:
        """Decide it for one row."""
        if not len(others):
            return False
        losses = 2.0 + self.floats[row] - self.floats[others]
        proposed = propose(losses, self.tick)
        if proposed is not None and self._mixture_works(row, others, proposed[0]):
            return True
        if proposed is not None and self._belief_works(row, others, proposed[1]):
            return False
        return self.exactly(row, others)

    def _mixture_works(self, row: int, others: npt.NDArray[np.intp], p: Floats) -> bool:
        played = np.flatnonzero(p)
        weights = _rounded(p[played])
        earned = weights.dot(self.table[others[played]])
        return bool((earned > weights.sum() * self.table[row]).all())

    def _belief_works(self, row: int, others: npt.NDArray[np.intp], y: Floats) -> bool:
        played = np.flatnonzero(y)
        fine = int(self.span.max()) * _FINE
        weights = _rounded(y[played]) * fine // self.span[played]
        against = self.table[:, played]
        worse = against[others].dot(weights) <= against[row].dot(weights)
        return bool(worse.all() and len(played))

    def exactly(self, row: int, others: npt.NDArray[np.intp]) -> bool:
        """Decide by the value of the game of losses: below `top` iff the row is dominated.

        With losses = top − gains > 0, 1/value is the most that 1'p can be, subject to
        losses'p <= 1 against every column.
        """
        gains = self.table[others] - self.table[row]
        top = gains.max() + 1
        ones_k, ones_n = (np.ones(size, dtype=object) for size in gains.shape)

        def settled(tableau: Tableau) -> bool:
            return bool(tableau.table[-1, -1] * top > tableau.over)  # 1'p can only grow

        best = maximise((top - gains).T, ones_n, ones_k, settled, self.tick)
        assert best is not None  # noqa: S101 - p = 0 is feasible
        return bool(best.value * top > 1)


def _rounded(weights: Floats) -> Whole:
    return np.array([round(float(v) * _FINE) for v in weights], dtype=object)
