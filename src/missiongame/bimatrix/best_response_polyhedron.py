"""From payoffs to one best-response polyhedron whole, and what its vertices ask of the other.

With labels 0..m−1 for rows and m..m+n−1 for columns, (x, y) is an extreme
equilibrium iff x and y are vertices of the two best-response polyhedra and every
label is on x or on y. So a vertex x *asks* something of y: the labels it lacks.

Both polyhedra are built cut by cut, always the one whose rays hold fewer numbers
next, until one of them is finished: the smaller one, more or less. A vertex of it whose
support contains a strategy that another one strictly dominates against the best
responses to that vertex can have no partner, and is left out (where there are many).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.double_description import Cone
from missiongame.bimatrix.label_sets import Masks, covering, has, mask_of, words_for
from missiongame.bimatrix.limits import Clock
from missiongame.bimatrix.matrices import Bimatrix, OneSide
from missiongame.exact import Whole

_MANY = 100  # vertices from which looking for hopeless ones pays


@dataclass(frozen=True)
class Demands:
    """The vertices of the finished polyhedron that may have partners.

    Attributes
    ----------
    mine, other : Cone
        The finished cone, and the one on which work stopped.
    payoffs : OneSide
        Of the player whose strategies the vertices are.
    points : integer array (vertices, strategies)
        Each up to a factor.
    asked : Masks
        The labels that each vertex asks of a partner.
    flipped : bool
        Whether these are the column player's vertices.
    """

    mine: Cone
    other: Cone
    payoffs: OneSide
    points: Whole
    asked: Masks
    flipped: bool

    def __len__(self) -> int:
        return len(self.points)

    def face(self, k: int) -> tuple[list[int], list[int]]:
        """Return what vertex k plays, and which strategies of the other it allows."""
        played = [i for i, label in enumerate(self.mine.labels) if has(self.asked[k], label)]
        allowed = [j for j, label in enumerate(self.mine.cuts) if not has(self.asked[k], label)]
        return played, allowed


def demands(game: Bimatrix, clock: Clock) -> Demands:
    """Finish one best-response polyhedron of `game` and say what its vertices ask for.

    Raises
    ------
    Stopped
        When the clock says so, or memory would not do.
    """
    mine, other, flipped = _first_finished(game, clock)
    payoffs = game.columns if flipped else game.rows
    masks, points = mine.points()
    asked = mask_of([*mine.labels, *mine.cuts], masks.shape[1]) & ~masks
    if len(asked) > _MANY:
        alive = ~_hopeless(payoffs.whole, asked, mine, clock)
        asked, points = asked[alive], points[alive]
    return Demands(mine, other, payoffs, points, asked, flipped)


def _first_finished(game: Bimatrix, clock: Clock) -> tuple[Cone, Cone, bool]:
    m, n = game.shape
    words = words_for(m + n)
    rows, columns = range(m), range(m, m + n)
    mine = Cone(game.columns, rows, columns, words, clock)
    other = Cone(game.rows, columns, rows, words, clock)
    while mine.pending and other.pending:
        cone = mine if mine.values.size <= other.values.size else other
        clock.check(f"{len(mine)} and {len(other)} rays, {len(cone.pending)} cuts to go")
        cone.cut(cone.propose())
    return (other, mine, True) if mine.pending else (mine, other, False)


def _hopeless(payoffs: Whole, asked: Masks, mine: Cone, clock: Clock) -> npt.NDArray[np.bool_]:
    """Return which vertices play a strategy that is dominated against the best responses.

    `asked` holds the strategies played and the opponent's that are no best responses.
    """
    words = asked.shape[1]
    absent = asked & mask_of(mine.cuts, words)
    found = np.zeros(len(asked), dtype=bool)
    for i, label in enumerate(mine.labels):
        clock.check()
        playing = np.flatnonzero(has(asked, label) & ~found)
        better = np.delete(payoffs > payoffs[i], i, axis=0)
        if len(playing) and len(better):
            where_not = [mask_of([mine.cuts[j] for j in np.flatnonzero(~b)], words) for b in better]
            # All the strategies against which the other one is not better are absent.
            found[playing] |= covering(np.array(where_not), absent[playing])[1]
    return found
