"""A community, a rival and a budget → the most work that the budget takes for certain."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import illegal
from missiongame.exact import Floats, Number, fraction, simplest
from missiongame.model import check_players
from missiongame.model.offers import personal
from missiongame.price.answer import Price
from missiongame.price.most_for_money import most_for_money
from missiongame.price.pay import Enclosure
from missiongame.price.problem import Order, Problem, refuse_negative_ties

if TYPE_CHECKING:
    from missiongame.model import Community, Rival
    from missiongame.model.offers import Offer


@dataclass(frozen=True, eq=False)
class BestRaid:
    """The most work that a budget takes for certain, whom it pays, and how that is proved.

    Attributes
    ----------
    community, rival
        Whose raid it is.
    budget, fixed : float or Fraction
        Money a period, and what of it is spent before anybody is paid.
    share_at_least, share_at_most : Fraction
        The share of the contributions that `offer()` wins, and what no public offers
        within the money win for certain more than; equal where that is proved.
    boundary : bool or None
        Whether a larger share costs exactly the money, so that a cent more would buy it;
        None where that is not known.
    method : str
        How the raid was found and what bounds it.

    Examples
    --------
    Half of what is needed for everyone takes nine tenths of the work.

    >>> import missiongame as mg
    >>> town = mg.Community([6, 3, 1], purpose=[30, 20, 50], names=["Ann", "Bob", "Cy"])
    >>> raid = mg.best_raid(town, mg.Rival(), budget=51)
    >>> raid
    BestRaid(9 of 10 contributions, 90%, for 50 within 51: 2 of 3 members, no ties)
    >>> raid.payments, raid.boundary
    ({'Ann': 30.0, 'Bob': 20.0}, False)
    >>> mg.participate(town, mg.Rival(), raid.offer()).least.defection
    0.9
    """

    community: Community
    rival: Rival
    budget: Number
    fixed: Number
    share_at_least: Fraction
    share_at_most: Fraction
    boundary: bool | None
    method: str
    _price: Price

    @property
    def money(self) -> Fraction:
        """What is left for pay, money a period; negative where nothing can be paid."""
        return Fraction(self.budget) - Fraction(self.fixed)

    @property
    def exact(self) -> bool:
        """Whether it is proved that the budget takes no more."""
        return self.share_at_least == self.share_at_most

    @cached_property
    def work_at_least(self) -> Number:
        """Contributions a period that `offer()` wins."""
        return simplest(self.share_at_least * self.community.total)

    @cached_property
    def work_at_most(self) -> Number:
        """Contributions a period; no public offers within the money win more for certain."""
        return simplest(self.share_at_most * self.community.total)

    @property
    def order(self) -> Order:
        """(k,) int64: the members approached, first to last; who leaves unpaid comes first."""
        return self._price.order

    @property
    def pay(self) -> Floats:
        """(n,) floats: the infimum that wins each, money a period; 0 for those not approached."""
        return self._price.pay

    @property
    def exact_pay(self) -> list[Fraction] | None:
        """Each member's pay, exact; None where crowding makes one irrational."""
        return self._price.exact_pay

    @property
    def total(self) -> float:
        """The sum of all pay, money a period: below the money, but where nobody is paid."""
        return self._price.total

    @property
    def total_bounds(self) -> Enclosure:
        """(low, high): rationals that enclose the total; equal unless it is irrational."""
        return self._price.total_bounds

    @cached_property
    def payments(self) -> dict[str, float]:
        """What each who is paid gets, by name, in the order of approach."""
        pay, name = self.pay, self.community.name
        return {name(i): float(pay[i]) for i in self.order.tolist() if pay[i] > 0}

    def offer(self) -> Offer:
        """Return personal offers within the money that win `work_at_least` for certain.

        What the money leaves over is spread over those approached, for at exactly `pay`
        members may stay; who leaves for certain unpaid gets nothing. Where floats are too
        coarse for that, the pay is in rationals.
        """
        won = self._price.won_unpaid
        paid = [i for i in self.order.tolist() if not won[i]]
        fixed = self.fixed if self.money >= 0 else 0.0  # else there is no raid
        if not paid:
            return personal(np.zeros(self.community.n), fixed=fixed)
        along = dict(zip(self.order.tolist(), self._highest, strict=True))
        extra = (self.money - self.total_bounds[1]) / len(paid)
        pay: list[Any] = [0.0] * self.community.n
        for i in paid:
            most = along[i] + extra
            near = float(most)
            near = near if Fraction(near) <= most else float(np.nextafter(near, -np.inf))
            pay[i] = near if Fraction(near) > along[i] else most
        return personal(pay, fixed=fixed)

    @property
    def _highest(self) -> list[Fraction]:
        """Pay in the order of approach, at least the exact one."""
        return [high for _, high in self._price.problem.pays_along(self.order)]

    def __repr__(self) -> str:
        low, high = (_short(float(v)) for v in (self.work_at_least, self.work_at_most))
        share = f"{100 * float(self.share_at_least):.4g}"
        if not self.exact:
            low, share = f"{low} to {high}", f"{share} to {100 * float(self.share_at_most):.4g}"
        money = _short(float(self.money)) if self.money >= 0 else "less than nothing"
        return (
            f"BestRaid({low} of {_short(float(self.community.total))} contributions, {share}%, for "
            f"{_short(self.total)} within {money}: {len(self.order)} of {self.community.n} "
            f"members, {self.method})"
        )


