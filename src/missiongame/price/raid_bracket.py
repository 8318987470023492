"""A problem and a sum of money → what is known of the most work for it: a raid and a roof.

A raid is an order of approach whose pay is below the money, exactly; no order of less
pay captures more than the roof.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from math import ceil, gcd

import numpy as np

from missiongame.price.clock import Clock
from missiongame.price.method import NOBODY
from missiongame.price.problem import Order, Problem
from missiongame.price.reductions import unpaid_cascade, without

FEW = 5_000
"""Members up to which a search may take all the time that there is."""
MOST_FILLED = 16
"""Members taken one after another for what money is left."""


@dataclass
class Bracket:
    """What is known so far of the most work for the money.

    Attributes
    ----------
    problem : Problem
        Of those who have to be paid; what it needs does not count.
    money : Fraction
        Above 0; pay has to stay below it.
    order : Order
        The best raid known.
    roof : int
        Contributions, in whole units, that no raid exceeds.
    left : Order
        Members who alone can be in a raid that captures more.
    boundary : bool or None
        Whether more is captured by pay of exactly the money; None where that is not known.
    """

    problem: Problem
    money: Fraction
    clock: Clock
    order: Order = field(default_factory=lambda: NOBODY)
    roof: int = 0
    boundary: bool | None = None

    def __post_init__(self) -> None:
        """Nobody captures more than there is."""
        self.roof = self.all_work
        self.gap = gcd(*self.problem.size.tolist()) or 1
        self.left = np.arange(self.problem.n, dtype=np.int64)
        self._check()

    @property
    def all_work(self) -> int:
        """Contributions of all who have to be paid."""
        return sum(self.problem.size.tolist())

    @property
    def limit(self) -> int:
        """Whole units of pay below the money: that many are the most."""
        return ceil(self.money / self.problem.unit) - 1

    @property
    def hit(self) -> bool:
        """Whether a whole number of units is exactly the money."""
        return self.money / self.problem.unit == self.limit + 1

    @property
    def made(self) -> int:
        """Contributions that the best raid captures."""
        return int(self.problem.size[self.order].sum())

    @property
    def closed(self) -> bool:
        """Whether raid and roof meet."""
        return self.made == self.roof

    def cap(self, most: int) -> None:
        """Lower the roof to what is proved; all amounts of work are multiples of `gap`."""
        self.roof = min(self.roof, most // self.gap * self.gap)
        self._check()

    def take(self, order: Order, fill: bool = False) -> None:
        """Take what of an order the money pays for, and those who then leave unpaid.

        With `fill`, also who makes most of those whom the rest of the money pays for.
        """
        problem = self.problem
        order = np.asarray(order, dtype=np.int64)
        order = self._with_unpaid(order[: self._paid_for(order)])
        if fill and problem.linear:
            order = self._filled(order)
        if int(problem.size[order].sum()) > self.made:
            self.order = order
            self._check()

    def _filled(self, order: Order) -> Order:
        """Add who makes most of those whom the rest of the money pays for, one by one."""
        spare = self.limit - int(np.maximum(self.problem.deficits_along(order), 0).sum())
        for _ in range(MOST_FILLED):
            left, who = without(self.problem, order)
            fits = np.flatnonzero(np.asarray((left.deficit <= spare) & (left.size > 0), dtype=bool))
            if not len(fits):
                break
            other = fits[np.argmax(left.size[fits])]
            spare -= max(0, int(left.deficit[other]))
            order = self._with_unpaid(np.append(order, who[other]))
        return order

    def _check(self) -> None:
        if self.made > self.roof:
            raise RuntimeError("a raid failed its certificate: please report this community")
        if self.made == self.all_work:
            self.boundary = False

    def _with_unpaid(self, order: Order) -> Order:
        left, who = without(self.problem, order)
        if not np.any(left.deficit <= 0):
            return order
        return np.concatenate((order, who[unpaid_cascade(left)]))

    def _paid_for(self, order: Order) -> int:
        """Return how many of those approached first cost less than the money together."""
        if self.problem.linear:
            total = np.cumsum(np.maximum(self.problem.deficits_along(order), 0)).tolist()
            return bisect_right(total, self.limit)
        total = accumulate(high for _, high in self.problem.pays_along(order))
        return bisect_left(list(total), self.money)


class RaidMethod(ABC):
    """One way to raise the raid, lower the roof, or both."""

    name: str

    @abstractmethod
    def accepts(self, bracket: Bracket) -> bool:
        """Return whether the method can be tried."""

    @abstractmethod
    def tighten(self, bracket: Bracket) -> None:
        """Raise the bracket's raid or lower its roof."""
