"""All solutions of t = Φ((α/√β)(t − μ) + √((α+β)/β) Φ⁻¹(p)), each in a certified bracket.

With z(t) the argument of Φ and E(t) = Φ(z(t)) − t, E' = (α/√β) φ(z) − 1. So E
decreases throughout where α² ≤ 2πβ; otherwise it turns where z = ∓z₀,
z₀ = √(2 ln(α/√(2πβ))): it falls, rises between the two, and falls again. Since
E > 0 at and below 0 and E < 0 at and above 1, its signs at the two turning points
decide how many solutions there are and where.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from typing import Any

from missiongame.exact import Number, simplest
from missiongame.mechanisms import normal

_CLOSE = Fraction(1, 2**48)


@dataclass(frozen=True)
class Threshold:
    """A strength below which the community collapses, in one equilibrium.

    Attributes
    ----------
    low, high : number
        Certified: the true threshold lies strictly between; they agree to about as
        many digits as floats can tell.
    stable : bool
        Whether members' answers to a threshold nearby lead back to this one (the
        first and last of three) or away from it (the middle one).
    """

    low: Number
    high: Number
    stable: bool

    @property
    def value(self) -> float:
        """The middle of the bracket."""
        return float((Fraction(self.low) + Fraction(self.high)) / 2)


class _Excess:
    """E and its turning points, evaluated in any interval arithmetic."""

    def __init__(self, p: Fraction, mu: Fraction, alpha: Fraction, beta: Fraction) -> None:
        self.p, self.mu, self.alpha, self.beta = p, mu, alpha, beta
        self._quantile = cache(lambda iv: normal.quantile(iv, p))

    def slope(self, iv: Any) -> Any:
        """α/√β."""
        return normal.interval(iv, self.alpha) / iv.sqrt(normal.interval(iv, self.beta))

    def shift(self, iv: Any) -> Any:
        """√((α+β)/β) Φ⁻¹(p)."""
        return iv.sqrt(1 + normal.interval(iv, self.alpha / self.beta)) * self._quantile(iv)

    def at(self, iv: Any, t: Fraction) -> Any:
        """E(t)."""
        z = self.slope(iv) * normal.interval(iv, t - self.mu) + self.shift(iv)
        return normal.cdf(iv, z) - normal.interval(iv, t)

    def turns(self, iv: Any) -> Any:
        """α²/(2πβ) − 1: positive iff E turns."""
        return normal.interval(iv, self.alpha**2 / self.beta) / (2 * iv.pi) - 1

    def turning_point(self, iv: Any, side: int) -> tuple[Any, Any]:
        """Return the first (side −1) or second (+1) turning point t, and E there."""
        z = side * iv.sqrt(iv.log(self.turns(iv) + 1))
        t = normal.interval(iv, self.mu) + (z - self.shift(iv)) / self.slope(iv)
        return t, normal.cdf(iv, z) - t


def all_roots(
    p: Fraction, mu: Fraction, alpha: Fraction, beta: Fraction
) -> tuple[list[Threshold], bool]:
    """Return every solution, ascending, and whether that is all.

    Parameters
    ----------
    p : in (0, 1)
    mu, alpha, beta : μ, α ≥ 0, β > 0
    """
    excess = _Excess(p, mu, alpha, beta)
    zero, one = Fraction(0), Fraction(1)
    turns = normal.sign(excess.turns)
    if turns <= 0:  # π is irrational, so 0 is never the sign of a rational α²/β
        return [_bracket(excess, zero, one, stable=True)], True
    first = normal.sign(lambda iv: excess.turning_point(iv, -1)[1])
    second = normal.sign(lambda iv: excess.turning_point(iv, 1)[1])
    valley = _beside(excess, -1) if first < 0 else None
    peak = _beside(excess, 1) if second > 0 else None
    found = []
    if valley is not None:
        found.append(_bracket(excess, zero, valley, stable=True))
    if valley is not None and peak is not None:
        found.append(_bracket(excess, valley, peak, stable=False))
    if peak is not None:
        found.append(_bracket(excess, peak, one, stable=True))
    # With E ≥ 0 at the first or E ≤ 0 at the second point, the roots on that side are none.
    sure = (first > 0 or valley is not None) and (second < 0 or peak is not None)
    return found, sure


def _beside(excess: _Excess, side: int) -> Fraction | None:
    """Return a rational number so near a turning point that E has certainly its sign there.

    Zero or one where that lies between; None if no precision gives one.
    """
    for bits in normal.PRECISIONS:
        mp = normal.floating(bits + 64)
        t, _ = excess.turning_point(normal.context(bits), side)
        place = mp.mpf(t.mid)
        if place >= 1 if side < 0 else place <= 0:
            return Fraction(1 if side < 0 else 0)
        scale = bits - int(mp.mag(place))
        point = Fraction(int(mp.floor(mp.ldexp(place, scale))), 2**scale)
        if normal.sign(partial(excess.at, t=point)) == side:
            return point
    return None


def _bracket(excess: _Excess, low: Fraction, high: Fraction, stable: bool) -> Threshold:
    """Return numbers close together with certainly opposite signs of E.

    E has opposite signs at `low` and `high`, and one zero between them. The float
    guess only says where to look.
    """
    falls = 1 if stable else -1

    def above(t: Fraction) -> int:
        """1 if the zero is certainly above t, −1 if certainly below."""
        return falls * normal.sign(lambda iv: excess.at(iv, t))

    guess = Fraction(_guess(excess, float(low), float(high)))
    low, high = (Fraction(_end(above, guess, end, side)) for end, side in ((low, 1), (high, -1)))
    while high - low > max(high * _CLOSE, Fraction(2) ** -1074):  # the guess was poor
        for part in (Fraction(1, 2), Fraction(3, 8)):  # the middle may be the zero itself
            middle = low + part * (high - low)
            rounded = Fraction(float(middle))
            middle = rounded if low < rounded < high else middle
            if side := above(middle):
                break
        else:
            break
        low, high = (middle, high) if side > 0 else (low, middle)
    return Threshold(simplest(low), simplest(high), stable)


def _end(above: Callable[[Fraction], int], guess: Fraction, limit: Fraction, side: int) -> Number:
    """Return a number near `guess`, or `limit`, from which the zero certainly lies on `side`."""
    step = math.ulp(float(guess))
    while True:
        near = float(guess) - side * step
        if side * (Fraction(near) - limit) <= 0:
            return simplest(limit)
        if above(Fraction(near)) == side:
            return near
        step *= 4


def _guess(excess: _Excess, low: float, high: float) -> float:
    """Return about where E is zero between `low` and `high`, in floats."""
    from scipy.optimize import brentq
    from scipy.special import ndtr

    iv = normal.context(96)
    slope, shift = float(excess.slope(iv).mid), float(excess.shift(iv).mid)
    mu = float(excess.mu)

    def value(t: float) -> float:
        return float(ndtr(slope * (t - mu) + shift)) - t

    if value(low) * value(high) > 0:  # a zero so near an end that floats miss it
        return min(low, high, key=lambda t: abs(value(t)))
    return float(brentq(value, low, high, xtol=5e-324, rtol=9e-16, maxiter=4000))
