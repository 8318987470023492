"""A problem of general ties → a first order: early go those who help more than they gain.

The score of j, with S gone, is what its going saves others less what waiting would
save j itself (Becker's rule for linear ordering, with savings cut off where a pay
reaches zero):

    Σ_i min(fall_ij, deficit_i(S)⁺) − min(Σ_i fall_ji, deficit_j(S)⁺),    i not gone.

Where a share below 1 leaves members out, the least pay net of savings a unit of
contribution goes first. Floats: the order is evaluated exactly afterwards.
"""

from __future__ import annotations

import heapq

import numpy as np

from missiongame.exact import Floats, Mask, floats
from missiongame.price.float_view import DENSE
from missiongame.price.local_search import improve
from missiongame.price.method import Found, Method, Search
from missiongame.price.pairs_bound import pair_bound
from missiongame.price.problem import Order, Problem

LIMIT = 300_000_000
"""Elementary updates beyond which scores are computed once only."""


class GreedyOrder(Method):
    """The greedy order, improved, and a bound on pairs."""

    name = "greedy order"

    def accepts(self, problem: Problem) -> bool:
        """Return whether ties are general."""
        return problem.weight is None

    def solve(self, search: Search) -> Found:
        """Return the better of the order and what local search makes of it, and the bound."""
        search.offer(greedy(search.problem))
        if search.problem.n <= DENSE:
            search.offer(improve(search.view, search.best.order, search.clock.part(0.4)))
        return Found(search.best.order, pair_bound(search.view, search.cost))


def greedy(problem: Problem) -> Order:
    """Return an order of enough members by the scores above, kept up to date."""
    state = _State(problem)
    everyone = problem.all_work
    heap = [(-score, j) for j, score in enumerate(state.scores(everyone).tolist())]
    heapq.heapify(heap)
    current = [-s for s, _ in sorted(heap, key=lambda entry: entry[1])]
    gone = np.zeros(problem.n, dtype=bool)
    order, reached = [], 0
    frozen = state.work > LIMIT
    while reached < problem.needed:
        score, j = heapq.heappop(heap)
        if gone[j] or -score != current[j]:
            continue
        gone[j] = True
        order.append(j)
        reached += int(problem.size[j])
        if frozen:
            continue
        for i in state.leave(j, gone):
            current[i] = state.score(i, everyone)
            heapq.heappush(heap, (-current[i], i))
    return np.array(order, dtype=np.int64)


class _State:
    """Deficits and savings while members leave."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.deficit = problem.in_money(problem.deficit)
        self.starts, self.partners, falls = problem.sparse
        self.falls = problem.in_money(falls)
        self.size = floats(problem.size, 1, problem.needed)
        self.causes, self.who, falls = problem.by_partner
        self.by_partner = problem.in_money(falls)
        kept = np.minimum(self.falls, np.maximum(self.deficit, 0)[problem.rows])
        saves = np.bincount(self.partners, kept, problem.n)
        waits = np.bincount(problem.rows, self.falls, problem.n)
        self.saves = saves.astype(np.float64)  # what j's going saves those not gone
        self.waits = waits.astype(np.float64)  # what theirs saves j
        inward = np.diff(self.causes).astype(float)
        self.work = float(inward @ np.diff(self.starts)) + float(inward[self.partners].sum())

    def scores(self, everyone: bool) -> Floats:
        return np.array([self.score(j, everyone) for j in range(self.problem.n)])

    def score(self, j: int, everyone: bool) -> float:
        pay = max(self.deficit[j], 0.0)
        if everyone:
            return float(self.saves[j] - min(self.waits[j], pay))
        with np.errstate(over="ignore"):
            return float((self.saves[j] - pay) / max(self.size[j], 1e-300))

    def leave(self, j: int, gone: Mask) -> list[int]:
        """Let j go; return those whose score changed."""
        entries = slice(self.causes[j], self.causes[j + 1])
        own = slice(self.starts[j], self.starts[j + 1])
        self.saves[self.partners[own]] -= np.minimum(self.falls[own], max(self.deficit[j], 0.0))
        touched = set(self.partners[own][~gone[self.partners[own]]].tolist())
        for i, fall in zip(
            self.who[entries].tolist(), self.by_partner[entries].tolist(), strict=True
        ):
            if gone[i]:
                continue
            self.waits[i] -= fall
            row = slice(self.starts[i], self.starts[i + 1])
            partners, falls = self.partners[row], self.falls[row]
            old = max(self.deficit[i], 0.0)
            self.deficit[i] -= fall
            new = max(self.deficit[i], 0.0)
            self.saves[partners] -= np.minimum(falls, old) - np.minimum(falls, new)
            touched.add(i)
            touched.update(partners[~gone[partners]].tolist())
        return sorted(touched)
