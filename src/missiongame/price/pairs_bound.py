"""A problem of general ties → a bound for many members: pairs, each at its best.

For any multipliers 0 ≤ λ ≤ 1, max(0, x) ≥ λx; so where everyone must go

    price ≥ Σ_i λ_i deficit_i − Σ_{pairs} max(λ_i fall_ij, λ_j fall_ji),

with a pair counted once. It is concave in λ and attained by the closed form at
λ = 1; subgradient steps raise it where payments hit zero. Where members may be left
out, each is paid at least l_i = (deficit_i − Σ_j fall_ij)⁺, what they are paid when
all others have gone, and the contributions needed are bought at the least l_i a unit.

Floats, lowered by a rounding bound; O(members + ties) a step.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from missiongame.exact import UNIT, Floats
from missiongame.price.float_view import FloatView
from missiongame.price.problem import Order

STEPS = 60


def pair_bound(view: FloatView, cost: float) -> Fraction:
    """Return a proved lower bound, in money, given the cost of a known order."""
    if not view.problem.all_members:
        return _bought_last(view)
    pairs = _Pairs(view)
    multiplier = np.ones(view.n)
    best, stride = Fraction(0), 1.0
    for _ in range(STEPS):
        value, error, gradient = pairs.value(multiplier)
        if Fraction(value) - Fraction(error) > best:
            best = Fraction(value) - Fraction(error)
        else:
            stride *= 0.8
        largest = float(np.abs(gradient).max())
        if largest == 0 or value >= cost:
            break
        gradient /= largest  # squares of money may overflow
        step = stride * ((cost - value) / largest) / float(gradient @ gradient)
        multiplier = np.clip(multiplier + step * gradient, 0.0, 1.0)
    return best


class _Pairs:
    """The pairs with a tie, both ways: fall of the lower by the higher, and back."""

    def __init__(self, view: FloatView) -> None:
        self.n, self.slope = view.n, view.slope
        rows, partners, worth = view.arcs
        code = np.minimum(rows, partners) * self.n + np.maximum(rows, partners)
        pair, label = np.unique(code, return_inverse=True)
        self.low, self.high = pair // self.n, pair % self.n
        down = rows < partners
        self.fall_low = np.bincount(label[down], worth[down], len(pair))
        self.fall_high = np.bincount(label[~down], worth[~down], len(pair))
        self.deficit = view.deficit

    def value(self, multiplier: Floats) -> tuple[float, float, Floats]:
        """Return the bound at these multipliers, its rounding, and a subgradient."""
        scaled = multiplier * self.slope
        low, high = scaled[self.low] * self.fall_low, scaled[self.high] * self.fall_high
        first = low >= high
        own = scaled * self.deficit
        value = float(own.sum() - np.where(first, low, high).sum())
        terms = len(own) + len(low) + 8
        error = 2 * UNIT * terms * float(np.abs(own).sum() + low.sum() + high.sum())
        gradient = self.deficit.copy()
        gradient -= np.bincount(self.low[first], self.fall_low[first], self.n)
        gradient -= np.bincount(self.high[~first], self.fall_high[~first], self.n)
        return value, error, gradient * self.slope


def _bought_last(view: FloatView) -> Fraction:
    """Return the bound where members may be left out."""
    problem, (rows, _, falls) = view.problem, view.arcs
    fallen = np.bincount(rows, falls, minlength=view.n)
    error = 4 * UNIT * (view.n + 8) * (np.abs(view.deficit) + fallen)
    last = np.maximum(view.deficit - fallen - error, 0.0) * view.slope
    contributing = np.flatnonzero(view.size > 0)
    with np.errstate(over="ignore"):
        rate = last[contributing] / view.size[contributing]
    contributing = contributing[np.isfinite(rate)]
    order: Order = contributing[np.argsort(rate[np.isfinite(rate)])]
    # What is bought of each is exact: who is dear is not paid for what a rounding left.
    size = problem.size[order]
    bought = np.clip(problem.needed - (np.cumsum(size) - size), 0, size)
    value = float((last[order] * (bought / size).astype(np.float64)).sum())
    return Fraction(value) * (1 - Fraction(view.n + 8) * Fraction(4 * UNIT))