def best_raid(
    community: Community,
    rival: Rival,
    budget: Any,
    fixed: Any = 0.0,
    seconds: float = 10.0,
) -> BestRaid:
    """Return the most work that `budget - fixed` takes in every equilibrium: the inverse price.

    Public personal offers, as in `price_of_collapse`. A share is taken if its price, an
    infimum, is below the money, or if it leaves for certain when nobody is paid. Where
    `fixed` exceeds the budget nothing can be paid, and what leaves unpaid remains.

    Parameters
    ----------
    community : Community
        Its purpose must be known; its ties at least 0.
    rival : Rival
    budget, fixed : number ≥ 0
        Money a period.
    seconds : float
        About how long a search that can be stopped may take; the bounds are then wider.

    Raises
    ------
    PurposeUnknown
        If the community's purpose is None.
    InvalidValue
        On a negative tie (named), or a budget, fixed cost or time out of range.

    Examples
    --------
    At exactly the price members may stay; a cent more buys the other half.

    >>> import missiongame as mg
    >>> pair = mg.Community([1, 1], purpose=[3, 4])
    >>> raid = mg.best_raid(pair, mg.Rival(), budget=7)
    >>> raid.work_at_least, raid.boundary
    (1.0, True)
    >>> mg.best_raid(pair, mg.Rival(), budget=7.01).work_at_least
    2.0
    """
    check_players(community=community, rival=rival)
    given, spent = fraction(budget, "budget"), fraction(fixed, "fixed")
    for name, value, exact in (("budget", budget, given), ("fixed", fixed, spent)):
        if exact < 0:
            raise illegal(name, value, "a number of at least 0")
    if not seconds > 0:
        raise illegal("seconds", seconds, "positive")
    refuse_negative_ties(community)
    community.known_purpose("the best raid")
    problem = Problem.of(community, rival, Fraction(1))
    found = most_for_money(problem, given - spent, seconds)
    least, most = (Fraction(work, problem.needed) for work in (found.made, found.roof))
    how = ", ".join(found.how)
    price = Price(
        community, rival, least, found.order, False, how, _lower=Fraction(0), _known=problem
    )
    budgets = simplest(given), simplest(spent)
    return BestRaid(community, rival, *budgets, least, most, found.boundary, how, price)


def _short(value: float) -> str:
    return f"{value:,.10g}"
