"""Exactly when a best posted pay takes fewer heads, if some care more for the mission.

No ties, equal contributions, κθ_R = 0: W(D) is the least pay for which D members
leave, E(D) = D·W(D) what they cost in all, E(0) = 0. The rival maximises vD − E(D)
over D. Let E** be the lower convex hull of E and d_D = E**(D) − E**(D−1) its slopes,
which do not fall in D.

The hull and E have the same maximum of vD − E (cited). On the hull D heads beat fewer
iff the slopes up to d_D are at most v ("heads pay one by one", and strictly, "heads do
not pay"); at the largest and at the smallest best D the hull touches E, so that they
are best for E itself. So the most heads that a best pay
takes are at least D iff d_D ≤ v, the fewest iff d_D < v.

If no slope falls with the mission, both fall for every v: the claim. If one falls, a v
between the old slope and the new one makes the rival take more ("only if"). So the
condition is exact. It holds if E(D, θ_new) − E(D, θ) does not fall in D ("sufficient",
for E itself, by revealed preference), as where what D heads ask for more of, D times
the purpose of the member on the margin, does not fall in D.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

import sympy as sp

from missiongame.catalogue.best_pay import Market
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import at_both
from missiongame.catalogue.from_numbers import several_members, values
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import Members, indicator, legal, real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.model import Community, Rival
from missiongame.model import symbols as m

d, d_new, v, theta_new = real("d d_new v theta_new")

NO_FALL = "no slope of the hull falls with the mission"
setting = {"value": v > 0, "slopes": sp.And(d >= 0, d_new >= 0)}
assumptions = {NO_FALL: d_new >= d}
parts = {
    "the most heads": sp.Implies(d_new <= v, d <= v),
    "the fewest heads": sp.Implies(d_new < v, d < v),
}


def _steps() -> tuple[Step, ...]:
    cost, heads, between = real("cost heads between")
    D, D_more, E, E_more, rise, rise_more = real("D D_more E E_more rise rise_more")
    return (
        Step(
            "heads pay one by one",
            cost + d <= v * (heads + 1),
            {"so far": cost <= v * heads, "one more slope": d <= v},
        ),
        Step(
            "heads do not pay",
            cost + d > v * (heads + 1),
            {"so far": cost >= v * heads, "one more slope": d > v},
        ),
        Step(
            "only if",
            sp.And(between > 0, d_new <= between, sp.Not(d <= between)),
            {
                "a slope falls": sp.And(d_new >= 0, d_new < d),
                "between": sp.Eq(2 * between, d + d_new),
            },
        ),
        Step(
            "sufficient",
            v * D - E - rise > v * D_more - E_more - rise_more,
            {
                "fewer were better": v * D - E > v * D_more - E_more,
                "the rise does not fall in heads": rise_more >= rise,
            },
        ),
    )


def hull_slopes(costs: list[Fraction]) -> list[Fraction]:
    """Return the slopes of the lower convex hull of E(0) = 0, E(1), …, one a head.

    Examples
    --------
    >>> hull_slopes([Fraction(3), Fraction(4)])
    [Fraction(2, 1), Fraction(2, 1)]
    """
    corners: list[tuple[int, Fraction]] = []
    for point in enumerate([Fraction(0), *costs]):
        while len(corners) > 1 and _slope(corners[-2], corners[-1]) >= _slope(corners[-1], point):
            corners.pop()
        corners.append(point)
    return [_slope(a, b) for a, b in pairwise(corners) for _ in range(b[0] - a[0])]


def _slope(a: tuple[int, Fraction], b: tuple[int, Fraction]) -> Fraction:
    return (b[1] - a[1]) / (b[0] - a[0])


@dataclass(frozen=True)
class Unequal:
    """Members with purposes of their own, no ties; a rival's best pays at two missions."""

    community: Community
    mission: Fraction
    value: Fraction

    @cached_property
    def slopes(self) -> tuple[list[Fraction], list[Fraction]]:
        """d_1, …, d_n at either mission, from the pays that win each member."""
        before, after = at_both(self.community, self.mission)
        return self._slopes(before), self._slopes(after)

    def _slopes(self, town: Community) -> list[Fraction]:
        market = Market(town, Rival())
        heads = range(1, town.n + 1)
        pays = [min(p for p in market.breakpoints if len(market.leavers(p)) >= k) for k in heads]
        return hull_slopes([k * pay for k, pay in zip(heads, pays, strict=True)])

    @property
    def falling(self) -> list[Fraction]:
        """Worths of a head between the old and the new value of each slope that falls."""
        return [(old + new) / 2 for old, new in zip(*self.slopes, strict=True) if new < old]

    @property
    def no_slope_falls(self) -> bool:
        """Whether the theorem's condition holds."""
        return not self.falling

    def heads(self, worth: Fraction, most: bool) -> list[int]:
        """Return how many a best pay takes at either mission, the most or the fewest."""
        towns = at_both(self.community, self.mission)
        markets = [Market(town, Rival(worth)) for town in towns]
        return [len(market.leavers(market.best(most))) for market in markets]

    def falls(self, worth: Fraction) -> bool:
        """Return whether heads do not rise, where a head is worth this."""
        return all(
            later <= earlier
            for earlier, later in (self.heads(worth, most) for most in (True, False))
        )

    def holds(self) -> bool:
        """Return whether heads do not rise at this value, and the condition is exact."""
        return self.falls(self.value) and not any(map(self.falls, self.falling))

    def story(self) -> str:
        """Return how many a best pay takes at either mission."""
        before, after = self.heads(self.value, most=True)
        return (
            f"a head is worth {self.value}: the best pay takes {before} at mission "
            f"{Fraction(self.community.mission)} and {after} at mission {self.mission}"
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each head."""
        for old, new in zip(*self.slopes, strict=True):
            yield {d: old, d_new: new, v: self.value}


def case(numbers: Numbers) -> Unequal:
    """Return the story of two members."""
    return Unequal(several_members(numbers), *values(numbers, "theta_new", "v"))


@drawn
def cases(draw: Draw, no_fall: bool = True) -> Unequal:
    """Draw a community at which the condition holds, or any."""
    town = draw.community(members=(1 if no_fall else 2, 3), ties="none", enjoyment=(0, 4))
    town = town.changed(contribution=[1] * town.n)
    mission = Fraction(town.mission) + draw.positive()
    found = Unequal(town, mission, draw.positive(8))
    draw.only_if(found.no_slope_falls or not no_fall)
    return replace(found, value=found.falling[0]) if found.falling else found


def _small() -> Small:
    """Two members: E(1) is the lower price and E(2) twice the higher, which is convex."""
    two = Members.of(2, ties=())

    def slopes(theta: Any) -> tuple[Any, Any]:
        prices = [sp.Max(0, a * theta + h) for a, h in zip(two.alpha, two.h, strict=True)]
        low, high = sp.Min(*prices), sp.Max(*prices)
        return low, 2 * high - low

    def heads(theta: Any) -> Any:
        return sum(indicator(slope <= v) for slope in slopes(theta))

    before, after = slopes(m.theta), slopes(theta_new)
    return Small(
        heads(theta_new) <= heads(m.theta),
        {**legal("mission"), "value": v > 0, "a stronger mission": theta_new > m.theta},
        {NO_FALL: sp.And(*(new >= old for old, new in zip(before, after, strict=True)))},
        {NO_FALL: sp.And(*(a >= 0 for a in two.alpha))},
    )


theorem = Theorem(
    name="posted-offer-unequal",
    title="If some care more for the mission: exactly when a best posted pay takes no more heads",
    statement="Without ties, with equal contributions and pay that dilutes nothing, neither the "
    "most nor the fewest heads that a best posted pay takes rise with the mission, whatever a head "
    "is worth to the rival, if and only if no slope of the lower convex hull of the cost of D "
    "heads falls with the mission.",
    words={
        NO_FALL: "no slope of the lower convex hull of the cost of D heads falls with the mission",
        "the most heads": "neither the most",
        "the fewest heads": "nor the fewest heads that a best posted pay takes rise",
    },
    explanation="The rival must pay all it takes what the last one asks. So what counts is how the "
    "mission moves the cost of one head more: if it makes each further head dearer, the rival "
    "takes fewer. Suppose now that the mission means much to those who are cheap to win and "
    "nothing to the dear ones. It lifts the cheap ones' price towards that of the dear ones, so "
    "that once the rival pays anyone it may as well pay all: a stronger mission takes away the "
    "reason to be modest.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="own derivation; for the method D. Topkis, Supermodularity and Complementarity (1998)",
    steps=_steps(),
    lemmas=(
        "Rockafellar, Convex Analysis (1970): vD − E(D) and vD less the lower convex hull of E "
        "have the same maximum; at the least and the greatest D that attain it the hull touches E",
    ),
    small=_small(),
    case=case,
    cases=cases,
    outside={NO_FALL: partial(cases, no_fall=False)},
)
