"""log L of a location-scale distribution, given intervals in which its values lie.

In a unit in which the ends of the intervals are around −1 to 1, with z = b α − a:

    log L(a, b) = Σ_i log [F(b h_i − a) − F(b l_i − a)],    F normal or logistic.

Floats. Differences of F are taken in the nearer tail, where they keep their digits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Family: TypeAlias = Literal["normal", "logistic"]
FAMILIES = ("normal", "logistic")


class Likelihood:
    """log L of some members' bounds; members with the same bounds are counted, not repeated.

    Parameters
    ----------
    low, high : (k,) float64
        −inf and inf where an interval has no end; each has at least one.
    family : "normal" or "logistic"
    """

    def __init__(self, low: Floats, high: Floats, family: Family) -> None:
        finite = np.concatenate((low[np.isfinite(low)], high[np.isfinite(high)]))
        # Where the intervals nearly share a point, all digits are needed around it.
        near = [v for v in (float(low.max()), float(high.min())) if np.isfinite(v)]
        self.centre = sum(near) / len(near)
        self.unit = float(finite.max() - finite.min()) or abs(self.centre) or 1.0
        ends = np.stack([(low - self.centre) / self.unit, (high - self.centre) / self.unit])
        unique, times = np.unique(ends, axis=1, return_counts=True)
        self.low, self.high, self.times = unique[0], unique[1], times
        self.reach = float(np.abs(ends[np.isfinite(ends)]).max()) + 1
        self.log_F = _log_distribution(family)

    def at(self, a: float, b: float) -> float:
        """Return log L at (a, b), b ≥ 0."""
        above, below = _scaled(self.high, a, b), _scaled(self.low, a, b)
        flip = below > 0  # F(h) − F(l) = F(−l) − F(−h)
        top, bottom = np.where(flip, -below, above), np.where(flip, -above, below)
        upper, lower = self.log_F(top), self.log_F(bottom)
        with np.errstate(divide="ignore", invalid="ignore"):
            each = upper + np.log1p(-np.exp(np.minimum(lower - upper, 0.0)))
        each = np.where(np.isneginf(lower), upper, np.where(np.isnan(each), -np.inf, each))
        return float(self.times @ each)

    def distribution(self, z: float) -> float:
        """Return F(z)."""
        return float(np.exp(self.log_F(np.array([z])))[0])


def _scaled(ends: Floats, a: float, b: float) -> Floats:
    finite = np.isfinite(ends)
    return np.where(finite, b * np.where(finite, ends, 0.0) - a, ends)


def _log_distribution(family: Family) -> Callable[[Floats], Floats]:
    from scipy.special import log_expit, log_ndtr

    chosen: Callable[[Floats], Floats] = log_ndtr if family == "normal" else log_expit
    return chosen
