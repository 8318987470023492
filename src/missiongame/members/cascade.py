"""From a game with general ties g_ij ≥ 0 to its equilibria, by a cascade over the sparse ties.

Member i stays iff the worth N_i of the ties to those who stay reaches the
threshold t_i. From all-stay, whoever has N_i < t_i leaves, which lowers N for
those who value them, and so on: the least defection equilibrium is left. From
all-defect, whoever has N_i > t_i comes back: the greatest. In both, i *moves*
once ±(N_i − t_i) is negative, and each member who moves lowers that for those who
value it. A tie is looked at once: O(n + ties).

In floats, the *gap* is how far ±(N_i − t_i) is above the least that it may be for
all their errors: below zero, i moves for certain. Whether a member moves whose gap
is within twice the error is asked exactly, once nobody else moves, and again when its
gap changed. A tie that floats lose beside the gap does not change it: so a cascade ends
only where the worths, added up afresh, and all doubts, asked afresh, move nobody. Who moved
must lose by going back, as they did when they moved. Should that ever fail, best
responses are followed in rationals instead (`missiongame.members.rational_best_responses`).
"""

from __future__ import annotations

from collections import deque
from typing import Any

import numpy as np

from missiongame.exact import UNIT, Floats, Mask, chunks, group
from missiongame.members.game import Game
from missiongame.members.potential_by_min_cut import cut_maximiser
from missiongame.members.rational_best_responses import extreme
from missiongame.members.sides import Sides
from missiongame.members.sparse_ties import sparse_ties

_FEW = 256  # ties of movers below which plain Python is faster than NumPy
_MANY = 4  # the ties of movers over all ties, inverse, from which a whole pass is faster
_DENSE = 20  # ties of movers over members, inverse, from which all members are gone through
_PASSES = 6.0  # passes over the ties after which listing them by partner is worth its cost


class GeneralTies:
    """Extreme equilibria and the potential's maximiser, as masks of defectors.

    Attributes
    ----------
    at, off : (n,) float64
        t_i in floats, and how far off; infinite where certainly out of every N_i's reach.
    """

    def __init__(self, game: Game) -> None:
        assert game.community.ties is not None  # noqa: S101 - default ties need no cascade
        self.community, self.response = game.community, game.response
        self.ties = game.community.ties
        self.graph = sparse_ties(self.ties)
        around, rounding = self.graph.around, self.graph.rounding
        self.at, self.off = np.empty(self.ties.n), np.empty(self.ties.n)
        with np.errstate(all="ignore"):
            for rows in chunks(self.ties.n):
                t, err = self.response.thresholds(rows, around[rows], rounding[rows])
                err += rounding[rows] + np.abs(t) * (8 * UNIT)
                never, always = t - err > around[rows] + rounding[rows], t + err < 0
                t[never], t[always] = np.inf, -np.inf
                err[never | always] = 0.0
                loose = ~np.isfinite(err)
                t[loose], err[loose] = 0.0, np.inf
                self.at[rows], self.off[rows] = t, err

    def least(self) -> Mask:
        """Defectors in the least equilibrium; indifferent members stay."""
        return self._extreme(least=True)

    def greatest(self, least: Mask) -> Mask:  # noqa: ARG002 - asked alike of all algorithms
        """Defectors in the greatest equilibrium; indifferent members leave."""
        return self._extreme(least=False)

    def robust(self, least: Mask, greatest: Mask) -> Mask:
        """Defectors at the potential's maximiser, given those in the extreme equilibria."""
        return cut_maximiser(self.community, self.response, least, greatest)

    def sustains(self, away: Mask) -> bool:
        """Return whether nobody gains by deviating alone where these members are away."""
        cascade = Cascade(self, least=True)
        cascade.moved = away.copy()
        return not (len(cascade.add_up()) or len(cascade.doubtful_movers())) and not (
            cascade.any_of_movers((-1,))
        )

    def _extreme(self, *, least: bool) -> Mask:
        cascade = Cascade(self, least)
        moved = cascade.run()
        if cascade.any_of_movers((0, -1 if least else 1)):
            return extreme(self.community, self.response, least=least)
        return moved if least else ~moved


