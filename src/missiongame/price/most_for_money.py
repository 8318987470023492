"""A problem and a sum of money → the most work that less money takes for certain: a raid, a roof.

The inverse of the price. A raid is an order of approach whose pay is below the money,
exactly; the roof is proved: no order of less pay captures more. First go those who need
not be paid, for that costs nothing and lowers what all others are paid. Then methods are
tried in turn until raid and roof meet or time is up:

- *no ties*: the undominated sets (`undominated`);
- *subsets*: few members, the table of all subsets (`all_subsets`);
- *knapsack*: default ties, the tables over contributions with and without the cut;
- *prices of time*: default ties, a raid by rates of pay and one bound for all amounts
  of work, which rules members out (`raid_by_time`);
- *members left*: the same question of the others, where they are few;
- *last pay*: general ties, a greedy raid; nobody is paid less than when all others went;
- *bisection*: the price of an amount of work, for amounts between raid and roof.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from missiongame.exact import as_objects, nearest
from missiongame.price.all_subsets import AllSubsets, SubsetTable
from missiongame.price.beam_search import MOST_MEMBERS
from missiongame.price.clock import Clock
from missiongame.price.greedy import greedy
from missiongame.price.knapsack import ContributionTable, table_fits
from missiongame.price.method import NOBODY
from missiongame.price.problem import Order, Problem, row_sums
from missiongame.price.raid_bracket import FEW, Bracket, RaidMethod
from missiongame.price.raid_by_time import RaidByTime
from missiongame.price.reductions import unpaid_cascade, without
from missiongame.price.solve import solve
from missiongame.price.undominated import most_work
from missiongame.price.without_ties import no_ties

UNPAID = "nobody need be paid"
MOST_CELLS = 100_000_000
"""Cells of the tables over contributions: about a second."""
MOST_STEPS = 100
SOON = 0.1
"""Seconds for those few who are left, at least."""
BITS = 80
"""Irrational pay is rounded to 2**-BITS of the money."""


class NoTies(RaidMethod):
    """The undominated sets of members, each with a pay of their own."""

    name = "no ties"

    def accepts(self, bracket: Bracket) -> bool:
        """Return whether nobody's going changes what others are paid."""
        return no_ties(bracket.problem)

    def tighten(self, bracket: Bracket) -> None:
        """Close the bracket, but for roots that are irrational and very large cores."""
        problem, limit = bracket.problem, bracket.limit
        if not problem.linear:
            self._enclosed(bracket)
            return
        found = most_work(problem.deficit, problem.size, limit)
        bracket.take(found.members)
        bracket.cap(found.roof)
        if bracket.closed and bracket.boundary is None:
            more = most_work(problem.deficit, problem.size, limit + 1) if bracket.hit else found
            made = int(problem.size[more.members].sum())
            bracket.boundary = True if made > bracket.made else None
            if more.roof == bracket.made:
                bracket.boundary = False

    def _enclosed(self, bracket: Bracket) -> None:
        """Round pay down for the roof and up for the raid."""
        problem = bracket.problem
        scale = 2**BITS / bracket.money
        pays = problem.pays_along(np.arange(problem.n))
        low = as_objects(floor(scale * a) for a, _ in pays)
        high = as_objects(ceil(scale * b) for _, b in pays)
        found = most_work(low, problem.size, 2**BITS)
        bracket.take(found.members)
        bracket.cap(found.roof)
        if not bracket.closed:
            bracket.take(most_work(high, problem.size, 2**BITS - 1).members)
        elif bracket.boundary is None:  # what the money itself might buy was within the roof
            bracket.boundary = False


