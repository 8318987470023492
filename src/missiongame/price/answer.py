"""The answer: a price, whom it goes to, and how it is proved.

The price of collapse is an infimum: at exactly `pay` the members are indifferent
and may stay, at anything above they leave in every equilibrium. `Price.offer` adds
a little to each, and

    participate(community, rival, price.offer(epsilon)).least.defection >= share

certifies that the price suffices; `lower_bound` is proved to be necessary.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import illegal
from missiongame.exact import fraction
from missiongame.price.pay import Enclosure
from missiongame.price.problem import Order, Problem

if TYPE_CHECKING:
    from missiongame.model import Community, Rival
    from missiongame.model.offers import Offer
    from missiongame.price.reading import Reading


@dataclass(frozen=True, eq=False)
class Price:
    """What it costs a rival to capture a share of the contributions for certain.

    Attributes
    ----------
    community, rival
        Whose price it is.
    share : Fraction
        The share of the contributions to capture.
    order : (k,) int64
        The members approached, first to last.
    optimal : bool
        Whether it is proved that no offers cost less; with crowding, but for the
        rounding of square roots, which `gap` shows.
    method : str
        How the order was found and its bound proved.
    solver_bound : float or None
        A lower bound that HiGHS claims in floating point, where it was asked; it is
        kept apart from `lower_bound`, which is proved without relying on it.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([3, 2, 1], purpose=[4, 2, 1], social=6)
    >>> price = mg.price_of_collapse(town, mg.Rival())
    >>> price
    Price(11, optimal: 3 of 3 members for all contributions, closed form)
    >>> price.order, price.pay, price.exact_total
    (array([0, 1, 2]), array([7., 3., 1.]), Fraction(11, 1))
    >>> price.offer(epsilon=0.5).pay(town)
    array([7.5, 3.5, 1.5])
    """

    community: Community
    rival: Rival
    share: Fraction
    order: Order
    optimal: bool
    method: str
    solver_bound: float | None = None
    _lower: Fraction | None = None  # None: the total itself, proved optimal
    _known: Problem | None = None
    _quick: tuple[npt.NDArray[np.float64], float] | None = None  # pay in order, its error

    @cached_property
    def problem(self) -> Problem:
        """The problem in whole numbers, from which everything exact is computed."""
        return self._known or Problem.of(self.community, self.rival, self.share)

    @cached_property
    def _enclosures(self) -> list[Enclosure]:
        return self.problem.pays_along(self.order)

    @cached_property
    def exact_pay(self) -> list[Fraction] | None:
        """Each member's pay, exact; None where crowding makes one irrational."""
        pay = [Fraction(0)] * self.community.n
        for i, (low, high) in zip(self.order.tolist(), self._enclosures, strict=True):
            if low != high:
                return None
            pay[i] = low
        return pay

    @cached_property
    def pay(self) -> npt.NDArray[np.float64]:
        """(n,) floats: what each member is paid, money a period; 0 for those not approached."""
        pay = np.zeros(self.community.n)
        if self._quick is not None:
            pay[self.order] = self._quick[0]
        else:
            pay[self.order] = [float(high) for _, high in self._enclosures]
        return pay

    @cached_property
    def total_bounds(self) -> Enclosure:
        """(low, high): rationals that enclose the total pay; equal unless it is irrational."""
        return self.problem.cost(self.order)

    @property
    def exact_total(self) -> Fraction | None:
        """The total pay, exact; None where crowding makes it irrational."""
        low, high = self.total_bounds
        return high if low == high else None

    @cached_property
    def total(self) -> float:
        """The total pay, money a period: the float nearest to `exact_total`.

        For closed forms of many members: within a relative 1e-12 of it.
        """
        if self._quick is not None:
            return float(self._quick[0].sum())
        return float(self.total_bounds[1])

    @cached_property
    def lower_bound(self) -> Fraction:
        """No public offers of less total pay capture the share in every equilibrium."""
        return self.total_bounds[0] if self._lower is None else self._lower

    @cached_property
    def gap(self) -> float:
        """(total − lower_bound) / total, at least 0: what is left to prove, as a part."""
        if self._lower is None and (self._quick is not None or self.problem.linear):
            return 0.0
        high = self.total_bounds[1]
        return float((high - self.lower_bound) / high) if high else 0.0

    @cached_property
    def captured(self) -> Fraction:
        """The share of the contributions that the members approached make."""
        size = self.problem.size
        return Fraction(int(size[self.order].sum()), int(size.sum()))

    @cached_property
    def reading(self) -> Reading:
        """What the price says; see `missiongame.price.reading`."""
        from missiongame.price.reading import Reading

        return Reading(self)

    @cached_property
    def won_unpaid(self) -> npt.NDArray[np.bool_]:
        """(n,) bool: approached members who leave for certain without any pay."""
        unpaid = np.zeros(self.community.n, dtype=bool)
        if self._quick is None:
            unpaid[self.order] = np.asarray(self.problem.deficits_along(self.order) < 0, dtype=bool)
        return unpaid

    def offer(self, epsilon: Any) -> Offer:
        """Return personal offers that win every approached member for certain.

        Each gets their pay and `epsilon` > 0 more, rounded up to a float; those who
        leave for certain unpaid get nothing, for where the rival's mission is
        crowded out a small pay would repel them.
        """
        extra = fraction(epsilon, "epsilon")
        if extra <= 0:
            raise illegal("epsilon", epsilon, "positive: at exactly the price members may stay")
        from missiongame.model.offers import personal

        pay = np.zeros(self.community.n)
        if self._quick is not None:
            raised = self._quick[0] + (self._quick[1] + _up(extra))
            pay[self.order] = np.nextafter(np.nextafter(raised, np.inf), np.inf)
        else:
            pay[self.order] = [_up(high + extra) for _, high in self._enclosures]
        pay[self.won_unpaid] = 0.0
        return personal(pay)

    def __repr__(self) -> str:
        gap = f"{self.gap:.2%}" if self.gap > 1e-6 else f"{self.gap:.0e}"
        proof = "optimal" if self.optimal else f"gap {gap}"
        part = "all" if self.share == 1 else f"{float(self.share):.4g} of"
        return (
            f"Price({self.total:,.10g}, {proof}: {len(self.order)} of {self.community.n} members "
            f"for {part} contributions, {self.method})"
        )


def _up(value: Fraction) -> float:
    """Return the least float of at least `value`."""
    near = float(value)
    return near if Fraction(near) >= value else float(np.nextafter(near, np.inf))
