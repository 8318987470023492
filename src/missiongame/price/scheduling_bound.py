"""Prices of time on one machine → a proved lower bound under default ties.

With g_ij = σ_i s_j the pay of i depends on nothing but t, the contributions gone
before: F_i(t) = pay_i(deficit_i − weight_i t). Whom to approach when is therefore a
scheduling problem: one machine, a job of length x_i a member, weight_i for each
unit of delay saved, and cost that stops at zero (for κθ_R = 0 and share 1, read
backwards, total weighted tardiness, which is NP-hard). Measure contributions in
what is needed, so that the machine is busy over [0, 1]. For *any* V with V(0) = 0
that is constant beyond 1, let

    Φ_i = min_t F_i(t) − [V(t + x_i) − V(t)].

The jobs' intervals cover [0, 1] without overlap, so every schedule costs at least

    V(1) + Σ_i Φ_i            (everyone goes),
    V(1) + Σ_i min(0, Φ_i)    (some may be left out),

whatever V is: V is the Lagrange multiplier of the machine's time. A good V comes
from a transport problem (`transport_bound`); a bad one gives a weaker bound, never a
false one. With V linear between grid points and F_i linear or concave where it is
positive, the minimum over t is at a grid point, x_i before one, or where F_i
reaches 0. Floats; the bound is lowered by everything that rounding can have raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import fsum

import numpy as np

from missiongame.exact import UNIT, Floats
from missiongame.price.float_view import FloatView
from missiongame.price.pay import ROUNDING, float_pay
from missiongame.price.problem import Order

_CHUNK = 200_000  # entries evaluated at once


@dataclass(frozen=True, eq=False)
class Bound:
    """A proved lower bound on the price, and the times that attain it.

    Attributes
    ----------
    lower : Fraction
        In money.
    value : (n,)
        Φ_i, floats.
    start : (n,)
        When each member is best approached at these prices of time.
    grid : (points,)
        V at 0, …, 1.
    least : (n,)
        Φ_i less all rounding.
    added : Fraction
        What all members add to V at least; 0 or less where some may be left out.
    """

    lower: Fraction
    value: Floats
    start: Floats
    grid: Floats
    least: Floats
    added: Fraction

    def most_bought(self, money: Fraction) -> Fraction | None:
        """Return the least part of what is needed that is proved to be out of reach.

        Only of problems in which some may be left out.

        Members who make a part T of it cost at least V(T) and what is added, hence at
        least the money from the last T on at which V reaches it; None where V(1) is less.
        """
        short = money - self.added
        level = [Fraction(v) for v in self.grid.tolist()]
        if level[-1] < short:
            return None
        last = len(level) - 1
        while last and level[last - 1] >= short:
            last -= 1
        if last == 0:
            return Fraction(0)
        low, high = level[last - 1], level[last]
        return (last - 1 + (short - low) / (high - low)) / (len(level) - 1)

    def counted(self, view: FloatView) -> Floats:
        """(n,): what each member adds to V(1) in the bound."""
        return self.value if view.problem.all_work else np.minimum(self.value, 0.0)

    def order(self, view: FloatView) -> Order:
        """Return an order of approach that follows the times, of enough members."""
        if view.problem.all_work:
            return np.argsort(self.start, kind="stable").astype(np.int64)
        by_worth = np.argsort(self.value / view.size, kind="stable")
        reached = np.cumsum(view.problem.size[by_worth]) >= view.problem.needed
        chosen = by_worth[: int(np.argmax(reached)) + 1]
        return chosen[np.argsort(self.start[chosen], kind="stable")].astype(np.int64)


def lower_bound(view: FloatView, grid: Floats) -> Bound:
    """Return the bound that V gives, its values at 0, 1/M, …, 1 being `grid`."""
    everyone, n, points = view.problem.all_work, view.n, len(grid)
    value, start = np.empty(n), np.empty(n)
    short = view.size * (points - 1) <= 1 - 1e-9
    for which, best_times in ((short, _best_short), (~short, _best_times)):
        among = np.flatnonzero(which)
        step = max(1, _CHUNK // points)
        for first in range(0, len(among), step):
            members = among[first : first + step]
            value[members], start[members] = best_times(view, grid, members, everyone)
    slope = float(np.abs(np.diff(grid)).max()) * (points - 1)
    size = np.abs(view.deficit) + 2 * view.weight + float(np.abs(grid).max()) + slope
    error = 64 * UNIT * size
    if view.crowding:
        error = error + 4 * ROUNDING * (size + 2 * np.abs(view.pull))
    least = value - error
    counted = least if everyone else np.minimum(0.0, least)
    total = fsum(counted.tolist())
    added = Fraction(total) - Fraction(abs(total)) * Fraction(4 * UNIT)
    return Bound(
        max(Fraction(0), Fraction(float(grid[-1])) + added), value, start, grid, least, added
    )


def _best_times(
    view: FloatView, grid: Floats, members: Order, everyone: bool
) -> tuple[Floats, Floats]:
    """Return Φ_i and the t that attains it, over all breakpoints."""
    size = view.size[members, None]
    last = np.maximum(0.0, 1 - size) if everyone else np.ones_like(size)
    points = np.linspace(0.0, 1.0, len(grid))
    times = np.concatenate((np.broadcast_to(points, (len(members), len(grid))), points - size), 1)
    times = np.clip(times, 0, last)
    value = _least_pay(view, members, times) - _rise(grid, times, size)
    return _or_when_free(view, grid, members, last, (times, value))


def _best_short(
    view: FloatView, grid: Floats, members: Order, everyone: bool
) -> tuple[Floats, Floats]:
    """Return the same for jobs no longer than a cell of the grid: V rises by its slope there."""
    size = view.size[members, None]
    last = np.maximum(0.0, 1 - size) if everyone else np.ones_like(size)
    points = np.linspace(0.0, 1.0, len(grid))
    rise = size * (np.diff(grid) * (len(grid) - 1))
    after, before = np.broadcast_to(points[:-1], rise.shape), points[1:] - size
    values = [_least_pay(view, members, times) - rise for times in (after, before)]
    end = np.ones_like(size) if not everyone else before[:, -1:]
    times = np.concatenate((after, before, end), 1)
    at_end = _least_pay(view, members, end) - _rise(grid, end, size)
    return _or_when_free(view, grid, members, last, (times, np.concatenate((*values, at_end), 1)))


def _or_when_free(
    view: FloatView, grid: Floats, members: Order, last: Floats, found: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Return the least value and its time, the time at which pay reaches zero included."""
    size, (times, value) = view.size[members, None], found
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        free = view.deficit[members, None] / view.weight[members, None]
    free = np.where(np.isfinite(free), np.clip(free, 0, None), np.inf)
    kink = np.minimum(free, last)
    unpaid = np.where(free <= last, 0.0, _least_pay(view, members, kink))
    unpaid = unpaid - _rise(grid, kink, size)
    best = value.argmin(axis=1)[:, None]
    least, when = np.take_along_axis(value, best, 1), np.take_along_axis(times, best, 1)
    sooner = unpaid < least
    return np.where(sooner, unpaid, least)[:, 0], np.where(sooner, kink, when)[:, 0]


def _least_pay(view: FloatView, members: Order, times: Floats) -> Floats:
    """F_i(t), or below it where F_i is neither linear nor concave (a negative pull)."""
    deficit = view.deficit[members, None] - view.weight[members, None] * times
    pull = view.pull[members, None]
    if view.crowding == 0:
        return np.maximum(deficit, 0.0)
    pay = np.asarray(float_pay(deficit, pull, view.crowding))
    tangent = np.maximum(deficit, 0.0) / (1 + view.crowding * np.abs(pull))
    return np.where(pull < 0, tangent, pay)


def _rise(grid: Floats, times: Floats, size: Floats) -> Floats:
    return prices_at(grid, times + size) - prices_at(grid, times)


def prices_at(grid: Floats, times: Floats) -> Floats:
    """Return V at any times: linear between the grid's points, constant beyond 1."""
    cells = len(grid) - 1
    x = np.clip(times, 0.0, 1.0) * cells
    cell = np.minimum(x.astype(np.int64), cells - 1)
    left: Floats = grid[cell]
    found: Floats = left + (x - cell) * (grid[cell + 1] - left)
    return found
