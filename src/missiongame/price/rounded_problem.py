"""A problem → the same in int64, cheaper by rounding, with a bound on what is left to pay.

Deficits are rounded down and falls up, so that what is proved of the rounded problem
holds for the problem too. The bound h(S) on completing a subset S is additive in
those not gone (R), one of two Lagrangian bounds:

- default ties: prices of time V (`scheduling_bound`): V(1) − V(size of S) + Σ_R Φ_i;
- general ties, everyone must go: multipliers 0 ≤ λ ≤ 1 of pay_i ≥ deficit_i(S),
  Σ_R λ_i deficit_i(S) − Σ_{pairs of R} max(λ_i fall_ij, λ_j fall_ji).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from missiongame.exact import Floats, Mask, Whole
from missiongame.price.pay import ROUNDING, float_pay
from missiongame.price.problem import Order, Problem
from missiongame.price.scheduling_bound import prices_at
from missiongame.price.subset_sums import Lookup, Masks, down, up


class RoundedProblem:
    """A problem made cheaper by rounding, and a bound h on what completing a subset costs.

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
        self.slack = 0 if self.exact else problem.n + 1
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

    def rise(self, i: int, gone: Masks, deficit: Masks, made: Masks) -> Floats:
        """Return by how much h rises when member i goes, with these subsets gone before."""
        if self.times is not None:
            alone, grid = self.times
            after = prices_at(grid, (made + self.size[i]) / self.needed)
            found: Floats = -alone[i] - (after - prices_at(grid, made / self.needed))
            return found
        if self.relief:
            relief = self.relief_total[i] - self.relief[i](gone)
            return np.asarray(relief - self.multiplier[i] * deficit)
        return np.zeros(len(gone))

    def cost(self, order: Order) -> Any:
        """Return the total of an order in units, as rounded."""
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
            return deficit <= -self.slack
        return deficit < -self.slack

    def enough(self, mask: Masks, size: Any) -> Mask:
        """Return which subsets, of these rounded sizes, make what is needed, exactly."""
        n = self.problem.n
        if self.problem.all_members:
            return np.asarray(mask == (1 << n) - 1)
        made = np.asarray(size >= self.needed)
        if self.coarser:  # sizes were rounded up by less than one each, what is needed down
            for k in np.flatnonzero(made & (size <= self.needed + n)):
                made[k] = self.problem.enough(np.flatnonzero(int(mask[k]) >> np.arange(n) & 1))
        return made

    def lower(self, units: Any) -> Fraction:
        """Return what a bound in units proves of the problem, in money."""
        proved = Fraction(units) * self.unit
        if self.crowding:
            deficit = self.problem.in_money(self.problem.deficit)
            most = Fraction(float(np.max(np.abs(deficit) + 2 * np.abs(self.pull))))
            proved -= Fraction(4 * ROUNDING * self.problem.n) * (proved + most)
        found: Fraction = max(Fraction(0), proved)
        return found
