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
from typing import Any

import sympy as sp

from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import at_both, numbers_of, story_of, temptations
from missiongame.catalogue.from_numbers import one_member, rival_of, value
from missiongame.catalogue.statement import Numbers
from missiongame.catalogue.symbolic_game import ALONE, LEGAL, real, temptation
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

theta_new = real("theta_new")
setting = {**LEGAL, "a mission no weaker": theta_new >= m.theta}
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

    def holds(self) -> bool:
        """Return whether no member is tempted more at the stronger mission."""
        towns = at_both(self.community, self.mission)
        earlier, later = (temptations(t, self.rival, self.offer, self.gone) for t in towns)
        return all(b <= a for a, b in zip(earlier, later, strict=True))

    def story(self) -> str:
        """Return who leaves at either mission."""
        towns = at_both(self.community, self.mission)
        return "\n".join(story_of(town, self.rival, self.offer) for town in towns)

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member."""
        for i in range(self.community.n):
            point = numbers_of(self.community, self.rival, self.offer, i, self.gone)
            yield {**point, theta_new: self.mission}


def case(numbers: Numbers) -> Stronger:
    """Return the story of a community of one."""
    pay, mission = value(numbers, "w"), value(numbers, "theta_new")
    return Stronger(one_member(numbers), rival_of(numbers), flat(pay), mission)


@drawn
def cases(draw: Draw, purpose: tuple[int, int] = (0, 3)) -> Stronger:
    """Draw a community, some of whose members have left."""
    town, rival, offer = draw.scene(
        ties=("none", "default", "general", "any sign"), purpose=purpose
    )
    gone = draw.group(town)
    return Stronger(town, rival, offer, Fraction(town.mission) + draw.number(0, 3), gone)


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
        {**setting, **ALONE},
        assumptions,
        {"purpose not negative": sp.And(temptation() < 0, temptation(theta=theta_new) > 0)},
    ),
    case=case,
    cases=cases,
    outside={"purpose not negative": partial(cases, purpose=(-2, 3))},
)
