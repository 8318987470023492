"""Dynamic programming over the subsets that can still matter.

Layer k holds subsets S of k members with f(S), the least pay that makes them leave.
A subset is left out where a proved lower bound h(S) on completing it shows that
nothing cheaper than the best known order comes of it; who leaves unpaid goes next at
once; of members alike in everything the first goes first; and of more than `width`
subsets the dearest by f + h are dropped. Proved is the least of the best order and
of f + h over the dropped: if nothing had to be dropped, the best order is optimal.
A narrow frontier is a beam search.

h(S) is additive in those not gone (R), one of two Lagrangian bounds:

- default ties: prices of time V (`schedule`): V(1) − V(size of S) + Σ_R Φ_i;
- general ties, everyone must go: multipliers 0 ≤ λ ≤ 1 of pay_i ≥ deficit_i(S),
  Σ_R λ_i deficit_i(S) − Σ_{pairs of R} max(λ_i fall_ij, λ_j fall_ji).

Whole numbers in int64. A problem that does not fit is first made cheaper by rounding
deficits down and falls up, so that what is proved of it holds for the problem too.
Whatever rounding could make optimal survives; `refine` decides among the survivors.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import Whole
from missiongame.price.all_subsets import fall_row
from missiongame.price.float_view import Floats
from missiongame.price.pay import ROUNDING, float_pay
from missiongame.price.problem import Order, Problem
from missiongame.price.subset_sums import Lookup, Masks, down, up

MOST_MEMBERS = 62
_MARGIN = 2.0**-48


@dataclass(frozen=True, eq=False)
class Potential:
    """What h is made of, in money; without any, h = 0.

    Attributes
    ----------
    alone : (n,), optional
        Φ_i, or min(0, Φ_i) where members may be left out; with `grid`.
    grid : (points,), optional
        V at 0, …, 1.
    multiplier : (n,), optional
        λ_i of the general ties' bound.
    """

    alone: Floats | None = None
    grid: Floats | None = None
    multiplier: Floats | None = None


@dataclass(frozen=True, eq=False)
class Found:
    """The best order met, and what is proved of the price: its total, if nothing was dropped."""

    order: Order
    lower: Fraction
    survivors: list[Masks] | None = None  # a complete search's subsets, where it rounded


class Frontier:
    """One problem, made ready for repeated searches of growing width."""

    def __init__(self, problem: Problem, potential: Potential) -> None:
        self.problem, self.potential = problem, potential
        self.everyone = problem.needed == problem.size.sum() and bool(np.all(problem.size > 0))
        falls = np.array([fall_row(problem, i) for i in range(problem.n)])
        largest = max(abs(int(v)) for v in problem.deficit)
        largest += max(sum(int(v) for v in row) for row in falls)
        self.shift = max(0, (2 * problem.n * largest).bit_length() - 61)
        self.unit = problem.unit * 2**self.shift
        self.money = float(self.unit)
        self.deficit = down(problem.deficit, self.shift)
        self.falls = np.array([up(row, self.shift) for row in falls])
        self.coarser = max(0, int(problem.size.sum()).bit_length() - 60)
        self.size = up(problem.size, self.coarser)
        self.needed = max(1, problem.needed >> self.coarser)
        self.exact = self.shift == self.coarser == 0
        # rounding takes at most 1 + n units off a deficit, and n times that off a total
        self.rounded = 0 if self.exact else problem.n + 1
        self.pull = problem.money[1]
        self.crowding = float(problem.crowding)
        self.fallen = [Lookup(row) for row in self.falls]
        self.twin = [self._earlier_twin(i, falls) for i in range(problem.n)]
        self._prepare_potential()

    def _earlier_twin(self, i: int, falls: Whole) -> int:
        """Return the last j < i who is like i in everything, before any rounding, or -1."""
        given = self.problem
        for j in reversed(range(i)):
            own = (given.deficit, given.size, given.pull)
            if any(column[i] != column[j] for column in own) or falls[i, j] != falls[j, i]:
                continue
            others = np.ones(given.n, dtype=bool)
            others[[i, j]] = False
            rows, columns = falls[:, others], falls[others]
            if np.array_equal(rows[i], rows[j]) and np.array_equal(columns[:, i], columns[:, j]):
                return j
        return -1

    def _prepare_potential(self) -> None:
        """Bring the potential to whole units, and bound its rounding."""
        given, n = self.potential, self.problem.n
        self.relief: list[Lookup] = []
        self.grid = self.alone = None
        start, error = 0.0, 0.0
        if given.grid is not None and given.alone is not None:
            self.grid, self.alone = given.grid / self.money, given.alone / self.money
            start = float(self.grid[-1] + self.alone.sum())
            error = float(np.abs(self.grid).max() + np.abs(self.alone).sum())
        elif given.multiplier is not None and self.everyone:
            self.multiplier = np.clip(given.multiplier, 0.0, None)
            scaled = self.multiplier[:, None] * self.falls
            extra = np.maximum(scaled - scaled.T, 0.0)
            self.relief = [Lookup(row) for row in extra]
            self.relief_total = extra.sum(axis=1)
            alone = self.multiplier * self.deficit
            start = float(alone.sum() - np.maximum(scaled, scaled.T)[np.triu_indices(n, 1)].sum())
            error = float(np.abs(alone).sum() + scaled.sum())
        self.start = start
        self.error = error * (4 * n + 64) * 2.0**-52

    def search(self, order: Order, width: int, deadline: float) -> Found:
        """Return the best order met with at most `width` subsets a layer.

        Parameters
        ----------
        order : Order
            A known order of enough members; the answer is at least as good.
        width : int
        deadline : float
            `time.monotonic()` after which to stop; what is then proved stays proved.
        """
        run = _Run(self, self._cost(order), width)
        while len(run.layers[-1].mask) and run.advance(deadline):
            pass
        run.drop(run.layers[-1])
        best = order if run.end is None else run.trace()
        lower = self._lower(min(run.best, run.dropped))
        complete = bool(run.dropped >= run.best)
        survivors = [layer.mask for layer in run.layers] if complete and not self.exact else None
        return Found(best, lower, survivors)

    def _cost(self, order: Order) -> Any:
        """Return the total of an order in units, as this frontier counts it."""
        total: Any = 0
        gone = np.zeros(1, dtype=np.int64)
        for i in order.tolist():
            deficit = self.deficit[i] - self.fallen[i](gone)
            total = total + self.pay(deficit, i)[0]
            gone = gone | (1 << i)
        return total.item()

    def pay(self, deficit: Any, i: int) -> Any:
        """Pay of member i in units: whole, or floats where crowding bends it."""
        if self.crowding == 0:
            return np.maximum(deficit, 0)
        money = deficit.astype(np.float64) * self.money
        return float_pay(money, self.pull[i], self.crowding) / self.money

    def unpaid(self, deficit: Any, i: int) -> Any:
        """Whether member i leaves for nothing at these deficits."""
        if self.crowding == 0 or self.crowding * self.pull[i] < 1 - 1e-9:
            return deficit <= -self.rounded
        return deficit < -self.rounded

    def enough(self, mask: Masks, size: Any) -> npt.NDArray[np.bool_]:
        """Return which subsets, of these rounded sizes, make what is needed, exactly."""
        n = self.problem.n
        if self.everyone:
            return np.asarray(mask == (1 << n) - 1)
        made = np.asarray(size >= self.needed)
        if self.coarser:  # sizes were rounded up by less than one each, what is needed down
            for k in np.flatnonzero(made & (size <= self.needed + n)):
                made[k] = self.problem.enough(np.flatnonzero(int(mask[k]) >> np.arange(n) & 1))
        return made

    def _lower(self, units: Any) -> Fraction:
        proved = Fraction(units) * self.unit
        if self.crowding:
            deficit, pull = self.problem.money
            most = Fraction(float(np.max(np.abs(deficit) + 2 * np.abs(pull))))
            proved -= Fraction(4 * ROUNDING * self.problem.n) * (proved + most)
        return max(Fraction(0), proved)


@dataclass(frozen=True, eq=False)
class _Layer:
    """Subsets of equally many members: f, h before its error, contributions, and origins."""

    mask: Masks
    cost: Any
    bound: Floats
    size: Any
    parent: npt.NDArray[np.int32]
    last: npt.NDArray[np.int8]

    def kept(self, which: Any) -> _Layer:
        """Return the layer with some of its subsets only."""
        return _Layer(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


class _Run:
    """One search: its layers, the best complete order, and the least bound dropped."""

    def __init__(self, frontier: Frontier, best: Any, width: int) -> None:
        self.frontier, self.best, self.width = frontier, best, width
        self.dropped: Any = float("inf")
        self.end: tuple[int, int, int] | None = None  # layer, subset, last member
        zero = np.zeros(1, dtype=np.int64)
        kind = np.float64 if frontier.crowding else np.int64
        start = np.full(1, frontier.start)
        origin = (zero.astype(np.int32), zero.astype(np.int8))
        self.layers = [_Layer(zero, zero.astype(kind), start, zero, *origin)]

    def low(self, layer: _Layer) -> Floats:
        """Return f + h, lowered by all rounding."""
        bound = np.maximum(layer.bound - self.frontier.error, 0.0)
        cost = layer.cost.astype(np.float64)
        lowered: Floats = cost + bound - _MARGIN * (cost + bound)
        return lowered

    def drop(self, layer: _Layer) -> None:
        """Account for subsets that will not be followed."""
        if len(layer.mask):
            self.dropped = min(self.dropped, float(self.low(layer).min()))

    def advance(self, deadline: float) -> bool:
        """Form the next layer from the last; False if time is up before it is whole."""
        grown = self._grow(self.layers[-1], deadline)
        if grown is None:
            return False
        low = self.low(grown)
        if self.frontier.crowding:
            hopeless = low >= self.best
        else:  # costs are whole: what must exceed best − 1 is no better
            spare = self.frontier.problem.n * self.frontier.rounded
            hopeless = low > float(self.best) * (1 + _MARGIN) - 1 + spare
        grown = grown.kept(~hopeless)
        order = np.lexsort((grown.cost, grown.mask))
        first = np.ones(len(order), dtype=bool)
        first[1:] = grown.mask[order[1:]] != grown.mask[order[:-1]]
        grown = grown.kept(order[first])
        if len(grown.mask) > self.width:
            ranked = np.argpartition(self.low(grown), self.width)
            self.drop(grown.kept(ranked[self.width :]))
            grown = grown.kept(ranked[: self.width])
        self.layers.append(grown)
        return True

    def _grow(self, layer: _Layer, deadline: float) -> _Layer | None:
        """Return every subset with one more member, the complete ones taken out; None if late."""
        frontier = self.frontier
        deficits = [
            frontier.deficit[i] - frontier.fallen[i](layer.mask) for i in range(frontier.problem.n)
        ]
        only = np.full(len(layer.mask), -1)
        for i in reversed(range(len(deficits))):
            free = frontier.unpaid(deficits[i], i) & (layer.mask >> i & 1 == 0)
            only[free] = i
        grown = []
        for i, deficit in enumerate(deficits):
            if time.monotonic() >= deadline:
                return None
            which = (layer.mask >> i & 1 == 0) & ((only < 0) | (only == i))
            if frontier.twin[i] >= 0:
                which &= layer.mask >> frontier.twin[i] & 1 == 1
            if which.any():
                grown.append(self._with(layer, i, deficit, np.flatnonzero(which)))
        fields = _Layer.__dataclass_fields__
        if not grown:
            return layer.kept(slice(0, 0))
        return _Layer(*(np.concatenate([getattr(g, name) for g in grown]) for name in fields))

    def _with(self, layer: _Layer, i: int, deficit: Any, which: Masks) -> _Layer:
        """Return the layer's subsets `which` with member i added; complete ones taken out."""
        frontier = self.frontier
        mask, deficit = layer.mask[which], deficit[which]
        cost = layer.cost[which] + frontier.pay(deficit, i)
        size = layer.size[which] + frontier.size[i]
        bound = layer.bound[which]
        if frontier.grid is not None and frontier.alone is not None:
            rise = _at(frontier.grid, size / frontier.needed)
            rise = rise - _at(frontier.grid, layer.size[which] / frontier.needed)
            bound = bound - frontier.alone[i] - rise
        elif frontier.relief:
            relief = frontier.relief_total[i] - frontier.relief[i](mask)
            bound = bound - frontier.multiplier[i] * deficit + relief
        done = frontier.enough(mask | (1 << i), size)
        self._finish(cost, which, i, done)
        origin = (which.astype(np.int32), np.full(len(which), i, dtype=np.int8))
        return _Layer(mask | (1 << i), cost, bound, size, *origin).kept(~done)

    def _finish(self, cost: Any, which: Masks, i: int, done: Any) -> None:
        if not done.any():
            return
        k = np.flatnonzero(done)[np.argmin(cost[done])]
        if cost[k] < self.best:
            self.best = cost[k].item()
            self.end = len(self.layers) - 1, int(which[k]), i

    def trace(self) -> Order:
        """Return the best complete order."""
        if self.end is None:
            raise AssertionError("no order was completed")  # a mistake of this package
        level, subset, last = self.end
        backwards = [last]
        for layer in reversed(self.layers[1 : level + 1]):
            backwards.append(int(layer.last[subset]))
            subset = int(layer.parent[subset])
        return np.array(backwards[::-1], dtype=np.int64)


def _at(grid: Floats, times: Floats) -> Floats:
    return np.interp(times, np.linspace(0.0, 1.0, len(grid)), grid)
