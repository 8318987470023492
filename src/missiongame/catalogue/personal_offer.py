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
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import sympy as sp

from missiongame import symbols as m
from missiongame.catalogue.model import Members, legal, real, temptation, value
from missiongame.catalogue.solvers import gone_in, named, numbers_of, tempted
from missiongame.catalogue.theorem import Numbers, Small, Step, Theorem
from missiongame.community import Community
from missiongame.errors import MissionGameError
from missiongame.offers import flat, personal
from missiongame.participation import participate
from missiongame.rival import Rival

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Subset: TypeAlias = tuple[int, ...]
"""One 1 (captured) or 0 a member."""

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
    "captured or not": sp.And(*(sp.Or(sp.Eq(i, 0), sp.Eq(i, 1)) for i in (x, x_new))),
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

    def pays(self, town: Community, order: Sequence[int]) -> list[Fraction]:
        """Return what each member is paid when approached in an order, the others nothing."""
        pay = [Fraction(0)] * town.n
        for k, i in enumerate(order):
            pay[i] = max(Fraction(0), -tempted(town, self.rival, flat(0), i, order[:k]))
        return pay

    def worth(self, members: Iterable[int]) -> Fraction:
        """Return v Σ c over some members."""
        work = sum((Fraction(self.community.contribution[i]) for i in members), Fraction(0))
        return Fraction(self.rival.value) * work

    def best(self, town: Community) -> frozenset[int]:
        """Return whom the rival captures; of equally good sets a largest, of the first members."""
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
        return frozenset(order)

    def _confirm(self, town: Community, pay: list[Fraction], captured: Sequence[int]) -> None:
        """Let the members' game say that just above these pays they all leave."""
        above = [p + Fraction(1, 10**9) if i in captured else p for i, p in enumerate(pay)]
        least = participate(town, self.rival, personal(above)).least
        if least is None or not set(captured) <= gone_in(least):
            raise MissionGameError(f"{sorted(captured)} are paid {pay} and do not all leave")

    @property
    def towns(self) -> tuple[Community, Community]:
        """The community at its own mission and at the other."""
        return self.community, self.community.with_mission(self.mission)

    def holds(self) -> bool:
        """Return whether the captured set, or its value, does not grow."""
        before, after = map(self.best, self.towns)
        return after <= before if self.grows == "set" else self.worth(after) <= self.worth(before)

    def story(self) -> str:
        """Return who is captured at either mission."""
        return "\n".join(
            f"mission {Fraction(town.mission)}: {named(town, self.best(town))}, worth "
            f"{self.worth(self.best(town))} to the rival"
            for town in self.towns
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers for each member."""
        (before, after), budget = map(self.best, self.towns), self.budget
        old, new = (self.pays(town, range(town.n)) for town in self.towns)
        costs = [sum((prices[i] for i in after), Fraction(0)) for prices in (old, new)]
        for i in range(self.community.n):
            point = numbers_of(self.community, self.rival, flat(0), i)
            captured = (i in before, i in after) if budget is None else (True, True)
            own = {r: old[i], r_new: new[i], vc: self.worth([i])}
            own |= {x: Fraction(captured[0]), x_new: Fraction(captured[1])}
            if budget is not None:
                own[vc] = max(own[vc], new[i])  # of the part without a budget nothing is claimed
            sums = {c_old: costs[0], c_new: costs[1], b: costs[1] if budget is None else budget}
            values = {U: self.worth(before), U_new: self.worth(after)}
            if budget is None:
                values[U_new] = min(values.values())  # nor of the part with one
            rest = {theta_new: self.mission, stay_new: Fraction(0), gone_new: Fraction(0)}
            yield {**point, **own, **sums, **values, **rest}


def case(numbers: Numbers) -> Personal:
    """Return the story of up to three members; their prices are h_i where the mission is 0."""
    count = sum(real(f"h_{i}") in numbers for i in (1, 2, 3))
    shared = value(numbers, "alpha", 1)
    town = Community(
        [value(numbers, f"c_{i + 1}", 1) for i in range(count)],
        purpose=[numbers.get(real(f"alpha_{i + 1}"), shared) for i in range(count)],
        enjoyment=[value(numbers, f"h_{i + 1}") for i in range(count)],
        mission=value(numbers, "theta"),
        ties=[[value(numbers, f"g_{i + 1}{j + 1}") for j in range(count)] for i in range(count)],
    )
    rival = Rival(1, portability=value(numbers, "rho"))
    budget = numbers.get(b)
    sets = [_sums(list(town.contribution), [0] * count)] if budget is not None else []
    grows: Literal["set", "value"] = (
        "value" if sets and sets[0][1, 1, 0] < sets[0][0, 0, 1] else "set"
    )
    return Personal(town, rival, value(numbers, "theta_new", 1), "profit", budget, grows)


def cases() -> SearchStrategy[Personal]:
    """Return a strategy of communities without ties, and rivals with either aim."""
    from hypothesis import strategies as st

    from missiongame.testing import communities, numbers, rivals

    @st.composite
    def offers(draw: st.DrawFn) -> Personal:
        town, rival = draw(communities(members=(1, 4), ties="none")), draw(rivals(crowding=False))
        mission = Fraction(town.mission) + draw(numbers(0, 3))
        if draw(st.booleans()):
            return Personal(town, rival, mission)
        return Personal(town, rival, mission, "value", draw(numbers(0, 12)), "value")

    return offers()


def _only_best(who: Subset, worths: Mapping[Subset, tuple[Any, Any]], wants: Any) -> Any:
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
    return sp.And(own_cost <= b, aim)  # fmt: skip


def _sums(work: Sequence[Any], prices: Sequence[Any]) -> dict[Subset, tuple[Any, Any]]:
    """Return each set's value and cost."""
    return {
        z: (sum(itertools.compress(work, z)), sum(itertools.compress(prices, z)))
        for z in itertools.product((0, 1), repeat=len(work))
    }


def _budgeted(before: Subset, after: Subset, grows: str) -> Small:
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
            "aim": sp.Eq(wants, 1) if grows == "set" else sp.Or(sp.Eq(wants, 0), sp.Eq(wants, 1)),
        },
        {VALUE: sp.Eq(wants, 0)} if grows == "value" else {BUDGET: sum(raised) <= b},
        money=(b, theta_new, *members.c, *members.h),
    )


