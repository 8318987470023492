"""Management as a service: who provides the uplift does not matter, what arrives does.

A policy lifts the mission by u at a cost; an outside provider may keep a part of
the uplift for itself (members come to follow the provider instead), so that
(1 − kept)·u arrives. If nothing is kept, each member's temptation is the same under
both, whatever the others do; so the same profiles are equilibria, the same of them
least, robust and greatest, and defection K is the same number. The steward's payoff
V(1 − K) − cost then ranks the two by cost alone ("the cheaper one is better").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import sympy as sp

from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import gone_in, named, numbers_of
from missiongame.catalogue.from_numbers import one_member, rival_of, value, values
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import LEGAL, real, temptation
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.contest import Contest
from missiongame.model import Community, Policy, Rival, Steward
from missiongame.model import symbols as m
from missiongame.model.offers import Offer, flat

uplift, kept = real("m kept")
KEEPS_NOTHING = "the provider keeps no part of the uplift"

inside = temptation(theta=m.theta + uplift)
outside = temptation(theta=m.theta + (1 - kept) * uplift)
setting = {
    **LEGAL,
    "uplift": uplift >= 0,
    "a part": sp.And(kept >= 0, kept <= 1),
}
assumptions = {KEEPS_NOTHING: sp.Eq(kept, 0)}


def _steps() -> tuple[Step, ...]:
    V, K, make, buy = real("V K cost_make cost_buy")
    better = V * (1 - K) - buy >= V * (1 - K) - make
    return (Step("the cheaper one is better", sp.Equivalent(better, buy <= make)),)


@dataclass(frozen=True)
class Providers:
    """The same uplift bought and made, of which an outside provider keeps a part."""

    community: Community
    rival: Rival
    offer: Offer
    uplift: Fraction
    kept: Fraction

    def contest(self) -> Contest:
        """Return the contest of the two policies, in-house first, against the offer."""
        arrives = (1 - self.kept) * self.uplift
        policies = [Policy(self.uplift, 1), Policy(arrives, 1, provider="outside")]
        return Contest(self.community, Steward(10, policies), self.rival, [self.offer])

    def holds(self) -> bool:
        """Return whether both policies leave the same defection and pay the steward the same."""
        exact = self.contest().exact
        return exact.defection[0] == exact.defection[1] and exact.steward[0] == exact.steward[1]

    def story(self) -> str:
        """Return who leaves under either policy."""
        made, bought = (row[0] for row in self.contest().outcomes)
        return (
            f"uplift {self.uplift}, {self.kept} of it kept by the provider: made, "
            f"{named(self.community, gone_in(made))}; bought, "
            f"{named(self.community, gone_in(bought))}"
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member."""
        for i in range(self.community.n):
            point = numbers_of(self.community, self.rival, self.offer, i)
            yield {**point, uplift: self.uplift, kept: self.kept}


def case(numbers: Numbers) -> Providers:
    """Return the story of one member."""
    offer = flat(value(numbers, "w"))
    return Providers(one_member(numbers), rival_of(numbers), offer, *values(numbers, "m", "kept"))


@drawn
def cases(draw: Draw, keeps: bool = False) -> Providers:
    """Draw a community, an offer and an uplift, of which nothing or any part is kept."""
    scene = draw.scene()
    part = draw.number(0, 1, 4) if keeps else Fraction(0)
    return Providers(*scene, draw.number(0, 3), part)


def _small() -> Small:
    """One member: what counts is who leaves, so the temptation's sign."""
    alone = {m.G_stay: 0, m.G_gone: 0}
    made, bought = inside.subs(alone), outside.subs(alone)
    same = sp.Equivalent(made > 0, bought > 0)
    return Small(same, setting, assumptions, telling={KEEPS_NOTHING: sp.And(m.alpha > 0, kept < 1)})


theorem = Theorem(
    name="make-or-buy",
    title="Management can be bought, as long as the mission stays",
    statement="If an outside provider keeps no part of the uplift, nobody's temptation depends on "
    "whether a policy is made or bought, whatever the others do; so of two policies with the same "
    "uplift the same members leave, and the steward does no worse with the cheaper.",
    words={
        KEEPS_NOTHING: "keeps no part of the uplift",
        "the same temptation": "nobody's temptation depends on whether a policy is made or bought",
    },
    explanation="Running servers, payments or events for a mission is a service, and members do "
    "not feel who sends the invoice. What they feel is the mission. If the provider delivers all "
    "of the uplift, only cost decides. If members come to follow the provider instead, part of "
    "the mission is no longer the community's, and a bargain may cost it its members.",
    parts={"the same temptation": sp.Eq(inside, outside)},
    assumptions=assumptions,
    setting=setting,
    source="own derivation; for the question R. Coase, The nature of the firm, Economica 4 (1937)",
    steps=_steps(),
    small=_small(),
    case=case,
    cases=cases,
    outside={KEEPS_NOTHING: partial(cases, keeps=True)},
)
