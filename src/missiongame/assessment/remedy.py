"""From a case and the steward's policies to the cheapest that makes the community hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from missiongame.assessment.case import Case
from missiongame.assessment.findings import Findings
from missiongame.exact import Number
from missiongame.model import Policy


@dataclass(frozen=True)
class Remedy:
    """A policy, and whether it makes the community hold against the offer, or the budget too."""

    policy: Policy
    offer: bool
    budget: bool


def remedies(found: Findings) -> tuple[Remedy, ...]:
    """Return the cheapest policy against the offer, and against the budget, where one is needed.

    Only where purpose is known. A remedy holds for certain: whatever members expect of
    each other, and however the budget is spent. One policy that does both is one remedy.
    """
    if not found.known:
        return ()
    enough: list[Callable[[Case], bool]] = []
    if found.holds is not True:
        enough.append(_holds)
    if found.holds_budget is False:
        enough.append(_too_dear)
    cases = found.with_policies
    cheapest = (next((p for p in cases if is_enough(cases[p])), None) for is_enough in enough)
    return tuple(
        Remedy(policy, _holds(cases[policy]), found.priceable and _too_dear(cases[policy]))
        for policy in dict.fromkeys(cheapest)
        if policy is not None
    )


def lowered(found: Findings, level: Number, policy: Policy) -> Fraction | None:
    """Return what worth of staying, at today's mission, is enough with a policy.

    Where purpose is unknown and nothing but purpose holds members: the mission counts
    as many times more. None where that is not so, or today's mission is 0.
    """
    now = Fraction(found.scenario.community.mission)
    if not found.in_multiples:
        return None
    return Fraction(level) * now / (now + Fraction(policy.uplift))


def _holds(case: Case) -> bool:
    return case.status == "holds"


def _too_dear(case: Case) -> bool:
    """Return whether it is proved that the budget does not buy the share."""
    return case.bought is False
