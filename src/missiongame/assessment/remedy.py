"""From a case and the steward's policies to the cheapest that makes the community hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    needed: list[Callable[[Case], bool]] = []
    if found.holds is not True:
        needed.append(_holds)
    if found.holds_budget is False:
        needed.append(lambda case: case.bought is False)
    chosen = [_cheapest(found, enough) for enough in needed]
    return tuple(
        Remedy(case_policy, *_what(found, case_policy))
        for case_policy in dict.fromkeys(policy for policy in chosen if policy is not None)
    )


def with_policy(found: Findings, policy: Policy) -> Case:
    """Return the case in which the steward has chosen a policy; purpose is known."""
    case, community = found.scenario, found.scenario.community
    stronger = Fraction(community.mission) + Fraction(policy.uplift)
    town = community.with_mission(stronger)
    return Case(case.changed(community=town), found.share, found.budget, found.seconds)


def lowered(found: Findings, level: Number, policy: Policy) -> Fraction | None:
    """Return what worth of staying, at today's mission, is enough with a policy.

    Where purpose is unknown and nothing but purpose holds members: the mission counts
    as many times more. None where that is not so, or today's mission is 0.
    """
    now = Fraction(found.scenario.community.mission)
    if not found.in_multiples:
        return None
    return Fraction(level) * now / (now + Fraction(policy.uplift))


def _cheapest(found: Findings, enough: Callable[[Case], bool]) -> Policy | None:
    return next((p for p in _by_cost(found) if enough(with_policy(found, p))), None)


def _by_cost(found: Findings) -> Iterator[Policy]:
    """Yield the policies that do something, the cheapest first; of equal cost, the strongest."""
    useful = [p for p in found.scenario.steward.policies if p.uplift]
    yield from sorted(useful, key=lambda p: (p.cost, -p.uplift))


def _holds(case: Case) -> bool:
    return case.status == "holds"


def _what(found: Findings, policy: Policy) -> tuple[bool, bool]:
    case = with_policy(found, policy)
    return _holds(case), found.priceable and case.bought is False
