"""From a bonus and members' drive to their effort: pay enough or do not pay at all.

A member with intrinsic drive M = αθ ≥ 0 puts in the effort e that maximises

    e · (M φ(b) + b) − e²/2,      φ(b) = 1/(1 + κb),

when each unit of effort earns the bonus b ≥ 0. So e(b) = M/(1 + κb) + b.

Pay enough (for every M ≥ 0, κ > 0):
- if κM ≤ 1, no bonus b > 0 gives less effort than none;
- if κM > 1, e(b) < e(0) = M exactly for 0 < b < M − 1/κ;
- effort is then least at b° = (√(κM) − 1)/κ, where it is 2√(M/κ) − 1/κ.

Experiments count items, not effort: items = M/(1 + κb) + λb, with the weight λ of
a unit of pay; `fit` finds M, κ, λ and says how well they do. All numbers here are
floats.

After Gneezy and Rustichini, "Pay enough or don't pay at all", QJE 115 (2000).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import sympy

from missiongame.errors import Words, illegal
from missiongame.exact import Floats
from missiongame.mechanisms.arguments import floats, nonnegative
from missiongame.mechanisms.derived import Derived
from missiongame.model import symbols as m


@cache
def derive() -> Derived:
    """Derive effort under a bonus, and where it backfires, from the member's problem.

    Returns
    -------
    drive, bonus, crowding : the symbols M > 0, b and κ > 0
    effort : e(b)
    slope : de/db at b = 0; the bonus backfires near zero iff it is negative
    break_even : the only other bonus at which effort is e(0)
    worst_bonus : b°, the only minimum of effort
    least_effort : e(b°)

    Examples
    --------
    >>> crowding = derive()
    >>> crowding.effort, crowding.break_even
    (M/(b*kappa + 1) + b, M - 1/kappa)
    """
    M, kappa = sympy.symbols("M kappa", positive=True)
    b, e = sympy.symbols("b e", real=True)
    phi = m.phi.subs({m.w: b, m.kappa: kappa})
    (best,) = sympy.solve(sympy.diff(e * (M * phi + b) - e**2 / 2, e), e)
    effort = sympy.apart(best, b)
    (worst,) = (
        root
        for root in sympy.solve(sympy.diff(effort, b), b)
        if sympy.simplify(sympy.diff(effort, b, 2).subs(b, root)).is_positive
    )
    (break_even,) = (r for r in sympy.solve(sympy.Eq(effort, effort.subs(b, 0)), b) if r != 0)
    return Derived(
        drive=M,
        bonus=b,
        crowding=kappa,
        effort=effort,
        slope=sympy.diff(effort, b).subs(b, 0),
        break_even=break_even,
        worst_bonus=worst,
        least_effort=sympy.simplify(effort.subs(b, worst)),
    )


def effort(bonus: Any, drive: Any, crowding: Any) -> Floats:
    """Return e(b) = M/(1 + κb) + b; the arguments broadcast.

    Parameters
    ----------
    bonus : array, money a unit of effort, b ≥ 0
    drive : array, M = αθ ≥ 0, money
    crowding : array, κ ≥ 0, 1/money

    Examples
    --------
    >>> effort([0, 1, 3], drive=4, crowding=1)
    array([4., 3., 4.])
    """
    e = derive().function("effort", "bonus", "drive", "crowding")
    return np.asarray(e(*nonnegative(bonus=bonus, drive=drive, crowding=crowding)))


def pay_enough(drive: Any, crowding: Any) -> Floats:
    """Return the least bonus from which on paying is no worse than not paying: max(0, M − 1/κ).

    Zero where no bonus backfires (κM ≤ 1). The arguments are those of `effort`.

    Examples
    --------
    >>> pay_enough(drive=[4, 1], crowding=1)
    array([3., 0.])
    """
    return _where_it_backfires("break_even", drive, crowding, otherwise=0)


def worst_bonus(drive: Any, crowding: Any) -> Floats:
    """Return b°, the bonus with the least effort; 0 where no bonus backfires.

    Examples
    --------
    >>> worst_bonus(drive=[4, 1], crowding=1)
    array([1., 0.])
    """
    return _where_it_backfires("worst_bonus", drive, crowding, otherwise=0)


def least_effort(drive: Any, crowding: Any) -> Floats:
    """Return the least effort over all bonuses: M where no bonus backfires.

    Examples
    --------
    >>> least_effort(drive=[4, 1], crowding=1)
    array([3., 1.])
    """
    return _where_it_backfires("least_effort", drive, crowding, otherwise=drive)


def _where_it_backfires(expression: str, drive: Any, crowding: Any, otherwise: Any) -> Floats:
    M, kappa = np.broadcast_arrays(*nonnegative(drive=drive, crowding=crowding))
    backfires = kappa * M > 1
    value_of = derive().function(expression, "drive", "crowding")
    value = value_of(np.where(backfires, M, 1.0), np.where(backfires, kappa, 1.0))
    # Rounding may carry a value just past the end of its range.
    return np.where(backfires, np.maximum(value, 0.0), floats(otherwise, "drive"))


@dataclass(frozen=True, eq=False)
class Fit:
    """The best items = M/(1 + κb) + λb for an experiment, and how well it does.

    Attributes
    ----------
    drive, crowding, weight : float
        M ≥ 0, κ ≥ 0 (infinite where any pay at all drives M out) and λ ≥ 0.
    fitted : (m,) floats, items at the experiment's bonuses
    r_squared : float
        1 − residual over total sum of squares; nan where all items are equal.
    points : int
        m; three parameters fit three points whatever the mechanism is.
    """

    drive: float
    crowding: float
    weight: float
    fitted: Floats
    r_squared: float
    points: int

    def items(self, bonus: Any) -> Floats:
        """Return the model's items at other bonuses, an array."""
        b = floats(bonus, "bonus", low=0)
        return self.drive * _kept(b, self.crowding) + self.weight * b

    def __str__(self) -> str:
        return (
            f"items = {self.drive:.4g}/(1 + {self.crowding:.3g} b) + {self.weight:.3g} b, "
            f"R² = {self.r_squared:.2f} on {self.points} points"
        )


