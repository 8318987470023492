"""From bounds on some values to the log likelihood of a location-scale distribution of them.

With z = b α − a, F normal or logistic and f its density, a member adds

    log F(b h − a)                     where α ≤ h is known,
    log [1 − F(b l − a)]               where l ≤ α is,
    log [F(b h − a) − F(b l − a)]      where l ≤ α ≤ h is, l < h,
    log f(b α − a) + log b             where α itself is known,

a concave function of (a, b). Ends are counted exactly from a point that all the
intervals share or nearly share, and then rounded; differences of F are taken in
the nearer tail, and as f times the width where an interval is narrow.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

import numpy as np
from scipy.special import erfcx, expit, log_expit, log_ndtr

from missiongame.errors import TooFarApart
from missiongame.exact import Floats, Mask

Family: TypeAlias = Literal["normal", "logistic"]
End: TypeAlias = Fraction | None

_NARROW = 1e-5  # widths of z below which f is constant to one part in 10¹¹
_LARGEST = Fraction(10**150)  # ends and slopes up to here do not leave the range of floats


@dataclass(frozen=True)
class _Functions:
    """log F, f/F, log f and (log f)′ of one family."""

    log_cdf: Callable[[Floats], Floats]
    hazard: Callable[[Floats], Floats]
    log_density: Callable[[Floats], Floats]
    score: Callable[[Floats], Floats]


FAMILIES: dict[Family, _Functions] = {
    "normal": _Functions(
        log_cdf=log_ndtr,
        hazard=lambda z: np.sqrt(2 / np.pi) / erfcx(-z / np.sqrt(2)),
        log_density=lambda z: -(z**2) / 2 - np.log(2 * np.pi) / 2,
        score=lambda z: -z,
    ),
    "logistic": _Functions(
        log_cdf=log_expit,
        hazard=lambda z: expit(-z),
        log_density=lambda z: log_expit(z) + log_expit(-z),
        score=lambda z: -np.tanh(z / 2),
    ),
}


class Likelihood:
    """log L of some members' bounds; members with the same bounds are counted, not repeated.

    Parameters
    ----------
    low, high : k Fractions or None
        None where an interval has no end; each has at least one.
    family : "normal" or "logistic"

    Attributes
    ----------
    centre, unit : Fraction
        Ends are (end − centre)/unit: the unit is how far the intervals are from
        sharing a point, or, where they share one, how far their ends are apart.
    shared : bool
        Whether they share a point.
    """

    def __init__(self, low: Sequence[End], high: Sequence[End], family: Family) -> None:
        pairs = list(zip(low, high, strict=True))
        highest = max((v for v in low if v is not None), default=None)
        lowest = min((v for v in high if v is not None), default=None)
        near = [v for v in (highest, lowest) if v is not None]
        self.centre = sum(near, Fraction(0)) / len(near)
        gap = highest - lowest if highest is not None and lowest is not None else Fraction(0)
        self.shared = gap <= 0
        ends = [v for pair in pairs for v in pair if v is not None]
        self.unit = gap if gap > 0 else max(ends) - min(ends) or abs(self.centre) or Fraction(1)
        self.went, self.went_times = self._side([high for low, high in pairs if low is None])
        self.stayed, self.stayed_times = self._side([low for low, high in pairs if high is None])
        self._intervals([(a, b) for a, b in pairs if a is not None and b is not None])
        self.at_most = sum(v == self.centre for v in high)
        self.at_least = sum(v == self.centre for v in low)
        self.functions = FAMILIES[family]

    def _side(self, ends: list[End]) -> tuple[Floats, Floats]:
        there = np.array([self.scaled(v) for v in ends if v is not None], dtype=np.float64)
        values, times = np.unique(there, return_counts=True)
        return values, times.astype(np.float64)

    def _intervals(self, pairs: list[tuple[Fraction, Fraction]]) -> None:
        rows = [
            (self.scaled(a), self.scaled(b), self.scaled((a + b) / 2), _float((b - a) / self.unit))
            for a, b in pairs
        ]
        unique, times = np.unique(np.array(rows).reshape(-1, 4), axis=0, return_counts=True)
        self.low, self.high, self.middle, self.width = unique.T
        self.times = times.astype(np.float64)
        self.log_width = np.log(np.where(self.width > 0, self.width, 1.0))
        ends = np.concatenate((self.went, self.stayed, self.low, self.high))
        self.reach = float(np.abs(ends).max())

    def scaled(self, value: Fraction) -> float:
        """Return an amount of money in the units of the likelihood."""
        return _float((value - self.centre) / self.unit)

    def money(self, place: float) -> float:
        """Return the amount at a place in the units of the likelihood."""
        if not np.isfinite(place):
            return place
        return _float(self.centre + self.unit * Fraction(place), Fraction(sys.float_info.max))

    def length(self, width: float) -> float:
        """Return a distance in the units of the likelihood as money."""
        if not np.isfinite(width):
            return width
        return _float(self.unit * Fraction(width), Fraction(sys.float_info.max))

    def at(self, a: float, b: float) -> float:
        """Return log L at (a, b), b ≥ 0."""
        log_cdf = self.functions.log_cdf
        total = self.went_times @ log_cdf(b * self.went - a)
        total += self.stayed_times @ log_cdf(a - b * self.stayed)
        if len(self.times):
            total += self.times @ self._inside(a, b)[-1] if b > 0 else -np.inf
        return float(total)

    def slope(self, a: float, b: float, along: tuple[float, float]) -> float:
        """Return the derivative of log L at (a, b) along a direction, from −1 to 1.

        It is relative to the sum of its terms' sizes, so that it says how certain its
        sign is; it is 0 where nothing depends on the direction. For b = 0 the intervals
        with two ends, where log L is −∞, are left out.
        """
        da, db = along
        f = self.functions
        up = self.went_times * f.hazard(b * self.went - a) * (self.went * db - da)
        down = self.stayed_times * f.hazard(a - b * self.stayed) * (da - self.stayed * db)
        total, size = up.sum() + down.sum(), np.abs(up).sum() + np.abs(down).sum()
        if len(self.times) and b > 0:
            each, sizes = self._turned(a, b, da, db)
            total, size = total + self.times @ each, size + self.times @ sizes
        return float(total / size) if size > 0 else 0.0

    def _turned(self, a: float, b: float, da: float, db: float) -> tuple[Floats, Floats]:
        """Return the derivative of log P of each interval, and the size of its terms.

        By its two ends, or by its middle and width: in the way in which less cancels.
        """
        narrow, at_low, at_high, _ = self._inside(a, b)
        score = self.functions.score(b * self.middle - a)
        tilt = np.where(narrow, score, at_high - at_low)
        heavy = np.where(narrow, np.abs(score), at_high + at_low)
        spread = db * np.where(narrow, 1 / b, (at_high + at_low) * self.width / 2)
        turn = self.middle * db - da
        up, down = at_high * (self.high * db - da), at_low * (self.low * db - da)
        sizes, by_ends = heavy * np.abs(turn) + np.abs(spread), np.abs(up) + np.abs(down)
        ends = ~narrow & (by_ends < sizes)
        return np.where(ends, up - down, tilt * turn + spread), np.where(ends, by_ends, sizes)

    def _inside(self, a: float, b: float) -> tuple[Mask, Floats, Floats, Floats]:
        """Return which intervals are narrow, f/P at both ends (0 if narrow), and log P."""
        f = self.functions
        low, high, z, w = b * self.low - a, b * self.high - a, b * self.middle - a, b * self.width
        flip = z > 0  # F(h) − F(l) = F(−l) − F(−h)
        lower, upper = np.where(flip, -high, low), np.where(flip, -low, high)
        narrow = (self.width == 0) | (w * (1 + np.abs(z)) < _NARROW)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            below, above = f.log_cdf(lower), f.log_cdf(upper)
            # log F is concave: a bound where rounding swallows the difference.
            less = np.where(narrow, -1.0, np.fmin(below - above, -w * f.hazard(upper)))
            rest = -np.expm1(less)
            value = np.where(
                narrow, f.log_density(z) + np.log(b) + self.log_width, above + np.log(rest)
            )
            at_upper = np.where(narrow, 0.0, f.hazard(upper) / rest)
            at_lower = np.where(narrow, 0.0, f.hazard(lower) * np.exp(less) / rest)
        at_low, at_high = np.where(flip, at_upper, at_lower), np.where(flip, at_lower, at_upper)
        return narrow, at_low, at_high, value

    def distribution(self, z: float) -> float:
        """Return F(z)."""
        return float(np.exp(self.functions.log_cdf(np.array([z])))[0])


def _float(value: Fraction, largest: Fraction = _LARGEST) -> float:
    if abs(value) > largest:
        raise TooFarApart("the bounds on purpose differ too much in size for floats")
    return float(value)
