"""A stronger mission tempts nobody more.

T_i = w + αθ_Rφ(w) + ρ G_gone − (αθ + h + G_stay). Only −αθ depends on θ, so with
α ≥ 0 a rise from θ to θ_new cannot raise T_i. The claim is about one member, and
G_stay and G_gone are arbitrary numbers: it holds for every number of members,
whatever the others do and whatever the signs of the ties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import sympy as sp

from missiongame.catalogue.outcomes import numbers_of, story_of, tempted
from missiongame.catalogue.symbolic_game import legal, real, temptation, value
from missiongame.catalogue.theorem import Numbers, Small, Theorem
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

theta_new = real("theta_new")
setting = {
    **legal("mission", "pay", "rival's mission", "portability", "crowding"),
    "a mission no weaker": theta_new >= m.theta,
}
claim = temptation(theta=theta_new) <= temptation()
assumptions = {"purpose not negative": m.alpha >= 0}


@dataclass(frozen=True)
class Stronger:
    """One offer to one community at two missions, with some members gone."""

    community: Community
    rival: Rival
    offer: Any
    mission: Fraction
    gone: frozenset[int] = frozenset()

    @property
    def towns(self) -> tuple[Community, Community]:
        """The community at its own mission and at the other."""
        return self.community, self.community.with_mission(self.mission)

    def holds(self) -> bool:
        """Return whether no member is tempted more at the stronger mission."""
        earlier, later = (
            [tempted(town, self.rival, self.offer, i, self.gone) for i in range(town.n)]
            for town in self.towns
        )
        return all(b <= a for a, b in zip(earlier, later, strict=True))

    def story(self) -> str:
        """Return who leaves at either mission."""
        return "\n".join(story_of(town, self.rival, self.offer) for town in self.towns)

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member."""
        for i in range(self.community.n):
            point = numbers_of(self.community, self.rival, self.offer, i, self.gone)
            yield {**point, theta_new: self.mission}


def case(numbers: Numbers) -> Stronger:
    """Return the story of a community of one."""
    town = Community(
        [1],
        purpose=value(numbers, "alpha"),
        enjoyment=value(numbers, "h"),
        mission=value(numbers, "theta"),
    )
    rival = Rival(
        mission=value(numbers, "theta_R"),
        portability=value(numbers, "rho"),
        crowding=value(numbers, "kappa"),
    )
    return Stronger(town, rival, flat(value(numbers, "w")), value(numbers, "theta_new"))


def cases(purpose: tuple[int, int] = (0, 3)) -> SearchStrategy[Stronger]:
    """Return a strategy of communities, some of whose members have left."""
    from hypothesis import strategies as st

    from missiongame.testing import numbers, scenes

    @st.composite
    def stronger(draw: st.DrawFn) -> Stronger:
        kinds = ("none", "default", "general", "any sign")
        town, rival, offer = draw(scenes(ties=kinds, purpose=purpose))
        gone = draw(st.frozensets(st.integers(0, town.n - 1)))
        rise = draw(numbers(0, 3))
        return Stronger(town, rival, offer, Fraction(town.mission) + rise, gone)

    return stronger()


alone = {"alone": sp.And(sp.Eq(m.G_stay, 0), sp.Eq(m.G_gone, 0))}
theorem = Theorem(
    name="temptation",
    title="A stronger mission tempts nobody more",
    statement="A member whom the mission does not repel is never tempted more to leave when the "
    "mission grows stronger, whatever they are paid and whatever the others do.",
    words={
        "purpose not negative": "whom the mission does not repel",
        "temptation": "never tempted more to leave",
    },
    explanation="A member compares what leaving brings (cash, the rival's own mission, friends "
    "who left) with what staying brings (the mission, the pleasure, friends who stay). Nothing "
    "but the mission's own worth changes when the mission grows, and that counts for staying. So "
    "the temptation cannot rise, unless the member dislikes the mission: then a stronger one "
    "drives them out.",
    parts={"temptation": claim},
    assumptions=assumptions,
    setting=setting,
    source="the two payoff lines; after Y. Benkler, Coase's Penguin, Yale Law Journal 112 (2002)",
    small=Small(
        claim,
        {**setting, **alone},
        assumptions,
        {"purpose not negative": sp.And(temptation() < 0, temptation(theta=theta_new) > 0)},
    ),
    case=case,
    cases=cases,
    outside={"purpose not negative": partial(cases, purpose=(-2, 3))},
)