def fit(bonus: Any, items: Any) -> Fit:
    """Fit items = M/(1 + κb) + λb by least squares over M, κ, λ ≥ 0.

    For each κ the other two are a linear problem; κ itself is searched over a
    grid that spans the experiment's bonuses, then refined beside the best points,
    with κ = 0 and κ = ∞ among the candidates.

    Parameters
    ----------
    bonus : (m,) at least two different values ≥ 0
    items : (m,) numbers

    Examples
    --------
    >>> print(fit([0, 1, 3, 9], [4, 3, 4, 9.4]))
    items = 4/(1 + 1 b) + 1 b, R² = 1.00 on 4 points
    """
    b, y = floats(bonus, "bonus", low=0), floats(items, "items")
    if b.ndim != 1 or b.shape != y.shape:
        raise illegal("items", Words(f"of shape {y.shape}"), f"one a bonus, of shape {b.shape}")
    if len(np.unique(b)) < 2:
        raise illegal("bonus", b.tolist(), "at least two different values")
    kappa = min(_candidates(b, y), key=lambda k: _linear(b, y, k)[1])
    (M, weight), residual = _linear(b, y, kappa)
    total = float(np.sum((y - y.mean()) ** 2))
    r_squared = 1 - residual / total if total else float("nan")
    return Fit(M, kappa, weight, M * _kept(b, kappa) + weight * b, r_squared, len(b))


def _kept(b: Floats, kappa: float) -> Floats:
    """Return φ(b), with φ(0) = 1 also where κ is infinite."""
    return np.where(b == 0, 1.0, 1 / (1 + kappa * np.where(b == 0, 1.0, b)))


def _linear(b: Floats, y: Floats, kappa: float) -> tuple[tuple[float, float], float]:
    """Return the best (M, λ) ≥ 0 for a given κ and the sum of squared residuals."""
    from scipy.optimize import nnls

    best, norm = nnls(np.column_stack((_kept(b, kappa), b)), y)
    return (float(best[0]), float(best[1])), float(norm) ** 2


def _candidates(b: Floats, y: Floats) -> list[float]:
    """Return κ at 0, at infinity and at each refined local minimum of a log grid."""
    from scipy.optimize import minimize_scalar

    positive = b[b > 0]
    low, high = np.log(1e-5 / positive.max()), np.log(1e5 / positive.min())
    grid = np.linspace(low, high, 300)
    loss = np.array([_linear(b, y, float(np.exp(t)))[1] for t in grid])
    dips = np.flatnonzero((loss[1:-1] <= loss[:-2]) & (loss[1:-1] <= loss[2:])) + 1
    refined = [
        minimize_scalar(
            lambda t: _linear(b, y, float(np.exp(t)))[1],
            bounds=(grid[i - 1], grid[i + 1]),
            options={"xatol": 1e-10},
        ).x
        for i in dips
    ]
    return [0.0, *(float(np.exp(t)) for t in refined), float("inf")]
