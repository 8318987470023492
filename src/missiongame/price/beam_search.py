"""A problem of up to 62 members → an order and a bound, by searching the subsets that matter.

Layer k holds subsets S of k members with f(S), the least pay that makes them leave.
A subset is left out where a proved lower bound h(S) on completing it shows that
nothing cheaper than the best known order comes of it; who leaves unpaid goes next at
once; of members alike in everything the first goes first; and of more than `width`
subsets the dearest by f + h are dropped. Proved is the least of the best order and
of f + h over the dropped: if nothing had to be dropped, the best order is optimal.
A narrow frontier is a beam search.

h(S) is additive in those not gone (R), one of two Lagrangian bounds:

- default ties: prices of time V (`scheduling_bound`): V(1) − V(size of S) + Σ_R Φ_i;
- general ties, everyone must go: multipliers 0 ≤ λ ≤ 1 of pay_i ≥ deficit_i(S),
  Σ_R λ_i deficit_i(S) − Σ_{pairs of R} max(λ_i fall_ij, λ_j fall_ji).

Whole numbers in int64. A problem that does not fit is first made cheaper by rounding
deficits down and falls up, so that what is proved of it holds for the problem too.
Whatever rounding could make optimal survives; the same programme in whole numbers of
any size, over the survivors alone, decides among them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from missiongame.exact import Floats, Whole
from missiongame.price.clock import Clock
from missiongame.price.local_search import improve
from missiongame.price.method import Found, Method, Search
from missiongame.price.pay import ROUNDING, float_pay
from missiongame.price.problem import Order, Problem
from missiongame.price.relaxation import multipliers
from missiongame.price.scheduling_bound import prices_at
from missiongame.price.subset_sums import Lookup, Masks, down, up

WIDTHS = (1_000, 20_000, 200_000)
MOST_MEMBERS = 62
MOST_SURVIVORS = 60_000
"""Survivors up to which whole numbers decide: a few seconds."""
_MARGIN = 2.0**-48


class BeamSearch(Method):
    """Ever wider frontiers, until one proves the best order; only the first if `once`."""

    name = "frontier of subsets"

    def __init__(self, *, once: bool = False) -> None:
        self.once = once

    def accepts(self, problem: Problem) -> bool:
        """Return whether a mask holds the members."""
        return problem.n <= MOST_MEMBERS

    def solve(self, search: Search) -> Found:
        """Return the best order and bound of all frontiers."""
        problem, clock = search.problem, search.clock
        multiplier = None
        if search.times is None and problem.all_work:
            multiplier = multipliers(search.view, clock)
        frontier = Frontier(problem, search.times, multiplier)
        for width in WIDTHS[: 1 if self.once else None]:
            found, complete = frontier.search(search.best.order, width, clock)
            search.best = search.best.better(problem, found)
            if search.best.proved or complete or clock.late:
                break
            search.offer(improve(search.view, search.best.order, clock))
        return Found(search.best.order, search.best.lower)


class Layer(NamedTuple):
    """Subsets of equally many members: f, h before its error, contributions, and origins."""

    mask: Masks
    cost: npt.NDArray[Any]
    bound: Floats
    size: Masks
    parent: npt.NDArray[np.int32]
    last: npt.NDArray[np.int8]

    def take(self, which: Any) -> Layer:
        """Return the layer with some of its subsets only."""
        return Layer(*(column[which] for column in self))


class Frontier:
    """One problem, made ready for repeated searches of growing width.

    Parameters
    ----------
    problem : Problem
    times : ((n,), (points,)), optional
        Prices of time, in money: Φ_i, or min(0, Φ_i) where members may be left out; V at
        0, …, 1. With neither these nor multipliers h = 0.
    multiplier : (n,), optional
        λ_i of the general ties' bound.
    """

    def __init__(
        self,
        problem: Problem,
        times: tuple[Floats, Floats] | None = None,
        multiplier: Floats | None = None,
    ) -> None:
        self.problem = problem
        falls = np.array([problem.fall_row(i) for i in range(problem.n)])
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
        self.pull = problem.in_money(problem.pull)
        self.crowding = float(problem.crowding)
        self.fallen = [Lookup(row) for row in self.falls]
        self.twin = [self._earlier_twin(i, falls) for i in range(problem.n)]
        self._prepare_potential(times, multiplier)

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

    def _prepare_potential(
        self, times: tuple[Floats, Floats] | None, multiplier: Floats | None
    ) -> None:
        """Bring what h is made of to whole units, and bound its rounding."""
        self.relief: list[Lookup] = []
        self.times: tuple[Floats, Floats] | None = None
        start, error = 0.0, 0.0
        if times is not None:
            alone, grid = times[0] / self.money, times[1] / self.money
            self.times = alone, grid
            start = float(grid[-1] + alone.sum())
            error = float(np.abs(grid).max() + np.abs(alone).sum())
        elif multiplier is not None and self.problem.all_members:
            self.multiplier = np.clip(multiplier, 0.0, None)
            scaled = self.multiplier[:, None] * self.falls
            extra = np.maximum(scaled - scaled.T, 0.0)
            self.relief = [Lookup(row) for row in extra]
            self.relief_total = extra.sum(axis=1)
            alone = self.multiplier * self.deficit
            start = float(alone.sum() - np.triu(np.maximum(scaled, scaled.T), 1).sum())
            error = float(np.abs(alone).sum() + scaled.sum())
        self.start = start
        self.error = error * (4 * self.problem.n + 64) * 2.0**-52

    def search(self, order: Order, width: int, clock: Clock) -> tuple[Found, bool]:
        """Return the best order met with at most `width` subsets a layer, and its bound.

        Parameters
        ----------
        order : Order
            A known order of enough members; the answer is at least as good.
        width : int
        clock : Clock
            When it is late the search ends; what is then proved stays proved.

        Returns
        -------
        Found
            With the bound: the order's total, if nothing was dropped.
        bool
            Whether nothing was, so that a wider search finds no more.
        """
        run = _Run(self, self._cost(order), width)
        while len(run.layers[-1].mask) and run.advance(clock):
            pass
        run.drop(run.layers[-1])
        best = order if run.end is None else run.trace()
        lower = self._lower(min(run.best, run.dropped))
        complete = bool(run.dropped >= run.best)
        if complete and not self.exact:
            whole = refine(self.problem, [layer.mask for layer in run.layers], clock)
            if whole is not None:
                return Found(whole, lower, proved=True), True
        return Found(best, lower), complete

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
        if self.problem.all_members:
            return np.asarray(mask == (1 << n) - 1)
        made = np.asarray(size >= self.needed)
        if self.coarser:  # sizes were rounded up by less than one each, what is needed down
            for k in np.flatnonzero(made & (size <= self.needed + n)):
                made[k] = self.problem.enough(np.flatnonzero(int(mask[k]) >> np.arange(n) & 1))
        return made

    def _lower(self, units: Any) -> Fraction:
        proved = Fraction(units) * self.unit
        if self.crowding:
            deficit = self.problem.in_money(self.problem.deficit)
            most = Fraction(float(np.max(np.abs(deficit) + 2 * np.abs(self.pull))))
            proved -= Fraction(4 * ROUNDING * self.problem.n) * (proved + most)
        return max(Fraction(0), proved)


class _Run:
    """One search: its layers, the best complete order, and the least bound dropped."""

    def __init__(self, frontier: Frontier, best: Any, width: int) -> None:
        self.frontier, self.best, self.width = frontier, best, width
        self.dropped: Any = float("inf")
        self.end: tuple[int, int, int] | None = None  # layer, subset, last member
        none = np.zeros(1, dtype=np.int64)
        cost = none.astype(np.float64 if frontier.crowding else np.int64)
        origin = none.astype(np.int32), none.astype(np.int8)
        self.layers = [Layer(none, cost, np.full(1, frontier.start), none, *origin)]

    def low(self, layer: Layer) -> Floats:
        """Return f + h, lowered by all rounding."""
        bound = np.maximum(layer.bound - self.frontier.error, 0.0)
        cost = layer.cost.astype(np.float64)
        lowered: Floats = cost + bound - _MARGIN * (cost + bound)
        return lowered

    def drop(self, layer: Layer) -> None:
        """Account for subsets that will not be followed."""
        if len(layer.mask):
            self.dropped = min(self.dropped, float(self.low(layer).min()))

    def advance(self, clock: Clock) -> bool:
        """Form the next layer from the last; False if time is up before it is whole."""
        grown = self._grow(self.layers[-1], clock)
        if grown is None:
            return False
        low = self.low(grown)
        if self.frontier.crowding:
            hopeless = low >= self.best
        else:  # costs are whole: what must exceed best − 1 is no better
            spare = self.frontier.problem.n * self.frontier.rounded
            hopeless = low > float(self.best) * (1 + _MARGIN) - 1 + spare
        grown = grown.take(~hopeless)
        order = np.lexsort((grown.cost, grown.mask))
        grown = grown.take(order[np.diff(grown.mask[order], prepend=-1) != 0])
        if len(grown.mask) > self.width:
            ranked = np.argpartition(self.low(grown), self.width)
            self.drop(grown.take(ranked[self.width :]))
            grown = grown.take(ranked[: self.width])
        self.layers.append(grown)
        return True

    def _grow(self, layer: Layer, clock: Clock) -> Layer | None:
        """Return every subset with one more member, the complete ones taken out; None if late."""
        frontier, mask = self.frontier, layer.mask
        deficits = [
            frontier.deficit[i] - frontier.fallen[i](mask) for i in range(frontier.problem.n)
        ]
        only = np.full(len(mask), -1)
        for i in reversed(range(len(deficits))):
            free = frontier.unpaid(deficits[i], i) & (mask >> i & 1 == 0)
            only[free] = i
        grown = [layer.take(slice(0))]
        for i, deficit in enumerate(deficits):
            if clock.late:
                return None
            which = (mask >> i & 1 == 0) & ((only < 0) | (only == i))
            if frontier.twin[i] >= 0:
                which &= mask >> frontier.twin[i] & 1 == 1
            if which.any():
                grown.append(self._with(layer, i, deficit, np.flatnonzero(which)))
        return Layer(*map(np.concatenate, zip(*grown, strict=True)))

    def _with(self, layer: Layer, i: int, deficit: Any, which: Masks) -> Layer:
        """Return the layer's subsets `which` with member i added; complete ones taken out."""
        frontier = self.frontier
        mask, deficit = layer.mask[which], deficit[which]
        cost = layer.cost[which] + frontier.pay(deficit, i)
        before = layer.size[which]
        bound, size = layer.bound[which], before + frontier.size[i]
        if frontier.times is not None:
            alone, grid = frontier.times
            rise = prices_at(grid, size / frontier.needed)
            bound = bound - alone[i] - (rise - prices_at(grid, before / frontier.needed))
        elif frontier.relief:
            relief = frontier.relief_total[i] - frontier.relief[i](mask)
            bound = bound - frontier.multiplier[i] * deficit + relief
        mask = mask | (1 << i)
        done = frontier.enough(mask, size)
        self._finish(cost, which, i, done)
        origin = which.astype(np.int32), np.full(len(which), i, dtype=np.int8)
        return Layer(mask, cost, bound, size, *origin).take(~done)

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


