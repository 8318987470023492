"""Maxima of the likelihood along lines, and the values that it does not exclude.

log L is concave in (a, b), b ≥ 0, with z = b α − a. The set {log L ≥ cut} is convex,
so its images under μ = a/b, s = 1/b and z(α) = b α − a are intervals: each end is
found by doubling away from a point inside, then by bisection. Along each line the
maximum is of a concave function of one variable. All in the likelihood's own units.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from missiongame.revealed.likelihood import Likelihood

Function = Callable[[float], float]

_FAR = 40.0  # F(−40) is 0 to any purpose, and F(40) is 1
_STEEPEST = 1e7  # slopes b beyond which a distribution counts as one point
_DOUBLINGS, _HALVINGS = 40, 50


def _best(function: Function, low: float, high: float) -> tuple[float, float]:
    """Return where a function that rises and then falls is highest, and how high."""
    from scipy.optimize import minimize_scalar

    def falls(x: float) -> float:
        value = function(x)
        return -value if math.isfinite(value) else 1e300

    found = minimize_scalar(falls, bounds=(low, high), method="bounded", options={"xatol": 1e-10})
    value, x = max((function(x), x) for x in (float(found.x), low, high))
    return x, value


def _over_slopes(function: Function) -> tuple[float, float]:
    """Return the b ≥ 0 at which a concave function of it is highest, and how high."""
    x, value = _best(lambda t: function(t / (1 - t)), 0.0, 1 - 1 / _STEEPEST)
    return x / (1 - x), value


def _over_places(likelihood: Likelihood, b: float) -> tuple[float, float]:
    """Return the a at which log L is highest for a given b, and how high."""
    reach = _FAR + likelihood.reach * b
    return _best(lambda a: likelihood.at(a, b), -reach, reach)


def highest(likelihood: Likelihood) -> tuple[float, float, float]:
    """Return (a, b, log L) where it is highest, or nearly so where it has no maximum."""
    b, value = _over_slopes(lambda slope: _over_places(likelihood, slope)[1])
    return _over_places(likelihood, b)[0], b, value


def cut_at(likelihood: Likelihood, level: float) -> float:
    """Return the log L from which on a value is not excluded at this level."""
    from scipy.stats import chi2

    return highest(likelihood)[2] - float(chi2.ppf(level, 1)) / 2


def location_interval(likelihood: Likelihood, start: float, cut: float) -> tuple[float, float]:
    """Return the locations that are not excluded; `start` is one of them, or is all there is."""

    def inside(mu: float) -> bool:
        return _over_slopes(lambda b: likelihood.at(b * mu, b))[1] >= cut

    if not inside(start):
        return start, start
    return _end(inside, start, -1), _end(inside, start, 1)


def _end(inside: Callable[[float], bool], start: float, sign: int) -> float:
    """Return how far an interval reaches from a point in it, up to infinity."""
    step = 1e-3
    for _ in range(_DOUBLINGS):
        if not inside(start + sign * step):
            return _last(inside, start + sign * step / 2 * (step > 1e-3), start + sign * step)
        step *= 2
    return sign * math.inf


def _last(inside: Callable[[float], bool], there: float, beyond: float) -> float:
    """Return the last point inside between one inside and one beyond."""
    for _ in range(_HALVINGS):
        middle = (there + beyond) / 2
        there, beyond = (middle, beyond) if inside(middle) else (there, middle)
    return there


def scale_interval(likelihood: Likelihood, start: float, cut: float) -> tuple[float, float]:
    """Return the scales that are not excluded; `start` is the slope 1/s of one of them."""

    def inside(b: float) -> bool:
        return _over_places(likelihood, b)[1] >= cut

    flattest = 0.0 if inside(0.0) else _last(inside, start, 0.0)
    steepest = max(start, 1.0)
    while steepest < _STEEPEST and inside(steepest):
        steepest *= 2
    widest = math.inf if flattest == 0 else 1 / flattest
    if steepest >= _STEEPEST:
        return 0.0, widest
    return 1 / _last(inside, start, steepest), widest


def share_interval(likelihood: Likelihood, at: float, cut: float) -> tuple[float, float]:
    """Return the values of F at a point that are not excluded."""

    def profile(z: float) -> float:
        return _over_slopes(lambda b: likelihood.at(b * at - z, b))[1]

    def inside(z: float) -> bool:
        return profile(z) >= cut

    best, _ = _best(profile, -_FAR, _FAR)
    low = -math.inf if inside(-_FAR) else _last(inside, best, -_FAR)
    high = math.inf if inside(_FAR) else _last(inside, best, _FAR)
    return likelihood.distribution(low), likelihood.distribution(high)
