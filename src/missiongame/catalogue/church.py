"""A purpose above a threshold keeps everyone, whatever a rival with that purse offers.

Against offers of at most w̄ a member, leaving brings i cash and the rival's own
mission worth at most A_i = max(α_iθ_R, w̄ + α_iθ_Rφ(w̄)), as w + aφ(w) is convex in w.
For a set D of leavers with i ∈ D let G_gone sum i's ties into D, G_stay those out of
it, and

    f_i(D) = [A_i − h_i + ρ G_gone − G_stay]/α_i,   θ* = max over D ≠ ∅ of min over D of f_i(D).

Let θ > θ*. In any D ≠ ∅ the member with the least f_i has f_i(D) ≤ θ* < θ, and the
claim, about that member, says that they would rather stay: so no D ≠ ∅ is an
equilibrium. For D = {i} it says that nobody leaves first: D = ∅ is one, for every
offer in [0, w̄]ⁿ. It holds for every n and any signs of ties.

With g ≥ 0, f_i(D) does not fall as D grows ("one more gone"), so removing the member
with the least f_i again and again passes through a D that attains θ*: `threshold`. At
θ ≤ θ* everyone in that D leaves, given that D does, for the better of no pay and the
cap ("at the threshold"), and best responses from there lead to an equilibrium in
which D has left: so θ* is exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import chain, combinations
from typing import Any

import sympy as sp

from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.evaluation import value_at
from missiongame.catalogue.exact_game import equilibria_of, numbers_of, story_of
from missiongame.catalogue.from_numbers import one_member, rival_of, value
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import ALONE, legal, real, temptation
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.errors import illegal
from missiongame.exact import fraction
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat, personal

cap, star, g = real("w_cap theta_star g")
there = temptation(theta=0, h=0, G_stay=0, G_gone=0)  # w + αθ_Rφ(w)
most = sp.Max(there.subs(m.w, 0), there.subs(m.w, cap))
f = (most - m.h + m.rho * m.G_gone - m.G_stay) / m.alpha
THRESHOLD = "θ* is at least the least f in D"
setting = {
    **legal("pay", "rival's mission", "portability", "crowding"),
    THRESHOLD: f <= star,
}
PURPOSE, CAPPED, ABOVE = "purpose positive", "pay within the cap", "mission above the threshold"
assumptions = {PURPOSE: m.alpha > 0, CAPPED: m.w <= cap, ABOVE: m.theta > star}
claim = temptation() < 0


def threshold(community: Community, rival: Rival, cap: Any) -> Fraction:
    """Return θ*: above it nobody leaves for any offer of at most `cap` a member.

    Parameters
    ----------
    community : Community
        Every purpose positive, no tie negative.
    rival : Rival
    cap : number
        w̄ ≥ 0, money a period.

    Raises
    ------
    InvalidValue
        If a purpose is not positive or a tie is negative.

    Examples
    --------
    >>> threshold(Community([1, 1], purpose=[4, 1], enjoyment=[1, 0]), Rival(), cap=3)
    Fraction(3, 1)
    """
    limit = fraction(cap, "cap")
    purpose = community.known_purpose("threshold")
    for i in range(community.n):
        if purpose[i] <= 0:
            raise illegal(f"purpose[{i}]", float(purpose[i]), "positive")
    if community.ties is not None and not community.ties.nonnegative:
        i, j = community.ties.first_negative()
        raise illegal(f"ties[{i}, {j}]", "negative", "at least 0")
    return max(least for _, _, least in _dissolving(community, rival, limit))


def _dissolving(
    community: Community, rival: Rival, cap: Fraction
) -> Iterator[tuple[frozenset[int], int, Fraction]]:
    """Yield everyone, then all but the member with the least f, and so on; that member; the f."""
    gone = frozenset(range(community.n))
    while gone:
        values = {i: _f(community, rival, cap, i, gone) for i in sorted(gone)}
        least = min(values, key=values.__getitem__)
        yield gone, least, values[least]
        gone -= {least}


def by_definition(community: Community, rival: Rival, cap: Fraction) -> Fraction:
    """Return θ* of a small community by its definition, whatever the signs of its ties."""
    sets = (combinations(range(community.n), k) for k in range(1, community.n + 1))
    return max(
        min(_f(community, rival, cap, i, frozenset(gone)) for i in gone)
        for gone in chain.from_iterable(sets)
    )


def _f(
    community: Community, rival: Rival, limit: Fraction, i: int, gone: frozenset[int]
) -> Fraction:
    at = {**numbers_of(community, rival, flat(0), i, gone), cap: limit}
    number: Fraction = value_at(f, at)
    return number


@dataclass(frozen=True)
class Capped:
    """A community, a rival, an offer, and the cap on what the rival can pay a member."""

    community: Community
    rival: Rival
    offer: Any
    cap: Fraction

    def holds(self) -> bool:
        """Return whether nobody leaves in any equilibrium."""
        return equilibria_of(self.community, self.rival, self.offer) == [frozenset()]

    def story(self) -> str:
        """Return who leaves."""
        return story_of(self.community, self.rival, self.offer)

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for the member with the least f, in shrinking sets."""
        known = {cap: self.cap, star: by_definition(self.community, self.rival, self.cap)}
        for gone, least, _ in _dissolving(self.community, self.rival, self.cap):
            yield {**numbers_of(self.community, self.rival, self.offer, least, gone), **known}