class Cascade:
    """The state of a cascade: who moved, and everyone's gap; infinite for who moved."""

    def __init__(self, game: GeneralTies, least: bool) -> None:
        self.community, self.response, self.least = game.community, game.response, least
        self.graph, n = game.graph, game.graph.n
        at = game.at if least else -game.at
        with np.errstate(invalid="ignore"):  # infinite thresholds are never in doubt
            sizes = self.graph.around + np.where(np.isfinite(at), np.abs(at), 0.0)
            self.rounding = sizes * ((self.graph.degree + 4) * (2 * UNIT))
            off = game.off + self.rounding
            self.sure, self.doubt = at - off, 2 * off
        self.moved = np.zeros(n, dtype=bool)
        self.gap: Floats = (self.graph.around if least else 0.0) - self.sure
        self.asked = np.full(n, np.nan)  # the gap at which a doubt was settled
        self.fresh = True  # the gaps are sums, nothing was taken off them since
        self.not_sure = np.zeros(0, dtype=np.int64)  # who moved, not for certain by these sums
        self.passes = 0.0

    def run(self) -> Mask:
        """Let members move until nobody does."""
        movers = np.flatnonzero(self.gap < 0)
        while True:
            while len(movers) or len(movers := self.doubtful_movers()):
                self.moved[movers] = True
                self.gap[movers] = np.inf
                self.fresh = False
                movers = self._follow(movers)
            if self.fresh:
                return self.moved
            movers = self.add_up()

    def any_of_movers(self, signs: tuple[int, ...]) -> bool:
        """Return whether a member who moved has T_i of these signs, by fresh sums, exactly."""
        return bool(np.isin(self._signs(self.not_sure), signs).any())

    def _follow(self, movers: Any) -> Any:
        """Lower the gaps of those who value the movers; return who now moves for certain."""
        if not self.graph.has_incoming and self.passes < _PASSES:
            return self.add_up()
        incoming = self.graph.incoming
        first, last = incoming.indptr[movers], incoming.indptr[movers + 1]
        count = int((last - first).sum(dtype=np.int64))
        if count > len(incoming.data) // _MANY + _FEW:
            return self.add_up()
        return self._walk(movers) if count < _FEW else self._push(first, last)

    def _push(self, first: Any, last: Any) -> Any:
        """Go through the movers' lists of who values them."""
        lengths = (last - first).astype(np.int64)
        ends = np.cumsum(lengths)
        entries = np.arange(ends[-1]) + np.repeat(first - ends + lengths, lengths)
        incoming = self.graph.incoming
        # NumPy indexes with its own integers; converting them once is cheaper.
        return self._lower(incoming.indices[entries].astype(np.intp), incoming.data[entries])

    def _lower(self, who: Any, worth: Floats) -> Any:
        if len(who) * _DENSE > self.graph.n:
            self.gap -= np.bincount(who, weights=worth, minlength=self.graph.n)
            return np.flatnonzero(self.gap < 0)
        np.subtract.at(self.gap, who, worth)
        return np.unique(who[self.gap[who] < 0])

    def add_up(self) -> Any:
        """Add up everyone's ties afresh; return who now moves for certain."""
        self.passes += 1
        moved = self.moved.astype(np.float64)
        with np.errstate(invalid="ignore"):  # ties beyond the floats
            self.gap = self.graph.matrix @ (1 - moved if self.least else -moved) - self.sure
            self.not_sure = np.flatnonzero(self.moved & ~(self.gap < 0))
        self.gap[self.moved] = np.inf
        self.asked.fill(np.nan)
        self.fresh = True
        return np.flatnonzero(self.gap < 0)

    def _walk(self, movers: Any) -> Any:
        """Follow a thin cascade one member at a time, until it ends or widens."""
        incoming = self.graph.incoming
        # Views whose items come as Python numbers, twice as fast as NumPy's own.
        view: Any = memoryview
        starts, partners, worth = map(view, (incoming.indptr, incoming.indices, incoming.data))
        gap, moved = map(view, (self.gap, self.moved))
        queue: deque[int] = deque(movers.tolist())
        while queue and len(queue) < _FEW:
            j = queue.popleft()
            for k in range(starts[j], starts[j + 1]):
                i = partners[k]
                gap[i] = lowered = gap[i] - worth[k]
                if lowered < 0:
                    moved[i], gap[i] = True, np.inf
                    queue.append(i)
        return np.array(queue, dtype=np.int64)

    def doubtful_movers(self) -> Any:
        """Return who moves of those for whom floats leave it open, asked exactly."""
        doubtful = ~(self.gap > self.doubt) & ~self.moved & (self.gap != self.asked)
        members = np.flatnonzero(doubtful)
        self.asked[members] = self.gap[members]
        return members[self._signs(members) == (1 if self.least else -1)]

    def _signs(self, members: Any) -> Any:
        """Return the exact signs of T_i as things stand, asked once for members of one kind."""
        if not len(members):
            return members
        sides = Sides(self.community, self.moved if self.least else ~self.moved)
        first, of = group([*self.response.rows_key(members), *sides.rows_key(members)])
        return self.response.signs(members[first], *sides.exact_rows(members[first]))[of]
