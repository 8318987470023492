"""Extreme equilibria with general ties g_ij ≥ 0: a cascade over the sparse graph.

Member i stays iff the worth N_i of the ties to those who stay reaches the
threshold t_i. From all-stay, whoever has N_i < t_i leaves, which lowers N for
those who value them, and so on: the least defection equilibrium is left. From
all-defect, whoever has N_i > t_i comes back: the greatest. In both, i *moves*
once its *gap* ±(N_i − t_i) is below zero, and each member who moves lowers the
gaps of those who value it. A tie is looked at once: O(n + ties).

Gaps are floats with a known error; whether a member moves whose gap is within it
is asked exactly, once nothing else moves. Where sums of ties are exact in floats
(`Graph.grid`), thresholds are rounded to the grid first, and nothing is in doubt.
"""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.members.floats import UNIT, Floats, Mask
from missiongame.members.graph import Graph, graph
from missiongame.members.grid import on_grid
from missiongame.members.sums import chunks

if TYPE_CHECKING:
    from missiongame.members.response import Response
    from missiongame.ties import Ties

_FEW = 256  # ties of movers below which plain Python is faster than NumPy
_MANY = 4  # the ties of movers over all ties, inverse, from which a whole pass is faster
_PASSES = 6  # whole passes over the ties before it is worth listing them by partner


class Thresholds:
    """t_i in floats, and how far off; out of every N_i's reach where certainly so."""

    def __init__(self, ties: Ties, response: Response) -> None:
        self.ties, self.response, self.graph = ties, response, graph(ties)
        around, rounding = self.graph.around, self.graph.rounding
        self.at, self.off = np.empty(ties.n), np.empty(ties.n)
        with np.errstate(all="ignore"):
            for rows in chunks(ties.n):
                t, err = response.thresholds(rows, around[rows], rounding[rows])
                reach = around[rows] + rounding[rows]
                never, always = t - err > reach, t + err < 0
                t[never], t[always] = 2 * reach[never] + 1, -1 - reach[always]
                err[never | always] = 0.0
                loose = ~np.isfinite(err)
                t[loose], err[loose] = 0.0, np.inf
                self.at[rows], self.off[rows] = t, err

    def defectors(self, *, least: bool) -> Mask:
        """Return the defectors of the least or of the greatest equilibrium."""
        moved = _Cascade(self, least).run()
        return moved if least else ~moved


class _Cascade:
    """The state of a cascade: who moved, and everyone's gap."""

    def __init__(self, thresholds: Thresholds, least: bool) -> None:
        self.ties, self.response, self.least = thresholds.ties, thresholds.response, least
        self.graph: Graph = thresholds.graph
        n, rounding = self.graph.n, self.graph.rounding
        self.at, self.off = thresholds.at, thresholds.off
        if self.graph.grid:
            self.at = on_grid(self.graph, self.response, self.at, self.off, upward=least)
            self.off = np.zeros(n)
        else:
            sizes = self.graph.around + np.abs(self.at)
            self.off = self.off + rounding + sizes * ((self.graph.degree + 4) * (4 * UNIT))
        self.moved = np.zeros(n, dtype=bool)
        self.gap: Floats = self.graph.around - self.at if least else self.at.copy()
        self.asked = np.full(n, np.nan)  # the gap at which a doubt was settled
        self.passes = 0

    def run(self) -> Mask:
        """Let members move until nobody does."""
        movers = np.flatnonzero(self.gap < -self.off)
        while len(movers) or len(movers := self._doubtful_movers()):
            self.moved[movers] = True
            movers = self._follow(movers)
        return self.moved

    def _follow(self, movers: Any) -> Any:
        """Lower the gaps of those who value the movers; return who now moves for certain."""
        if not self.graph.has_incoming and self.passes < _PASSES:
            return self._pass()
        incoming = self.graph.incoming
        first, last = incoming.indptr[movers], incoming.indptr[movers + 1]
        count = int((last - first).sum())
        if count > len(incoming.data) // _MANY + _FEW:
            return self._pass()
        return self._walk(movers) if count < _FEW else self._push(first, last)

    def _pass(self) -> Any:
        self.passes += 1
        moved = self.moved.astype(np.float64)
        if self.least:
            self.gap = self.graph.matrix @ (1 - moved) - self.at
        else:
            self.gap = self.at - self.graph.matrix @ moved
        return np.flatnonzero(~self.moved & (self.gap < -self.off))

    def _push(self, first: Any, last: Any) -> Any:
        incoming, lengths = self.graph.incoming, last - first
        ends = np.cumsum(lengths)
        entries = np.arange(ends[-1]) + np.repeat(first - ends + lengths, lengths)
        who = incoming.indices[entries]
        np.subtract.at(self.gap, who, incoming.data[entries])
        return np.unique(who[~self.moved[who] & (self.gap[who] < -self.off[who])])

    def _walk(self, movers: Any) -> Any:
        """Follow a thin cascade one member at a time, until it ends or widens."""
        incoming = self.graph.incoming
        # Views whose items come as Python numbers, twice as fast as NumPy's own.
        view: Any = memoryview
        starts, partners, worth = map(view, (incoming.indptr, incoming.indices, incoming.data))
        gap, off, moved = map(view, (self.gap, self.off, self.moved))
        queue: deque[int] = deque(movers.tolist())
        while queue and len(queue) < _FEW:
            j = queue.popleft()
            for k in range(starts[j], starts[j + 1]):
                i = partners[k]
                gap[i] -= worth[k]
                if gap[i] < -off[i] and not moved[i]:
                    moved[i] = True
                    queue.append(i)
        return np.array(queue, dtype=np.int64)

    def _doubtful_movers(self) -> Any:
        """Return who moves of those whose gap does not say, asked exactly."""
        doubtful = ~self.moved & (np.abs(self.gap) <= self.off) & (self.gap != self.asked)
        if self.graph.grid:
            return np.zeros(0, dtype=np.int64)
        members = np.flatnonzero(doubtful)
        self.asked[members] = self.gap[members]
        wanted = 1 if self.least else -1
        return np.array([i for i in members.tolist() if self._sign(i) == wanted], dtype=np.int64)

    def _sign(self, i: int) -> int:
        row = slice(self.ties.starts[i], self.ties.starts[i + 1])
        stay = gone = Fraction(0)
        moved = self.moved[self.ties.partners[row]].tolist()
        for worth, there in zip(self.ties.worth[row].tolist(), moved, strict=True):
            if there == self.least:
                gone += Fraction(worth)
            else:
                stay += Fraction(worth)
        return self.response.sign(i, stay, gone)
