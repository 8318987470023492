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
from functools import partial
from typing import TYPE_CHECKING, Any

import sympy as sp

from missiongame.catalogue.outcomes import (
    all_equilibria,
    company,
    dense_ties,
    named,
    numbers_of,
    tempted,
)
from missiongame.catalogue.stronger_mission import partner_steps
from missiongame.catalogue.symbolic_game import Members, legal, real, temptation, value
from missiongame.catalogue.theorem import Case, Numbers, Small, Step, Theorem
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

w_new, g, x, x_new, G, w_out, w_back = real("w_new g x x_new G w_out w_back")
R_stay, R_stay_new, R_gone, R_gone_new = real("R_stay R_stay_new R_gone R_gone_new")

ATTRACTS = "pay does not dilute the rival's purpose, κθ_R = 0"
TIES = "ties not negative"
START = "from an equilibrium"
SOME = "there are ties"

before = temptation(G_stay=R_stay + g * (1 - x), G_gone=R_gone + g * x)
after = temptation(w=w_new, G_stay=R_stay_new + g * (1 - x_new), G_gone=R_gone_new + g * x_new)
setting = {
    **legal("pay", "rival's mission", "portability", "crowding"),
    "the offer is withdrawn": sp.And(w_new >= 0, w_new <= m.w),
    "left or not": sp.And(x >= 0, x <= 1, x_new >= 0, x_new <= 1),
    "nobody more has left": sp.And(R_stay_new >= R_stay, R_gone_new <= R_gone, x_new <= x),
    "where the alike leave": sp.Eq(temptation(w=w_out, kappa=0, G_stay=G, G_gone=0), 0),
    "where they come back": sp.Eq(temptation(w=w_back, kappa=0, G_stay=0, G_gone=G), 0),
}
assumptions = {
    ATTRACTS: sp.Or(sp.Eq(m.kappa, 0), sp.Eq(m.theta_R, 0)),
    TIES: g >= 0,
    START: before <= 0,
    SOME: G > 0,
}
parts = {"who stays keeps staying": after <= 0, "the way back starts lower": w_back < w_out}


def _steps() -> tuple[Step, ...]:
    stay, gone = real("G_stay_other G_gone_other")
    none = sp.And(*(sp.Eq(s, 0) for s in (m.G_stay, m.G_gone, stay, gone)))
    same = sp.Eq(temptation(), temptation(G_stay=stay, G_gone=gone))
    memory = Step("no ties, no memory", same, {"no ties": none, **legal("pay", "crowding")})
    return (*partner_steps(), memory)


