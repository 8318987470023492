"""In the mixed equilibrium a stronger mission means more defection; but it is unstable.

n ≥ 2 members alike, each of whose others are worth g to them, k = (n − 1)g together;
each stays with probability p. Expected ties to stayers are worth kp, to leavers
k(1 − p) (induction over the others: "one more other"), and T is linear in both, so a
member's expected temptation is

    T(θ, p) = w + αθ_Rφ(w) + ρk(1 − p) − (αθ + h + kp),

and p in (0, 1) is an equilibrium iff T(θ, p) = 0. The claim: with k > 0 and α > 0 the
probability of staying falls as θ rises to θ_new, defection 1 − p rises; and the
equilibrium is unstable, as whenever the others stay with a probability q above (below)
p, staying (leaving) is the better answer: best responses and the replicator,
ṗ = −p(1 − p)T, both move away. With ρ = 0, αθ + h = m and no rival's mission,
1 − p = 1 − (w − m)/k.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

import sympy as sp

from missiongame.bimatrix import solve
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import at_both, numbers_of, tempted, told_at_both
from missiongame.catalogue.from_numbers import rival_of, two_alike, values
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import LEGAL, real, temptation
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

p, p_new, q, k, theta_new = real("p p_new q k theta_new")


def expected(staying: Any, **changes: Any) -> Any:
    """Return a member's expected temptation where all others stay with a probability."""
    return temptation(G_stay=k * staying, G_gone=k * (1 - staying), **changes)


setting = {
    **LEGAL,
    "a stronger mission": theta_new > m.theta,
    "p is mixed": sp.And(p > 0, p < 1, sp.Eq(expected(p), 0)),
    "p_new is mixed": sp.And(p_new > 0, p_new < 1, sp.Eq(expected(p_new, theta=theta_new), 0)),
}
COMPANY, PURPOSE = "company is worth something", "purpose positive"
assumptions = {COMPANY: k > 0, PURPOSE: m.alpha > 0}
parts = {
    "defection rises": 1 - p_new > 1 - p,
    "more stay, staying is better": sp.Implies(q > p, expected(q) < 0),
    "more leave, leaving is better": sp.Implies(q < p, expected(q) > 0),
}
claim = sp.And(*parts.values())


def _steps() -> tuple[Step, ...]:
    g, stay, gone = real("g S_stay S_gone")
    so_far = {"so far": sp.And(sp.Eq(stay, k * p), sp.Eq(gone, k * (1 - p)))}
    longer = sp.And(sp.Eq(stay + g * p, (k + g) * p), sp.Eq(gone + g * (1 - p), (k + g) * (1 - p)))
    return (Step("one more other", longer, so_far),)


@dataclass(frozen=True)
class Alike:
    """Two members alike, whose presence is worth k to each other, at two missions."""

    community: Community
    rival: Rival
    pay: Fraction
    mission: Fraction

    def game(self, community: Community) -> list[list[Fraction]]:
        """Return what a row of (stay, leave) gets against a column of them, leaving counted 0."""
        offer = flat(self.pay)
        stay = [-tempted(community, self.rival, offer, 0, gone) for gone in ((), (1,))]
        return [stay, [Fraction(0), Fraction(0)]]

    def mixed(self, community: Community) -> list[Fraction]:
        """Return the staying probabilities of the completely mixed symmetric equilibria."""
        game = self.game(community)
        found = solve(game, [list(column) for column in zip(*game, strict=True)])
        pairs = [(e.row, e.column) for e in found if 0 < e.row[0] < 1]
        return [row[0] for row, column in pairs if row == column]

    def holds(self) -> bool:
        """Return whether the mixed equilibrium has more defection at the stronger mission."""
        before, after = map(self.mixed, at_both(self.community, self.mission))
        if not before or not after:
            return True
        (against_stay, against_leave), _ = self.game(self.community)
        return after[0] < before[0] and against_stay > 0 > against_leave

    def story(self) -> str:
        """Return the mixed equilibrium's defection at either mission."""

        def tell(town: Community) -> str:
            found = ", ".join(str(1 - stay) for stay in self.mixed(town))
            return f"each leaves with probability {found or '0 or 1'}"

        return told_at_both(self.community, self.mission, tell)

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers at the equilibria that were found."""
        before, after = map(self.mixed, at_both(self.community, self.mission))
        if before and after:
            point = numbers_of(self.community, self.rival, flat(self.pay), 0)
            for other in (Fraction(0), before[0] / 2, (1 + before[0]) / 2, Fraction(1)):
                own = {k: point[m.G_stay], theta_new: self.mission, q: other}
                yield {**point, **own, p: before[0], p_new: after[0]}


def case(numbers: Numbers) -> Alike:
    """Return the story of two members."""
    town = two_alike(*values(numbers, "alpha", "h", "k", "theta"))
    return Alike(town, rival_of(numbers), *values(numbers, "w", "theta_new"))


@drawn
def cases(draw: Draw, relaxed: str = "") -> Alike:
    """Draw a pair with a mixed equilibrium at both missions.

    Without one assumption p rises, or moves not at all, from `stay` to `less`.
    """
    rival, pay = draw.rival(), draw.number(0, 6)
    alpha = draw.number(-2, 0) if relaxed == PURPOSE else draw.positive(3)
    theta, more = draw.number(0, 3), draw.positive(2)
    stay, less = draw.number(0, 1, 8), draw.number(0, 1, 8)
    draw.only_if(0 < less < 1 and 0 < stay < 1)
    draw.only_if((less > stay) == (alpha < 0 if relaxed == PURPOSE else relaxed == COMPANY))
    draw.only_if((less == stay) == (alpha == 0))
    rho = Fraction(rival.portability)
    # So that p moves from `stay` to `less`.
    k_ = alpha * more / ((1 + rho) * (stay - less)) if alpha else Fraction(1)
    there = pay + alpha * Fraction(rival.mission) / (1 + Fraction(rival.crowding) * pay)
    own = there + rho * k_ * (1 - stay) - alpha * theta - k_ * stay
    return Alike(two_alike(alpha, own, k_, theta), rival, pay, theta + more)


theorem = Theorem(
    name="mixed-perversity",
    title="In the mixed equilibrium a stronger mission means more defection",
    statement="Where members alike, to whom the mission is worth something, value each other's "
    "presence, the defection in their symmetric mixed equilibrium rises as the mission grows "
    "stronger, as long as there is one; but that equilibrium is unstable: if more stay than it "
    "says, staying is better, and if more leave, leaving is.",
    words={
        COMPANY: "value each other's presence",
        PURPOSE: "to whom the mission is worth something",
        "defection rises": "the defection in their symmetric mixed equilibrium rises",
        "more stay, staying is better": "if more stay than it says, staying is better",
        "more leave, leaving is better": "if more leave, leaving is",
    },
    explanation="In a mixed equilibrium everyone is indifferent. If the mission grows, staying "
    "gains, and only worse company can restore the balance: so more must leave. It is a trap for "
    "readers of equilibria, not a fact about communities: a little more company than expected and "
    "everyone prefers to stay, a little less and everyone prefers to leave, so no community rests "
    "there. If members dislike company, gradual adjustment leads back to it, and defection falls.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="the correspondence principle; after F. Echenique, J. Economic Theory 102 (2002)",
    steps=_steps(),
    small=Small(claim, setting, assumptions),
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
