"""From a case to the mission, or worth of staying, below which it falls to offer or budget."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from missiongame.contest import Selection
from missiongame.errors import StructureMissing
from missiongame.exact import Number, simplest
from missiongame.model import Community, Rival
from missiongame.scenarios import Scenario
from missiongame.thresholds import (
    critical_mission,
    critical_purpose,
    mission_for_budget,
    missions_for_budget,
    of_purpose,
)

_HALVINGS = 7


NAMES = (
    "offer",
    "offer_for_certain",
    "budget",
    "budget_at_least",
    "offer_reason",
    "budget_reason",
)
"""What a `Threshold` holds."""


@dataclass(frozen=True)
class Threshold:
    """From which level on the community holds: 0 at every level, infinite at none.

    A level is the mission where purpose is known; else the common worth of staying,
    money a period. NaN where there is no such level; the reason says why. Each is
    computed when it is first asked for.

    Parameters
    ----------
    case : Scenario
    share, most : Fraction
        The share of the work, and the budget, money a period.
    purpose_holds : bool
        Where purpose is unknown: whether it tempts nobody to leave for the offer.
    seconds : float
        About how long each search that can be stopped may take.
    """

    case: Scenario
    share: Fraction
    most: Fraction
    purpose_holds: bool
    seconds: float

    def __repr__(self) -> str:
        told = (f"{name}={getattr(self, name)!r}" for name in NAMES)
        return f"Threshold({', '.join(told)})"

    @cached_property
    def _offers(self) -> tuple[tuple[Number, Number], str]:
        return _against_offer(self.case, self.share, self.purpose_holds)

    @cached_property
    def _budgets(self) -> tuple[tuple[Number, Number], str]:
        return _against_budget(self.case, self.share, self.most, self.seconds)

    @property
    def offer(self) -> Number:
        """Against the offer as made, if members expect each other to stay."""
        return self._offers[0][0]

    @property
    def offer_for_certain(self) -> Number:
        """Against the offer as made, whatever members expect of each other."""
        return self._offers[0][1]

    @property
    def offer_reason(self) -> str:
        """Why there is no level against the offer; empty where there is one."""
        return self._offers[1]

    @property
    def budget(self) -> Number:
        """Against the budget, however it is spent: above it, the share costs more."""
        return self._budgets[0][1]

    @property
    def budget_at_least(self) -> Number:
        """Below it the share costs less than the budget; equal to `budget` where exact."""
        return self._budgets[0][0]

    @property
    def budget_reason(self) -> str:
        """Why there is no level against the budget; empty where there is one."""
        return self._budgets[1]


def _against_offer(
    case: Scenario, share: Fraction, purpose_holds: bool
) -> tuple[tuple[Number, Number], str]:
    known = case.community.purpose is not None
    if case.community.ties is not None and not case.community.ties.nonnegative:
        reason = "a tie is negative, so that what holds some may draw others away"
        return (math.nan, math.nan), reason
    if not known and not purpose_holds:
        reason = "the rival's mission is the stronger one for some, so that purpose draws them away"
        return (math.nan, math.nan), reason
    find = critical_mission if known else critical_purpose

    def level(selection: Selection) -> Number:
        found = find(case.community, case.rival, case.offer, share=share, selection=selection)
        return found if known else _worth(case.community, found)

    try:
        return (level("least"), level("greatest")), ""
    except StructureMissing as error:
        return (math.nan, math.nan), str(error)


def _against_budget(
    case: Scenario, share: Fraction, budget: Fraction, seconds: float
) -> tuple[tuple[Number, Number], str]:
    """Return up to where the budget suffices for certain, and from where on it does not."""
    community, rival = case.community, case.rival
    town, scale = community, Fraction(1)
    if community.ties is not None and not community.ties.nonnegative:
        return (math.nan, math.nan), "a tie is negative, so that no price is known"
    if community.purpose is None:
        ahead = Fraction(community.mission) - Fraction(rival.mission)
        if rival.mission and rival.crowding:
            reason = "pay dilutes the rival's mission, so that the price is no line in purpose"
            return (math.nan, math.nan), reason
        if ahead <= 0:
            reason = "the rival's mission is at least as strong, so that purpose does not protect"
            return (math.nan, math.nan), reason
        town, rival = of_purpose(community, rival)
        scale = Fraction(community.mission)
    try:
        low, high = _passed(town, rival, budget, share, seconds)
    except StructureMissing as error:
        return (math.nan, math.nan), str(error)
    return (_scaled(low, scale), _scaled(high, scale)), ""


def _passed(
    town: Community, rival: Rival, budget: Fraction, share: Fraction, seconds: float
) -> tuple[Number, Number]:
    each = min(1.0, seconds / 10)
    with suppress(StructureMissing):
        exact = mission_for_budget(town, rival, budget, share, seconds=each)
        return exact, exact
    return missions_for_budget(town, rival, budget, share, seconds=each, halvings=_HALVINGS)


def _worth(community: Community, purpose: Number) -> Number:
    return _scaled(purpose, Fraction(community.mission))


def _scaled(level: Number, scale: Fraction) -> Number:
    """Return a level times a number; 0 and infinity stay what they are."""
    if level == 0 or level == math.inf:
        return level
    return simplest(Fraction(level) * scale)
