"""Default ties and a sum of money → a raid by rates of pay, and a roof from prices of time.

Prices of time V (`scheduling_bound`) bound what any amount of work costs: members who
make a part T of what V was sought for cost at least V(T) + Σ_i min(0, Φ_i). So one V,
sought for a little more work than the best raid known captures, bounds what the money
buys. And a member i in a raid that captures more costs Φ_i more than that, where Φ_i > 0:
who is then beyond the money is in no such raid.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil

import numpy as np

from missiongame.exact import nearest
from missiongame.price.clock import Clock
from missiongame.price.closed_forms import ascending
from missiongame.price.float_view import FloatView
from missiongame.price.local_search import neighbours
from missiongame.price.method import NOBODY
from missiongame.price.problem import Order
from missiongame.price.raid_bracket import FEW, Bracket, RaidMethod
from missiongame.price.reductions import without
from missiongame.price.scheduling_bound import lower_bound
from missiongame.price.transport_bound import MOST_TYPES, prices_of_time
from missiongame.price.without_ties import no_ties

QUICK = 0.4
"""Seconds for prices of time among more than `FEW` members."""
SURE = 1e-9
"""Part by which floats are off at most, with room to spare."""


class RaidByTime(RaidMethod):
    """A raid by rates of pay, and a bound on all amounts of work from prices of time."""

    name = "prices of time"

    def accepts(self, bracket: Bracket) -> bool:
        """Return whether ties are default, and there are any."""
        return bracket.problem.weight is not None and not no_ties(bracket.problem)

    def tighten(self, bracket: Bracket) -> None:
        """Guess how much work it is, and find prices of time for a little more."""
        problem, whole = bracket.problem, bracket.all_work
        bracket.take(ascending(problem))
        if bracket.closed or whole < 2:
            return
        view = FloatView.of(replace(problem, needed=whole - 1))
        bracket.take(_by_rate(view, nearest(bracket.money)), fill=True)
        lump = 1 / max(1, len(bracket.order))
        for factor in (1 + max(0.02, lump), 1.5 + lump, 1000.0):
            needed = max(1, min(whole - 1, int(bracket.made * factor)))
            out = self._by_time(bracket, view, needed)
            if out or needed == whole - 1 or bracket.closed or bracket.clock.late:
                break

    def _by_time(self, bracket: Bracket, view: FloatView, needed: int) -> bool:
        """Seek prices of time for so much work; return whether they bound what is bought."""
        problem, part = bracket.problem, needed / view.problem.needed
        clock = bracket.clock.part(0.3)
        if problem.n > FEW:
            clock = Clock.of(min(QUICK, clock.left))
        few, who = without(replace(problem, needed=needed), NOBODY, _likely(view, part))
        narrow = FloatView.of(few)
        grid = prices_of_time(narrow, clock)
        if few.n <= FEW:
            order = neighbours(narrow, lower_bound(narrow, grid).order(narrow))
            bracket.take(who[order], fill=True)
        scaled = replace(view, problem=replace(problem, needed=needed))
        scaled = replace(scaled, size=view.size / part, weight=view.weight * part)
        # Paid at least as when all of it has gone, most members are worth no price of time.
        steepest = scaled.size * float(np.diff(grid).max(initial=0.0)) * (len(grid) - 1)
        last = scaled.pay(scaled.deficit - scaled.weight, np.arange(scaled.n))
        adds = last - steepest - SURE * (np.abs(scaled.deficit) + scaled.weight + steepest)
        open_ = np.flatnonzero(adds <= 0).astype(np.int64)
        bound = lower_bound(scaled.some(open_), grid)
        adds[open_] = bound.least
        out = bound.most_bought(bracket.money)
        if out is None:
            return False
        bracket.cap(ceil(out * needed) - 1)
        # Who adds more than the money leaves is in no raid that captures more than the best.
        cheapest = min(grid[int(bracket.made / needed * (len(grid) - 1)) :].tolist())
        spare = nearest(bracket.money - bound.added - Fraction(cheapest))
        rest = np.flatnonzero(adds <= spare * (1 + SURE))
        bracket.left = np.intersect1d(bracket.left, rest)
        return True


def _likely(view: FloatView, part: float) -> Order:
    """Return those who are cheapest when a part of the work has gone: half more than that part."""
    pay = view.pay(view.deficit - view.weight * part, np.arange(view.n))
    by_rate = np.argsort(pay / view.size, kind="stable")
    reached = np.searchsorted(np.cumsum(view.size[by_rate]), 1.5 * part)
    return np.sort(by_rate[: max(MOST_TYPES, int(reached) + 1)]).astype(np.int64)


def _by_rate(view: FloatView, money: float) -> Order:
    """Return those who cost least a contribution at half of the way, as many as are paid for."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        steep = view.weight / view.size
    low, high, best = 0.0, 1.0, NOBODY
    members = np.arange(view.n)
    for _ in range(12):
        part = (low + high) / 2
        pay = view.pay(view.deficit - view.weight * (part / 2), members)
        by_rate = np.argsort(pay / view.size, kind="stable")
        reached = np.searchsorted(np.cumsum(view.size[by_rate]), part)
        chosen = by_rate[: int(reached) + 1]
        order = chosen[np.argsort(steep[chosen], kind="stable")].astype(np.int64)
        if view.cost(order) < money:
            low, best = part, order
        else:
            high, best = part, best if len(best) else order
    return best
