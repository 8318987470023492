"""A distribution of purpose, fitted to what choices reveal: maximum likelihood.

Each member's choices put α_i in an interval [l_i, h_i], possibly one-sided. With
α_i independent of distribution F((α − μ)/s), F normal or logistic,

    log L(μ, s) = Σ_i log [F((h_i − μ)/s) − F((l_i − μ)/s)],

which is concave in (a, b) = (μ/s, 1/s), b ≥ 0, for both have log-concave densities
(Pratt 1981; Burridge 1981). Whether a maximum exists is decided exactly:

- all bounds are one and the same number: only F there is estimated;
- the intervals share a point: one purpose for all explains every choice, s → 0 is
  best, and any such point is (all went, all stayed, or separated);
- all bounds are one-sided and those who went were not offered more, on average,
  than those who stayed: s → ∞ is best, choices do not follow the offers;
- else there is exactly one maximum.

The distribution, and whatever is computed from it, is floats.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np

from missiongame.errors import InvalidValue, illegal
from missiongame.mechanisms.welfare import Bounds
from missiongame.revealed import profile
from missiongame.revealed.choices import common
from missiongame.revealed.likelihood import FAMILIES, Family, Likelihood

Outcome: TypeAlias = Literal[
    "fitted",
    "one point",
    "all went",
    "all stayed",
    "separated",
    "no slope",
    "contradicted",
    "nothing known",
]
TOLD: dict[Outcome, str] = {
    "fitted": "one distribution fits best",
    "one point": "all bounds are the same number: how many have less is estimated there, and "
    "neither location nor spread",
    "all went": "everyone observed went: purpose is bounded from above only, and the lower the "
    "better it fits",
    "all stayed": "everyone observed stayed: purpose is bounded from below only, and the higher "
    "the better it fits",
    "separated": "one purpose for all explains every choice: the spread is estimated as 0, the "
    "location as any point between the bounds",
    "no slope": "those who went were offered no more than those who stayed: choices do not "
    "follow the offers, and no finite spread fits best",
    "contradicted": "no purpose makes some members' choices best; leave them out, or reconsider "
    "ties, enjoyment and mission",
    "nothing known": "no choice bounds anybody's purpose",
}
_SCALE: dict[str, float] = {"separated": 0.0, "no slope": math.inf}
_INSIDE: dict[str, float] = {"all went": -10.0, "all stayed": 10.0}


@dataclass(frozen=True, eq=False)
class Fit:
    """A distribution of purpose and what the choices leave open; floats.

    Attributes
    ----------
    bounds : Bounds
    family : "normal" or "logistic"
    outcome : str
        "fitted", or the name of why there is no maximum; `reason` is the sentence.
    location, scale : float
        μ and s, money a unit of mission; NaN where they are not determined, 0 or
        infinite where the data drive the scale there.
    observed : int
        Members whose purpose is bounded.
    """

    bounds: Bounds
    family: Family
    outcome: Outcome
    location: float
    scale: float
    observed: int

    @property
    def reason(self) -> str:
        """The outcome in a sentence."""
        return TOLD[self.outcome]

    @cached_property
    def _likelihood(self) -> Likelihood:
        low, high = self.bounds.low, self.bounds.high
        seen = np.isfinite(low) | np.isfinite(high)
        if self.outcome == "contradicted" or not seen.any():
            raise InvalidValue(f"the choices fit no distribution: {self.reason}")
        return Likelihood(low[seen], high[seen], self.family)

    def interval(
        self, of: Literal["location", "scale"] = "location", level: float = 0.95
    ) -> tuple[float, float]:
        """Return the values of μ or s that the likelihood ratio does not exclude.

        A profile-likelihood interval of asymptotic coverage `level`; also where there
        is no maximum, and then one end or both may be infinite.
        """
        found = self._likelihood
        cut = profile.cut_at(found, _level(level))
        if of == "location":
            low, high = profile.location_interval(found, self._inside[0], cut)
            return found.centre + found.unit * low, found.centre + found.unit * high
        if of == "scale":
            low, high = profile.scale_interval(found, self._inside[1], cut)
            return found.unit * low, found.unit * high
        raise illegal("of", of, "location or scale")

    @cached_property
    def _inside(self) -> tuple[float, float]:
        """Return a location and a slope that no level excludes, in the likelihood's units."""
        found = self._likelihood
        a, b, _ = profile.highest(found)
        if self.outcome == "fitted":
            return a / b, b
        if self.outcome == "one point":  # any location on the side of the many
            return (10.0 if 2 * _went(self.bounds) < self.observed else -10.0), b
        return _INSIDE.get(self.outcome, 0.0), b

    def share_at_most(self, purpose: float) -> float:
        """Return the estimated part of such members with at most this purpose, or NaN."""
        if self.outcome == "one point" and purpose == self._likelihood.centre:
            return _went(self.bounds) / self.observed
        if self.outcome != "fitted":
            return math.nan
        return self._likelihood.distribution((purpose - self.location) / self.scale)

    def share_interval(self, purpose: float, level: float = 0.95) -> tuple[float, float]:
        """Return the values of that part which the likelihood ratio does not exclude.

        Examples
        --------
        All of three went for 1,000 each: such an offer wins at least half of their kind.

        >>> from missiongame import Community, Rival, offers
        >>> from missiongame.revealed import observe
        >>> seen = observe(Community([1, 1, 1]), Rival(), offers.flat(1000), [True] * 3)
        >>> low, high = fit(seen).share_interval(1000)
        >>> round(low, 3), high
        (0.527, 1.0)
        """
        found = self._likelihood
        cut = profile.cut_at(found, _level(level))
        return profile.share_interval(found, (float(purpose) - found.centre) / found.unit, cut)

    def __repr__(self) -> str:
        if self.outcome != "fitted":
            return f"Fit({self.outcome}: {self.reason})"
        return (
            f"Fit({self.family}, location {self.location:.6g}, scale {self.scale:.6g}, "
            f"{self.observed} members)"
        )


