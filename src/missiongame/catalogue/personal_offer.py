"""Against personal pay: a stronger mission loses nobody, and with a budget no value.

Without ties member i costs r_i, the least pay that wins, whatever others do. A
stronger mission makes no one cheaper (part "no one is cheaper": what wins at θ_new
wins at θ; r is least, so r ≤ r_new).

*Profit without a budget* is a sum over members, so the rival captures i exactly where
that pays, r_i ≤ vc_i (x = 1; in its smallest best set where r_i < vc_i). Hence who is
captured at θ_new was captured at θ ("no one is captured anew").

*A budget b and captured value.* The set D_new that is best at θ_new costs c_old at θ,
a sum of prices of which none is higher ("one more member"), so it was affordable; what
was best at θ, with value U, is worth no less than U_new ("no more value").
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, Literal

import sympy as sp

from missiongame.catalogue import buyout
from missiongame.catalogue.draws import Draw, drawn
from missiongame.catalogue.exact_game import (
    at_both,
    gone_in,
    named,
    numbers_of,
    tempted,
    told_at_both,
)
from missiongame.catalogue.from_numbers import rival_of, several_members, value
from missiongame.catalogue.statement import Numbers, Step
from missiongame.catalogue.symbolic_game import (
    Members,
    Profile,
    legal,
    real,
    temptation,
    zero_or_one,
)
from missiongame.catalogue.theorem import Small, Theorem
from missiongame.errors import MissionGameError
from missiongame.members import participate
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat, personal

theta_new, r, r_new, x, x_new, vc = real("theta_new r r_new x x_new vc")
c_old, c_new, b, U, U_new, stay_new, gone_new = real("c_old c_new b U U_new G_stay_new G_gone_new")
PURPOSE, TIES, BUDGET, VALUE = (
    "purpose not negative",
    "no ties",
    "profit: no budget",
    "budget: value is what the rival wants",
)
later = {"theta": theta_new, "G_stay": stay_new, "G_gone": gone_new}
company = (m.G_stay, m.G_gone, stay_new, gone_new)
no_ties = sp.And(*(sp.Eq(worth, 0) for worth in company))
setting = {
    **legal("mission", "rival's mission", "portability", "crowding"),
    "a stronger mission": theta_new >= m.theta,
    "r_new wins": sp.And(r_new >= 0, temptation(w=r_new, **later) >= 0),
    "r is least": sp.Implies(temptation(w=r_new) >= 0, r <= r_new),
    "captured or not": zero_or_one(x, x_new),
    "affordable": c_new <= b,
    "each cost no more": sp.Implies(sp.And(m.alpha >= 0, no_ties), c_old <= c_new),
}
assumptions = {
    PURPOSE: m.alpha >= 0,
    TIES: no_ties,
    BUDGET: sp.And(
        sp.Equivalent(sp.Eq(x, 1), r <= vc), sp.Equivalent(sp.Eq(x_new, 1), r_new <= vc)
    ),
    VALUE: sp.Implies(c_old <= b, U_new <= U),
}
parts = {
    "no one is cheaper": r <= r_new,
    "no one is captured anew": x_new <= x,
    "no more value": U_new <= U,
}


def _steps() -> tuple[Step, ...]:
    smallest = sp.Implies(r_new < vc, r < vc)
    so_far = {"so far": c_old <= c_new, "no one is cheaper": r <= r_new}
    return (
        Step("one more member", c_old + r <= c_new + r_new, so_far),
        Step("the smallest best set", smallest, {"no one is cheaper": r <= r_new}),
    )


@dataclass(frozen=True)
class Personal:
    """The best personal offers to a community at two missions, where pay dilutes nothing.

    The rival aims at profit or at captured value, and may have a budget; what should
    not grow is the captured set or its value.
    """

    community: Community
    rival: Rival
    mission: Fraction
    aim: Literal["profit", "value"] = "profit"
    budget: Fraction | None = None
    grows: Literal["set", "value"] = "set"

    def price(self, town: Community, i: int, gone: Sequence[int] = ()) -> Fraction:
        """Return what member i costs when just those have gone."""
        return max(Fraction(0), -tempted(town, self.rival, flat(0), i, gone))

    def pays(self, town: Community, order: Sequence[int]) -> list[Fraction]:
        """Return what each member is paid when approached in an order, the others nothing."""
        pay = [Fraction(0)] * town.n
        for k, i in enumerate(order):
            pay[i] = self.price(town, i, order[:k])
        return pay

    def worth(self, members: Iterable[int]) -> Fraction:
        """Return v Σ c over some members."""
        work = sum((Fraction(self.community.contribution[i]) for i in members), Fraction(0))
        return Fraction(self.rival.value) * work

    def best(self, town: Community) -> frozenset[int]:
        """Return whom the rival captures; of equally good sets a largest, of the first members."""
        return frozenset(self.approached(town))

    def approached(self, town: Community) -> tuple[int, ...]:
        """Return whom the rival captures, in the order of approach."""
        found: list[tuple[Fraction, int, tuple[int, ...]]] = []
        tied = town.ties is not None or any(town.social)
        orders = itertools.permutations if tied else itertools.combinations
        for size in range(town.n + 1):
            for order in orders(range(town.n), size):
                cost = sum(self.pays(town, order), Fraction(0))
                if self.budget is None or cost <= self.budget:
                    gain = self.worth(order) - (cost if self.aim == "profit" else 0)
                    found.append((gain, size, order))
        order = max(found, key=lambda f: (f[0], f[1], tuple(-i for i in f[2])))[2]
        self._confirm(town, self.pays(town, order), order)
        return order

    def _confirm(self, town: Community, pay: list[Fraction], captured: Sequence[int]) -> None:
        """Let the members' game say that just above these pays they all leave."""
        above = [p + Fraction(1, 10**9) if i in captured else p for i, p in enumerate(pay)]
        least = participate(town, self.rival, personal(above)).least
        if least is None or not set(captured) <= gone_in(least):
            raise MissionGameError(f"{sorted(captured)} are paid {pay} and do not all leave")

    @property
    def towns(self) -> tuple[Community, Community]:
        """The community at its own mission and at the other."""
        return at_both(self.community, self.mission)

    def holds(self) -> bool:
        """Return whether the captured set, or its value, does not grow."""
        before, after = map(self.best, self.towns)
        return after <= before if self.grows == "set" else self.worth(after) <= self.worth(before)

    def story(self) -> str:
        """Return who is captured at either mission."""

        def tell(town: Community) -> str:
            captured = self.best(town)
            return f"{named(town, captured)}, worth {self.worth(captured)} to the rival"

        return told_at_both(self.community, self.mission, tell)

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member.

        Of the part that this case is not about, numbers of which it says nothing: no
        captured value, or whom a rival without a budget would take at these prices.
        """
        orders = before, after = list(map(self.approached, self.towns))
        about_value = self.grows == "value" and self.budget is not None
        sums = dict.fromkeys((c_old, c_new, b, U, U_new), Fraction(0))
        if about_value:
            sums = {b: self.budget or Fraction(0), U: self.worth(before), U_new: self.worth(after)}
            for cost, town in zip((c_old, c_new), self.towns, strict=True):
                sums[cost] = sum((self.price(town, i) for i in after), Fraction(0))
        for i in range(self.community.n):
            # After those before it in the order; after all, if it is not in it.
            places = [order[: order.index(i)] if i in order else order for order in orders]
            each = list(zip(self.towns, places, strict=True))
            old, new = (self.price(town, i, gone) for town, gone in each)
            point, then = (numbers_of(town, self.rival, flat(0), i, gone) for town, gone in each)
            worth = self.worth([i])
            captured = (old <= worth, new <= worth) if about_value else (i in before, i in after)
            own = {r: old, r_new: new, vc: worth, theta_new: self.mission}
            own |= {x: Fraction(captured[0]), x_new: Fraction(captured[1])}
            own |= {stay_new: then[m.G_stay], gone_new: then[m.G_gone]}
            yield {**point, **own, **sums}


def case(numbers: Numbers) -> Personal:
    """Return the story of up to three members; their prices are h_i where the mission is 0."""
    count = sum(real(f"h_{i}") in numbers for i in (1, 2, 3))
    town = several_members(numbers, count, purpose=value(numbers, "alpha", 1))
    budget = numbers.get(b)
    work = town.contribution
    dearer = budget is not None and work[0] + work[1] < work[2]
    mission = value(numbers, "theta_new", 1)
    return Personal(
        town, rival_of(numbers), mission, "profit", budget, "value" if dearer else "set"
    )


@drawn
def cases(draw: Draw, relaxed: str = "") -> Personal:
    """Draw a community without ties, and a rival with either aim."""
    if relaxed == TIES:
        return _friends(draw)
    if relaxed == VALUE:
        return _nearly_tied(draw)
    members, purpose = (2 if relaxed == BUDGET else 1, 4), (-2, 2) if relaxed == PURPOSE else (0, 3)
    town = draw.community(members=members, purpose=purpose, ties="none")
    rival = draw.rival(crowding=False)
    plain = Personal(town, rival, Fraction(town.mission) + draw.number(0, 3))
    if relaxed == BUDGET:  # just enough for the dearest, who makes most of the work
        prices = [plain.price(town, i) for i in range(town.n)]
        star = prices.index(max(prices))
        work = [40 if i == star else 1 + c for i, c in enumerate(town.contribution)]
        return replace(plain, community=town.changed(contribution=work), budget=prices[star])
    if draw.yes():
        return plain
    return replace(plain, aim="value", budget=draw.number(0, 12), grows="value")


def _friends(draw: Draw) -> Personal:
    """Draw two members with ties, which travel with them or stay behind."""
    work, purpose, own, ties = (
        [draw.number(*limits, 1) for _ in range(2)] for limits in ((3, 6), (0, 3), (-3, 3), (0, 3))
    )
    town = Community(work, purpose, own, mission=0, ties=[[0, ties[0]], [ties[1], 0]])
    return Personal(town, Rival(1, portability=int(draw.yes())), Fraction(1))


def _nearly_tied(draw: Draw) -> Personal:
    """Draw two members alike and a dear one, between whom profit decides by a hair."""
    rise = draw.positive()
    price = rise + draw.positive()
    dear = 2 * price + rise + draw.positive()
    work = dear + draw.number(0, 8)
    gap = 2 * (work - price) + dear - rise / 2
    star = max(Fraction(0), gap + draw.number(-2, 2))
    town = Community([work, work, star], 1, [price, price, dear], mission=0)
    return Personal(town, Rival(1), rise, "profit", dear + rise, "value")


def _only_best(who: Profile, worths: Mapping[Profile, tuple[Any, Any]], wants: Any) -> Any:
    """Return that `who` is the only best set within the budget, given each set's (value, cost).

    The rival wants profit where `wants` is 1, and value where it is 0.
    """
    own_value, own_cost = worths[who]
    others = [pair for z, pair in worths.items() if z != who]
    profit = (sp.Or(c > b, v - c < own_value - own_cost) for v, c in others)
    value_ = (sp.Or(c > b, v < own_value) for v, c in others)
    aim = sp.And(
        sp.Implies(sp.Eq(wants, 1), sp.And(*profit)), sp.Implies(sp.Eq(wants, 0), sp.And(*value_))
    )
    return sp.And(own_cost <= b, aim)


def _sums(work: Sequence[Any], prices: Sequence[Any]) -> dict[Profile, tuple[Any, Any]]:
    """Return each set's value and cost."""
    return {
        z: (sum(itertools.compress(work, z)), sum(itertools.compress(prices, z)))
        for z in itertools.product((0, 1), repeat=len(work))
    }


