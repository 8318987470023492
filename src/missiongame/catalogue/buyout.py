"""What it costs to buy a community out, member after member, in symbols and in numbers.

Divide and conquer: in an order of approach the pay that wins member i is that which
wins when exactly those before have left (cited: `LEAST_ORDER`). For claims, member i
is one whom u = α_iθ + h_i keeps and a = α_iθ_R pulls, with margin u − a; L and E sum
i's ties to those later and earlier. For cases there is `Buyout`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

import sympy as sp

from missiongame.catalogue.exact_game import company, dense_ties, tempted
from missiongame.catalogue.from_numbers import rival_of, value
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import Members, Profile, legal, real, temptation
from missiongame.catalogue.theorem import Small
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat
from missiongame.price import price_of_collapse

L, E, a, u = real("L E a u")
pay, reverse = real("p p_reverse")  # in an order and in its reverse
DILUTES = "pay dilutes nothing, κθ_R = 0"
dilutes_nothing = {DILUTES: sp.Eq(m.kappa * a, 0)}
LEAST_ORDER = (
    "Segal 2003, Winter 2004, Bernstein and Winter 2012 (divide and conquer): where no tie is "
    "negative, the price of collapse is the least, over orders of approach, of the sum of the pays "
    "that win each member when exactly those before have left"
)


def tempted_by(pay: Any, later: Any = L, earlier: Any = E) -> Any:
    """Return the temptation of a member whom u = αθ + h keeps and a = αθ_R pulls."""
    at = {"alpha": 1, "theta": 0, "theta_R": a, "h": u}
    return temptation(w=pay, G_stay=later, G_gone=earlier, **at)


def wins(p: Any, margin: Any, later: Any, earlier: Any) -> Any:
    """Return what p is where pay dilutes nothing."""
    return sp.Implies(sp.Eq(m.kappa * a, 0), sp.Eq(p, sp.Max(0, margin + later - m.rho * earlier)))


def winning_pay() -> Step:
    """Return the step from the infimum of pays that win to a formula."""
    full = sp.Max(0, u - a + L - m.rho * E)
    rising = (1 + m.kappa * full) ** 2 >= m.kappa * a
    least = sp.And(
        pay >= 0,
        tempted_by(pay) >= 0,
        sp.Implies(sp.And(tempted_by(full) >= 0, rising), pay <= full),
    )
    return Step(
        "the pay that wins", wins(pay, u - a, L, E), {"p is least": least, **legal("crowding")}
    )


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


def one_diluted(claim: Any, assumptions: dict[str, Any]) -> Small:
    """Return a claim about one member, whose price is p exactly, without its last assumption.

    Exactly: indifferent there, and unwilling below.
    """
    alone = {L: 0, E: 0}
    exact = sp.And(
        pay > 0, sp.Eq(tempted_by(pay).subs(alone), 0), (1 + m.kappa * pay) ** 2 >= m.kappa * a
    )
    return Small(
        claim.subs(alone),
        {**legal("crowding"), "rival's mission": a >= 0, "p is the price": exact},
        {**{name: part.subs(alone) for name, part in assumptions.items()}, **dilutes_nothing},
        {DILUTES: u - a > 0},
    )


def diluted_case(numbers: Numbers) -> tuple[Community, Rival]:
    """Return the member that `one_diluted` speaks of, and the rival."""
    town = Community([1], purpose=1, enjoyment=value(numbers, "u"), mission=0)
    return town, Rival(mission=value(numbers, "a"), crowding=rival_of(numbers).crowding)


def spelt_price(members: Members, margins: Sequence[Any], who: Profile | None = None) -> Any:
    """Return the price of a few members (of all, by default) as a Min over orders, κθ_R = 0."""

    def pay(i: int, gone: tuple[int, ...]) -> Any:
        stay = [members.ties[i, j] for j in range(members.n) if j != i and j not in gone]
        return sp.Max(0, margins[i] + sum(stay) - m.rho * sum(members.ties[i, j] for j in gone))

    bought = itertools.compress(range(members.n), who or (1,) * members.n)
    costs = (
        sp.Add(*(pay(i, order[:k]) for k, i in enumerate(order)))
        for order in itertools.permutations(bought)
    )
    return sp.Min(*costs)


def spelt_last(members: Members, margins: tuple[Any, ...]) -> Any:
    """Return what keeps both of two members away, whatever the signs of their ties.

    With negative ties there is no order of approach; but this much must be paid.
    """
    pays = (margins[i] - m.rho * members.ties[i, 1 - i] for i in (0, 1))
    return sum(sp.Max(0, pay) for pay in pays)


class Approached(NamedTuple):
    """A member's numbers at a place in an order of approach."""

    member: int
    margin: Fraction
    pull: Fraction
    later: Fraction
    earlier: Fraction
    rho: Fraction

    def pay(self, rise: Fraction = Fraction(0)) -> Fraction:
        """Return what wins them where pay dilutes nothing, with a margin higher by `rise`."""
        return max(Fraction(0), self.margin + rise + self.later - self.rho * self.earlier)

    def reversed(self) -> Approached:
        """Return them at their place in the reverse of the order."""
        return self._replace(later=self.earlier, earlier=self.later)

    def point(self) -> dict[Any, Fraction]:
        """Return the numbers of a claim's symbols."""
        own = {m.rho: self.rho, a: self.pull, u: self.margin + self.pull, pay: self.pay()}
        return {**own, L: self.later, E: self.earlier}


