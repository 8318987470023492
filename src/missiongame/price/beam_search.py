"""A problem of up to 62 members → an order and a bound, by searching the subsets that matter.

Layer k holds subsets S of k members with f(S), the least pay that makes them leave.
A subset is left out where a proved lower bound h(S) on completing it shows that
nothing cheaper than the best known order comes of it; who leaves unpaid goes next at
once; of members alike in everything the first goes first; and of more than `width`
subsets the dearest by f + h are dropped. Proved is the least of the best order and
of f + h over the dropped: if nothing had to be dropped, the best order is optimal.
A narrow frontier is a beam search.

The problem is a rounded one (`rounded_problem`), in int64. Whatever rounding could
make optimal survives; the same programme in whole numbers of any size, over the
survivors alone, decides among them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from missiongame.exact import Floats
from missiongame.price.clock import Clock
from missiongame.price.local_search import improve
from missiongame.price.method import Found, Method, Search
from missiongame.price.problem import Order, Problem
from missiongame.price.relaxation import multipliers
from missiongame.price.rounded_problem import RoundedProblem
from missiongame.price.subset_sums import Masks

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
        rounded = RoundedProblem(problem, search.times, multiplier)
        for width in WIDTHS[: 1 if self.once else None]:
            found, complete = search_subsets(rounded, search.best.order, width, clock)
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


def search_subsets(
    rounded: RoundedProblem, order: Order, width: int, clock: Clock
) -> tuple[Found, bool]:
    """Return the best order met with at most `width` subsets a layer, and its bound.

    Parameters
    ----------
    rounded : RoundedProblem
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
    run = _Run(rounded, rounded.cost(order), width)
    while len(run.layers[-1].mask) and run.advance(clock):
        pass
    run.drop(run.layers[-1])
    best = order if run.end is None else run.trace()
    lower = rounded.lower(min(run.best, run.dropped))
    complete = bool(run.dropped >= run.best)
    if complete and not rounded.exact:
        whole = refine(rounded.problem, [layer.mask for layer in run.layers], clock)
        if whole is not None:
            return Found(whole, lower, proved=True), True
    return Found(best, lower), complete


class _Run:
    """One search: its layers, the best complete order, and the least bound dropped."""

    def __init__(self, rounded: RoundedProblem, best: Any, width: int) -> None:
        self.rounded, self.best, self.width = rounded, best, width
        self.dropped: Any = float("inf")
        self.end: tuple[int, int, int] | None = None  # layer, subset, last member
        none = np.zeros(1, dtype=np.int64)
        cost = none.astype(np.float64 if rounded.crowding else np.int64)
        origin = none.astype(np.int32), none.astype(np.int8)
        self.layers = [Layer(none, cost, np.full(1, rounded.start), none, *origin)]

    def low(self, layer: Layer) -> Floats:
        """Return f + h, lowered by all rounding."""
        bound = np.maximum(layer.bound - self.rounded.error, 0.0)
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
        if self.rounded.crowding:
            hopeless = low >= self.best
        else:  # costs are whole: what must exceed best − 1 is no better
            spare = self.rounded.problem.n * self.rounded.slack
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
        rounded, mask = self.rounded, layer.mask
        deficits = [rounded.deficit[i] - rounded.fallen[i](mask) for i in range(rounded.problem.n)]
        only = np.full(len(mask), -1)
        for i in reversed(range(len(deficits))):
            free = rounded.unpaid(deficits[i], i) & (mask >> i & 1 == 0)
            only[free] = i
        grown = [layer.take(slice(0))]
        for i, deficit in enumerate(deficits):
            if clock.late:
                return None
            which = (mask >> i & 1 == 0) & ((only < 0) | (only == i))
            if rounded.twin[i] >= 0:
                which &= mask >> rounded.twin[i] & 1 == 1
            if which.any():
                grown.append(self._with(layer, i, deficit, np.flatnonzero(which)))
        return Layer(*map(np.concatenate, zip(*grown, strict=True)))

    def _with(self, layer: Layer, i: int, deficit: Any, which: Masks) -> Layer:
        """Return the layer's subsets `which` with member i added; complete ones taken out."""
        rounded = self.rounded
        mask, deficit, made = layer.mask[which], deficit[which], layer.size[which]
        cost = layer.cost[which] + rounded.pay(deficit, i)
        bound = layer.bound[which] + rounded.rise(i, mask, deficit, made)
        mask, size = mask | (1 << i), made + rounded.size[i]
        done = rounded.enough(mask, size)
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