def _budgeted(before: Profile, after: Profile, grows: str) -> Small:
    """Three members whose prices h_i rise by θ_new; `after` takes the place of `before`."""
    members, wants = Members.of(3, ties=()), real("wants_profit")
    raised = [own + theta_new for own in members.h]
    old, new = _sums(members.c, members.h), _sums(members.c, raised)
    best = sp.And(_only_best(before, old, wants), _only_best(after, new, wants))
    value_grows = new[after][0] > old[before][0]
    return Small(
        sp.Not(sp.And(best, value_grows) if grows == "value" else best),
        {
            "prices": sp.And(theta_new >= 0, *(own >= 0 for own in members.h)),
            "contributions": sp.And(*(c > 0 for c in members.c)),
            "aim": sp.Eq(wants, 1) if grows == "set" else zero_or_one(wants),
        },
        {VALUE: sp.Eq(wants, 0)} if grows == "value" else {BUDGET: sum(raised) <= b},
        money=(b, theta_new, *members.c, *members.h),
    )


def _tied() -> Small:
    """Two members: after member 1 alone, both, the rival approaching one before the other."""
    two = Members.of(2)

    def best(who: Profile, prices: tuple[Any, ...]) -> Any:
        gains = {
            z: sum(itertools.compress(two.c, z)) - buyout.spelt_price(two, prices, z)
            for z in two.profiles()
        }
        return sp.And(*(gains[who] > gain for z, gain in gains.items() if z != who))

    raised = tuple(own + alpha for own, alpha in zip(two.h, two.alpha, strict=True))
    return Small(
        sp.Not(sp.And(best((1, 0), two.h), best((1, 1), raised))),
        {
            **legal("portability"),
            "ties not negative": two.friendly,
            "contributions": sp.And(*(c > 0 for c in two.c)),
        },
        {
            PURPOSE: sp.And(*(alpha >= 0 for alpha in two.alpha)),
            TIES: sp.And(*(sp.Eq(tie, 0) for tie in two.ties.values())),
        },
        money=(*two.ties.values(), *two.alpha, *two.c, *two.h),
    )


