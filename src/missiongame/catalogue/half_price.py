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
from typing import Any

import sympy as sp

from missiongame.catalogue import buyout
from missiongame.catalogue.buyout import Buyout
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import lifted
from missiongame.catalogue.from_numbers import rival_of, several_members
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import Members, legal, real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.model import symbols as m

L, E, a, u, u_new = real("L E a u u_new")
pay, reverse, pay_new = real("p p_reverse p_new")
STAY, TIES = "nobody would leave unpaid and alone", "ties not negative"
m_i, rise = u - a, u_new - u
setting = {
    **legal("portability"),
    "a margin no smaller": rise >= 0,
    "p wins": buyout.wins(pay, m_i, L, E),
    "p_reverse wins": buyout.wins(reverse, m_i, E, L),
    "p_new wins": buyout.wins(pay_new, m_i + rise, L, E),
}
assumptions = {STAY: m_i >= 0, TIES: sp.And(L >= 0, E >= 0), **buyout.dilutes_nothing}
parts = {
    "an order and its reverse": pay + reverse <= 2 * m_i + L + E,
    "monotone": pay <= pay_new,
    "1-Lipschitz": pay_new <= pay + rise,
}


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
class Collapse(Buyout):
    """A community and a rival; and one member's enjoyment raised."""

    member: int = 0
    rise: Fraction = Fraction(0)

    @property
    def fonder(self) -> Buyout:
        """The same with that member's enjoyment raised."""
        rises = [self.rise * (i == self.member) for i in range(self.community.n)]
        return Buyout(lifted(self.community, rises), self.rival)

    @property
    def bound(self) -> Fraction:
        """Σm + ½ΣΣg."""
        return sum(self.margins, self.worth_of_ties / 2)

    def holds(self) -> bool:
        """Return whether the price keeps the bound and follows the margin, not ahead of it."""
        if not self.friendly:
            return self.everyone_can_go(self.bound)
        before, after = self.price, self.fonder.price
        within = before[0] <= self.bound
        return within and before[0] <= after[1] and after[0] <= before[1] + self.rise

    def story(self) -> str:
        """Return the price and its bound."""
        margins = ", ".join(map(str, self.margins))
        told = f"margins ({margins}), ties worth {self.worth_of_ties}: the bound is {self.bound}"
        if not self.friendly:
            return f"{told}, and no pays within it leave everyone gone in equilibrium"
        before, after = self.price, self.fonder.price
        return (
            f"{told}, the price {float(before[1]):g}; it is {float(after[1]):g} with +{self.rise}"
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers, members approached in their order, or each other alone.

        The pays are those that win where pay dilutes nothing; elsewhere nothing is said.
        """
        crowding = {m.kappa: Fraction(self.rival.crowding)}
        for one in self.places():
            point = {**one.point(), **crowding, reverse: one.reversed().pay()}
            yield {**point, pay_new: one.pay(self.rise), u_new: point[u] + self.rise}


def case(numbers: Numbers) -> Collapse:
    """Return the story of two members, or of one where no second is spoken of."""
    if real("h_2") not in numbers:
        return Collapse(*buyout.diluted_case(numbers))
    return Collapse(several_members(numbers), rival_of(numbers))


@drawn
def cases(draw: Draw, relaxed: str = "") -> Collapse:
    """Draw a community nobody of whom would leave unpaid and alone, and a rise."""
    town, rival = draw.staying()
    if relaxed == STAY:
        town = draw.community()
    elif relaxed == TIES:
        town = draw.community(members=(2, 4), ties="any sign", enjoyment=(0, 6))
    elif relaxed == buyout.DILUTES:
        town = draw.community(members=(1, 3), purpose=(1, 3), enjoyment=(0, 6))
        rival = draw.rival()
    return Collapse(town, rival, draw.whole(0, town.n - 1), draw.number(0, 3))


two = Members.of(2)
bound = sum(two.h) + sum(two.ties.values()) / 2


def _pair(cost: Any, telling: dict[str, Any]) -> Small:
    """Two members, where pay dilutes nothing, and what it costs to win both."""
    return Small(
        cost <= bound,
        legal("portability"),
        {STAY: sp.And(*(own >= 0 for own in two.h)), TIES: two.friendly},
        telling,
    )


small = _pair(
    buyout.spelt_price(two, two.h), {STAY: sp.And(*(tie > 0 for tie in two.ties.values()))}
)
# Where some dislike the other: what must be paid for both to stay away.
averse = _pair(buyout.spelt_last(two, two.h), {TIES: sp.And(bound > 0, two.h[0] > 0)})
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
        buyout.DILUTES: "pay dilutes nothing",
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
    steps=(buyout.winning_pay(), *buyout.bound_steps(), _lipschitz_step()),
    lemmas=(buyout.LEAST_ORDER,),
    small=small,
    special={
        TIES: averse,
        buyout.DILUTES: buyout.one_diluted(pay <= m_i, {STAY: m_i >= 0}),
    },
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