@dataclass(frozen=True)
class Buyout:
    """A community, and a rival who wants everyone gone in every equilibrium."""

    community: Community
    rival: Rival

    @cached_property
    def margins(self) -> list[Fraction]:
        """m_i = α_iθ + h_i − α_iθ_R of each member."""
        purpose = self.community.known_purpose("a price")
        ahead = Fraction(self.community.mission) - Fraction(self.rival.mission)
        each = zip(purpose, self.community.enjoyment, strict=True)
        return [Fraction(a) * ahead + Fraction(h) for a, h in each]

    @property
    def worth_of_ties(self) -> Fraction:
        """ΣΣg."""
        return sum((g for row in dense_ties(self.community) for g in row), Fraction(0))

    @property
    def friendly(self) -> bool:
        """Whether no tie is negative."""
        return self.community.ties is None or self.community.ties.nonnegative

    @cached_property
    def price(self) -> tuple[Fraction, Fraction]:
        """An enclosure (low, high) of the price of collapse; equal unless it is irrational.

        By search over all subsets, not by the closed forms that theorems are about.
        """
        found = price_of_collapse(self.community, self.rival, method="subsets")
        if not found.optimal:
            raise AssertionError(f"{found} is not proven optimal")
        return found.total_bounds

    def everyone_can_go(self, budget: Fraction) -> bool:
        """Return whether pays of `budget` in total can have everyone gone as an equilibrium.

        With negative ties there is no order of approach to compute a price from; but each
        must be paid at least what makes them indifferent once all others have gone. Where
        pay dilutes nothing.
        """
        everyone = frozenset(range(self.community.n))
        gaps = (tempted(self.community, self.rival, flat(0), i, everyone) for i in everyone)
        return sum((max(Fraction(0), -gap) for gap in gaps), Fraction(0)) <= budget

    def along(self, order: Sequence[int]) -> Iterator[Approached]:
        """Yield members at their places in an order of approach."""
        return (self._after(i, order[:k]) for k, i in enumerate(order))

    def places(self) -> Iterator[Approached]:
        """Yield members in their own order, and each after each other alone."""
        everyone = range(self.community.n)
        yield from self.along(everyone)
        yield from (self._after(i, [j]) for i, j in itertools.permutations(everyone, 2))

    def _after(self, i: int, gone: Sequence[int]) -> Approached:
        purpose, mission = self.community.known_purpose("a price")[i], self.rival.mission
        pull, rho = Fraction(purpose) * Fraction(mission), Fraction(self.rival.portability)
        return Approached(i, self.margins[i], pull, *company(self.community, i, gone), rho)
