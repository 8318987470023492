"""From a case to all that `missiongame price` finds out, before it is put into words.

Where purpose is known: the price of capturing `share` of the contributions in every
equilibrium, its parts, its curve, and the mission at which it exceeds the budget.
Where it is unknown, the price is a function of it: the purpose, the same for all,
at which the price exceeds the budget, and the price at several values around it.
"""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from missiongame.assessment.findings import Findings
from missiongame.errors import StructureMissing
from missiongame.exact import number, wanted_share
from missiongame.model import Community, Rival
from missiongame.price import Curve, Price, Reading, price_curve, price_of_collapse
from missiongame.revealed import Counts, known_of
from missiongame.scenarios import Scenario
from missiongame.thresholds import mission_for_budget, missions_for_budget

SHARES = tuple(Fraction(k, 20) for k in (2, 5, 10, 15, 18, 20))
FINE = tuple(Fraction(k, 20) for k in range(1, 21))
RUNGS = (Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(2))  # of the critical purpose
_HALVINGS = 7


@dataclass(frozen=True)
class Critical:
    """Up to `low` the budget suffices for certain; above `high` it does not.

    Attributes
    ----------
    low, high : float
        The mission; the common purpose where that is unknown. Equal where exact.
    reason : str or None
        Why there is no such level; both are then NaN.
    """

    low: float
    high: float
    reason: str | None = None


class Approach(NamedTuple):
    """One member approached: place in the order, pay and its parts, money a period.

    `captured` is the share won with those before.
    """

    place: int
    member: str
    contribution: float
    captured: float
    pay: float
    for_purpose: float
    for_enjoyment: float
    for_ties: float


