"""From a likelihood to its maxima along lines, and to the values that it does not exclude.

log L is concave in (a, b), b ≥ 0, with z = b α − a. Along each line its derivative
falls, so that the maximum is where the sign changes; b is searched by its logarithm,
for bounds of any size. The set {log L ≥ cut} is convex, so its images under
μ = a/b, s = 1/b and z(α) = b α − a are intervals: each end is found by doubling away
from a point inside, then between the last two. All in the likelihood's own units.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from scipy.optimize import brentq, minimize_scalar

from missiongame.revealed.interval_likelihood import Likelihood

_FLATTEST, _STEEPEST = -345.0, 230.0  # of log b
_FAR = 800.0  # F(−800) is 0 in floats
_CERTAIN = 1e-13  # relative slopes beyond what rounding can make
_CLOSE = (1e-9, 1e-8, 1e-7, 1e-6)  # widths around log b, the first that tells is enough
_DOUBLINGS = 600

Function = Callable[[float], float]


def _turn(slope: Function, low: float, high: float) -> float:
    """Return where a function that rises and then falls turns, by its derivative."""
    if slope(low) <= 0:
        return low
    if slope(high) >= 0:
        return high
    return float(brentq(slope, low, high, xtol=1e-14, rtol=1e-15, maxiter=10_000))


def _place(likelihood: Likelihood, b: float) -> float:
    """Return the a at which log L is highest for a given b."""
    reach = 40.0 + likelihood.reach * b
    return _turn(lambda a: likelihood.slope(a, b, (1.0, 0.0)), -reach, reach)


def _over_slopes(likelihood: Likelihood, at: float, z: float) -> float:
    """Return how high log L is over all b > 0 with b · at − a = z."""

    def along(t: float) -> float:
        b = math.exp(t)
        return likelihood.slope(b * at - z, b, (at, 1.0))

    b = math.exp(_turn(along, _FLATTEST, _STEEPEST))
    return max(likelihood.at(b * at - z, b), likelihood.at(-z, 0.0))


def highest(likelihood: Likelihood) -> tuple[float, float] | None:
    """Return (a, b) at the only maximum of log L, or None where floats do not tell where.

    Where it is: along b, with the best a to each, log L certainly still rises a
    little below and certainly falls a little above.
    """

    def rises(t: float) -> float:
        b = math.exp(t)
        return likelihood.slope(_place(likelihood, b), b, (0.0, 1.0))

    t = _turn(rises, _FLATTEST, _STEEPEST)
    if not any(rises(t - e) > _CERTAIN and rises(t + e) < -_CERTAIN for e in _CLOSE):
        return None
    b = math.exp(t)
    return _place(likelihood, b), b


def location_interval(likelihood: Likelihood, start: float, cut: float) -> tuple[float, float]:
    """Return the locations that are not excluded; `start` is one of them, or is all there is."""

    def above(mu: float) -> float:
        return _over_slopes(likelihood, mu, 0.0) - cut

    if above(start) < 0:
        return start, start
    # Far away log L is what it is for b = 0, where F is the same everywhere.
    best = _place(likelihood, 0.0)
    low = -math.inf if likelihood.at(min(best, 0.0), 0.0) >= cut else _end(above, start, -1)
    high = math.inf if likelihood.at(max(best, 0.0), 0.0) >= cut else _end(above, start, 1)
    return low, high


def inside_from(likelihood: Likelihood, sign: int, cut: float) -> float:
    """Return a location that is not excluded, at or to one side of the centre."""
    tried = (0.0, *(sign * 2.0**k for k in range(-30, 300)))
    return next((mu for mu in tried if _over_slopes(likelihood, mu, 0.0) >= cut), 0.0)


def _end(above: Function, start: float, sign: int) -> float:
    """Return how far an interval reaches from a point in it."""
    step, there = 2.0**-30, start
    for _ in range(_DOUBLINGS):
        beyond = start + sign * step
        if beyond != there and above(beyond) < 0:
            return _crossing(above, there, beyond)
        there, step = beyond, 2 * step
    return sign * math.inf


def _crossing(above: Function, there: float, beyond: float) -> float:
    """Return where a function changes its sign, at least 0 `there` and negative `beyond`."""
    return float(brentq(lambda x: max(above(x), -1e3), there, beyond, xtol=1e-14, rtol=1e-13))


def scale_interval(likelihood: Likelihood, start: float, cut: float) -> tuple[float, float]:
    """Return the scales that are not excluded; `start` is log(1/s) of one of them."""

    def above(t: float) -> float:
        b = math.exp(t)
        return likelihood.at(_place(likelihood, b), b) - cut

    flat = likelihood.at(_place(likelihood, 0.0), 0.0) >= cut
    widest = math.inf if flat else math.exp(-_crossing(above, start, _FLATTEST))
    return (0.0 if likelihood.shared else math.exp(-_crossing(above, start, _STEEPEST))), widest


def share_interval(likelihood: Likelihood, at: float, cut: float) -> tuple[float, float]:
    """Return the values of F at a point that are not excluded."""

    def above(z: float) -> float:
        return _over_slopes(likelihood, at, z) - cut

    found = minimize_scalar(lambda z: -above(z), bounds=(-40.0, 40.0), method="bounded")
    best = max((float(found.x), -_FAR, _FAR), key=above)
    low, high = (
        best if above(best) < 0 else end if above(end) >= 0 else _crossing(above, best, end)
        for end in (-_FAR, _FAR)
    )
    return likelihood.distribution(low), likelihood.distribution(high)
