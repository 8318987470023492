"""Withdrawing an offer never makes more people leave, but with ties few come back.

From a profile x, members answer in turn or all at once, and the indifferent keep
doing what they do. At an equilibrium under pay w whoever stays has T_i ≤ 0. Let the
pay drop to w_new ≤ w. The claim, about a member i who stays: as long as nobody more
has left, T_i ≤ 0 still, so i stays; by induction along the path nobody ever leaves.
One partner, with tie g, is spelt out; R_stay and R_gone sum the others, in order by
induction ("no partner", "one more partner"). With κθ_R = 0 pay only attracts.

The way back: where all n members are alike, with ties worth G = Σ_j g_ij to each, a
pay above w_out, at which T = 0 with everyone staying, empties the community; it
fills again only below w_back, at which T = 0 with everyone gone. With ties w_back
is lower, by (1 + ρ)G. Without ties a member's answer has no memory at all ("no
ties, no memory").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import sympy as sp

from missiongame.catalogue import one_partner
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import (
    answers,
    equilibria_of,
    lifted,
    named,
    numbers_of,
    temptations,
    tempted,
)
from missiongame.catalogue.from_numbers import rival_of, several_members, two_alike, value, values
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import (
    LEGAL,
    Members,
    Profile,
    legal,
    one_each,
    real,
    temptation,
    zero_or_one,
)
from missiongame.catalogue.theorem import Case, Small, Theorem
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

w_new, g, x, x_new, G, w_out, w_back = real("w_new g x x_new G w_out w_back")
R_stay, R_stay_new, R_gone, R_gone_new = real("R_stay R_stay_new R_gone R_gone_new")

ATTRACTS = "pay does not dilute the rival's purpose, κθ_R = 0"
TIES = "ties not negative"
START = "from an equilibrium"
SOME = "there are ties"

turning = {
    "where the alike leave": sp.Eq(temptation(w=w_out, kappa=0, G_stay=G, G_gone=0), 0),
    "where they come back": sp.Eq(temptation(w=w_back, kappa=0, G_stay=0, G_gone=G), 0),
}
withdrawn = {"the offer is withdrawn": sp.And(w_new >= 0, w_new <= m.w)}
setting = {
    **legal("pay", "rival's mission", "portability", "crowding"),
    **withdrawn,
    "left or not": one_partner.LEFT_OR_NOT,
    "nobody more has left": one_partner.NO_MORE_GONE,
    **turning,
}
assumptions = {
    ATTRACTS: sp.Or(sp.Eq(m.kappa, 0), sp.Eq(m.theta_R, 0)),
    TIES: g >= 0,
    START: one_partner.tempted_before() <= 0,
    SOME: G > 0,
}
parts = {
    "who stays keeps staying": one_partner.tempted_after(w=w_new) <= 0,
    "the way back starts lower": w_back < w_out,
}


def _steps() -> tuple[Step, ...]:
    stay, gone = real("G_stay_other G_gone_other")
    none = sp.And(*(sp.Eq(s, 0) for s in (m.G_stay, m.G_gone, stay, gone)))
    same = sp.Eq(temptation(), temptation(G_stay=stay, G_gone=gone))
    memory = Step("no ties, no memory", same, {"no ties": none, **legal("pay", "crowding")})
    return (*one_partner.steps(), memory)


@dataclass(frozen=True)
class Withdrawal:
    """A flat offer drops from `pay` to `pay_new` when exactly those in `gone` have left."""

    community: Community
    rival: Rival
    pay: Fraction
    pay_new: Fraction
    gone: frozenset[int]

    @cached_property
    def path(self) -> list[frozenset[int]]:
        """Who has left after each round of best answers to the lower pay."""
        return answers(self.community, self.rival, flat(self.pay_new), self.gone)

    def holds(self) -> bool:
        """Return whether nobody who stays ever leaves on the way."""
        return all(later <= self.gone for later in self.path)

    def story(self) -> str:
        """Return who has left before, and after each round of answers."""
        told = "; then ".join(named(self.community, gone) for gone in self.path)
        return f"pay {self.pay} drops to {self.pay_new}: {told}"

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member who stays and one partner.

        Beside them stand members alike with ties worth 1, whom this case is not about.
        """
        town, offer, later = self.community, flat(self.pay), self.path[min(1, len(self.path) - 1)]
        for i in sorted(set(range(town.n)) - self.gone):
            for at in one_partner.points(town, self.rival, offer, i, self.gone, later):
                gap = at[m.alpha] * (at[m.theta] - at[m.theta_R]) + at[m.h]
                alike = {G: Fraction(1), w_out: gap + 1, w_back: gap - at[m.rho]}
                yield {**at, **alike, w_new: self.pay_new}


