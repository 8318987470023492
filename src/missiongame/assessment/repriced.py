"""From a price and the price after a change to how much the change adds, with exact ends."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

import numpy as np

from missiongame.assessment.findings import Findings
from missiongame.exact import Whole
from missiongame.model import Community
from missiongame.price import Price, filling, price_of_collapse

Ends: TypeAlias = tuple[Fraction, Fraction]
"""(least, most): equal where the number is known exactly."""

LEAST_SECONDS = 0.02
LARGE = 20_000  # members from which on a search for each change takes too long


def repriced(found: Findings, community: Community, seconds: float) -> Price:
    """Return the price of the case's share in another community."""
    patience = max(LEAST_SECONDS, seconds)
    return price_of_collapse(community, found.scenario.rival, found.share, seconds=patience)


def slow(found: Findings, community: Community) -> bool:
    """Return whether the price of many members needs a search: a part of unequal ones is won."""
    if community.n < LARGE or found.share == 1:
        return False
    alike = (community.known_purpose("a price"), community.enjoyment)
    unequal = any(np.any(column != column[0]) for column in alike)
    return unequal or community.ties is not None or bool(np.any(community.social != 0))


def carried_over(found: Findings, community: Community) -> tuple[Price, Ends]:
    """Return a price without a search where nobody's work has changed, and the rise's ends.

    Members are approached as they are now; the bound is today's and what `each_pay_apart`
    says that the price rises by at least.
    """
    now = found.price
    as_now = Price(community, now.rival, now.share, now.order, False, "today's order")
    ends = each_pay_apart(now, as_now, found.hinges_on)
    lower = min(max(now.lower_bound + ends[0], Fraction(0)), as_now.total_bounds[0])
    optimal = as_now.problem.linear and lower == as_now.total_bounds[0]
    return replace(as_now, optimal=optimal, _lower=lower, _known=as_now.problem), ends


def rise(before: Price, after: Price) -> Ends:
    """Return by how much the second price is above the first: least and most.

    Where a price is only bounded, the difference lies between the bounds' differences.

    Examples
    --------
    >>> import missiongame as mg
    >>> prices = [mg.price_of_collapse(mg.Community([1], purpose=a), mg.Rival()) for a in (2, 5)]
    >>> rise(*prices)
    (Fraction(3, 1), Fraction(3, 1))
    """
    least = after.lower_bound - before.total_bounds[1]
    return least, after.total_bounds[1] - before.lower_bound


def each_pay_apart(before: Price, after: Price, heads: int) -> Ends:
    """Return ends of the rise that need no search.

    Nobody's work has changed, and each member's ties in proportion. Whoever has left, i's
    deficit d_i rises by at least low_i and at most high_i, and pay max(0, d_i) by no more.
    So the price rises by at most Σ max(0, high_i). Of the members of an order that is best
    afterwards, at least `heads` and enough for the share, those whose deficit was never
    negative are paid at least low_i more, and nobody less than min(0, low_i).
    Where pay crowds a rival's mission out, it does not fall if no deficit and no pull α_iθ_R
    does; otherwise the ends are (−before, after).
    """
    old, new = before.problem, after.problem
    under = lcm(old.unit.denominator, new.unit.denominator)
    was, then = (_in_units(price, under) for price in (before, after))
    alone, fallen = then.deficit - was.deficit, then.fall - was.fall
    low, high = alone - np.maximum(fallen, 0), alone - np.minimum(fallen, 0)
    if not (old.linear and new.linear):
        rises = bool((low >= 0).all() and (then.pull >= was.pull).all())
        return Fraction(0) if rises else -before.total_bounds[1], after.total_bounds[1]
    sure = np.where(was.deficit >= was.fall, np.maximum(low, 0), 0)
    works = np.ones(old.n, dtype=bool)
    if old.weight is not None:  # whoever makes nothing moves nobody, and is not approached
        works = np.asarray(old.size > 0, dtype=bool)
    high, low, sure = high[works], low[works], sure[works]
    size = old.size[works].astype(object)
    fewest = Fraction(sum(np.sort(sure)[:heads].tolist()))
    surely = max(fewest, filling(sure, size, old.needed)[2])
    least = surely + sum(np.minimum(low, 0).tolist())
    return least / under, Fraction(sum(np.maximum(high, 0).tolist()), under)


class _Columns(NamedTuple):
    """Deficits with nobody gone, what they fall by with all gone, and pulls: Python ints."""

    deficit: Whole
    fall: Whole
    pull: Whole


def _in_units(price: Price, under: int) -> _Columns:
    problem = price.problem
    by = int(problem.unit * under)
    if problem.weight is None:
        fall = np.zeros(problem.n, dtype=object)
        np.add.at(fall, problem.rows, problem.sparse[2].astype(object))
    else:
        fall = problem.weight.astype(object) * (sum(problem.size.tolist()) - problem.size)
    return _Columns(
        *(column.astype(object) * by for column in (problem.deficit, fall, problem.pull))
    )


def scaled(ends: Ends, by: Fraction) -> Ends:
    """Return both ends times a number that is not negative."""
    return ends[0] * by, ends[1] * by
