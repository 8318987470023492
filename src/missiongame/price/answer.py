"""An order and a bound → the price: what each is paid, and how it is proved.

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
from missiongame.exact import Floats, exact_total, fraction
from missiongame.model.offers import personal
from missiongame.price.closed_forms import quick_ascending
from missiongame.price.method import Found
from missiongame.price.pay import Enclosure
from missiongame.price.problem import Order, Problem
from missiongame.price.reading import Reading
from missiongame.price.solve import solve
from missiongame.price.without_ties import equal_pay

if TYPE_CHECKING:
    from missiongame.model import Community, Rival
    from missiongame.model.offers import Offer

MANY = 4096
"""Members from which the closed form is first tried in floats with a rounding bound."""

SOME = 64
"""Members from which it is first asked whether all would be paid the same."""


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
    _seconds: float = 30.0  # for which it was searched

    @cached_property
    def problem(self) -> Problem:
        """The problem in whole numbers, from which everything exact is computed."""
        return self._known or Problem.of(self.community, self.rival, self.share)

    @cached_property
    def _enclosures(self) -> list[Enclosure]:
        return self.problem.pays_along(self.order)

    def _at_least(self, extra: Fraction) -> Floats:
        """Pay in the order of approach, floats of at least the exact pay and `extra`."""
        return np.array([_up(high + extra) for _, high in self._enclosures])

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
    def pay(self) -> Floats:
        """(n,) floats: what each member is paid, money a period; 0 for those not approached."""
        pay = np.zeros(self.community.n)
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
        return float(self.total_bounds[1])

    @cached_property
    def lower_bound(self) -> Fraction:
        """No public offers of less total pay capture the share in every equilibrium."""
        return self.total_bounds[0] if self._lower is None else self._lower

    @cached_property
    def gap(self) -> float:
        """(total − lower_bound) / total, at least 0: what is left to prove, as a part."""
        if self._lower is None:
            return 0.0
        high = self.total_bounds[1]
        return float((high - self._lower) / high) if high else 0.0

    @cached_property
    def captured(self) -> Fraction:
        """The share of the contributions that the members approached make."""
        size = self.problem.size
        return Fraction(int(size[self.order].sum()), int(size.sum()))

    @cached_property
    def reading(self) -> Reading:
        """What the price says; see `missiongame.price.Reading`."""
        community, rival, order = self.community, self.rival, self.order
        return Reading(community, rival, order, self.pay, self.total, lambda: self.problem)

    @cached_property
    def spread_evenly(self) -> Price | None:
        """The price if all made equally many contributions; None where ties are given.

        Under default ties concentration makes ties worthless: members value those
        who contribute, and those are bought first. It is searched for as long as this price.
        """
        if self.community.ties is not None:
            return None
        even = self.community.changed(contribution=np.ones(self.community.n))
        return price_of(even, self.rival, self.share, seconds=self._seconds)

    @cached_property
    def won_unpaid(self) -> npt.NDArray[np.bool_]:
        """(n,) bool: approached members who leave for certain without any pay."""
        unpaid = np.zeros(self.community.n, dtype=bool)
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
        pay = np.zeros(self.community.n)
        pay[self.order] = self._at_least(extra)
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


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class ClosedFormPrice(Price):
    """The price of many members, paid in floats; exact numbers only where they are asked for.

    Attributes
    ----------
    along : (k,)
        Pay in the order of approach, floats; nobody is won for less than nothing.
    error : float
        By which each pay may be off.
    """

    along: Floats
    error: float

    def _at_least(self, extra: Fraction) -> Floats:
        raised = self.along + (self.error + _up(extra))
        return np.asarray(np.nextafter(np.nextafter(raised, np.inf), np.inf))

    @cached_property
    def pay(self) -> Floats:
        """(n,) floats: what each member is paid, within `error`."""
        pay = np.zeros(self.community.n)
        pay[self.order] = self.along
        return pay

    @cached_property
    def total(self) -> float:
        """The total pay, within a relative 1e-12."""
        return float(self.along.sum())

    @cached_property
    def won_unpaid(self) -> npt.NDArray[np.bool_]:
        """(n,) bool: nobody."""
        return np.zeros(self.community.n, dtype=bool)


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class EqualPayPrice(Price):
    """The price where all whom the rival approaches are paid the same, whoever has left.

    Attributes
    ----------
    each : Fraction
        What each is paid.
    """

    each: Fraction

    @cached_property
    def _enclosures(self) -> list[Enclosure]:
        return [(self.each, self.each)] * len(self.order)

    @cached_property
    def total_bounds(self) -> Enclosure:
        """The total pay, twice: as many times what each is paid as there are to pay."""
        total = len(self.order) * self.each
        return total, total

    @cached_property
    def captured(self) -> Fraction:
        """The share of the contributions that the members approached make."""
        return exact_total(self.community.contribution[self.order]) / self.community.total


def price_of(
    community: Community, rival: Rival, share: Fraction, method: str = "auto", seconds: float = 30.0
) -> Price:
    """Return what `price_of_collapse` does, of arguments that it has checked."""
    if share == 1 and community.n >= MANY and method in ("auto", "closed form"):
        quick = quick_ascending(community, rival)
        if quick is not None:
            order, along, error = quick
            given = (community, rival, share, order, True, "closed form")
            return ClosedFormPrice(*given, along=along, error=error)
    if share < 1 and community.n >= SOME and method == "auto":
        each = equal_pay(community, rival)
        if each is not None:
            first = community.by_contribution[: community.absence_factor(share)]
            return EqualPayPrice(community, rival, share, first, True, "no ties", each=each)
    problem = Problem.of(community, rival, share)
    found = solve(problem, method, seconds)
    return certified(community, rival, share, problem, found, seconds)


def certified(
    community: Community,
    rival: Rival,
    share: Fraction,
    problem: Problem,
    found: Found,
    seconds: float = 30.0,
) -> Price:
    """Return what was found as a price; an error if its own certificate refutes it.

    That is an order of too few members, or of one twice, or of less pay than its bound.
    """
    order, exact = found.order, found.proved and problem.linear
    how = ", ".join(found.how)
    lower = None if exact else found.lower
    price = Price(
        *(community, rival, share, order, found.proved, how, found.claimed, lower, problem, seconds)
    )
    once = len(np.unique(order)) == len(order)
    if not (once and problem.enough(order) and found.lower <= price.total_bounds[1]):
        raise RuntimeError("a price failed its certificate: please report this community")
    return price


def _up(value: Fraction) -> float:
    """Return the least float of at least `value`."""
    near = float(value)
    return near if Fraction(near) >= value else float(np.nextafter(near, np.inf))
