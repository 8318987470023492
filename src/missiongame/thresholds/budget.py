"""The mission at which a price exceeds a budget, exactly.

With κθ_R = 0 each order's total is convex and piecewise linear in θ, and the price
is the least over orders. From a mission at which the price is within the budget,
the best order there stays within it up to some θ'; beyond, another order may. So

    θ ← the last mission at which the best order at θ costs no more than the budget

climbs through finitely many orders to the infimum of missions at which all of them
cost more. Whether the price exceeds the budget just after θ is seen at θ + δ, with δ
so small that no total can cross another in between: they are whole units apart.

Purpose may be negative; each price on the way must be proved optimal.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from missiongame.errors import StructureMissing, illegal
from missiongame.exact import Number, fraction, fractions_of, simplest
from missiongame.model import check_players
from missiongame.price import Price, price_of_collapse

if TYPE_CHECKING:
    from missiongame.model import Community, Rival


def mission_for_budget(
    community: Community, rival: Rival, budget: Any, share: Any = 1, seconds: float = 30.0
) -> Number:
    """Return the infimum mission at which the price of collapse exceeds `budget`.

    Parameters
    ----------
    community : Community
        Its own mission does not count.
    rival : Rival
    budget : number ≥ 0
        Money a period.
    share : number in (0, 1]
    seconds : float
        About how long each price may be searched for.

    Returns
    -------
    float or Fraction
        Exact; 0 where no budget that small ever suffices, infinity where it always does.

    Raises
    ------
    StructureMissing
        Where a price on the way is not proved optimal, or where crowding makes
        prices irrational: `missions_for_budget` then says between which missions it is.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([6, 3, 1], purpose=[10, 20, 5], social=4)
    >>> mission_for_budget(town, mg.Rival(), budget=80, share=0.5)
    Fraction(196, 25)
    """
    check_players(community=community, rival=rival)
    most = _legal(budget)
    if rival.crowding != 0 and rival.mission != 0:
        raise StructureMissing(
            f"crowding is {rival.crowding} and the rival's mission {rival.mission}: prices are "
            "irrational; missions_for_budget gives the missions between which the budget is passed"
        )
    climb = _Climb(community, rival, most, share, seconds)
    return climb.top()


def missions_for_budget(
    community: Community,
    rival: Rival,
    budget: Any,
    share: Any = 1,
    seconds: float = 5.0,
    halvings: int = 20,
) -> tuple[float, float]:
    """Return (low, high): up to low the budget suffices for certain, from high it does not.

    Purpose must not be negative, so that the price does not fall in the mission.
    Between the two the price is only known up to its gap (or to `halvings`).

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([6, 3, 1], purpose=[10, 20, 5], social=4)
    >>> low, high = missions_for_budget(town, mg.Rival(), budget=80, share=0.5)
    >>> low <= 7.84 <= high, high - low < 1e-4
    (True, True)
    """
    check_players(community=community, rival=rival)
    most = _legal(budget)
    purpose = community.known_purpose("missions_for_budget")
    if (purpose < 0).any():
        raise StructureMissing("purpose is negative for some: the price may fall in the mission")

    def price(mission: float) -> Price:
        return price_of_collapse(community.with_mission(mission), rival, share, seconds=seconds)

    return _passed(price, most, halvings)


def purposes_for_budget(
    community: Community,
    rival: Rival,
    budget: Any,
    share: Any = 1,
    seconds: float = 5.0,
    halvings: int = 20,
) -> tuple[float, float]:
    """Return the same for a purpose that all members share: bounds of the common α ≥ 0.

    The rival's mission must not be the stronger one, so that the price does not fall in α.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([6, 3, 1], mission=2)
    >>> low, high = purposes_for_budget(town, mg.Rival(mission=1, crowding=1), budget=30, share=0.5)
    >>> low <= 930 / 61 <= high, high - low < 1e-4
    (True, True)
    """
    check_players(community=community, rival=rival)
    most = _legal(budget)
    if rival.mission > community.mission:
        raise StructureMissing(
            f"the rival's mission is {rival.mission}, above the community's "
            f"{community.mission}: the price may fall in the purpose"
        )

    def price(purpose: float) -> Price:
        town = community.changed(purpose=purpose)
        return price_of_collapse(town, rival, share, seconds=seconds)

    return _passed(price, most, halvings)


def _passed(price: Callable[[float], Price], most: Fraction, halvings: int) -> tuple[float, float]:
    """Return up to where a rising price is within the budget, and from where it is not."""
    first = price(0.0)
    if first.lower_bound > most:
        return 0.0, 0.0
    low, high = 0.0, 1.0
    while (at := price(high)).lower_bound <= most:
        low = high if at.total_bounds[1] <= most else low
        high *= 2
        if high > 2.0**60:
            return low, math.inf
    sure = _last(lambda at: price(at).total_bounds[1] <= most, low, high, halvings)
    never = _last(lambda at: price(at).lower_bound <= most, sure, high, halvings)
    step = (high - sure) / 2**halvings
    return sure, never + step


def _last(holds: Any, low: float, high: float, halvings: int) -> float:
    """Return about the last number in [low, high) at which a falling property holds."""
    for _ in range(halvings):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _legal(budget: Any) -> Fraction:
    most = fraction(budget, "budget")
    if most < 0:
        raise illegal("budget", budget, "a number of at least 0")
    return most


class _Climb:
    """The climb from order to order."""

    def __init__(
        self, community: Community, rival: Rival, budget: Fraction, share: Any, seconds: float
    ) -> None:
        self.community, self.rival = community, rival
        self.budget, self.share, self.seconds = budget, share, seconds
        self.purpose = fractions_of(community.known_purpose("critical_mission"))

    def top(self) -> Number:
        mission = Fraction(0)
        price = self.price(mission)
        if self.total(price) > self.budget:
            return 0.0
        while True:
            last = self.last_within(price, mission)
            if last is None:
                return math.inf
            price = self.price(last)
            if self.total(price) > self.budget:  # the order before costs no more than this
                raise RuntimeError("a climb failed its certificate: please report this community")
            if self.total(price) == self.budget:
                beside = last + self.nearby(price)
                price = self.price(beside)
                if self.total(price) > self.budget:
                    return simplest(last)
                last = beside
            mission = last

    def price(self, mission: Fraction) -> Price:
        town = self.community.with_mission(mission)
        price = price_of_collapse(town, self.rival, self.share, seconds=self.seconds)
        if not price.optimal:
            raise StructureMissing(
                f"at mission {float(mission):g} the price is only known to be from "
                f"{float(price.lower_bound):g} to {price.total:g}; missions_for_budget gives the "
                "missions between which the budget is passed"
            )
        return price

    @staticmethod
    def total(price: Price) -> Fraction:
        return price.total_bounds[1]

    def nearby(self, price: Price) -> Fraction:
        """Return δ > 0 within which every total is linear and none crosses another."""
        return price.problem.unit / (4 * (1 + sum(abs(alpha) for alpha in self.purpose)))

    def last_within(self, price: Price, mission: Fraction) -> Fraction | None:
        """Return the last mission, from here on, at which this order is within the budget."""
        along = price.problem.deficits_along(price.order).tolist()
        unit = price.problem.unit
        lines = [(unit * d, self.purpose[i]) for i, d in zip(price.order, along, strict=True)]
        total = sum((max(level, Fraction(0)) for level, _ in lines), Fraction(0))
        slope = sum((rise for level, rise in lines if _rising(level, rise)), Fraction(0))
        turns = sorted((-level / rise, rise) for level, rise in lines if _turns(level, rise))
        here = Fraction(0)
        for ahead, rise in [*turns, (None, Fraction(0))]:
            if slope > 0:
                reach = here + (self.budget - total) / slope
                if ahead is None or reach < ahead:
                    return mission + reach
            if ahead is None:
                return None
            total, here = total + slope * (ahead - here), ahead
            slope += abs(rise)
        return None


def _rising(level: Fraction, rise: Fraction) -> bool:
    """Whether max(0, level + rise·t) is level + rise·t just after t = 0."""
    return level > 0 or (level == 0 and rise > 0)


def _turns(level: Fraction, rise: Fraction) -> bool:
    """Whether level + rise·t changes sign at some t > 0."""
    return (level > 0 > rise) or (level < 0 < rise)