class PriceFindings(Findings):
    """What it costs to break a scenario's community; each part is computed when asked for.

    Parameters
    ----------
    scenario : Scenario
        With the user's choices in it; its `share` None means all contributions.
    budget : float, optional
        What the rival can spend a period; else what its offer costs if all accept.
    seconds : float
        About how long each search that can be stopped may take.
    """

    def __init__(
        self, scenario: Scenario, budget: float | None = None, seconds: float = 10.0
    ) -> None:
        super().__init__(scenario)
        self.seconds = seconds
        self._budget = None if budget is None else Fraction(number(budget, "budget", low=0))

    @property
    def given_budget(self) -> bool:
        """Whether the user gave the budget."""
        return self._budget is not None

    @cached_property
    def budget(self) -> Fraction:
        """What the rival can spend a period."""
        return self.cost if self._budget is None else self._budget

    @property
    def share(self) -> Fraction:
        """The share of the contributions to capture: 0.1 as written, a tenth."""
        given = self.scenario.share
        return wanted_share(1 if given is None else given)

    @cached_property
    def purpose(self) -> float | None:
        """The purpose that is supposed for all where it is unknown; None where it is known."""
        if self.known:
            return None
        critical = self.critical
        usual = self.budget / max(1, len(self.scenario.community))
        found = Fraction(critical.high) if 0 < critical.high < math.inf else usual
        return float(found) or 1.0

    @cached_property
    def community(self) -> Community:
        """The community, with the supposed purpose where none is known."""
        community = self.scenario.community
        return community if self.known else community.changed(purpose=self.purpose)

    @cached_property
    def price(self) -> Price:
        """The price of the share."""
        return self._price(self.community)

    @property
    def reading(self) -> Reading:
        """The price, taken apart."""
        return self.price.reading

    def order(self, most: int | None = None) -> list[Approach]:
        """Return whom the rival approaches, first to last; the first `most` of them."""
        community, price, parts = self.community, self.price, self.reading.parts
        made, captured = [], Fraction(0)
        for place, i in enumerate(price.order[:most].tolist(), 1):
            captured += Fraction(community.contribution[i])
            won = (community.contribution[i], captured / community.total, price.pay[i])
            pays_for = (parts[name][i] for name in ("purpose", "enjoyment", "ties"))
            made.append(Approach(place, community.name(i), *map(float, (*won, *pays_for))))
        return made

    @property
    def per_unit(self) -> float | None:
        """How much of a unit of what members value a rival has to pay, all taken together."""
        return self.price.total / self.reading.value if self.reading.value > 0 else None

    @property
    def nothing_lost(self) -> bool:
        """Whether those approached are paid what staying together is worth to them."""
        return abs(self.reading.discount) < 1e-9 * max(1.0, abs(self.reading.value))

    @property
    def found_again(self) -> bool:
        """Whether the rival gives back part of what those approached leave."""
        rival, ties = self.scenario.rival, self.reading.values["ties"]
        return bool(rival.mission != 0 or (rival.portability != 0 and ties != 0))

    @property
    def apart(self) -> bool:
        """Whether they are paid less for their ties than these are worth: they go one by one."""
        return self.reading.split["ties"] < self.reading.values["ties"]

    def each(self, price: Price) -> float:
        """Return what a price pays for one of the contributions that it captures."""
        return price.total / float(price.captured * price.community.total)

    @property
    def suffices(self) -> bool | None:
        """Whether the budget wins the share for certain; None where it is not proved."""
        if self.price.lower_bound > self.budget:
            return False
        return True if self.price.total_bounds[1] <= self.budget else None

    @property
    def supposed_worth(self) -> float:
        """What the purpose that is supposed for all is worth at the mission, money a period."""
        return self.worth(self.purpose or 0.0)

    def _price(self, community: Community) -> Price:
        return price_of_collapse(community, self.scenario.rival, self.share, seconds=self.seconds)

    @cached_property
    def revealed(self) -> Counts | None:
        """What the case's reports of who went say of purpose; None where there are none."""
        return known_of(self.scenario)

    @cached_property
    def rungs(self) -> tuple[tuple[float, Price], ...]:
        """Where purpose is unknown: values it may have, and the price then."""
        if self.purpose is None:
            return ()
        levels = [float(factor * Fraction(self.purpose)) for factor in RUNGS]
        bare = self.scenario.community
        return tuple((level, self._price(bare.changed(purpose=level))) for level in levels)

    @cached_property
    def curve(self) -> Curve:
        """The price at a few shares, and at the one asked for."""
        return self._curve(self.community, {*SHARES, self.share})

    @cached_property
    def fine_curve(self) -> Curve:
        """The price at every twentieth of the contributions, for a picture."""
        return self._curve(self.community, {*FINE, self.share})

    def _curve(self, community: Community, shares: set[Fraction]) -> Curve:
        """Return the curve, with the price of the share asked for, which was searched longer."""
        rough = price_curve(community, self.scenario.rival, shares, seconds=self.seconds)
        pairs = zip(rough.shares, rough.prices, strict=True)
        return Curve(rough.shares, tuple(self._better(share, price) for share, price in pairs))

    def _better(self, share: Fraction, price: Price) -> Price:
        if share > self.share or self.price.total_bounds[1] >= price.total_bounds[1]:
            return price
        if share == self.share:
            return self.price
        return replace(price, order=self.price.order, _lower=price.lower_bound)

    @cached_property
    def even(self) -> Price | None:
        """The price if all made equally many contributions; None where ties are given."""
        return self.price.spread_evenly

    @cached_property
    def critical(self) -> Critical:
        """The mission, or purpose, at which the price exceeds the budget."""
        community, rival = self.scenario.community, self.scenario.rival
        if self.known:
            return self._critical(community, rival)
        # α enters as α(θ − θ_R): a mission of strength α with that as everyone's purpose.
        ahead = Fraction(community.mission) - Fraction(rival.mission)
        if rival.mission and rival.crowding:
            reason = "pay dilutes the rival's mission, so that the price is no line in purpose"
            return Critical(math.nan, math.nan, reason)
        if ahead <= 0:
            reason = "the rival's mission is at least as strong, so that purpose does not protect"
            return Critical(math.nan, math.nan, reason)
        alone = Rival(rival.value, 0, rival.portability, 0)
        return self._critical(community.changed(purpose=ahead), alone)

    def _critical(self, community: Community, rival: Rival) -> Critical:
        asked, each = (community, rival, self.budget, self.share), min(1.0, self.seconds / 10)
        with suppress(StructureMissing):
            exact = float(mission_for_budget(*asked, seconds=each))
            return Critical(exact, exact)
        try:
            return Critical(*missions_for_budget(*asked, seconds=each, halvings=_HALVINGS))
        except StructureMissing as error:
            return Critical(math.nan, math.nan, str(error))
