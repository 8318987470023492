"""A problem of few members → the least pay that makes each subset of them leave.

    f(∅) = 0,    f(S) = min_{i ∈ S} f(S ∖ i) + pay_i(S ∖ i)

is the least total pay that makes exactly S leave, for what i is paid depends on
who is gone and not on their order. O(n 2ⁿ), one layer of equally many members at a
time, vectorised over its subsets. The price is the least f(S) over S that make the
share needed, so one table answers for every share.

Whole numbers throughout where pay is linear (κθ_R = 0): exact. With crowding the
sign of every deficit is exact and roots are floats within a stated bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import Whole
from missiongame.price.method import Found, Method, Search
from missiongame.price.pay import ROUNDING, Enclosure, float_pay
from missiongame.price.problem import Order, Problem
from missiongame.price.subset_sums import Lookup, Masks, subset_sums

LARGEST = 21
"""Members up to which the table is the default, in int64 or floats (a second or two)."""

LARGEST_WHOLE = 18
"""The same where whole numbers exceed int64 (about as long)."""

MOST = 24
"""Members up to which the table can be asked for."""


class AllSubsets(Method):
    """The table over all subsets; `asked` for by name, for a few more members."""

    name = "subsets"
    misfit = "{n} members are too many subsets"

    def __init__(self, *, asked: bool = False) -> None:
        self.asked = asked

    def accepts(self, problem: Problem) -> bool:
        """Return whether the members are few."""
        most = LARGEST if problem.deficit.dtype != object else LARGEST_WHOLE
        return problem.n <= (MOST if self.asked else most)

    def solve(self, search: Search) -> Found:
        """Return the optimal order, of the fewest members among those that cost as much."""
        table = SubsetTable.of(search.problem)
        best = table.cheapest(search.problem.needed)
        return Found(table.order(best), table.lower(best), proved=True)


@dataclass(frozen=True, eq=False)
class SubsetTable:
    """f(S) for every subset S of the members, as a bit mask.

    Attributes
    ----------
    problem : Problem
    least : (2**n,) array
        f(S) in whole units (whole numbers) where pay is linear, else in money (floats).
    """

    problem: Problem
    least: npt.NDArray[Any]

    @classmethod
    def of(cls, problem: Problem) -> SubsetTable:
        """Fill the table."""
        n = problem.n
        top: Any = np.inf  # more than any subset costs
        if problem.linear:
            top = 1 + sum(max(0, v) for v in problem.deficit.tolist())
        kind: Any = problem.deficit.dtype if problem.linear else np.float64
        least = np.full(2**n, top, dtype=kind)
        least[0] = 0
        pays = [_Pay(problem, i) for i in range(n)]
        masks = np.arange(2**n, dtype=np.int64)
        heads = np.bitwise_count(masks)
        for k in range(1, n + 1):
            layer = masks[heads == k]
            for i, pay in enumerate(pays):
                into = layer[(layer >> i) & 1 == 1]
                before = into ^ (1 << i)
                least[into] = np.minimum(least[into], least[before] + pay(before))
        return cls(problem, least)

    @cached_property
    def captured(self) -> Whole:
        """(2**n,) contributions, in whole units, that each subset makes."""
        return subset_sums(self.problem.size)

    def cheapest(self, needed: int) -> int:
        """Return the subset of least pay that makes `needed`; fewest members among equals."""
        enough = np.flatnonzero(self.captured >= needed)
        pays = self.least[enough]
        tied = enough[np.asarray(pays == pays.min(), dtype=bool)]
        return int(tied[np.argmin(np.bitwise_count(tied))])

    def order(self, subset: int) -> Order:
        """Return an order of approach that attains f(subset)."""
        backwards: list[int] = []
        while subset:
            members = [i for i in range(self.problem.n) if subset >> i & 1]
            offered = []
            for i in members:
                before = np.array([subset ^ (1 << i)], dtype=np.int64)
                offered.append((self.least[before] + _Pay(self.problem, i)(before))[0])
            backwards.append(members[min(range(len(members)), key=offered.__getitem__)])
            subset ^= 1 << backwards[-1]
        return np.array(backwards[::-1], dtype=np.int64)

    def lower(self, subset: int) -> Fraction:
        """Return f(subset) in money, less what rounding can have added; exact if pay is linear."""
        if self.problem.linear:
            return self.problem.unit * int(self.least[subset])
        return max(Fraction(0), Fraction(float(self.least[subset])) - Fraction(self.slack))

    @cached_property
    def slack(self) -> float:
        """By how much, in money, rounding can have moved f where pay is not linear."""
        deficit, pull = map(self.problem.in_money, (self.problem.deficit, self.problem.pull))
        most = float(np.max(np.abs(deficit) + 2 * np.abs(pull)))
        return 4 * ROUNDING * self.problem.n * (most + float(self.least.max()))

    def enclosed(self, subset: int) -> Enclosure:
        """Return an enclosure of f(subset) in money, from exact deficits and enclosed roots.

        Only members who, by the table, may be the last in a cheapest order are followed.
        """
        known: dict[int, Enclosure] = {0: (Fraction(0), Fraction(0))}

        def of(gone: int) -> Enclosure:
            if gone not in known:
                offered = []
                for i in (i for i in range(self.problem.n) if gone >> i & 1):
                    before = gone ^ (1 << i)
                    mask = np.array([before], dtype=np.int64)
                    pay = _Pay(self.problem, i)
                    if (self.least[mask] + pay(mask))[0] <= self.least[gone] + 2 * self.slack:
                        low, high = of(before)
                        own = self.problem.pay(i, pay.deficit_after(mask)[0])
                        offered.append((low + own[0], high + own[1]))
                known[gone] = min(low for low, _ in offered), min(high for _, high in offered)
            return known[gone]

        return of(subset)


class _Pay:
    """One member's pay as a function of the subset gone."""

    def __init__(self, problem: Problem, i: int) -> None:
        self.problem, self.deficit = problem, problem.deficit[i]
        self.fallen = Lookup(problem.fall_row(i))
        self.pull = problem.in_money(problem.pull[i : i + 1])[0]

    def deficit_after(self, gone: Masks) -> Whole:
        found: Whole = self.deficit - self.fallen(gone)
        return found

    def __call__(self, gone: Masks) -> npt.NDArray[Any]:
        deficit = self.deficit_after(gone)
        if self.problem.linear:
            found: npt.NDArray[Any] = np.maximum(deficit, 0)
            return found
        money = self.problem.in_money(deficit)
        return np.asarray(float_pay(money, self.pull, float(self.problem.crowding)))