class SubsetsOfFew(RaidMethod):
    """The table of what each subset of the members costs."""

    name = AllSubsets.name

    def accepts(self, bracket: Bracket) -> bool:
        """Return whether the members are few."""
        return AllSubsets().accepts(bracket.problem)

    def tighten(self, bracket: Bracket) -> None:
        """Close the bracket; with crowding, but for what irrational roots leave open."""
        table = SubsetTable.of(bracket.problem)
        if bracket.problem.linear:
            self._whole(bracket, table)
        else:
            self._enclosed(bracket, table)

    def _whole(self, bracket: Bracket, table: SubsetTable) -> None:
        limit = bracket.limit
        within = np.flatnonzero(np.asarray(table.least <= limit, dtype=bool))
        best = _largest(table, within)
        bracket.take(table.order(best))
        bracket.cap(int(table.captured[best]))
        more = np.asarray(table.captured > table.captured[best], dtype=bool)
        bracket.boundary = bracket.hit and bool(np.any(table.least[more] == limit + 1))

    def _enclosed(self, bracket: Bracket, table: SubsetTable) -> None:
        """Go through the subsets that are paid for, or nearly, the most work first."""
        money, least, captured = bracket.money, table.least, table.captured
        near = np.flatnonzero(least <= nearest(money) + 2 * table.slack)
        open_, hits = [0], [0]
        for subset in near[np.argsort(-captured[near], kind="stable")].tolist():
            low = high = Fraction(float(least[subset]) + table.slack)
            if high >= money:
                low, high = table.enclosed(subset)
            made = int(captured[subset])
            if high < money:
                bracket.take(table.order(subset))
                if bracket.made >= made:
                    break
            (hits if low == high == money else open_ if low < money else []).append(made)
        bracket.cap(max(bracket.made, *open_))
        if max(hits) > bracket.made:
            bracket.boundary = True
        elif bracket.closed:
            bracket.boundary = False


class Contributions(RaidMethod):
    """The tables over contributions with and without the cut at zero."""

    name = "knapsack"

    def accepts(self, bracket: Bracket) -> bool:
        """Return whether ties are default and the tables not too large."""
        return table_fits(_of_all(bracket.problem), MOST_CELLS)

    def tighten(self, bracket: Bracket) -> None:
        """Take the most that the cut table pays for; no more than the other one allows."""
        table = ContributionTable(_of_all(bracket.problem))
        limit = ceil(bracket.money / table.unit) - 1
        bracket.take(table.members(int(np.flatnonzero(table.cut <= limit)[-1])), fill=True)
        bracket.cap(int(np.flatnonzero(table.free <= limit)[-1]) * table.gap)
        if bracket.closed and bracket.boundary is None and table.unit == bracket.problem.unit:
            first = bracket.made // table.gap + 1
            if not bracket.hit or not np.any(table.free[first:] == limit + 1):
                bracket.boundary = False
            elif np.any(table.cut[first:] == limit + 1):
                bracket.boundary = True


class TheFewLeft(RaidMethod):
    """The same question of those alone who can be in a better raid, where they are few."""

    name = "members left"

    def accepts(self, bracket: Bracket) -> bool:
        """Return whether some are ruled out, and the others fit a mask."""
        return len(bracket.left) <= min(MOST_MEMBERS, bracket.problem.n - 1)

    def tighten(self, bracket: Bracket) -> None:
        """Ask all methods."""
        inner, who = without(bracket.problem, NOBODY, bracket.left)
        found = most_for_money(inner, bracket.money, max(bracket.clock.left, SOON))
        bracket.take(who[found.order])
        bracket.cap(max(bracket.made, found.roof))
        if bracket.boundary is None and bracket.closed:
            bracket.boundary = found.boundary


class LastPay(RaidMethod):
    """General ties: a greedy raid; and nobody is paid less than when all others have gone."""

    name = "last pay"

    def accepts(self, bracket: Bracket) -> bool:
        """Return whether ties are general."""
        return bracket.problem.weight is None

    def tighten(self, bracket: Bracket) -> None:
        """Take what of a greedy order the money pays for, and lower the roof."""
        problem = bracket.problem
        bracket.take(greedy(_of_all(problem)), fill=True)
        starts, _, falls = problem.sparse
        last = problem.deficit - row_sums(falls, starts)
        alone = replace(problem, deficit=last)
        pays = [alone.pay(i, d)[0] for i, d in enumerate(last.tolist())]
        scale = 2**BITS / bracket.money
        low = as_objects(floor(scale * pay) for pay in pays)
        bracket.cap(most_work(low, problem.size, 2**BITS).roof)


