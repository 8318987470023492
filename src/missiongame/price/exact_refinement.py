"""The exact optimum among the subsets that survived a rounded search.

A complete search over a problem rounded to int64 keeps every subset on the way of
every order that is optimal before rounding. The dynamic programme over these alone,
in whole numbers of any size, is exact.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from missiongame.price.all_subsets import fall_row
from missiongame.price.problem import Order, Problem
from missiongame.price.subset_sums import Masks

MOST_SUBSETS = 60_000
"""Survivors up to which this is done: a few seconds of whole-number arithmetic."""


def refine(problem: Problem, survivors: list[Masks], deadline: float) -> Order | None:
    """Return an optimal order, or None where too many subsets survive or time is up."""
    if sum(len(layer) for layer in survivors) > MOST_SUBSETS or not problem.linear:
        return None
    search = _Search(problem)
    for layer in survivors:
        if time.monotonic() >= deadline:
            return None
        search.extend([int(mask) for mask in layer])
    return search.order()


class _Search:
    """f(S) and the last member, for each surviving S in turn; the best complete order."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.falls = [[int(v) for v in fall_row(problem, i)] for i in range(problem.n)]
        self.deficit = [int(v) for v in problem.deficit]
        self.size = [int(v) for v in problem.size]
        self.cost: dict[int, int] = {0: 0}
        self.last: dict[int, int] = {}
        self.best: tuple[int, int] | None = None  # total, subset

    def extend(self, masks: list[int]) -> None:
        """Take a layer's subsets, reached from the layer before, and complete from them."""
        for mask in masks:
            members = [i for i in range(self.problem.n) if mask >> i & 1]
            if mask and not self._reach(mask, members):
                continue
            made = sum(self.size[i] for i in members)
            for i in range(self.problem.n):
                if mask >> i & 1 == 0 and made + self.size[i] >= self.problem.needed:
                    total = self.cost[mask] + self._pay(i, members)
                    if self.best is None or total < self.best[0]:
                        self.best = total, mask | 1 << i
                        self.last[mask | 1 << i] = i

    def _reach(self, mask: int, members: list[int]) -> bool:
        options: list[tuple[int, int]] = []
        for i in members:
            before = mask ^ (1 << i)
            if before in self.cost:
                others = [j for j in members if j != i]
                options.append((self.cost[before] + self._pay(i, others), i))
        if options:
            self.cost[mask], self.last[mask] = min(options)
        return bool(options)

    def _pay(self, i: int, gone: list[int]) -> int:
        row = self.falls[i]
        return max(0, self.deficit[i] - sum(row[j] for j in gone))

    def order(self) -> Order | None:
        """Return the best complete order, if any was reached."""
        if self.best is None:
            return None
        backwards: list[Any] = []
        mask = self.best[1]
        while mask:
            backwards.append(self.last[mask])
            mask ^= 1 << self.last[mask]
        return np.array(backwards[::-1], dtype=np.int64)
