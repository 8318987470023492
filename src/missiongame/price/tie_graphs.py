"""Ties as graphs: which tie returns which, and orders that respect "before"."""

from __future__ import annotations

import numpy as np

from missiongame.price.problem import Order


def mirrored(rows: Order, partners: Order, n: int) -> Order:
    """Return for each tie (i, j), sorted by i and then j, where (j, i) stands; −1 where nowhere."""
    code, back = rows * n + partners, partners * n + rows
    found = np.searchsorted(code, back)
    there = np.append(code, -1)[found] == back
    return np.where(there, found, -1)


def topological(n: int, before: Order, after: Order) -> Order | None:
    """Return an order of 0, …, n − 1 with before[k] ahead of after[k] for all k (Kahn)."""
    waiting = np.bincount(after, minlength=n)
    by_before = np.argsort(before, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(before, minlength=n))))
    followers = after[by_before]
    ready = np.flatnonzero(waiting == 0)
    placed = [ready]
    while len(ready):
        released = np.concatenate([followers[starts[j] : starts[j + 1]] for j in ready.tolist()])
        np.subtract.at(waiting, released, 1)
        ready = np.unique(released[waiting[released] == 0])
        placed.append(ready)
    order = np.concatenate(placed)
    return order.astype(np.int64) if len(order) == n else None
