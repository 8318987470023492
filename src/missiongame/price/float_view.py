"""A problem in floats, for searching: what is found is evaluated exactly afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import floats
from missiongame.price.pay import float_pay
from missiongame.price.problem import Order, Problem
from missiongame.price.tie_graphs import Columns

Floats = npt.NDArray[np.float64]

_NEAR = 1e-12

DENSE = 3000
"""Members up to which general ties are held as a dense array of floats."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """The problem in money and shares, floats rounded a few times.

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
    def of(cls, problem: Problem) -> Sketch:
        """Round a problem to floats."""
        deficit, pull = problem.money
        size = floats(problem.size, 1, problem.needed)
        weight, unit = np.zeros(0), problem.unit * problem.needed
        if problem.weight is not None:
            weight = floats(problem.weight, unit.numerator, unit.denominator)
        return cls(problem, deficit, pull, float(problem.crowding), size, weight)

    def some(self, members: Order) -> Sketch:
        """Return the sketch of some members under default ties, for bounds on them alone."""
        columns = (self.deficit, self.pull, self.size, self.weight)
        deficit, pull, size, weight = (values[members] for values in columns)
        return Sketch(self.problem, deficit, pull, self.crowding, size, weight)

    @property
    def n(self) -> int:
        """Number of members."""
        return len(self.deficit)

    @cached_property
    def everyone(self) -> bool:
        """Whether nobody who contributes may be left out."""
        return bool(self.problem.needed == self.problem.size.sum())

    @cached_property
    def falls(self) -> Floats:
        """(n, n) money: general ties' fall_ij; only up to `DENSE` members."""
        unit, full = self.problem.unit, np.zeros((self.n, self.n))
        _, partners, falls = self.problem.sparse
        full[self.problem.rows, partners] = floats(falls, unit.numerator, unit.denominator)
        return full

    @cached_property
    def _columns(self) -> Columns:
        return Columns(self.problem)

    def fall_when_gone(self, j: int) -> Floats:
        """(n,) money: by how much each deficit falls when j goes."""
        if self.problem.weight is not None:
            fall: Floats = self.weight * self.size[j]
            fall[j] = 0.0
            return fall
        return np.ascontiguousarray(self.falls[:, j])

    def fall_of(self, i: int) -> Floats:
        """(n,) money: by how much i's deficit falls when each goes."""
        if self.problem.weight is not None:
            fall: Floats = self.weight[i] * self.size
            fall[i] = 0.0
            return fall
        return self.falls[i]

    def pay(self, deficit: Any, members: Any) -> Floats:
        """Pay, in money, of these members at these deficits.

        Where small pay repels, pay jumps at a deficit of zero: what is within
        rounding of zero counts as zero, so that no order looks better than it is.
        """
        if self.crowding == 0:
            return np.maximum(deficit, 0.0)
        near = np.where(np.abs(deficit) < _NEAR * self._scale, 0.0, deficit)
        return np.asarray(float_pay(near, self.pull[members], self.crowding))

    @cached_property
    def _scale(self) -> float:
        return float(np.max(np.abs(self.deficit), initial=0.0))

    def deficits_along(self, order: Order) -> Floats:
        """Deficits in the order of approach."""
        if self.problem.weight is not None:
            size = self.size[order]
            return self.deficit[order] - self.weight[order] * (np.cumsum(size) - size)
        if self.n <= DENSE:
            ordered = self.falls[np.ix_(order, order)]
            return self.deficit[order] - np.tril(ordered, -1).sum(axis=1)
        unit = self.problem.unit
        return floats(self.problem.deficits_along(order), unit.numerator, unit.denominator)

    def cost(self, order: Order) -> float:
        """Total pay of an order, in money."""
        return float(self.pay(self.deficits_along(order), order).sum())
