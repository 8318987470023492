"""The mission at which a collapse costs more than a budget.

The price of collapse does not fall with the mission where α ≥ 0. Along one order the
pays are max(0, α_i θ + b_i), so their sum is a convex, piecewise linear function of θ:
the best order at some mission stays affordable up to the mission at which it costs
the budget. From there the price is asked again, until no order is affordable.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import illegal
from missiongame.exact import Number, simplest
from missiongame.members.certificate import Around
from missiongame.members.standard import StandardResponse

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.rival import Rival

_STEP = Fraction(1, 2**40)
_LEAST = Fraction(1, 2**200)


def for_budget(community: Community, rival: Rival, budget: Fraction, share: Fraction) -> Number:
    """Return the infimum mission at which the price's lower bound exceeds the budget.

    The best order at a mission stays affordable up to the mission at which it costs the
    budget: from there the price is asked again, until no order is affordable.
    """
    from missiongame.collapse import price_of_collapse

    if budget < 0:
        raise illegal("budget", float(budget), "at least 0")
    mission, reached = Fraction(0), Fraction(0)
    while True:
        price = price_of_collapse(community.with_mission(mission), rival, share=share)
        if price.lower_bound > budget:
            return simplest(reached)
        affordable = _affordable_up_to(community, rival, price.order, budget)
        if affordable is None:
            return math.inf
        if affordable < mission:  # only the price's lower bound is affordable
            return _bounded(community, rival, budget, share, mission)
        reached = affordable
        mission = reached + max(reached * _STEP, _LEAST)


def _affordable_up_to(
    community: Community, rival: Rival, order: Any, budget: Fraction
) -> Fraction | None:
    """Return the mission at which approaching members in this order costs the budget."""
    terms = _terms(community, rival, order)
    if rival.crowding and rival.mission:
        return _affordable_with_crowding(community, rival, order, budget)
    turning = sorted({-base / slope for slope, base in terms if slope})
    cost = sum((max(Fraction(0), base) for slope, base in terms if not slope), Fraction(0))
    if cost > budget:
        return Fraction(-1)
    for here, then in zip(turning, [*turning, None][1:], strict=True):
        rising = [(slope, base) for slope, base in terms if slope and -base / slope <= here]
        steep, level = sum(s for s, _ in rising), sum(b for _, b in rising)
        crossing = (budget - cost - level) / steep
        if then is None or crossing <= then:
            return crossing
    return None


def _terms(community: Community, rival: Rival, order: Any) -> list[tuple[Fraction, Fraction]]:
    """Return (α_i, b_i) along the order: i must be paid max(0, α_i θ + b_i)."""
    purpose = community.known_purpose("critical_mission")
    unpaid = StandardResponse(community.with_mission(0), rival, np.zeros(community.n))
    terms = []
    for i, stay, gone in _company(community, order):
        terms.append((Fraction(purpose[i]), -unpaid.temptation(i, stay, gone)))
    return terms


def _company(community: Community, order: Any) -> Iterator[tuple[int, Fraction, Fraction]]:
    """Yield (i, ties to those not earlier, ties to those earlier) along the order."""
    if community.ties is None:
        earlier = Fraction(0)
        for i in order.tolist():
            share = Fraction(community.contribution[i]) / community.total
            social = Fraction(community.social[i])
            yield i, social * (1 - share - earlier), social * earlier
            earlier += share
        return
    away = np.zeros(community.n, dtype=bool)
    around = Around(community, away)
    for i in order.tolist():
        yield i, *around.exact(i)
        away[i] = True


def _affordable_with_crowding(
    community: Community, rival: Rival, order: Any, budget: Fraction
) -> Fraction | None:
    """As `_affordable_up_to`, by bisection: pay is then not linear in the mission."""
    from missiongame.collapse.problem import Problem

    def costs(mission: Fraction) -> Fraction:
        return Problem.of(community.with_mission(mission), rival, Fraction(1)).cost(order)[1]

    purpose = community.known_purpose("critical_mission")
    if not np.any(np.asarray(purpose[order] > 0)):
        return None if costs(Fraction(0)) <= budget else Fraction(-1)
    return _bisected(lambda mission: costs(mission) > budget)


def _bounded(
    community: Community, rival: Rival, budget: Fraction, share: Fraction, low: Fraction
) -> Number:
    """Bisect for the mission at which the price's lower bound exceeds the budget."""
    from missiongame.collapse import price_of_collapse

    def exceeds(mission: Fraction) -> bool:
        price = price_of_collapse(community.with_mission(low + mission), rival, share=share)
        return price.lower_bound > budget

    return simplest(low + _bisected(exceeds))


def _bisected(exceeds: Callable[[Fraction], bool]) -> Fraction:
    """Return the mission from which `exceeds` holds, within a relative 2⁻⁴⁰ above it."""
    low, high = Fraction(0), Fraction(1)
    while not exceeds(high):
        low, high = high, 2 * high
    while high - low > high * _STEP and high > _LEAST:
        middle = (low + high) / 2
        low, high = (low, middle) if exceeds(middle) else (middle, high)
    return high
