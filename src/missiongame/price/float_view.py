"""A problem → the same in floats, for searching: what is found is evaluated exactly afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from missiongame.exact import Floats, floats
from missiongame.price.pay import float_pay
from missiongame.price.problem import Order, Problem

_NEAR = 1e-12

DENSE = 3000
"""Members up to which general ties are held as a dense array of floats."""


@dataclass(frozen=True, eq=False)
class FloatView:
    """A problem in money and shares, floats rounded a few times.

    Attributes
    ----------
    problem : Problem
    deficit, pull : (n,) money
    crowding : 1/money
    size : (n,)
        Contributions as parts of what is needed: D must reach 1.
    weight : (n,) money
        Default ties: by how much a deficit falls once all that is needed has left;
        empty with general ties.
    """

    problem: Problem
    deficit: Floats
    pull: Floats
    crowding: float
    size: Floats
    weight: Floats

    @classmethod
    def of(cls, problem: Problem) -> FloatView:
        """Round a problem to floats."""
        size = floats(problem.size, 1, problem.needed)
        weight, unit = np.zeros(0), problem.unit * problem.needed
        if problem.weight is not None:
            weight = floats(problem.weight, unit.numerator, unit.denominator)
        deficit, pull = problem.in_money(problem.deficit), problem.in_money(problem.pull)
        return cls(problem, deficit, pull, float(problem.crowding), size, weight)

    def some(self, members: Order) -> FloatView:
        """Return the view of some members under default ties, for bounds on them alone."""
        columns = (self.deficit, self.pull, self.size, self.weight)
        deficit, pull, size, weight = (values[members] for values in columns)
        return FloatView(self.problem, deficit, pull, self.crowding, size, weight)

    @property
    def n(self) -> int:
        """Number of members."""
        return len(self.deficit)

    @cached_property
    def arcs(self) -> tuple[Order, Order, Floats]:
        """(i, j, fall_ij in money) for every tie, in the order of i and then j."""
        if self.problem.weight is None:
            _, partners, falls = self.problem.sparse
            return self.problem.rows, partners, self.problem.in_money(falls)
        full = np.outer(self.weight, self.size)
        np.fill_diagonal(full, 0.0)
        rows, partners = np.nonzero(full)
        return rows.astype(np.int64), partners.astype(np.int64), full[rows, partners]

    @cached_property
    def falls(self) -> Floats:
        """(n, n) money: general ties' fall_ij; only up to `DENSE` members."""
        rows, partners, falls = self.arcs
        full = np.zeros((self.n, self.n))
        full[rows, partners] = falls
        return full

    def fall_when_gone(self, j: int) -> Floats:
        """(n,) money: by how much each deficit falls when j goes."""
        if self.problem.weight is None:
            return np.ascontiguousarray(self.falls[:, j])
        fall: Floats = self.weight * self.size[j]
        fall[j] = 0.0
        return fall

    def fall_of(self, i: int) -> Floats:
        """(n,) money: by how much i's deficit falls when each goes."""
        if self.problem.weight is None:
            found: Floats = self.falls[i]
            return found
        fall: Floats = self.weight[i] * self.size
        fall[i] = 0.0
        return fall

    def pay(self, deficit: Any, members: Any) -> Floats:
        """Pay, in money, of these members at these deficits.

        Where small pay repels, pay jumps at a deficit of zero: what is within
        rounding of zero counts as zero, so that no order looks better than it is.
        """
        if self.crowding == 0:
            found: Floats = np.maximum(deficit, 0.0)
            return found
        near = np.where(np.abs(deficit) < _NEAR * self._scale, 0.0, deficit)
        return np.asarray(float_pay(near, self.pull[members], self.crowding))

    @cached_property
    def _scale(self) -> float:
        return float(np.max(np.abs(self.deficit), initial=0.0))

    @cached_property
    def slope(self) -> Floats:
        """(n,): pay is at least this times a positive deficit, for deficits up to deficit_i."""
        if self.crowding == 0:
            return np.ones(self.n)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            chord = self.pay(self.deficit, np.arange(self.n)) / self.deficit
        chord = np.where(np.isfinite(chord), chord * (1 - 1e-9), 1.0)
        tangent = 1 / (1 + self.crowding * np.abs(self.pull)) * (1 - 1e-9)
        return np.where(self.pull < 0, tangent, chord)

    def deficits_along(self, order: Order) -> Floats:
        """Deficits in the order of approach."""
        if self.problem.weight is not None:
            size = self.size[order]
            return self.deficit[order] - self.weight[order] * (np.cumsum(size) - size)
        if self.n <= DENSE:
            ordered = self.falls[np.ix_(order, order)]
            found: Floats = self.deficit[order] - np.tril(ordered, -1).sum(axis=1)
            return found
        return self.problem.in_money(self.problem.deficits_along(order))

    def cost(self, order: Order) -> float:
        """Total pay of an order, in money."""
        return float(self.pay(self.deficits_along(order), order).sum())
