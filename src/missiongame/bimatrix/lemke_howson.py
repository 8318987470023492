"""From any game, degenerate or not, to one equilibrium: Lemke and Howson's path, exactly.

Each player's best-response polytope is a tableau. Dropping a label, one pivots in
one tableau and the other in turn, always bringing in the label that was just
dropped twice, until the first one comes back (Lemke and Howson 1964). Ties in the
ratio test are broken lexicographically, which follows the path of a perturbed,
nondegenerate game: the path cannot cycle and ends in an equilibrium (von Stengel
2002, section 2.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, count

import numpy as np

from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import Bimatrix, OneSide, Profile, primitive
from missiongame.exact import Tableau, Whole


class LabelledTableau(Tableau):
    """The tableau of M z + s = 1, z the strategies of the other player, up to a factor.

    Parameters
    ----------
    M : positive array (own, other), of objects or of floats
    own, others : sequences of int
        The labels of the two players' strategies.
    """

    def __init__(self, M: Whole, own: range, others: range) -> None:
        super().__init__(M, np.ones(len(M), dtype=M.dtype))
        self.labels = [*others, *own]

    def bring_in(self, label: int) -> int | None:
        """Pivot the variable with this label in; return the label that leaves, None if none can."""
        column = self.free.index(self.labels.index(label))
        rows = self.able(column)
        if not len(rows):
            return None
        slacks = (self.column_of(self.n + k) for k in range(self.rows))
        for top in chain([self.table[:, -1]], slacks):  # the lexicographic order of (1, s)
            rows = self.tightest(rows, top, column)
            if len(rows) == 1:
                break
        leaving: int = self.labels[self.basic[rows[0]]]
        self.pivot(int(rows[0]), column)
        return leaving


def positive(payoffs: OneSide) -> Whole:
    """Return payoffs in exact integers, each column shifted to begin at 1."""
    exact = payoffs.whole.astype(object)
    shifted: Whole = exact - exact.min(axis=0) + 1
    return shifted


def lemke_howson(game: Bimatrix, dropped: int, clock: Clock) -> Profile:
    """Return the equilibrium (x, y) at the end of the path that drops a label.

    Parameters
    ----------
    game : Bimatrix
    dropped : int
        The label to drop: a row, or m + a column.
    clock : Clock

    Returns
    -------
    x, y : lists of int
        Each in proportion to the probabilities.

    Examples
    --------
    >>> from missiongame.bimatrix.matrices import read_game
    >>> game = read_game([[3, 0], [0, 2]], [[2, 0], [0, 3]])
    >>> lemke_howson(game, 1, Clock())
    ([0, 1], [0, 1])
    """
    m, n = game.shape
    rows, columns = range(m), range(m, m + n)
    over_y = LabelledTableau(positive(game.rows), rows, columns)
    over_x = LabelledTableau(positive(game.columns), columns, rows)
    for steps in follow(over_x, over_y, dropped):
        clock.check(f"step {steps} of a Lemke-Howson path")
    x, y = over_x.numerators * game.columns.over, over_y.numerators * game.rows.over
    return primitive(x.tolist()), primitive(y.tolist())


def follow(over_x: LabelledTableau, over_y: LabelledTableau, dropped: int) -> Iterator[int]:
    """Follow the path that drops a label to its end, one step after the other; count them.

    The count is negative at a step that no pivot can make: rounding has led astray.
    """
    side, other = (over_x, over_y) if dropped < over_y.rows else (over_y, over_x)
    label = dropped
    for steps in count(1):
        leaving = side.bring_in(label)
        yield steps if leaving is not None else -steps
        if leaving is None or leaving == dropped:
            return
        label, side, other = leaving, other, side