def _tied() -> Small:
    """Two members: after member 1 alone, both, the rival approaching one before the other."""
    two = Members.of(2)
    g_12, g_21 = two.ties[0, 1], two.ties[1, 0]

    def costs(prices: Sequence[Any]) -> dict[Subset, Any]:
        first, second = prices
        alone = sp.Max(0, first + g_12), sp.Max(0, second + g_21)
        orders = (
            alone[0] + sp.Max(0, second - m.rho * g_21),
            alone[1] + sp.Max(0, first - m.rho * g_12),
        )
        return {(0, 0): sp.Integer(0), (1, 0): alone[0], (0, 1): alone[1], (1, 1): sp.Min(*orders)}

    def best(who: Subset, prices: Sequence[Any]) -> Any:
        gains = {z: sum(itertools.compress(two.c, z)) - c for z, c in costs(prices).items()}
        return sp.And(*(gains[who] > gain for z, gain in gains.items() if z != who))

    raised = [own + alpha for own, alpha in zip(two.h, two.alpha, strict=True)]
    return Small(
        sp.Not(sp.And(best((1, 0), two.h), best((1, 1), raised))),
        {
            **legal("portability"),
            "ties not negative": sp.And(g_12 >= 0, g_21 >= 0),
            "contributions": sp.And(*(c > 0 for c in two.c)),
        },
        {
            PURPOSE: sp.And(*(alpha >= 0 for alpha in two.alpha)),
            TIES: sp.And(sp.Eq(g_12, 0), sp.Eq(g_21, 0)),
        },
        money=(g_12, g_21, *two.alpha, *two.c, *two.h),
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
    statement="If the mission is worth something to everyone and there are no ties, the set that a "
    "profit-seeking rival captures with personal pay can only shrink as the mission grows, and "
    "so can the value that a rival with a budget captures if value is what it wants.",
    explanation="With personal pay each member is a deal of their own: they cost what keeps them, "
    "and the rival takes those who are worth it. A stronger mission makes each dearer. A budget "
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
)
