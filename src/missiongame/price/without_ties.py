"""A problem without ties → whom to leave out, when nobody's going changes what others are paid.

Each approached member is paid d_i, and the price is the least Σ_D d_i with
Σ_D size_i ≥ needed. For every rate λ ≥ 0

    Σ_D d_i  =  λ Σ_D size_i − Σ_D (λ size_i − d_i)  ≥  λ · needed − Σ_i max(0, λ size_i − d_i).

The rate is that of the member with whom a filling in
ascending order of d_i/size_i reaches what is needed. As every total is a multiple of
the greatest common divisor of the d_i, the bound is raised to the next one: where all
are paid the same, the largest contributors are then proved optimal.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, inf
from typing import TYPE_CHECKING

import numpy as np

from missiongame.exact import Whole, as_objects, quotient
from missiongame.price.method import Found, Method, Search
from missiongame.price.problem import Order, Problem

if TYPE_CHECKING:
    from missiongame.model import Community, Rival

_SWAPS = 64  # how many of the last members of the filling may be left out for another


def equal_pay(community: Community, rival: Rival) -> Fraction | None:
    """Return what each is paid where all are paid the same; None where they may not be.

    That is so without ties, with one purpose and enjoyment for all, no crowding of a
    mission of the rival's own, and pay above 0. The fewest members who make the share
    are then the cheapest.

    Examples
    --------
    >>> import missiongame as mg
    >>> equal_pay(mg.Community([2, 1], purpose=3, enjoyment=1), mg.Rival())
    Fraction(4, 1)
    """
    alpha, h = community.purpose, community.enjoyment
    if alpha is None or not paid_alike(community, rival):
        return None
    each = Fraction(alpha[0]) * (Fraction(community.mission) - Fraction(rival.mission))
    each += Fraction(h[0])
    return each if each > 0 else None


def paid_alike(community: Community, rival: Rival) -> bool:
    """Return whether all are paid the same at any mission, whoever has left.

    Examples
    --------
    >>> import missiongame as mg
    >>> paid_alike(mg.Community([2, 1], purpose=[3, 1]), mg.Rival())
    False
    """
    alpha, h, social = community.purpose, community.enjoyment, community.social
    if alpha is None or community.ties is not None or np.any(social != 0):
        return False
    alike = all(np.all(column == column[0]) for column in (alpha, h))
    return alike and not (rival.mission and rival.crowding)


class WithoutTies(Method):
    """The filling and its bound; the price where both agree."""

    name = "no ties"

    def accepts(self, problem: Problem) -> bool:
        """Return whether there are no ties and pay is linear."""
        return problem.linear and no_ties(problem)

    def solve(self, search: Search) -> Found:
        """Return the filling, or the best of those that end with one other member instead."""
        problem = search.problem
        cost = as_objects(max(0, int(d)) for d in problem.deficit.tolist())
        size = as_objects(int(s) for s in problem.size.tolist())
        order, last, bound = filling(cost, size, problem.needed)
        step = gcd(*cost.tolist()) or 1
        filled = _filled(problem.needed, cost, size, order, last)
        lower = problem.unit * -(-bound // step) * step
        return Found(filled, lower, proved=problem.cost(filled)[1] <= lower)


def filling(cost: Whole, size: Whole, needed: int) -> tuple[Order, int, Fraction]:
    """Return members by rate, up to which of them makes enough, and a bound on what enough costs.

    No members whose sizes are `needed` together cost less than the bound, if no cost is
    negative and somebody has to be taken.

    Examples
    --------
    >>> from missiongame.exact import as_objects
    >>> filling(as_objects([2, 6, 1]), as_objects([4, 2, 0]), 5)
    (array([0, 1, 2]), 1, Fraction(5, 1))
    """
    keys = [quotient(c, s) if s else inf for c, s in zip(cost, size, strict=True)]
    # Among equal rates the largest first; a rounding here costs no proof, only closeness.
    order = np.lexsort((-size.astype(np.float64), np.array(keys)))
    last = int(np.argmax(np.cumsum(size[order]) >= needed))
    rate, under = int(cost[order[last]]), int(size[order[last]])
    kept = int(np.maximum(rate * size - under * cost, 0).sum())
    return order, last, Fraction(rate * needed - kept, under)


def no_ties(problem: Problem) -> bool:
    """Return whether nobody's going changes what others are paid."""
    return problem.weight is not None and not np.any(problem.weight != 0)


def _filled(needed: int, cost: Whole, size: Whole, order: Order, last: int) -> Order:
    """Return the filling, or the best of those that end with one other member instead."""
    best, least = order[: last + 1], int(cost[order[: last + 1]].sum())
    for end in range(last, max(-1, last - _SWAPS), -1):
        before = order[:end]
        rest = order[end:]
        short = needed - int(size[before].sum())
        enough = rest[np.asarray(size[rest] >= short, dtype=bool)]
        if len(enough):
            other = enough[np.argmin(cost[enough])]
            total = int(cost[before].sum()) + int(cost[other])
            if total < least:
                best, least = np.append(before, other), total
    return best
