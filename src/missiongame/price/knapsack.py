"""A problem of default ties and a share below 1 → whom to leave out, and a bound.

In ascending order of weight_i / size_i, let f(t) be the least total of members so
far whose contributions are t:

    f(t + size_i) ← min(f(t + size_i), f(t) + pay_i(t)),    t + size_i < needed + max size.

With pay cut off at zero this is the total of an order, so the least f(t), t ≥ needed,
is an upper bound. Without the cut it is a lower bound: for any members, ascending
order has the least total before truncation (`closed_forms`), which only raises totals; and
who would be approached last in an optimal order is needed, so the members' total is
below needed + max size. (Others may be approached for what their going saves on the
rest.) Where the two bounds agree the order is optimal; without ties (a knapsack)
they always do. Whole numbers; O(members · contributions needed). Money that does not
fit int64 is rounded to what does, deficits down and weights up: still a lower bound.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd

import numpy as np
import numpy.typing as npt

from missiongame.price.closed_forms import ascending
from missiongame.price.method import Found, Method, Search
from missiongame.price.problem import Order, Problem

MOST_CELLS = 400_000_000
_NEVER = np.int64(2**61)


class Knapsack(Method):
    """The table over contributions, with and without the cut."""

    name = "knapsack"

    def accepts(self, problem: Problem) -> bool:
        """Return whether ties are default, a part is enough, and the table is not too large."""
        return not problem.all_work and table_fits(problem, MOST_CELLS)

    def solve(self, search: Search) -> Found:
        """Return an order and a bound; settled where they differ by what int64 took at most."""
        problem = search.problem
        table = ContributionTable(problem)
        order, lower = table.best(), table.lower()
        cost = problem.cost(order)[1]
        close = cost - lower <= cost / 10**12
        return Found(order, lower, proved=cost <= lower, settled=close)


def table_fits(problem: Problem, most: int) -> bool:
    """Return whether ties are default, pay is linear, and the table has at most so many cells."""
    size = [s for s in problem.size.tolist() if s]
    if problem.weight is None or not problem.linear or not size or sum(size) >= 2**60:
        return False
    return bool((problem.needed + max(size)) // gcd(*size) * len(size) <= most)


class ContributionTable:
    """f with and without truncation, and which members were taken.

    Attributes
    ----------
    gap : int
        Contributions, in whole units of the problem, from one cell to the next.
    unit : Fraction
        Money that one whole unit of `cut` and `free` is worth.
    cut, free : (cells,) int64
        The least total with pay cut off at zero, attained by an order; and without, which
        no order of members who make as much undercuts.
    """

    def __init__(self, problem: Problem) -> None:
        assert problem.weight is not None  # noqa: S101 - the caller asked
        self.order = order = ascending(problem)
        self.gap = unit = gcd(*problem.size.tolist())
        self.needed = -(-problem.needed // unit)
        deficit, weight = problem.deficit.tolist(), problem.weight.tolist()
        total = int(problem.size.sum())
        most = sum(abs(d) + w * total for d, w in zip(deficit, weight, strict=True))
        shift = max(0, most.bit_length() - 59)
        self.unit = problem.unit * 2**shift
        self.size = (problem.size[order] // unit).tolist()
        times = np.arange(self.needed + max(self.size), dtype=np.int64) * unit
        self.cut, self.free = (np.full(len(times), _NEVER) for _ in range(2))
        self.cut[0] = self.free[0] = 0
        self.taken: list[npt.NDArray[np.uint8]] = []
        for i, size in zip(order.tolist(), self.size, strict=True):
            pay = (deficit[i] >> shift) - -(-weight[i] >> shift) * times
            _take(self.free, pay, size)
            self.taken.append(np.packbits(_take(self.cut, np.maximum(pay, 0), size)))

    def lower(self) -> Fraction:
        """Return the bound that needs no truncation, at least 0."""
        found: Fraction = max(Fraction(0), self.unit * int(self.free[self.needed :].min()))
        return found

    def best(self) -> Order:
        """Return the members of the best order found, in that order."""
        return self.members(self.needed + int(np.argmin(self.cut[self.needed :])))

    def members(self, at: int) -> Order:
        """Return the members who make what this cell says for `cut`, in the order of approach."""
        members = []
        for k in reversed(range(len(self.order))):
            if self.taken[k][at >> 3] >> (7 - (at & 7)) & 1:
                members.append(int(self.order[k]))
                at -= self.size[k]
        return np.array(members[::-1], dtype=np.int64)


def _take(
    least: npt.NDArray[np.int64], pay: npt.NDArray[np.int64], size: int
) -> npt.NDArray[np.bool_]:
    """Let one member be taken at every t; return where that is better."""
    start = least[: len(least) - size]
    offered = np.where(start < _NEVER, start + pay[: len(start)], _NEVER)
    better = np.zeros(len(least), dtype=bool)
    better[size:] = offered < least[size:]
    least[size:] = np.minimum(least[size:], offered)
    return better
