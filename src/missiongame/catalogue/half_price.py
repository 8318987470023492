"""Purpose costs a rival its full price, ties at most half.

The price of collapse is the least, over orders of approach, of the sum of the pays
that win each member when exactly those before have left (cited: `LEAST_ORDER`). With
κθ_R = 0 and margin m_i = u_i − a_i, where u_i = α_iθ + h_i and a_i = α_iθ_R, that pay
is max(0, m_i + L_i − ρE_i): L_i and E_i sum i's ties to those later and earlier.

*The bound.* Take any order and its reverse, in which L_i and E_i change places. The
claim, about one member: the two pays sum to at most 2m_i + L_i + E_i. Summed over
members ("one more member") the two orders cost at most 2Σm + ΣΣg, so the cheaper
costs at most Σm + ½ΣΣg ("the cheaper order").

*Monotone and 1-Lipschitz.* The claim's second half: as u_i (hence m_i) rises, i's
pay in an order rises by no less than 0 and no more than that. Then so does the
minimum over orders ("the best order at either margin": o is best at m, o_new at
m_new; C is what an order costs).

*The pay that wins.* p is the infimum of pays that win for certain, so p ≤ w for every
pay w that wins at a point from where on more pay wins too, (1 + κw)² ≥ κa, and p wins
or is indifferent. Nothing else about it is used ("the pay that wins").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

import sympy as sp

from missiongame.catalogue.outcomes import company, numbers_of
from missiongame.catalogue.prices import everyone_can_go, margin, price, spelt_price, worth
from missiongame.catalogue.symbolic_game import Members, legal, real, temptation, value
from missiongame.catalogue.theorem import Numbers, Small, Step, Theorem
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

L, E, a, u, u_new = real("L E a u u_new")
pay, reverse, pay_new = real("p p_reverse p_new")
STAY, TIES = "nobody would leave unpaid and alone", "ties not negative"
LEAST_ORDER = (
    "Segal 2003, Winter 2004, Bernstein and Winter 2012 (divide and conquer): where no tie is "
    "negative, the price of collapse is the least, over orders of approach, of the sum of the pays "
    "that win each member when exactly those before have left"
)
DILUTES = "pay dilutes nothing, κθ_R = 0"


def tempted_by(pay: Any, later: Any = L, earlier: Any = E, own: Any = u) -> Any:
    """Return the temptation of a member whom u = αθ + h keeps and a = αθ_R pulls."""
    at = {"alpha": 1, "theta": 0, "theta_R": a, "h": own}
    return temptation(w=pay, G_stay=later, G_gone=earlier, **at)


m_i, rise = u - a, u_new - u


def wins(p: Any, margin: Any, later: Any, earlier: Any) -> Any:
    """Return what p is where pay dilutes nothing."""
    return sp.Implies(sp.Eq(m.kappa * a, 0), sp.Eq(p, sp.Max(0, margin + later - m.rho * earlier)))


setting = {
    **legal("portability"),
    "a margin no smaller": rise >= 0,
    "p wins": wins(pay, m_i, L, E),
    "p_reverse wins": wins(reverse, m_i, E, L),
    "p_new wins": wins(pay_new, m_i + rise, L, E),
}
assumptions = {
    STAY: m_i >= 0,
    TIES: sp.And(L >= 0, E >= 0),
    DILUTES: sp.Eq(m.kappa * a, 0),
}
parts = {
    "an order and its reverse": pay + reverse <= 2 * m_i + L + E,
    "monotone": pay <= pay_new,
    "1-Lipschitz": pay_new <= pay + rise,
}


def bound_steps() -> tuple[Step, ...]:
    """Return what carries the bound from one member to the price."""
    P, R, M, G, total, m_one, p_one, r_one, g_one = real("P R M G price m p_i r_i g_i")
    both = {"so far": P + R <= 2 * M + G}
    one = {"the claim": p_one + r_one <= 2 * m_one + g_one}
    longer = P + p_one + R + r_one <= 2 * (M + m_one) + (G + g_one)
    cheapest = {"least over orders": sp.And(total <= P, total <= R)}
    return (
        Step("one more member", longer, {**both, **one}),
        Step("the cheaper order", total <= M + G / 2, {**both, **cheapest}),
    )


def winning_pay() -> Step:
    """Return the step from the infimum of pays that win to a formula."""
    full = sp.Max(0, m_i + L - m.rho * E)
    rising = (1 + m.kappa * full) ** 2 >= m.kappa * a
    least = sp.And(
        pay >= 0,
        tempted_by(pay) >= 0,
        sp.Implies(sp.And(tempted_by(full) >= 0, rising), pay <= full),
    )
    return Step(
        "the pay that wins", wins(pay, m_i, L, E), {"p is least": least, **legal("crowding")}
    )


def _lipschitz_step() -> Step:
    best, best_new, other, other_new, d = real("C C_new C_other C_other_new d")
    each = [best <= best_new, best_new <= best + d, other <= other_new, other_new <= other + d]
    return Step(
        "the best order at either margin",
        sp.And(best <= other_new, other_new <= best + d),
        {
            "o is best at m": best <= other,
            "o_new is best at m_new": other_new <= best_new,
            "each order's cost": sp.And(*each),
        },
    )


@dataclass(frozen=True)
class Collapse:
    """A community and a rival; and one member's enjoyment raised."""

    community: Community
    rival: Rival
    member: int = 0
    rise: Fraction = Fraction(0)

    @property
    def fonder(self) -> Community:
        """The community with that member's enjoyment raised."""
        enjoyment = [Fraction(h) for h in self.community.enjoyment]
        enjoyment[self.member] += self.rise
        return self.community.changed(enjoyment=enjoyment)

    @property
    def bound(self) -> Fraction:
        """Σm + ½ΣΣg."""
        margins = sum(margin(self.community, self.rival), Fraction(0))
        return margins + worth(self.community) / 2

    def holds(self) -> bool:
        """Return whether the price keeps the bound and follows the margin, not ahead of it."""
        if not self._tied:
            return everyone_can_go(self.community, self.rival, self.bound)
        before, after = price(self.community, self.rival), price(self.fonder, self.rival)
        within = before[0] <= self.bound
        return within and before[0] <= after[1] and after[0] <= before[1] + self.rise

    @property
    def _tied(self) -> bool:
        return self.community.ties is None or self.community.ties.nonnegative

    def story(self) -> str:
        """Return the price and its bound."""
        margins = ", ".join(map(str, margin(self.community, self.rival)))
        told = f"margins ({margins}), ties worth {worth(self.community)}: the bound is {self.bound}"
        if not self._tied:
            return f"{told}, and no pays within it leave everyone gone in equilibrium"
        before, after = price(self.community, self.rival), price(self.fonder, self.rival)
        return (
            f"{told}, the price {float(before[1]):g}; it is {float(after[1]):g} with +{self.rise}"
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers, members approached in their order, or each other alone.

        The pays are those that win where pay dilutes nothing; elsewhere nothing is said.
        """
        n = self.community.n
        places = [(i, frozenset(range(i))) for i in range(n)]
        places += [(i, frozenset({j})) for i in range(n) for j in range(n) if j != i]
        for i, gone in places:
            point = numbers_of(self.community, self.rival, flat(0), i, gone)
            later, earlier = company(self.community, i, gone)
            m_one = margin(self.community, self.rival)[i]
            rho = Fraction(self.rival.portability)
            pays = [
                max(Fraction(0), m_one + later - rho * earlier),
                max(Fraction(0), m_one + earlier - rho * later),
                max(Fraction(0), m_one + self.rise + later - rho * earlier),
            ]
            own = dict(zip((pay, reverse, pay_new), pays, strict=True))
            pull = point[m.alpha] * point[m.theta_R]
            kept = {a: pull, u: m_one + pull, u_new: m_one + pull + self.rise}
            yield {**point, **own, **kept, L: later, E: earlier}


def case(numbers: Numbers) -> Collapse:
    """Return the story of two members, or of one where no second is spoken of."""
    alone = real("h_2") not in numbers
    rival = Rival(
        mission=value(numbers, "a"),
        portability=value(numbers, "rho"),
        crowding=value(numbers, "kappa"),
    )
    if alone:
        town = Community([1], purpose=1, enjoyment=value(numbers, "u"), mission=0)
        return Collapse(town, rival)
    ties = [[0, value(numbers, "g_12")], [value(numbers, "g_21"), 0]]
    own = [value(numbers, "h_1"), value(numbers, "h_2")]
    return Collapse(Community([1, 1], purpose=0, enjoyment=own, ties=ties), rival)


def cases(relaxed: str = "") -> SearchStrategy[Collapse]:
    """Return a strategy of communities nobody of whom would leave unpaid and alone."""
    from hypothesis import strategies as st

    from missiongame.testing import communities, numbers, rivals, towns_that_stay

    @st.composite
    def collapses(draw: st.DrawFn) -> Collapse:
        town, rival = draw(towns_that_stay())
        if relaxed == STAY:
            town = draw(communities())
        elif relaxed == TIES:
            town = draw(communities(members=(2, 4), ties="any sign", enjoyment=(0, 6)))
        elif relaxed == DILUTES:
            town = draw(communities(members=(1, 3), purpose=(1, 3), enjoyment=(0, 6)))
            rival = draw(rivals())
        return Collapse(town, rival, draw(st.integers(0, town.n - 1)), draw(numbers(0, 3)))

    return collapses()


def _pair() -> Small:
    """Two members, spelt out, where pay dilutes nothing."""
    two = Members.of(2)
    cheapest, ties = spelt_price(two, two.h, m.rho), tuple(two.ties.values())
    return Small(
        cheapest <= sum(two.h) + sum(ties) / 2,
        legal("portability"),
        {
            STAY: sp.And(*(own >= 0 for own in two.h)),
            "ties not negative": sp.And(*(tie >= 0 for tie in ties)),
        },
        {STAY: sp.And(ties[0] > 0, ties[1] > 0)},
    )


def _averse() -> Small:
    """Two members of whom some dislike the other: what must be paid for both to stay away."""
    two = Members.of(2)
    gone = (two.h[0] - m.rho * two.ties[0, 1], two.h[1] - m.rho * two.ties[1, 0])
    needed = sum(sp.Max(0, own) for own in gone)
    bound = sum(two.h) + sum(two.ties.values()) / 2
    return Small(
        needed <= bound,
        legal("portability"),
        {
            STAY: sp.And(*(own >= 0 for own in two.h)),
            "ties not negative": sp.And(*(tie >= 0 for tie in two.ties.values())),
        },
        {"ties not negative": sp.And(bound > 0, two.h[0] > 0)},
    )


def _diluted() -> Small:
    """One member, whose price is p exactly: indifferent there, unwilling below."""
    alone = tempted_by(pay, later=0, earlier=0)
    exact = sp.And(pay > 0, sp.Eq(alone, 0), (1 + m.kappa * pay) ** 2 >= m.kappa * a)
    return Small(
        pay <= m_i,
        {**legal("crowding"), "rival's mission": a >= 0, "p is the price": exact},
        {STAY: m_i >= 0, DILUTES: sp.Eq(m.kappa * a, 0)},
        {DILUTES: m_i > 0},
    )


theorem = Theorem(
    name="half-price",
    title="Purpose costs a rival its full price, ties at most half",
    statement="If nobody would rather leave unpaid and alone, no tie is negative and pay dilutes "
    "nothing, the price of collapse of a whole community is at most the members' margins plus half "
    "of what their ties are worth, and as a margin grows the price never falls and rises by no "
    "more than the margin does.",
    words={
        STAY: "nobody would rather leave unpaid and alone",
        TIES: "no tie is negative",
        DILUTES: "pay dilutes nothing",
        "an order and its reverse": "at most the members' margins plus half of what their ties "
        "are worth",
        "monotone": "never falls",
        "1-Lipschitz": "rises by no more than the margin does",
    },
    explanation="A rival who buys members one after another pays the first for all the company "
    "they leave behind, but the last for none: everyone else has already gone. Whatever the "
    "order, its reverse charges each tie at the other end, so the cheaper of the two pays for at "
    "most half of all ties. What a member loves for its own sake cannot be undercut in this way.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="after I. Segal, Coordination and discrimination in contracting with externalities, "
    "J. Economic Theory 113 (2003)",
    steps=(winning_pay(), *bound_steps(), _lipschitz_step()),
    lemmas=(LEAST_ORDER,),
    small=_pair(),
    special={TIES: _averse(), DILUTES: _diluted()},
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