def _alone() -> Small:
    """One member who contributes c_1 and is captured where that pays."""
    price, later_price = (sp.Max(0, m.alpha * t + real("h_1")) for t in (m.theta, theta_new))
    worth = real("c_1")
    return Small(
        sp.Implies(later_price <= worth, price <= worth),
        {**legal("mission"), "a stronger mission": theta_new >= m.theta, "contribution": worth > 0},
        {PURPOSE: m.alpha >= 0},
    )


theorem = Theorem(
    name="personal-offer",
    title="Against personal pay a stronger mission loses nobody; with a budget, no value",
    statement="If the mission repels nobody and there are no ties, a stronger mission makes nobody "
    "cheaper to win with personal pay; the set that a rival who seeks profit and has no budget "
    "captures (the largest best one, and the smallest) can only shrink, and so can the value that "
    "a rival with a budget captures if value is what it wants.",
    words={
        PURPOSE: "the mission repels nobody",
        TIES: "there are no ties",
        BUDGET: "seeks profit and has no budget",
        VALUE: "with a budget captures if value is what it wants",
        "no one is cheaper": "makes nobody cheaper to win",
        "no one is captured anew": "can only shrink",
        "no more value": "so can the value",
    },
    explanation="With personal pay each member is a deal of their own: they cost what keeps them, "
    "and the rival takes those who are worth it. A stronger mission makes none cheaper. A budget "
    "ties the deals together: if the star becomes unaffordable, the money buys three others, so "
    "more heads may leave, though not more value. And with ties, whoever leaves makes the next "
    "one cheaper.",
    parts=parts,
    assumptions=assumptions,
    setting=setting,
    source="revealed preference; after P. Samuelson, Economica 5 (1938)",
    steps=_steps(),
    small=_alone(),
    special={
        TIES: _tied(),
        BUDGET: _budgeted((1, 0, 0), (0, 1, 1), "set"),
        VALUE: _budgeted((1, 1, 0), (0, 0, 1), "value"),
    },
    case=case,
    cases=cases,
    outside={name: partial(cases, name) for name in assumptions},
)
