"""The price of collapse: closed forms against one sort, searches against HiGHS alone.

The sort is NumPy's argsort of as many floats. HiGHS solves the mixed-integer
programme of the same price through SciPy within a limit; where it reaches the limit
its time is a lower bound, and the note gives the gap it still claims.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from harness import Row, paired, seconds
from missiongame import Community, Rival, price_of_collapse
from missiongame.price.clock import Clock
from missiongame.price.float_view import FloatView
from missiongame.price.mixed_integer import solve_milp
from missiongame.price.problem import Problem
from missiongame.price.relaxation import programme

MILLION = 10**6
HIGHS_LIMIT = 10.0


def rows() -> Iterator[Row]:
    yield _closed_form()
    yield from _all_subsets()
    yield from _against_highs()
    yield from _heavy_tails()


def _closed_form() -> Row:
    rng = np.random.default_rng(1)
    contribution = rng.zipf(1.9, MILLION).astype(float)
    town = Community(contribution, rng.random(MILLION), social=rng.random(MILLION) * 3)
    keys = rng.random(MILLION)
    ours, sort = paired(lambda: price_of_collapse(town, Rival()).total, lambda: np.argsort(keys))
    return Row("price, a million members, default ties, whole numbers", ours, "argsort", sort, 5)


def _general(n: int, seed: int, portability: float) -> tuple[Community, Rival]:
    rng = np.random.default_rng(seed)
    ties = rng.integers(0, 10, (n, n)) * (1 - np.eye(n, dtype=int))
    town = Community(rng.integers(1, 10, n), rng.integers(0, 40, n), ties=ties)
    return town, Rival(portability=portability)


def _all_subsets() -> Iterator[Row]:
    for share in (Fraction(1), Fraction(1, 2)):
        town, rival = _general(18, 1, 1.0)
        ours = seconds(lambda: price_of_collapse(town, rival, share, method="subsets"), 3)  # noqa: B023 - called at once
        what = f"exact price, 18 members, general ties, share {share}"
        yield Row(what, ours, "limit of ten seconds", 10.0, 1)


def _against_highs() -> Iterator[Row]:
    for n, portability in ((18, 1.0), (25, 1.0), (25, 0.0)):
        town, rival = _general(n, 2, portability)
        start = time.perf_counter()
        price = price_of_collapse(town, rival)
        ours = time.perf_counter() - start
        highs, note = _highs(town, rival)
        proved = "optimal" if price.optimal else f"gap {price.gap:.2%}"
        what = f"price, {n} members, general ties, portability {portability:g}"
        yield Row(what, ours, "HiGHS alone", highs, None, f"ours {proved}; {note}")


def _highs(town: Community, rival: Rival) -> tuple[float, str]:
    view = FloatView.of(Problem.of(town, rival, Fraction(1)))
    start = time.perf_counter()
    found = solve_milp(programme(view), Fraction(0), Clock.of(HIGHS_LIMIT))
    spent = time.perf_counter() - start
    if not len(found.order):
        return spent, "HiGHS found no order"
    gap = 1 - (found.claimed or 0.0) / view.cost(found.order)
    return spent, f"HiGHS claims a gap of {max(gap, 0.0):.2%}"


def _heavy_tails() -> Iterator[Row]:
    n = 10_000
    for portability, scale in ((1.0, 1.0), (0.5, 1.0)):
        rng = np.random.default_rng(1)
        contribution = np.ceil(1e5 / np.arange(1, n + 1) ** 0.93)
        purpose, social = rng.exponential(scale, n), rng.gamma(1, 10, n)
        town, rival = (
            Community(contribution, purpose, social=social),
            Rival(portability=portability),
        )
        start = time.perf_counter()
        price = price_of_collapse(town, rival)
        ours = time.perf_counter() - start
        part = price.total / float(purpose.sum())
        note = f"proved gap {price.gap:.2%} (aim: 5 %), price {part:.2f} of Σm"
        what = f"price, heavy tails of 10,000, truncated, portability {portability:g}"
        yield Row(what, ours, "none", None, None, note)
