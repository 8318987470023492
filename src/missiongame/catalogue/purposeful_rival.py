"""A rival with a mission of its own needs no more cash.

T(w, θ_R) is a member's temptation at pay w under the rival's mission θ_R, whatever
crowding κ is, and whatever the others do (G_stay, G_gone are arbitrary: every n).
The reservation pay r is the least w ≥ 0 with T ≥ 0; r_new is that under
θ_new ≥ θ_R. Least means: it wins, and nothing less does; so if r wins under θ_new
too, then r_new ≤ r (the only instance that is needed).

The claim: r_new ≤ r; zero pay suffices iff α(θ_R − θ) ≥ h + G_stay − ρG_gone; and
if καθ_R ≤ 1, every pay above r wins as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

import sympy as sp

from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import lifted, numbers_of, story_of, tempted
from missiongame.catalogue.from_numbers import one_member, rival_of, values
from missiongame.catalogue.statement import Numbers
from missiongame.catalogue.symbolic_game import ALONE, legal, real, temptation
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

r, r_new, theta_R_new = real("r r_new theta_R_new")
balance = m.h + m.G_stay - m.rho * m.G_gone
setting = {
    **legal("rival's mission", "portability", "crowding"),
    "a rival's mission no weaker": theta_R_new >= m.theta_R,
    "r wins": sp.And(r >= 0, temptation(w=r) >= 0),
    "r_new is least": sp.Implies(temptation(w=r, theta_R=theta_R_new) >= 0, r_new <= r),
    "a higher pay": m.w >= r,
}
PURPOSE, LITTLE = "purpose not negative", "pay dilutes little, κα·θ_R ≤ 1"
assumptions = {PURPOSE: m.alpha >= 0, LITTLE: m.kappa * m.alpha * m.theta_R <= 1}
parts = {
    "less pay": r_new <= r,
    "no pay": sp.Equivalent(temptation(w=0) >= 0, m.alpha * (m.theta_R - m.theta) >= balance),
    "more pay wins too": temptation() >= 0,
}
claim = sp.And(*parts.values())


@dataclass(frozen=True)
class RivalsMission:
    """One member's pay at two missions of the rival, and a higher pay."""

    community: Community
    rival: Rival
    pay: Fraction
    higher: Fraction
    mission: Fraction
    gone: frozenset[int] = frozenset()

    def wins(self, pay: Fraction, rival: Rival) -> bool:
        """Return whether member 1 leaves (if indifferent too) for `pay`."""
        return tempted(self.community, rival, flat(pay), 0, self.gone) >= 0

    @property
    def stronger(self) -> Rival:
        """The rival with the other mission."""
        return replace(self.rival, mission=self.mission)

    def holds(self) -> bool:
        """Return whether what wins still wins at a stronger mission, and with more pay."""
        if not self.wins(self.pay, self.rival):
            return True
        return self.wins(self.pay, self.stronger) and self.wins(self.higher, self.rival)

    def story(self) -> str:
        """Return who leaves for the pay, for more, and under the rival's stronger mission."""
        tries = (self.rival, self.pay), (self.rival, self.higher), (self.stronger, self.pay)
        return "\n".join(
            f"rival's mission {Fraction(rival.mission)}, "
            + story_of(self.community, rival, flat(pay))
            for rival, pay in tries
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for member 1."""
        point = numbers_of(self.community, self.rival, flat(self.higher), 0, self.gone)
        least = self.pay if self.wins(self.pay, self.stronger) else self.pay + 1
        yield {**point, r: self.pay, r_new: least, theta_R_new: self.mission}


def case(numbers: Numbers) -> RivalsMission:
    """Return the story of a community of one."""
    pay, higher, mission = values(numbers, "r", "w", "theta_R_new")
    return RivalsMission(one_member(numbers), rival_of(numbers), pay, higher, mission)


@drawn
def cases(draw: Draw, relaxed: str = "") -> RivalsMission:
    """Draw a member whom no mission repels and whose purpose pay dilutes little."""
    town = draw.community(
        ties=("none", "general", "any sign"), purpose=(-2, 3) if relaxed == PURPOSE else (0, 3)
    )
    rival, purpose = draw.rival(), Fraction(town.known_purpose("purposeful-rival")[0])
    diluted = Fraction(rival.crowding) * purpose * Fraction(rival.mission)
    draw.only_if(relaxed == LITTLE or diluted <= 1)
    gone = draw.group(town)
    if relaxed == LITTLE:  # who would just come unpaid
        gain = tempted(town, rival, flat(0), 0, gone) - Fraction(1, 8)
        town = lifted(town, [gain] * town.n)
    short = max(Fraction(0), -tempted(town, rival, flat(0), 0, gone))
    # Just enough where pay dilutes nothing; else any pay.
    pay = short if not rival.crowding or not short else draw.number(0, 8)
    higher, mission = pay + draw.number(0, 4), Fraction(rival.mission) + draw.number(0, 3)
    return RivalsMission(town, rival, pay, higher, mission, gone)


wins, loses = temptation(w=r) > 0, temptation(w=r, theta_R=theta_R_new) < 0
theorem = Theorem(
    name="purposeful-rival",
    title="A rival with a mission of its own needs no more cash",
    statement="For a member whom no mission repels, the least pay that wins never rises with the "
    "rival's own mission; none is needed exactly where that mission, less the community's, is "
    "worth at least pleasure and the balance of company; and if pay dilutes purpose little "
    "(κα·θ_R ≤ 1), more pay wins whoever less pay wins.",
    words={
        PURPOSE: "whom no mission repels",
        LITTLE: "if pay dilutes purpose little (κα·θ_R ≤ 1)",
        "less pay": "the least pay that wins never rises with the rival's own mission",
        "no pay": "none is needed exactly where that mission, less the community's, is worth at "
        "least pleasure and the balance of company",
        "more pay wins too": "more pay wins whoever less pay wins",
    },
    explanation="What a member believes in can be had on the other side too. The more the rival "
    "stands for something, the less it has to pay, down to nothing. But cash and cause can get in "
    "each other's way: where pay dilutes a strong purpose, an offer of a little cash can repel "
    "those who would have come for the cause alone.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="the two payoff lines; after T. Besley and M. Ghatak, Competition and incentives with "
    "motivated agents, American Economic Review 95 (2005)",
    small=Small(
        claim,
        {**setting, **legal("mission"), **ALONE},
        assumptions,
        {PURPOSE: sp.And(wins, loses), LITTLE: sp.And(wins, temptation() < 0)},
    ),
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