def refine(problem: Problem, survivors: list[Masks], clock: Clock) -> Order | None:
    """Return an optimal order, given every subset on the way of one, by members gone.

    Whole numbers of any size. None where too many subsets survive or time is up.
    """
    if sum(map(len, survivors)) > MOST_SURVIVORS or not problem.linear:
        return None
    falls = [[int(v) for v in problem.fall_row(i)] for i in range(problem.n)]
    deficits, sizes = problem.deficit.tolist(), problem.size.tolist()
    reached: dict[int, tuple[int, list[int]]] = {0: (0, [])}  # f(S) and an order that attains it
    best: tuple[int, list[int]] | None = None
    for after in [*survivors[1:], np.zeros(0, dtype=np.int64)]:
        if clock.late:
            return None
        allowed = set(after.tolist())
        grown: dict[int, tuple[int, list[int]]] = {}
        for mask, (cost, gone) in reached.items():
            made = sum(sizes[j] for j in gone)
            for i in range(problem.n):
                bigger = mask | 1 << i
                if bigger == mask:
                    continue
                total = cost + max(0, deficits[i] - sum(falls[i][j] for j in gone))
                if made + sizes[i] >= problem.needed:
                    best = (total, [*gone, i]) if best is None or total < best[0] else best
                elif bigger in allowed and total < grown.get(bigger, (total + 1,))[0]:
                    grown[bigger] = total, [*gone, i]
        reached = grown
    return None if best is None else np.array(best[1], dtype=np.int64)