class Bisection(RaidMethod):
    """Prices of amounts of work between raid and roof."""

    name = "bisection of prices"

    def accepts(self, bracket: Bracket) -> bool:
        """Return whether prices of that many members are quick enough."""
        return bracket.problem.n <= FEW and not no_ties(bracket.problem)

    def tighten(self, bracket: Bracket) -> None:
        """Ask for the next amount of work and for the middle in turn.

        An amount is bought, or it is proved to be out of reach, or it stays open.
        """
        gap, money = bracket.gap, bracket.money
        bought, out = bracket.made // gap, bracket.roof // gap + 1
        dear, open_ = out, bought  # least amount not bought, largest not proved out of reach
        for step in range(MOST_STEPS):
            if bracket.clock.late or out <= bought + 1:
                break
            if dear > bought + 1:
                at = bought + 1 if step % 2 == 0 else (bought + dear) // 2
            elif out > open_ + 1:
                at = (open_ + out) // 2
            else:
                break
            problem = replace(bracket.problem, needed=at * gap)
            found = solve(problem, "auto", max(0.05, bracket.clock.left / 6))
            cost = problem.cost(found.order)
            bracket.take(found.order, fill=not found.proved)
            bought = bracket.made // gap
            if found.lower >= money:
                out, dear = at, min(dear, at)
                bracket.cap((out - 1) * gap)
                hit = True if cost == (money, money) else None
                bracket.boundary = False if found.lower > money else hit
            elif cost[1] >= money:
                dear, open_ = min(dear, at), max(open_, at)
            open_ = max(open_, bought)
            dear = out if dear <= bought else dear
        if not bracket.closed:
            bracket.boundary = None


METHODS: tuple[RaidMethod, ...] = (
    NoTies(),
    SubsetsOfFew(),
    Contributions(),
    RaidByTime(),
    TheFewLeft(),
    LastPay(),
    Bisection(),
)


@dataclass(frozen=True, eq=False)
class MostWork:
    """An order of approach, what it captures, and what nothing within the money exceeds."""

    order: Order
    made: int
    roof: int
    boundary: bool | None
    how: tuple[str, ...]


def most_for_money(problem: Problem, money: Fraction, seconds: float) -> MostWork:
    """Return the best raid found, in whole units of contributions, and how it is bounded."""
    unpaid = unpaid_cascade(problem, for_nothing=money <= 0)
    keep = np.setdiff1d(np.arange(problem.n), unpaid)
    if problem.weight is not None:  # default ties: whoever makes nothing moves nobody
        unpaid, keep = (who[problem.size[who] > 0] for who in (unpaid, keep))
    rest, members = without(problem, unpaid, keep)
    made = int(problem.size[unpaid].sum())
    if money <= 0:
        indifferent = rest.size[unpaid_cascade(rest)]
        boundary = money == 0 and bool(np.any(indifferent > 0))
        return MostWork(unpaid, made, made, boundary, (UNPAID,))
    bracket = Bracket(rest, money, Clock.of(seconds))
    how = [UNPAID] if bracket.closed else []
    for method in METHODS:
        if not bracket.closed and method.accepts(bracket):
            method.tighten(bracket)
            how = [method.name] if bracket.closed else [*how, method.name]
    order = np.concatenate((unpaid, members[bracket.order]))
    work = made + bracket.made, made + bracket.roof
    return MostWork(order, *work, bracket.boundary, tuple(how))


def _of_all(problem: Problem) -> Problem:
    """Return the problem of capturing all work."""
    return replace(problem, needed=sum(problem.size.tolist()))


def _largest(table: SubsetTable, within: Order) -> int:
    """Return the subset that makes most; the cheapest and then the smallest among equals."""
    made = table.captured[within]
    within = within[np.asarray(made == made.max(), dtype=bool)]
    pay = table.least[within]
    within = within[np.asarray(pay == pay.min(), dtype=bool)]
    return int(within[np.argmin(np.bitwise_count(within))])
