"""A community held together by ties can be bought for less than it is worth.

Staying together is worth Σu + ΣΣg to the members, u_i = α_iθ + h_i. In an order of
approach the pay that wins member i is at most max(0, u_i + L_i − ρE_i) wherever the
rival's mission does not repel, a_i = α_iθ_R ≥ 0, whatever crowding is ("the pay that
wins"). So, with u ≥ 0 and g ≥ 0, any order and its reverse cost at most 2Σu + ΣΣg
together (part "a member", summed as in `half_price`), the price is at most
Σu + ½ΣΣg, and where some tie is worth something that is strictly less than the
worth (part "the community"). U and G are Σu and ΣΣg.

Without ties, against a rival with no mission, the pay that wins is u_i exactly, so
where all contribute (else some need not be bought) the price is the worth ("without
ties, exactly"): the members' loss is all ties.
Portability plays no part, and the rival may have a mission.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from typing import Any

import sympy as sp

from missiongame.catalogue import buyout
from missiongame.catalogue.buyout import Buyout
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.from_numbers import several_members, value
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import Members, legal, real
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.model import Rival
from missiongame.model import symbols as m

L, E, a, u, pay, reverse, U, G, total = real("L E a u p p_reverse U G price")
STAY, TIES, SOME, PULLS = (
    "nobody stays at a loss",
    "ties not negative",
    "some tie is worth something",
    "the rival's mission repels nobody",
)


def at_most(pay: Any, later: Any, earlier: Any) -> Any:
    """Return that the pay which wins is at most the balance, where the mission does not repel."""
    return sp.Implies(a >= 0, pay <= sp.Max(0, u + later - m.rho * earlier))


setting = {
    **legal("portability"),
    "p wins": at_most(pay, L, E),
    "p_reverse wins": at_most(reverse, E, L),
    "half price": sp.Implies(sp.And(a >= 0, u >= 0, L >= 0, E >= 0), total <= U + G / 2),
}
assumptions = {
    STAY: u >= 0,
    TIES: sp.And(L >= 0, E >= 0),
    SOME: G > 0,
    PULLS: a >= 0,
}
parts = {"a member": pay + reverse <= 2 * u + L + E, "the community": total < U + G}


def _steps() -> tuple[Step, ...]:
    balance = u + L - m.rho * E
    enough = sp.And(buyout.tempted_by(balance) >= 0, balance >= a)
    least = sp.And(
        sp.Implies(buyout.tempted_by(0) > 0, pay <= 0),
        sp.Implies(enough, pay <= balance),
    )
    alone = {L: 0, E: 0, a: 0}
    unpaid = sp.And(pay >= 0, buyout.tempted_by(pay).subs(alone) >= 0)
    exact = sp.And(unpaid, sp.Implies(buyout.tempted_by(u).subs(alone) >= 0, pay <= u))
    return (
        Step("the pay that wins", at_most(pay, L, E), {"p is least": least, **legal("crowding")}),
        *buyout.bound_steps(),
        Step("without ties, exactly", sp.Eq(pay, u), {"p is least": exact, STAY: u >= 0}),
    )


class Worth(Buyout):
    """What a community is worth to its members, and what it costs to break."""

    @property
    def worth(self) -> Fraction:
        """Σu + ΣΣg."""
        kept = Buyout(self.community, Rival()).margins  # against a rival without a mission
        return sum(kept, self.worth_of_ties)

    def holds(self) -> bool:
        """Return whether the price is less than the worth, or equal where it has to be."""
        if not self.friendly:
            return self.everyone_can_go(self.worth)
        return self.price[1] < self.worth

    def story(self) -> str:
        """Return worth and price."""
        if not self.friendly:
            return f"worth {self.worth}: no pays of that total leave everyone gone in equilibrium"
        return f"worth {self.worth} to its members, price {self.price[1]}"

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers, members approached in their order, or each other alone."""
        ties, high = self.worth_of_ties, self.price[1] if self.friendly else Fraction(0)
        sums = {U: self.worth - ties, G: ties, total: high}
        for one in self.places():
            yield {**one.point(), reverse: one.reversed().pay(), **sums}


def case(numbers: Numbers) -> Worth:
    """Return the story of two members."""
    rival = Rival(mission=1, portability=value(numbers, "rho"))
    return Worth(several_members(numbers), rival)


@drawn
def cases(draw: Draw, relaxed: str = "") -> Worth:
    """Draw a community with ties, crowding among the rivals."""
    kinds = {TIES: "any sign", SOME: "none"}
    town = draw.community(
        members=(2, 4),
        ties=kinds.get(relaxed, ("default", "general")),
        purpose=(-2, 0) if relaxed == PULLS else (0, 3),
        enjoyment={STAY: (-4, 2), PULLS: (0, 6)}.get(relaxed, (0, 4)),
    )
    one = Worth(town, draw.rival(crowding=relaxed != TIES))
    draw.only_if(one.worth_of_ties > 0 or relaxed in kinds)
    return one


def _pair() -> Small:
    """Two members, spelt out, against a rival whose mission is 1 and pay dilutes nothing."""
    two = Members.of(2)
    margins = tuple(own - pull for own, pull in zip(two.h, two.alpha, strict=True))
    costs = sp.Piecewise(
        (buyout.spelt_price(two, margins), two.friendly),
        (buyout.spelt_last(two, margins), True),
    )
    worth_of = sum(two.h) + sum(two.ties.values())
    return Small(
        costs < worth_of,
        legal("portability"),
        {
            STAY: sp.And(*(own >= 0 for own in two.h)),
            TIES: two.friendly,
            SOME: sp.Or(*(tie > 0 for tie in two.ties.values())),
            PULLS: sp.And(*(pull >= 0 for pull in two.alpha)),
        },
        {SOME: two.h[0] > 0, TIES: sp.And(worth_of > 0, costs > worth_of), STAY: costs > worth_of},
    )


theorem = Theorem(
    name="coordination-loss",
    title="A community held together by ties is sold below its worth",
    statement="Where nobody stays at a loss, no tie is negative, some are worth something and the "
    "rival's mission repels nobody, a collapse can be bought for strictly less than staying "
    "together is worth to the members; without ties, against a rival without a mission and where "
    "everyone contributes, the price is exactly that worth.",
    words={
        STAY: "nobody stays at a loss",
        TIES: "no tie is negative",
        SOME: "some are worth something",
        PULLS: "the rival's mission repels nobody",
        "a member": "a collapse can be bought for",
        "the community": "strictly less than staying together is worth to the members",
    },
    explanation="Together the members would refuse less than the community is worth to all of "
    "them. One by one they cannot: those who are approached last see everyone else gone, and have "
    "only their own enjoyment to be paid for. The difference is lost to the members, and the "
    "rival need not pay it. Where no one stays for the others' sake there is nothing to lose this "
    "way: if all of them contribute, such a community costs what it is worth.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="after I. Segal, J. Economic Theory 113 (2003); S. Bernstein and E. Winter, American "
    "Economic Journal: Microeconomics 4 (2012)",
    steps=_steps(),
    lemmas=(buyout.LEAST_ORDER,),
    small=_pair(),
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