@dataclass(frozen=True)
class WayBack:
    """Members all alike: the pay that empties the community, and the one that refills it."""

    community: Community
    rival: Rival

    def turning_pays(self) -> tuple[Fraction, Fraction]:
        """Return (w_out, w_back), where a member is indifferent beside all and beside none."""
        nothing, everyone = flat(0), range(self.community.n)
        return (
            -tempted(self.community, self.rival, nothing, 0, ()),
            -tempted(self.community, self.rival, nothing, 0, everyone),
        )

    def holds(self) -> bool:
        """Return whether the way back starts strictly lower."""
        out, back = self.turning_pays()
        return back < out

    def story(self) -> str:
        """Return both pays."""
        out, back = self.turning_pays()
        return f"all leave above a pay of {out}, and come back below {back}"

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers; of who stays, the least that is claimed: as before."""
        out, back = self.turning_pays()
        point = numbers_of(self.community, self.rival, flat(0), 0)
        kept = dict.fromkeys((g, x, x_new, w_new, R_gone, R_gone_new), Fraction(0))
        enough = max(Fraction(0), -back) + point[m.G_stay]  # so that a member unpaid stays
        yield {
            **point,
            **kept,
            R_stay: enough,
            R_stay_new: enough,
            G: point[m.G_stay],
            w_out: out,
            w_back: back,
        }


def case(numbers: Numbers) -> Case:
    """Return the story of two members, or where there is only G, of two alike."""
    rival = rival_of(numbers)
    if G in numbers:
        return WayBack(two_alike(*values(numbers, "alpha", "h", "G", "theta")), rival)
    gone = frozenset(i for i in (0, 1) if value(numbers, f"x_{i + 1}"))
    pay, lower = values(numbers, "w", "w_new")
    return Withdrawal(several_members(numbers), rival, pay, lower, gone)


@drawn
def cases(draw: Draw, relaxed: str = "") -> Withdrawal:
    """Draw an offer that is withdrawn from an equilibrium."""
    kinds = {ATTRACTS: ("none",), TIES: ("any sign",)}
    town = draw.community(
        members=(1, 3),
        purpose=(1, 3) if relaxed == ATTRACTS else (-2, 3),
        ties=kinds.get(relaxed, ("none", "default", "general")),
    )
    rival = draw.rival(mission=draw.yes(), crowding=False)
    if relaxed == ATTRACTS:
        rival = draw.rival()
    pay, lower = sorted((draw.number(0, 8), draw.number(0, 8)), reverse=True)
    if relaxed == ATTRACTS:  # all would just be won by the lower pay
        gains = temptations(town, rival, flat(lower), ())
        town = lifted(town, [gain - Fraction(1, 8) for gain in gains])
    gone = draw.group(town)
    if relaxed != START:
        found = equilibria_of(town, rival, flat(pay))
        draw.only_if(found)
        gone = draw.one_of(found)
    if relaxed == TIES:  # who stays is just kept, who left just gone
        gains = temptations(town, rival, flat(pay), gone)
        town = lifted(town, [gain - Fraction(i in gone, 8) for i, gain in enumerate(gains)])
    return Withdrawal(town, rival, pay, lower, gone)


@drawn
def ways_back(draw: Draw) -> WayBack:
    """Draw two members alike, with ties or without."""
    town = two_alike(draw.number(-2, 3), draw.number(-3, 6), draw.number(0, 4))
    return WayBack(town, draw.rival(crowding=False))


def _small(**shared: int) -> Small:
    """Two members; x says who has left before, y and z after one and two rounds of answers."""
    two = Members.of(2, **shared)
    xs, ys, zs = map(one_each, "xyz")

    def leaves(i: int, others: Profile) -> Any:
        gain = two.tempted(i, others, m.theta, w_new)
        return gain >= 0 if others[i] else gain > 0

    def answered(left: tuple[Any, ...], then: tuple[Any, ...]) -> Any:
        return two.whoever(
            left,
            lambda p: sp.And(
                *(sp.Equivalent(sp.Eq(gone, 1), leaves(i, p)) for i, gone in enumerate(then))
            ),
        )

    later = [sp.And(y <= x, z <= x) for x, y, z in zip(xs, ys, zs, strict=True)]
    return Small(
        claim=sp.And(*later),
        setting={
            **LEGAL,
            **withdrawn,
            "left or not": zero_or_one(*xs, *ys, *zs),
            "best answers": sp.And(answered(xs, ys), answered(ys, zs)),
        },
        assumptions={
            ATTRACTS: assumptions[ATTRACTS],
            TIES: two.friendly,
            SOME: sp.Or(*(tie > 0 for tie in two.ties.values())),
            START: two.whoever(xs, lambda p: two.equilibrium(p, m.theta, m.w)),
        },
        telling={ATTRACTS: sp.And(*(a > 0 for a in two.alpha), m.w > w_new)},
    )


def _alike() -> Small:
    """Members all alike, with ties worth G to each."""
    return Small(
        claim=w_back < w_out,
        setting={
            **legal("mission", "rival's mission", "portability", "crowding"),
            **turning,
        },
        assumptions={SOME: G > 0, ATTRACTS: assumptions[ATTRACTS], TIES: G >= 0},
    )


theorem = Theorem(
    name="hysteresis",
    title="Withdrawing an offer loses nobody, but the way back starts lower",
    statement="If no tie is negative and pay does not dilute the rival's own purpose, then from "
    "an equilibrium, when pay is lowered, nobody who stayed ever leaves along best answers, the "
    "indifferent doing as before; and where members who are all alike have ties, the pay below "
    "which they come back is strictly lower than the pay above which they left.",
    words={
        ATTRACTS: "pay does not dilute the rival's own purpose",
        TIES: "no tie is negative",
        START: "from an equilibrium",
        SOME: "have ties",
        "who stays keeps staying": "nobody who stayed ever leaves along best answers",
        "the way back starts lower": "the pay below which they come back is strictly lower than "
        "the pay above which they left",
    },
    explanation="Those who left keep each other away, as those who stayed kept each other here. So "
    "when the offer that broke a community is withdrawn, nobody more leaves, but nobody need "
    "return either until the offer has fallen far lower, perhaps below nothing. Without ties there "
    "is no memory: each compares the pay with the work and comes straight back. And where pay "
    "spoils a rival's own purpose, less of it may attract more people.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="P. Milgrom and J. Roberts, Econometrica 58 (1990), for the path; for the idea "
    "T. Schelling, Micromotives and Macrobehavior (1978)",
    steps=_steps(),
    small=_small(),
    special={
        SOME: _alike(),
        TIES: _small(theta_R=0, kappa=0),
        START: _small(theta_R=0, kappa=0),
    },
    case=case,
    cases=cases,
    outside={
        **{name: partial(cases, name) for name in (ATTRACTS, TIES, START)},
        SOME: ways_back,
    },
)