@dataclass(frozen=True)
class Withdrawal:
    """A flat offer drops from `pay` to `pay_new` when exactly those in `gone` have left."""

    community: Community
    rival: Rival
    pay: Fraction
    pay_new: Fraction
    gone: frozenset[int]

    def path(self) -> list[frozenset[int]]:
        """Return who has left after each round of best answers to the lower pay."""
        offer, path = flat(self.pay_new), [self.gone]
        while len(path) < 2**self.community.n + 2:
            last = path[-1]
            gains = [tempted(self.community, self.rival, offer, i, last) for i in self._all]
            path.append(
                frozenset(i for i in self._all if gains[i] > 0 or (not gains[i] and i in last))
            )
            if path[-1] in path[:-1]:
                break
        return path

    @property
    def _all(self) -> range:
        return range(self.community.n)

    def holds(self) -> bool:
        """Return whether nobody who stays ever leaves on the way."""
        return all(later <= self.gone for later in self.path())

    def story(self) -> str:
        """Return who has left before, and after each round of answers."""
        told = "; then ".join(named(self.community, gone) for gone in self.path())
        return f"pay {self.pay} drops to {self.pay_new}: {told}"

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member who stays and one partner.

        Beside them stand members alike with ties worth 1, whom this case is not about.
        """
        ties, offer = dense_ties(self.community), flat(self.pay)
        later = self.path()[1]
        for i in sorted(set(self._all) - self.gone):
            point = numbers_of(self.community, self.rival, offer, i, self.gone)
            stay, left = company(self.community, i, later)
            alike = Fraction(1)
            gap = point[m.alpha] * (point[m.theta] - point[m.theta_R]) + point[m.h]
            for j in self._all:  # j = i: a partner with a tie of zero
                tie, a, b = ties[i][j], Fraction(j in self.gone), Fraction(j in later)
                yield {
                    **point,
                    w_new: self.pay_new,
                    g: tie,
                    x: a,
                    x_new: b,
                    G: alike,
                    R_stay: point[m.G_stay] - tie * (1 - a),
                    R_gone: point[m.G_gone] - tie * a,
                    R_stay_new: stay - tie * (1 - b),
                    R_gone_new: left - tie * b,
                    w_out: gap + alike,
                    w_back: gap - point[m.rho] * alike,
                }


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
    rival = Rival(
        mission=value(numbers, "theta_R"),
        portability=value(numbers, "rho"),
        crowding=value(numbers, "kappa"),
    )
    if G in numbers:
        tie = numbers[G]
        town = Community(
            [1, 1],
            purpose=value(numbers, "alpha"),
            enjoyment=value(numbers, "h"),
            mission=value(numbers, "theta"),
            ties=[[0, tie], [tie, 0]],
        )
        return WayBack(town, rival)
    town = Community(
        [1, 1],
        purpose=[value(numbers, "alpha_1"), value(numbers, "alpha_2")],
        enjoyment=[value(numbers, "h_1"), value(numbers, "h_2")],
        mission=value(numbers, "theta"),
        ties=[[0, value(numbers, "g_12")], [value(numbers, "g_21"), 0]],
    )
    gone = frozenset(i for i in (0, 1) if value(numbers, f"x_{i + 1}"))
    return Withdrawal(town, rival, value(numbers, "w"), value(numbers, "w_new"), gone)


def cases(relaxed: str = "") -> SearchStrategy[Withdrawal]:
    """Return a strategy of offers withdrawn from an equilibrium."""
    from hypothesis import assume
    from hypothesis import strategies as st

    from missiongame.testing import TieKind, communities, numbers, rivals

    @st.composite
    def withdrawals(draw: st.DrawFn) -> Withdrawal:
        purpose = (1, 3) if relaxed == ATTRACTS else (-2, 3)
        usual: tuple[TieKind, ...] = ("none", "default", "general")
        special: dict[str, tuple[TieKind, ...]] = {ATTRACTS: ("none",), TIES: ("any sign",)}
        kinds = special.get(relaxed, usual)
        town = draw(communities(members=(1, 3), purpose=purpose, ties=kinds))
        rival = draw(rivals(mission=draw(st.booleans()), crowding=False))
        if relaxed == ATTRACTS:
            rival = draw(rivals())
        pay = draw(numbers(0, 8))
        lower = draw(numbers(0, 8).filter(lambda amount: amount <= pay))
        if relaxed == ATTRACTS:  # all would just be won by the lower pay
            gains = [tempted(town, rival, flat(lower), i, ()) for i in range(town.n)]
            lifted = zip(town.enjoyment, gains, strict=True)
            town = town.changed(enjoyment=[h + gain - Fraction(1, 8) for h, gain in lifted])
        gone = draw(st.frozensets(st.integers(0, town.n - 1)))
        if relaxed != START:
            found = all_equilibria(town, rival, flat(pay))
            assume(found)
            gone = draw(st.sampled_from(found))
        if relaxed == TIES:  # who stays is just kept, who left just gone
            gains = [tempted(town, rival, flat(pay), i, gone) for i in range(town.n)]
            eps = [Fraction(i in gone, 8) for i in range(town.n)]
            just = zip(town.enjoyment, gains, eps, strict=True)
            town = town.changed(enjoyment=[Fraction(h) + t - e for h, t, e in just])
        return Withdrawal(town, rival, pay, lower, gone)

    return withdrawals()


def ways_back() -> SearchStrategy[WayBack]:
    """Return a strategy of two members alike, with ties or without."""
    from hypothesis import strategies as st

    from missiongame.testing import numbers, rivals

    def alike(purpose: Fraction, own: Fraction, tie: Fraction, rival: Rival) -> WayBack:
        return WayBack(Community([1, 1], purpose, own, ties=[[0, tie], [tie, 0]]), rival)

    return st.builds(alike, numbers(-2, 3), numbers(-3, 6), numbers(0, 4), rivals(crowding=False))


def _small(**shared: int) -> Small:
    """Two members; x says who has left before, y and z after one and two rounds of answers."""
    two = Members.of(2, **shared)
    xs, ys, zs = real("x_1 x_2"), real("y_1 y_2"), real("z_1 z_2")
    profiles = list(two.profiles())

    def at(profile: tuple[int, ...], chosen: tuple[Any, ...]) -> Any:
        return sp.And(*map(sp.Eq, chosen, profile))

    def leaves(i: int, others: tuple[int, ...]) -> Any:
        gain = two.tempted(i, others, m.theta, w_new)
        return gain >= 0 if others[i] else gain > 0

    def answers(chosen: tuple[Any, ...], then: tuple[Any, ...]) -> Any:
        rounds = (
            sp.Implies(at(p, chosen), sp.Equivalent(sp.Eq(then[i], 1), leaves(i, p)))
            for p in profiles
            for i in (0, 1)
        )
        return sp.And(*rounds)

    later = [sp.And(y <= x, z <= x) for x, y, z in zip(xs, ys, zs, strict=True)]
    return Small(
        claim=sp.And(*later),
        setting={
            **legal("mission", "pay", "rival's mission", "portability", "crowding"),
            "the offer is withdrawn": setting["the offer is withdrawn"],
            "left or not": sp.And(*(sp.Or(sp.Eq(i, 0), sp.Eq(i, 1)) for i in (*xs, *ys, *zs))),
            "best answers": sp.And(answers(xs, ys), answers(ys, zs)),
        },
        assumptions={
            ATTRACTS: assumptions[ATTRACTS],
            TIES: sp.And(*(tie >= 0 for tie in two.ties.values())),
            SOME: sp.Or(*(tie > 0 for tie in two.ties.values())),
            START: sp.And(
                *(sp.Implies(at(p, xs), two.equilibrium(p, m.theta, m.w)) for p in profiles)
            ),
        },
        telling={ATTRACTS: sp.And(*(a > 0 for a in two.alpha), m.w > w_new)},
    )


def _alike() -> Small:
    """Members all alike, with ties worth G to each."""
    kept = ("where the alike leave", "where they come back")
    return Small(
        claim=w_back < w_out,
        setting={
            **legal("mission", "rival's mission", "portability", "crowding"),
            **{name: setting[name] for name in kept},
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
