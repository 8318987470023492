"""Ties as graphs: who is moved by whose going, and orders that respect "before"."""

from __future__ import annotations

import numpy as np

from missiongame.exact import Whole
from missiongame.price.problem import Order, Problem


class Columns:
    """Falls listed by whose going causes them: of(j) is (every i who values j, fall_ij)."""

    def __init__(self, problem: Problem) -> None:
        _, partners, falls = problem.sparse
        order = np.lexsort((problem.rows, partners))
        counts = np.bincount(partners, minlength=problem.n)
        self.starts = np.concatenate(([0], np.cumsum(counts)))
        self.who, self.fall = problem.rows[order], falls[order]

    def of(self, j: int) -> tuple[Order, Whole]:
        """Return every i whose deficit falls when j goes, and by how much."""
        entries = slice(self.starts[j], self.starts[j + 1])
        return self.who[entries], self.fall[entries]


def topological(n: int, before: Order, after: Order) -> Order | None:
    """Return an order of 0, …, n − 1 with before[k] ahead of after[k] for all k (Kahn)."""
    waiting = np.bincount(after, minlength=n)
    by_before = np.argsort(before, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(before, minlength=n))))
    followers = after[by_before]
    ready = np.flatnonzero(waiting == 0)
    placed = []
    while len(ready):
        placed.append(ready)
        counts = starts[ready + 1] - starts[ready]
        first = np.repeat(starts[ready] - np.cumsum(counts) + counts, counts)
        released = followers[first + np.arange(counts.sum())]
        np.subtract.at(waiting, released, 1)
        ready = np.unique(released[waiting[released] == 0])
    order = np.concatenate(placed) if placed else np.zeros(0, dtype=np.int64)
    return order.astype(np.int64) if len(order) == n else None
