"""A problem → the best order and bound: it is made smaller, and the methods are tried in turn."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from missiongame.errors import illegal
from missiongame.price.all_subsets import AllSubsets
from missiongame.price.beam_search import BeamSearch
from missiongame.price.clock import Clock
from missiongame.price.closed_forms import ClosedForm
from missiongame.price.greedy import GreedyOrder
from missiongame.price.knapsack import Knapsack
from missiongame.price.method import Found, Method, Search
from missiongame.price.mixed_integer import MixedInteger
from missiongame.price.problem import Problem
from missiongame.price.reductions import blocks, factored, unpaid_cascade, without
from missiongame.price.relaxation import LinearRelaxation
from missiongame.price.transport_bound import PricesOfTime
from missiongame.price.without_ties import WithoutTies

METHODS: dict[str, tuple[Method, ...]] = {
    "auto": (
        ClosedForm(),
        AllSubsets(),
        WithoutTies(),
        Knapsack(),
        PricesOfTime(),
        GreedyOrder(),
        BeamSearch(),
        LinearRelaxation(),
        MixedInteger(),
    ),
    "closed form": (ClosedForm(),),
    "subsets": (AllSubsets(asked=True),),
    "mixed-integer": (
        PricesOfTime(),
        GreedyOrder(),
        LinearRelaxation(asked=True),
        MixedInteger(asked=True),
    ),
    "order": (PricesOfTime(), GreedyOrder(), BeamSearch(once=True)),
}
"""What `method` names: the methods that are tried, in this order."""

_UNPAID = "nobody need be paid"


def solve(problem: Problem, method: str = "auto", seconds: float = 30.0) -> Found:
    """Return what is found: first the unpaid go, then each block of those who are left.

    Raises
    ------
    InvalidValue
        Where the method asked for does not fit a block.
    """
    unpaid = unpaid_cascade(problem)
    keep = np.setdiff1d(np.arange(problem.n), unpaid)
    if problem.weight is not None:  # default ties: whoever makes nothing moves nobody
        unpaid, keep = (who[problem.size[who] > 0] for who in (unpaid, keep))
    if problem.enough(unpaid):
        return Found(unpaid, proved=True, how=(_UNPAID,))
    rest, members = without(problem, unpaid, keep)
    groups = blocks(rest)
    if len(groups) == 1:
        part = _solve_block(rest, method, seconds)
        return replace(part, order=np.concatenate((unpaid, members[part.order])))
    gone, parts = unpaid, []
    for group in groups:
        block, who = without(problem, gone, members[group])
        block = replace(block, needed=int(block.size.sum()))
        parts.append(_solve_block(block, method, seconds / len(groups)))
        gone = np.concatenate((gone, who[parts[-1].order]))
    claims = [float(p.lower) if p.claimed is None else p.claimed for p in parts]
    return Found(
        gone,
        sum((p.lower for p in parts), Fraction(0)),
        all(p.proved for p in parts),
        claimed=sum(claims) if any(p.claimed is not None for p in parts) else None,
        how=(" and ".join(dict.fromkeys(", ".join(p.how) for p in parts)),),
    )


def _solve_block(problem: Problem, method: str, seconds: float) -> Found:
    if problem.needed <= 0:
        return Found(proved=True, how=(_UNPAID,))
    methods = METHODS[method]
    best = Search(factored(problem), Clock.of(seconds)).run(methods)
    if not problem.enough(best.order):
        misfit = methods[0].misfit.format(n=problem.n)
        raise illegal("method", method, f"another: {misfit}")
    return best
