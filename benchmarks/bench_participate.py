"""The members' game of many members: all three equilibria beside one sort, a cascade beside one
pass over the ties. Memory is counted in float64 arrays of the members' length."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import numpy as np
import scipy.sparse

import missiongame as mg
from harness import Row, paired

MEMBERS, TIED, TIES = 10_000_000, 1_000_000, 10_000_000


def _town(n: int) -> mg.Community:
    rng = np.random.default_rng(1)
    return mg.Community(
        rng.pareto(1.5, n),
        purpose=rng.uniform(0, 2, n),
        enjoyment=rng.normal(0, 1, n),
        social=rng.uniform(4, 8, n),
    )


def _tied_town() -> Any:
    rng = np.random.default_rng(2)
    rows, columns = rng.integers(0, TIED, (2, TIES))
    keep = rows != columns
    worth = rng.uniform(0, 1, keep.sum())
    ties = scipy.sparse.coo_array((worth, (rows[keep], columns[keep])), shape=(TIED, TIED))
    town = mg.Community(np.ones(TIED), purpose=rng.uniform(0, 6, TIED), ties=ties.tocsr())
    return town, ties.tocsr()


def rows() -> Iterator[Row]:
    rival, offer = mg.Rival(portability=0.5), mg.offers.flat(3)
    town = _town(MEMBERS)
    keys = np.random.default_rng(3).random(MEMBERS)

    def all_three() -> None:
        out = mg.participate(town, rival, offer)
        _ = (out.least, out.robust, out.greatest)

    ours, sort = paired(all_three, lambda: np.argsort(keys), repeat=3)
    tracemalloc.start()
    all_three()
    arrays = tracemalloc.get_traced_memory()[1] / (8 * MEMBERS)
    tracemalloc.stop()
    note = f"memory: {arrays:.1f} arrays of that length at the most"
    yield Row("participate, 10⁷ members, all three", ours, "np.argsort", sort, target=3, note=note)

    tied, matrix = _tied_town()
    ones = np.ones(TIED)

    def both_ends() -> None:
        out = mg.participate(tied, rival, mg.offers.flat(4.6))
        _ = (out.least, out.greatest)

    ours, once = paired(both_ends, lambda: matrix @ ones, repeat=3)
    yield Row("cascades, 10⁶ members, 10⁷ ties", ours, "one sparse product", once, target=20)
