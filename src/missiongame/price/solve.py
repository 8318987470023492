"""Which algorithm answers: a closed form where it is proved, else search, else a bound."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import illegal
from missiongame.exact import wanted_share
from missiongame.model import check_players
from missiongame.price.all_subsets import LARGEST, LARGEST_WHOLE, MOST, Table
from missiongame.price.answer import Price
from missiongame.price.anytime import anytime
from missiongame.price.closed_forms import closed_form, quick_ascending
from missiongame.price.knapsack import knapsack
from missiongame.price.problem import Order, Problem, refuse_negative_ties
from missiongame.price.reductions import blocks, factored, unpaid_cascade, without
from missiongame.price.without_ties import separate

if TYPE_CHECKING:
    from missiongame.model import Community, Rival

METHODS = ("auto", "closed form", "subsets", "mixed-integer", "order")
MANY = 4096
"""Members from which the closed form is first tried in floats with a rounding bound."""


@dataclass(frozen=True, eq=False)
class Answer:
    """An order for one problem and a proved lower bound on its price, in money.

    `proved` says that the order is optimal (up to the rounding of square roots where
    pay is irrational); `claimed` is a bound that a floating-point solver claims.
    """

    order: Order
    lower: Fraction
    proved: bool
    method: str
    claimed: float | None = None


def price_of_collapse(
    community: Community,
    rival: Rival,
    share: Any = 1.0,
    method: str = "auto",
    seconds: float = 30.0,
) -> Price:
    """Return the infimum of pay with which the rival captures a share in every equilibrium.

    The rival makes public personal offers; the least-defection equilibrium is the
    one that counts, so members who are indifferent stay. Approached one after
    another, each is paid as if exactly those before had left ("divide and conquer":
    Segal 2003, Winter 2004, Bernstein and Winter 2012).

    Parameters
    ----------
    community : Community
        Its purpose must be known; its ties at least 0.
    rival : Rival
    share : number in (0, 1]
        The share of the contributions to capture; a float counts as its shortest
        decimal, so that 0.1 is a tenth.
    method : str
        "auto", or one of "closed form" (where it is proved), "subsets" (exact, about
        20 members), "mixed-integer" (HiGHS) and "order" (a good order and a bound).
    seconds : float
        About how long a search that can be stopped may take; its gap is then larger.

    Returns
    -------
    Price
        With the order, the pay, and whether it is optimal or its proved gap.

    Raises
    ------
    PurposeUnknown
        If the community's purpose is None.
    InvalidValue
        On a negative tie (named), a share outside (0, 1], or a method that does not
        fit the community.

    Examples
    --------
    Where payments hit zero, biggest-first is not the best order.

    >>> import missiongame as mg
    >>> town = mg.Community([2, 3], ties=[[0, 3], [2, 0]], enjoyment=[0, 2], purpose=0)
    >>> price = mg.price_of_collapse(town, mg.Rival(portability=1))
    >>> price.total, price.order
    (3.0, array([0, 1]))
    """
    check_players(community=community, rival=rival)
    wanted = wanted_share(share)
    if method not in METHODS:
        raise illegal("method", method, f"one of {', '.join(map(repr, METHODS))}")
    if not seconds > 0:
        raise illegal("seconds", seconds, "positive")
    refuse_negative_ties(community)
    community.known_purpose("the price of collapse")
    if wanted == 1 and community.n >= MANY and method in ("auto", "closed form"):
        quick = quick_ascending(community, rival)
        if quick is not None:
            order, pay, error = quick
            return Price(community, rival, wanted, order, True, "closed form", _quick=(pay, error))
    problem = Problem.of(community, rival, wanted)
    answer = solve(problem, method, seconds)
    price = Price(
        community,
        rival,
        wanted,
        answer.order,
        answer.proved,
        answer.method,
        answer.claimed,
        _lower=None if answer.proved and problem.linear else answer.lower,
        _known=problem,
    )
    refuse_refuted(price, answer.lower)
    return price


def refuse_refuted(price: Price, lower: Fraction) -> None:
    """Raise if an order is of too few members, names one twice, or costs less than its bound."""
    order, problem = price.order, price.problem
    once = len(np.unique(order)) == len(order)
    if not (once and problem.enough(order) and lower <= price.total_bounds[1]):
        raise RuntimeError("a price failed its certificate: please report this community")


def solve(problem: Problem, method: str = "auto", seconds: float = 30.0) -> Answer:
    """Solve a problem: first the unpaid, then each block of those who are left."""
    unpaid = unpaid_cascade(problem)
    contributes = problem.weight is None
    if not contributes:  # default ties: whoever makes nothing moves nobody
        unpaid = unpaid[problem.size[unpaid] > 0]
    if problem.enough(unpaid):
        return Answer(unpaid, Fraction(0), True, "nobody need be paid")
    keep = np.setdiff1d(np.arange(problem.n), unpaid)
    if not contributes:
        keep = keep[problem.size[keep] > 0]
    rest, members = without(problem, unpaid, keep)
    gone, parts = unpaid, []
    groups = blocks(rest)
    for group in groups:
        block, who = without(problem, gone, members[group]) if len(groups) > 1 else (rest, members)
        if len(groups) > 1:
            block = _whole_block(block)
        answer = _solve_block(block, method, seconds / len(groups))
        parts.append(answer)
        gone = np.concatenate((gone, who[answer.order]))
    return _joined(parts, gone)


def _whole_block(block: Problem) -> Problem:
    """Return the block with all of its own contributions needed."""
    from dataclasses import replace

    return replace(block, needed=int(block.size.sum()))


def _joined(parts: list[Answer], order: Order) -> Answer:
    claims = [p.claimed if p.claimed is not None else float(p.lower) for p in parts]
    methods = list(dict.fromkeys(p.method for p in parts))
    return Answer(
        order,
        sum((p.lower for p in parts), Fraction(0)),
        all(p.proved for p in parts),
        " and ".join(methods),
        sum(claims) if any(p.claimed is not None for p in parts) else None,
    )


def _solve_block(problem: Problem, method: str, seconds: float) -> Answer:
    if problem.needed <= 0:
        return Answer(np.zeros(0, dtype=np.int64), Fraction(0), True, "nobody need be paid")
    if method in ("auto", "closed form"):
        order = closed_form(problem)
        if order is not None:
            return Answer(order, problem.cost(order)[0], True, "closed form")
        if method == "closed form":
            raise illegal("method", method, "another: here the closed form is not proved to hold")
    few = problem.n <= (LARGEST if problem.deficit.dtype != object else LARGEST_WHOLE)
    if method == "subsets" or (method == "auto" and few):
        return by_subsets(problem)
    problem = factored(problem)
    alone = separate(problem) if method == "auto" else None
    if alone is not None and problem.cost(alone[0])[1] <= alone[1]:
        return Answer(*alone, True, "no ties")
    part = problem.needed < problem.size.sum()
    chosen = knapsack(problem) if method == "auto" and part else None
    if chosen is not None:
        order, lower = chosen
        cost = problem.cost(order)[1]
        if cost - lower <= cost / 10**12:  # equal, but for what rounding to int64 took
            return Answer(order, lower, cost <= lower, "knapsack")
    best = anytime(problem, method, seconds)
    for found, how in ((alone, "no ties"), (chosen, "knapsack")):
        if found is not None:
            best.note(how)
            best.offer(found[0])
            best.prove(found[1])
    lower = problem.cost(best.order)[0] if best.optimal and problem.linear else best.lower
    return Answer(best.order, lower, best.optimal, ", ".join(best.how), best.claimed)


def by_subsets(problem: Problem) -> Answer:
    """Solve by the dynamic programme over all subsets."""
    if problem.n > MOST:
        raise illegal("method", "subsets", f"another: {problem.n} members are too many subsets")
    table = Table.of(problem)
    best = table.cheapest(problem.needed)
    order = table.order(best)
    if problem.linear:
        return Answer(order, problem.unit * int(table.least[best]), True, "subsets")
    lower = max(Fraction(0), Fraction(float(table.least[best])) - Fraction(table.slack))
    return Answer(order, lower, True, "subsets")