def case(numbers: Numbers) -> Capped:
    """Return the story of a community of one."""
    offer, limit = flat(value(numbers, "w")), value(numbers, "w_cap")
    return Capped(one_member(numbers), rival_of(numbers), offer, limit)


@drawn
def cases(draw: Draw, relaxed: str = "") -> Capped:
    """Draw a community whose mission is above the threshold of a cap, and an offer."""
    kind = draw.one_of(("none", "default", "general", "any sign"))
    town = draw.community(members=(1, 4), ties=kind, purpose=(1, 3))
    if relaxed == PURPOSE:
        purpose = town.known_purpose("church")
        town = town.changed(purpose=[a * draw.one_of((-1, 1)) for a in purpose])
    rival, limit = draw.rival(), draw.number(0, 6)
    above = draw.number(-2, 0) if relaxed == ABOVE else draw.positive(1, 4)
    mission = by_definition(town, rival, limit) + above
    draw.only_if(mission >= 0)
    parts = (Fraction(1), Fraction(1, 2), Fraction(0), Fraction(2), Fraction(8))
    pays = [limit * draw.one_of(parts[: 5 if relaxed == CAPPED else 3]) for _ in range(town.n)]
    return Capped(town.with_mission(mission), rival, personal(pays), limit)


def _steps() -> tuple[Step, ...]:
    one_more = f.subs({m.G_stay: m.G_stay - g, m.G_gone: m.G_gone + g}, simultaneous=True)
    positive = {"purpose positive": m.alpha > 0, "ties not negative": g >= 0, "cap": cap >= 0}
    ranges = legal("portability", "crowding")
    leaves = sp.Or(temptation(w=0) >= 0, temptation(w=cap) >= 0)
    return (
        Step("one more gone", one_more >= f, {**positive, **ranges}),
        Step("at the threshold", sp.Implies(m.theta <= f, leaves), {**positive, **ranges}),
    )


theorem = Theorem(
    name="church",
    title="A church with a strong mission loses nobody to a rival that pays",
    statement="If the mission is worth something to everyone and stronger than θ*, then whatever a "
    "rival offers to whom, as long as no one gets more than the cap, nobody leaving is the only "
    "pure equilibrium; θ* is the largest, over all groups D, of the least f in D, and a member's f "
    "is what leaving with D can bring them at most (the better of no pay and the cap, with the "
    "rival's own mission, and ρ of their ties to D) less enjoyment and their ties to the rest, per "
    "unit of purpose.",
    words={
        PURPOSE: "the mission is worth something to everyone",
        CAPPED: "no one gets more than the cap",
        ABOVE: "stronger than θ*",
        THRESHOLD: "θ* is the largest, over all groups D, of the least f in D",
        "the member to whom leaving means least stays": "nobody leaving is the only pure "
        "equilibrium",
    },
    explanation="Suppose some did leave. Among them is one to whom leaving means least: who would "
    "gain least from the cash, the rival's mission and the company of the others who left. If the "
    "mission outweighs even the best offer to that member, they stay; without them leaving is "
    "worth less to the rest, and so the group dissolves. Where nobody minds company the threshold "
    "is exact: at or below it some offer has an equilibrium in which somebody leaves.",
    parts={"the member to whom leaving means least stays": claim},
    assumptions=assumptions,
    setting=setting,
    source="iterated dominance; after P. Milgrom and J. Roberts, Econometrica 58 (1990)",
    steps=_steps(),
    lemmas=(
        "Milgrom and Roberts 1990, only for the threshold being exact: best responses from a "
        "profile that they can only raise lead to an equilibrium above it",
    ),
    small=Small(
        claim,
        {**setting, **legal("mission"), **ALONE, "cap": cap >= 0},
        assumptions,
        dict.fromkeys(assumptions, temptation() > 0),
    ),
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
