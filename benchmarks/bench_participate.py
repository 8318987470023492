"""participate, all three equilibria, against one np.argsort of as many random floats.

Memory is the peak that NumPy allocates, with the community's columns and the pay, in
arrays of n float64.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import numpy as np

from harness import Row, paired
from missiongame import Community, Payoffs, Rival, offers, participate
from missiongame import symbols as m

RIVAL = Rival(portability=0.25)


def one_equilibrium(n: int) -> tuple[Community, Any]:
    """Members so different that there is one way for it to go."""
    rng = np.random.default_rng(0)
    town = Community(
        rng.pareto(1.2, n) + 0.1,
        purpose=rng.normal(20, 20, n),
        enjoyment=rng.normal(0, 10, n),
        social=rng.uniform(0, 100, n),
    )
    return town, offers.personal(np.maximum(0, rng.normal(60, 30, n)))


def three_equilibria(n: int) -> tuple[Community, Any]:
    """Members held by each other: a few leave, or all do."""
    rng = np.random.default_rng(0)
    town = Community(
        rng.pareto(1.2, n) + 0.1,
        purpose=rng.normal(20, 2, n),
        enjoyment=rng.normal(0, 1, n),
        social=rng.uniform(50, 200, n),
    )
    return town, offers.flat(80)


def whole_numbers(n: int) -> tuple[Community, Any]:
    """Many members who are exactly indifferent."""
    rng = np.random.default_rng(0)
    town = Community(
        rng.integers(1, 100, n),
        purpose=rng.integers(0, 20, n),
        enjoyment=rng.integers(0, 5, n),
        social=rng.integers(0, 50, n),
    )
    return town, offers.personal(rng.integers(0, 80, n))


def all_alike(n: int) -> tuple[Community, Any]:
    """Everyone exactly indifferent if all others stay."""
    return Community(np.ones(n), purpose=20, social=n), offers.flat(20 + n - 1)


def _row(name: str, make: Any, n: int, target: float | None, payoffs: Any = None) -> Row:
    town, offer = make(n)
    keys = np.random.default_rng(1).random(n)
    ours, peer = paired(
        lambda: participate(town, RIVAL, offer, payoffs), lambda: np.argsort(keys), repeat=3
    )
    return Row(f"participate, n = {n:,}, {name}", ours, "np.argsort", peer, target)


def memory(n: int) -> float:
    """Return the peak that participate adds to the community's five columns, with them."""
    town, offer = three_equilibria(n)
    tracemalloc.start()
    participate(town, RIVAL, offer)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return 5 + peak / (8 * n)  # contribution, purpose, enjoyment, social, pay


def rows() -> Iterator[Row]:
    for n in (10**6, 10**7):
        yield _row("one equilibrium", one_equilibrium, n, 3)
        yield _row("three equilibria", three_equilibria, n, 3)
    yield _row("whole numbers", whole_numbers, 10**7, 3)
    yield _row("all alike and indifferent", all_alike, 10**7, 3)
    own = Payoffs(stay=m.alpha * m.theta / (1 + m.theta) + m.h + m.G_stay)
    yield _row("own payoffs", three_equilibria, 10**6, None, own)
    arrays = memory(10**7)
    yield Row(
        "participate, n = 10,000,000, memory",
        arrays,
        "arrays of n",
        1.0,
        12,
        "peak with the community's five columns, in arrays instead of seconds",
    )
