"""A budget → the mission (or common purpose) at which the price exceeds it, exactly or bounded.

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
import time
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import StructureMissing, illegal
from missiongame.exact import Number, exact_total, fraction, simplest, wanted_share
from missiongame.model import check_players
from missiongame.price import Price, paid_alike, price_of_collapse

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
    climb = _Climb(community, rival, budget, share, seconds)
    if rival.crowding != 0 and rival.mission != 0:
        raise StructureMissing(
            f"crowding is {rival.crowding} and the rival's mission {rival.mission}: prices are "
            "irrational; missions_for_budget gives the missions between which the budget is passed"
        )
    return climb.common() if paid_alike(community, rival) else climb.top()


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
    Between the two the price is only known up to its gap (or to `halvings`, or to
    where ten times the `seconds` of a price have passed).

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([6, 3, 1], purpose=[10, 20, 5], social=4)
    >>> low, high = missions_for_budget(town, mg.Rival(), budget=80, share=0.5)
    >>> low <= 7.84 <= high, high - low < 1e-4
    (True, True)
    """
    most = _legal(community, rival, budget)
    if (community.known_purpose("missions_for_budget") < 0).any():
        raise StructureMissing("purpose is negative for some: the price may fall in the mission")

    def price(mission: float) -> Price:
        return price_of_collapse(community.with_mission(mission), rival, share, seconds=seconds)

    return _passed(price, most, halvings, seconds)


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
    most = _legal(community, rival, budget)
    if rival.mission > community.mission:
        raise StructureMissing(
            f"the rival's mission is {rival.mission}, above the community's "
            f"{community.mission}: the price may fall in the purpose"
        )

    def price(purpose: float) -> Price:
        town = community.changed(purpose=purpose)
        return price_of_collapse(town, rival, share, seconds=seconds)

    return _passed(price, most, halvings, seconds)


def _legal(community: Community, rival: Rival, budget: Any) -> Fraction:
    """Return the budget, exact; an error where any of the three is not what its name says."""
    check_players(community=community, rival=rival)
    most = fraction(budget, "budget")
    if most < 0:
        raise illegal("budget", budget, "a number of at least 0")
    return most


def _passed(
    price: Callable[[float], Price], most: Fraction, halvings: int, seconds: float
) -> tuple[float, float]:
    """Return up to where a rising price is within the budget, and from where it is not."""
    end = time.monotonic() + _PATIENCE * seconds
    within: dict[float, bool] = {}
    perhaps: dict[float, bool] = {}

    def ask(at: float) -> bool:
        found = price(at)
        within[at] = found.total_bounds[1] <= most
        perhaps[at] = found.lower_bound <= most
        return perhaps[at]

    if not ask(0.0):
        return 0.0, 0.0
    high = 1.0
    while ask(high):
        high *= 2
        if high > 2.0**60:
            return _last(within), math.inf
    fine = (high - _last(within)) / 2**halvings
    for asked in (within, perhaps):
        while time.monotonic() < end:
            # What is proved at one mission holds below it, or above it.
            low = _last(asked)
            above = min(at for at, holds in asked.items() if at > low and not holds)
            if above - low <= fine:
                break
            ask((low + above) / 2)
    return _last(within), min(at for at, holds in perhaps.items() if not holds)


def _last(asked: dict[float, bool]) -> float:
    """Return the last mission at which something that ends somewhere holds; else 0."""
    return max((at for at, holds in asked.items() if holds), default=0.0)


def bisected(
    holds: Callable[[float], bool], low: float, high: float, halvings: int
) -> tuple[float, float]:
    """Return closer numbers between which a falling property ends: it holds at `low`.

    Examples
    --------
    >>> bisected(lambda x: x * x < 2, 1.0, 2.0, halvings=3)
    (1.375, 1.5)
    """
    for _ in range(halvings):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low, high


_PATIENCE = 10  # as many times the seconds of a price are spent on all of them


class _Climb:
    """The climb from order to order."""

    def __init__(
        self, community: Community, rival: Rival, budget: Any, share: Any, seconds: float
    ) -> None:
        self.budget = _legal(community, rival, budget)
        self.community, self.rival = community, rival
        self.share, self.seconds = share, seconds
        self.purpose = community.known_purpose("critical_mission")

    def common(self) -> Number:
        """Return the same where all are paid the same: the fewest who make the share are."""
        heads = self.community.absence_factor(wanted_share(self.share))
        alpha = Fraction(self.purpose[0])
        bare = Fraction(self.community.enjoyment[0]) - alpha * Fraction(self.rival.mission)
        if heads * bare > self.budget:
            return 0.0
        return simplest((self.budget / heads - bare) / alpha) if alpha > 0 else math.inf

    def top(self) -> Number:
        """Return the infimum mission at which the price exceeds the budget."""
        mission = Fraction(0)
        price = self.price(mission)
        if price.total_bounds[1] > self.budget:
            return 0.0
        while True:
            last = self.last_within(price, mission)
            if last is None:
                return math.inf
            price = self.price(last)
            total = price.total_bounds[1]
            if total > self.budget:  # the order before costs no more than this
                raise RuntimeError("a climb failed its certificate: please report this community")
            if total == self.budget:
                # No total turns or crosses another within this distance.
                beside = price.problem.unit / (4 * (1 + exact_total(np.abs(self.purpose))))
                price = self.price(last + beside)
                if price.total_bounds[1] > self.budget:
                    return simplest(last)
                last += beside
            mission = last

    def price(self, mission: Fraction) -> Price:
        """Return the price at a mission; an error where it is not proved."""
        town = self.community.with_mission(mission)
        price = price_of_collapse(town, self.rival, self.share, seconds=self.seconds)
        if not price.optimal:
            raise StructureMissing(
                f"at mission {float(mission):g} the price is only known to be from "
                f"{float(price.lower_bound):g} to {price.total:g}; missions_for_budget gives the "
                "missions between which the budget is passed"
            )
        return price

    def last_within(self, price: Price, mission: Fraction) -> Fraction | None:
        """Return the last mission, from here on, at which this order is within the budget."""
        along, unit = price.problem.deficits_along(price.order), price.problem.unit
        rise = self.purpose[price.order]
        # A pay max(0, level + rise·t) rises from t = 0 on, or turns where level + rise·t is 0.
        paid, up = np.asarray(along > 0, dtype=bool), np.asarray(rise > 0, dtype=bool)
        slope = exact_total(rise, paid | (up & np.asarray(along == 0, dtype=bool)))
        bends = np.flatnonzero(np.where(paid, rise < 0, up & np.asarray(along < 0, dtype=bool)))
        lines = ((unit * int(along[k]), Fraction(rise[k])) for k in bends.tolist())
        turns: list[tuple[Any, Fraction]] = sorted((-v / r, abs(r)) for v, r in lines)
        total, here = unit * sum(along[paid].tolist()), Fraction(0)
        for ahead, bend in [*turns, (math.inf, Fraction(0))]:
            reach = here + (self.budget - total) / slope if slope > 0 else math.inf
            if reach < ahead:
                return mission + Fraction(reach)
            if ahead != math.inf:
                total, here, slope = total + slope * (Fraction(ahead) - here), ahead, slope + bend
        return None
