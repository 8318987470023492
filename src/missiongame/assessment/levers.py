"""From a case to what would raise the price of its break-up most, each by a stated step.

Purpose, enjoyment and company are raised for everybody, once by a unit of money a period
(`per_unit`), and by the step that is told: a tenth of what is there, or the unit where
nothing is. Work is spread evenly, and between the two who gain most by sharing among a few
pairs; each policy lifts the mission. Every price is computed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, TypeAlias

from missiongame.assessment.findings import Findings
from missiongame.assessment.raises import Raise, raises
from missiongame.assessment.repriced import (
    Ends,
    carried_over,
    each_pay_apart,
    repriced,
    rise,
    scaled,
    slow,
)
from missiongame.assessment.spreading import Sharing, evenly, sharings
from missiongame.model import Community
from missiongame.price import Price

ONE = 0.2  # seconds that the search for one price may take at most
Name: TypeAlias = Literal["purpose", "enjoyment", "company", "spreading", "policy"]
Measure: TypeAlias = Literal["part", "money", "contributions", "mission"]


@dataclass(frozen=True, eq=False)
class Lever:
    """One thing that would change the price of the share.

    Attributes
    ----------
    name : str
        "purpose", "enjoyment", "company", "spreading" or "policy".
    step : str
        In words.
    amount : Fraction
        The step as a number of what `measure` names: "part" (of what is there), "money"
        (a period, to each member), "contributions" (moved) or "mission" (added to it).
    price : Price
        After the step.
    adds : (Fraction, Fraction)
        What the step adds to the price, money a period: least and most, equal where both
        prices are exact. Where purpose is unknown: for a worth of 1.
    per_unit : (Fraction, Fraction) or None
        What a unit adds: of money a period, worth that much more to each member; of
        contributions moved; of the steward's money. None where a policy costs nothing.
    between : (int, int) or None
        The positions of who gives and who takes, where two share their work.
    """

    name: Name
    step: str
    amount: Fraction
    measure: Measure
    price: Price
    adds: Ends
    per_unit: Ends | None
    between: tuple[int, int] | None = None


def levers(found: Findings) -> tuple[Lever, ...]:
    """Return what raises the price of the share most, first; what lowers it, last.

    Ranked by the most that the stated step adds; what adds nothing is listed as well.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([6, 3, 1], purpose=[20, 10, 10], names=["Ann", "Bob", "Cy"])
    >>> for lever in mg.assess(town, steward=mg.Steward(9, [mg.Policy(1, 4)])).levers:
    ...     print(*lever.adds, lever.per_unit[0], lever.step)
    20 20 5 mission +1 for 4
    2 2 1 purpose is worth a tenth more to each
    1 1 1 enjoyment is worth 1 a month more to each
    2/5 2/5 2/5 company is worth 1 a month more to each
    0 0 0 Ann and Bob make equally many contributions
    0 0 0 all make equally many contributions
    """
    return tuple(sorted(_all(found), key=_rank))


class _Prices:
    """The prices of changed communities: each gets its part of the time there is."""

    def __init__(self, found: Findings, count: int) -> None:
        self.found, self.seconds = found, min(found.seconds / 2 / count, ONE)

    def of_spread(self, community: Community) -> tuple[Price, Ends]:
        """Return the price where the work is spread otherwise, and what it is above today's."""
        price = repriced(self.found, community, self.seconds)
        return price, rise(self.found.price, price)

    def of_same_work(self, community: Community) -> tuple[Price, Ends]:
        """Return the price where nobody's work has changed, and what it is above today's."""
        now = self.found.price
        if slow(self.found, community):
            price, (low, high) = carried_over(self.found, community)
            least, most = rise(now, price)
        else:
            price = repriced(self.found, community, self.seconds)
            low, high = least, most = rise(now, price)
            if least != most:
                low, high = each_pay_apart(now, price, self.found.hinges_on)
        return price, (max(least, low), min(most, high))


def _all(found: Findings) -> Iterator[Lever]:
    lifts = [p for p in found.scenario.steward.policies if p.uplift]
    shared = list(sharings(found))
    raised = list(raises(found))
    prices = _Prices(found, 2 * len(raised) + len(shared) + 1 + len(lifts))
    for one in raised:
        yield _raised(prices, one)
    yield from _spread(prices, shared)
    uplifts: dict[Fraction, tuple[Price, Ends]] = {}
    for policy in lifts:
        uplift, cost = Fraction(policy.uplift), Fraction(policy.cost)
        if uplift not in uplifts:
            town = found.priced.community
            stronger = town.with_mission(Fraction(town.mission) + uplift)
            uplifts[uplift] = prices.of_same_work(stronger)
        price, adds = uplifts[uplift]
        each = scaled(adds, 1 / cost) if cost else None
        words = found.english.policy(policy)
        yield Lever("policy", words, uplift, "mission", price, adds, each)


def _raised(prices: _Prices, one: Raise) -> Lever:
    price, per_unit = prices.of_same_work(one.unit)
    if one.tenth is None:
        return Lever(one.name, one.unit_words, Fraction(1), "money", price, per_unit, per_unit)
    price, adds = prices.of_same_work(one.tenth)
    return Lever(one.name, one.tenth_words, Fraction(1, 10), "part", price, adds, per_unit)


def _spread(prices: _Prices, pairs: list[Sharing]) -> Iterator[Lever]:
    found = prices.found
    town, made = found.priced.community, found.words.contributions
    even = evenly(town)
    if even is not None:
        moved, spread = even
        yield _moved(prices, f"all make equally many {made}", moved, spread)
    tried = []
    for pair in pairs:
        words = f"{town.name(pair.giver)} and {town.name(pair.taker)} make equally many {made}"
        lever = _moved(prices, words, pair.moved, pair.community)
        tried.append(replace(lever, between=(pair.giver, pair.taker)))
    if tried:
        yield min(tried, key=_rank)


def _moved(prices: _Prices, words: str, moved: Fraction, spread: Community) -> Lever:
    price, adds = prices.of_spread(spread)
    each = scaled(adds, 1 / moved)
    return Lever("spreading", words, moved, "contributions", price, adds, each)


def _rank(lever: Lever) -> tuple[Fraction, Fraction, str, str]:
    return -lever.adds[1], -lever.adds[0], lever.name, lever.step