def fit(bounds: Bounds, family: Family = "normal") -> Fit:
    """Return the distribution of purpose under which the choices are likeliest.

    Parameters
    ----------
    bounds : Bounds
        From `observe`, or from several joined by ``also``.
    family : "normal" or "logistic"
        For "logistic" the scale is the logistic's own, not its standard deviation.

    Examples
    --------
    >>> import numpy as np
    >>> from missiongame import Community, Rival, offers
    >>> from missiongame.revealed import observe
    >>> offer = offers.personal([10, 20, 30, 40, 50, 60])
    >>> went = [False, True, False, True, True, True]
    >>> fit(observe(Community(np.ones(6)), Rival(), offer, went))
    Fit(normal, location 24.3789, scale 14.0194, 6 members)
    >>> fit(observe(Community([1, 1]), Rival(), offers.flat(9), [True, True])).outcome
    'all went'
    """
    if family not in FAMILIES:
        raise illegal("family", family, "normal or logistic")
    both = zip(bounds.exact_low, bounds.exact_high, strict=True)
    seen = sum(low is not None or high is not None for low, high in both)
    outcome = _outcome(bounds, seen)
    nan = math.nan
    made = Fit(bounds, family, outcome, nan, _SCALE.get(outcome, nan), seen)
    if outcome != "fitted":
        return made
    found = made._likelihood
    a, b, _ = profile.highest(found)
    location, scale = found.centre + found.unit * a / b, found.unit / b
    return Fit(bounds, family, outcome, location, scale, seen)


def _outcome(bounds: Bounds, seen: int) -> Outcome:
    """Decide exactly whether a maximum exists, and what happens where none does."""
    if np.any(bounds.contradicted):
        return "contradicted"
    if seen == 0:
        return "nothing known"
    shared = common(bounds)
    if shared.low is None or shared.high is None:
        return "all went" if shared.low is None else "all stayed"
    ends = {v for v in (*bounds.exact_low, *bounds.exact_high) if v is not None}
    if len(ends) == 1:
        return "one point"
    if shared.possible:
        return "separated"
    pairs = list(zip(bounds.exact_low, bounds.exact_high, strict=True))
    went = [high for low, high in pairs if low is None and high is not None]
    stayed = [low for low, high in pairs if high is None and low is not None]
    if len(went) + len(stayed) == seen and _mean(went) <= _mean(stayed):
        return "no slope"
    return "fitted"


def _went(bounds: Bounds) -> int:
    """Return how many are bounded from above."""
    return sum(v is not None for v in bounds.exact_high)


def _mean(values: list[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _level(level: Any) -> float:
    if not 0 < float(level) < 1:
        raise illegal("level", level, "a number between 0 and 1")
    return float(level)
