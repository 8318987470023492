"""The more concentrated the work, the less ties protect.

Approach members in an order; i's payment is x_i = m_i + L_i − ρE_i, or 0 if that is
negative, with L_i (E_i) the worth of i's ties to those later (earlier). Summed, and
regrouped by pairs: Σx = Σm + Σ over pairs (f − ρb), where f is what the later one is
worth to the earlier and b what the earlier is worth to the later.

Everyone has to go: whoever makes nothing need not be approached for the share of one.

Call an order *sorted* if f ≤ b in every pair. Then every pair costs
f − ρb = min − ρ max (part "a pair"), which no order undercuts ("any other order"). If
moreover no payment of the sorted order is negative, it costs exactly Σx (part "a
payment"), while any order costs at least its own Σx, which is at least the sorted
one's ("no order is cheaper"). So the sorted order is optimal and

    price = Σm + Σ over pairs [min(g_ij, g_ji) − ρ max(g_ij, g_ji)].

*Default ties* g_ij = σ_i s_j: ascending σ_i/s_i is sorted ("default ties").

*Equal σ*, g_ij = q_j: biggest first is sorted. With D = Σ over pairs |q_i − q_j|,
Q = Σq and K = (n−1)Q = Σ over pairs (q_i + q_j) ("sums of pairs", by induction over
members), each pair is min − ρ max = ½[(1−ρ)(q_i + q_j) − (1+ρ)|q_i − q_j|] ("a pair's
mean and spread"); the Gini coefficient is D/(nQ) and G* = n/(n−1) of it, so

    price = Σm + ½K[(1−ρ) − (1+ρ)G*]                     ("the Gini coefficient").
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

import sympy as sp

from missiongame.catalogue import buyout
from missiongame.catalogue.buyout import Buyout
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import dense_ties, lifted
from missiongame.catalogue.from_numbers import rival_of, several_members
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import Members, legal, real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.model import symbols as m

L, E, a, u, pay = real("L E a u p")
f, b = real("f b")
SORTED, PAID = "each pair in order of what the other is worth", "no payment is negative"
EVERYONE, TIES = "everyone contributes", "ties not negative"
payment = u - a + L - m.rho * E
setting = {
    **legal("portability"),
    EVERYONE: m.s > 0,
    TIES: sp.And(f >= 0, b >= 0, L >= 0, E >= 0),
    "p wins": buyout.wins(pay, u - a, L, E),
}
assumptions = {SORTED: f <= b, PAID: payment >= 0, **buyout.dilutes_nothing}
parts = {
    "a pair": sp.Eq(f - m.rho * b, sp.Min(f, b) - m.rho * sp.Max(f, b)),
    "a payment": sp.Eq(pay, payment),
}


def _optimal_steps() -> tuple[Step, ...]:
    cost, other, total, other_total = real("C C_other X X_other")
    either = sp.Min(f, b) - m.rho * sp.Max(f, b)
    sums = {
        "the sorted order's payments": sp.Eq(cost, total),
        "another order's payments": other >= other_total,
        "pair by pair": other_total >= total,
    }
    return (
        Step(
            "any other order",
            sp.And(f - m.rho * b >= either, b - m.rho * f >= either),
            legal("portability"),
        ),
        Step("no order is cheaper", cost <= other, sums),
    )


def _corollary_steps() -> tuple[Step, ...]:
    sigma_i, sigma_j, s_i, s_j = real("sigma_i sigma_j s_i s_j")
    q, r, n, Q, K, D, S, G = real("q r n Q K D S G")
    ascending = {
        "ascending σ/s": sigma_i / s_i <= sigma_j / s_j,
        "both contribute": sp.And(s_i > 0, s_j > 0),
    }
    spread = (1 - m.rho) * (q + r) - (1 + m.rho) * sp.Abs(q - r)
    gini = {
        "Gini coefficient": sp.Eq(G, (D / (n * Q)) * n / (n - 1)),
        "sums of pairs": sp.Eq(K, (n - 1) * Q),
        "several members": sp.And(n >= 2, Q > 0),
    }
    return (
        Step("default ties", sigma_i * s_j <= sigma_j * s_i, ascending),
        Step("a pair's mean and spread", sp.Eq(sp.Min(q, r) - m.rho * sp.Max(q, r), spread / 2)),
        Step(
            "sums of pairs",
            sp.Eq(S + Q + n * q, n * (Q + q)),
            {"so far": sp.Eq(S, (n - 1) * Q)},
        ),
        Step(
            "the Gini coefficient",
            sp.Eq(
                ((1 - m.rho) * K - (1 + m.rho) * D) / 2,
                K * ((1 - m.rho) - (1 + m.rho) * G) / 2,
            ),
            gini,
        ),
    )


@dataclass(frozen=True)
class Priced(Buyout):
    """A community, a rival and an order of approach."""

    order: tuple[int, ...]

    @property
    def formula(self) -> Fraction:
        """Σm + Σ over pairs [min − ρ max]."""
        ties, rho = dense_ties(self.community), Fraction(self.rival.portability)
        pairs = itertools.combinations(range(self.community.n), 2)
        both = [(ties[i][j], ties[j][i]) for i, j in pairs]
        return sum((min(pair) - rho * max(pair) for pair in both), sum(self.margins, Fraction(0)))

    def by_gini(self) -> float | None:
        """Return Σm + ½K[(1−ρ) − (1+ρ)G*] where all value each other's presence alike."""
        town, rho = self.community, float(self.rival.portability)
        social = set(map(float, town.social))
        if town.n < 2 or town.ties is not None or len(social) != 1:
            return None
        kept = (1 - rho) - (1 + rho) * town.gini_star
        margins = float(sum(self.margins, Fraction(0)))
        return margins + (town.n - 1) * social.pop() * kept / 2

    def holds(self) -> bool:
        """Return whether the price is the formula's, and the Gini coefficient's (a float)."""
        low, high = self.price
        gini = self.by_gini()
        return low == high == self.formula and (
            gini is None or abs(gini - float(high)) <= 1e-9 * (1 + float(self.worth_of_ties))
        )

    def story(self) -> str:
        """Return the price and what the formula says."""
        found = self.price[1]
        return f"price {float(found):g}, the formula says {self.formula}"

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member and each pair that it is first in.

        The pay is that which wins where pay dilutes nothing; elsewhere nothing is said.
        """
        ties, share = dense_ties(self.community), self.community.exact_share
        crowding = Fraction(self.rival.crowding)
        for k, one in enumerate(self.along(self.order)):
            i = one.member
            own = {**one.point(), m.kappa: crowding, m.s: share[i]}
            for j in self.order[k + 1 :] or (i,):  # the last: beside itself, without a tie
                yield {**own, f: ties[i][j], b: ties[j][i]}


def case(numbers: Numbers) -> Priced:
    """Return the story of two members, or of one where no second is spoken of."""
    if real("h_2") not in numbers:
        return Priced(*buyout.diluted_case(numbers), (0,))
    return Priced(several_members(numbers), rival_of(numbers), (0, 1))


@drawn
def cases(draw: Draw, relaxed: str = "") -> Priced:
    """Draw a community whose sorted order has no negative payment."""
    town = draw.community(ties="default", contribution=(1, 6))
    rival = draw.rival(crowding=relaxed == buyout.DILUTES)
    if draw.yes():
        town = town.changed(social=draw.number(0, 6))
    keys = [Fraction(v) / s for v, s in zip(town.social, town.exact_share, strict=True)]
    order = tuple(sorted(range(town.n), key=keys.__getitem__))
    if relaxed == SORTED:
        town = draw.community(members=(2, 4), ties=("default", "general"))
        order = draw.order(town)
    if relaxed != PAID:
        short = {
            one.member: one.rho * one.earlier - one.later - one.margin
            for one in Buyout(town, rival).along(order)
        }
        town = lifted(town, [max(Fraction(0), short[i]) for i in range(town.n)])
    return Priced(town, rival, order)


def _pair() -> Small:
    """Two members, the first approached first, where pay dilutes nothing."""
    two = Members.of(2)
    first, second = two.ties[0, 1], two.ties[1, 0]
    pays = sp.And(two.h[0] + first >= 0, two.h[1] - m.rho * second >= 0)
    formula = sum(two.h) + sp.Min(first, second) - m.rho * sp.Max(first, second)
    in_order = sp.Max(0, two.h[0] + first) + sp.Max(0, two.h[1] - m.rho * second)
    cheapest = buyout.spelt_price(two, two.h)
    return Small(
        sp.And(sp.Eq(cheapest, formula), sp.Eq(cheapest, in_order)),
        {**legal("portability"), TIES: two.friendly},
        {SORTED: first <= second, PAID: pays},
        {PAID: sp.And(first <= second, m.rho > 0), SORTED: sp.And(pays, cheapest > formula)},
    )


theorem = Theorem(
    name="gini",
    title="The more concentrated the work, the less ties protect",
    statement="Where everyone contributes, no tie is negative and pay dilutes nothing, if members "
    "can be approached in an order in which the first of each pair values the other's presence no "
    "more than the other values theirs, and no payment is negative, then that order is cheapest, "
    "and the price is the sum of all margins plus, for each pair, the smaller tie less ρ times the "
    "larger; and where a member's presence is worth the same to all others, in proportion to their "
    "work, the pairs add up to half of all ties times (1 − ρ) − (1 + ρ)G*, with G* the Gini "
    "coefficient of the work times n/(n − 1).",
    words={
        EVERYONE: "everyone contributes",
        TIES: "no tie is negative",
        SORTED: "the first of each pair values the other's presence no more than the other values "
        "theirs",
        PAID: "no payment is negative",
        buyout.DILUTES: "pay dilutes nothing",
        "a pair": "for each pair, the smaller tie less ρ times the larger",
        "a payment": "the sum of all margins",
    },
    explanation="A rival wins the biggest contributors first: they give more company than they "
    "get, so little has to be paid to them, and once they are gone the others have little left "
    "to stay for. The more the work is concentrated in few hands, the more a rival saves this "
    "way. Equal contributions protect a community of friends; a few stars do not.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="after S. Bernstein and E. Winter, Contracting with heterogeneous externalities, "
    "American Economic Journal: Microeconomics 4 (2012)",
    steps=(buyout.winning_pay(), *_optimal_steps(), *_corollary_steps()),
    lemmas=(buyout.LEAST_ORDER,),
    small=_pair(),
    special={buyout.DILUTES: buyout.one_diluted(sp.Eq(pay, payment), {PAID: payment >= 0})},
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
