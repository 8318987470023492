"""From bounds on purpose to the distribution of purpose that fits them best.

Each member's choices put α_i in an interval [l_i, h_i], possibly one-sided. With
α_i independent of distribution F((α − μ)/s), F normal or logistic,

    log L(μ, s) = Σ_i log [F((h_i − μ)/s) − F((l_i − μ)/s)],

and where l_i = h_i, so that α_i is known, the log density log [f((α_i − μ)/s)/s]
instead. It is concave in (a, b) = (μ/s, 1/s), b ≥ 0, for both have log-concave
densities (Pratt 1981; Burridge 1981). Whether a maximum exists is decided exactly:

- the intervals share a point, and somebody's purpose is known: it is that point,
  and L has no bound as s → 0;
- all bounds are one and the same number: only F there is estimated;
- the intervals share a point: one purpose for all explains every choice, s → 0 is
  best, and any such point is (all went, all stayed, or separated);
- all bounds are one-sided and those who went were not offered more, on average,
  than those who stayed: s → ∞ is best, choices do not follow the offers;
- else there is exactly one maximum.

The distribution, and whatever is computed from it, is floats. The maximum is where
the derivative changes sign, to a relative 1e-6 of the scale or better; where the
bounds differ so much in size that floats do not show this, the outcome says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import mean
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from scipy.special import gammaincinv

from missiongame.errors import InvalidValue, TooFarApart, illegal
from missiongame.exact import fraction
from missiongame.revealed import profile_likelihood as profile
from missiongame.revealed.choice_bounds import common
from missiongame.revealed.interval_likelihood import FAMILIES, Family, Likelihood

if TYPE_CHECKING:
    from missiongame.mechanisms.welfare import Bounds

Pair: TypeAlias = tuple[Fraction | None, Fraction | None]
TOLD = {
    "fitted": "one distribution fits best",
    "no spread": "every purpose that is known exactly is the same number, and one that every "
    "choice allows: the spread is estimated as 0, without a bound on how well that fits",
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
    "unresolved": "the bounds differ so much in size that floats do not tell where the maximum is",
}
_SCALE = {"separated": 0.0, "no spread": 0.0, "no slope": math.inf}
_WITHOUT_INTERVAL = ("contradicted", "nothing known", "no spread", "unresolved")


@dataclass(frozen=True, eq=False)
class Fit:
    """A distribution of purpose and what the choices leave open; floats.

    Attributes
    ----------
    bounds : Bounds
    family : "normal" or "logistic"
    outcome : str
        "fitted", or the name of why there is no maximum, a key of `TOLD`; `reason` is
        the sentence.
    location, scale : float
        μ and s, money a unit of mission; NaN where they are not determined, 0 or
        infinite where the data drive the scale there.
    observed : int
        Members whose purpose is bounded.
    """

    bounds: Bounds
    family: Family
    outcome: str
    location: float
    scale: float
    observed: int

    @property
    def reason(self) -> str:
        """The outcome in a sentence."""
        return TOLD[self.outcome]

    @cached_property
    def _likelihood(self) -> Likelihood:
        if self.outcome in _WITHOUT_INTERVAL:
            raise InvalidValue(f"the choices fit no distribution: {self.reason}")
        return _likelihood(self.bounds, self.family)

    @cached_property
    def _best(self) -> tuple[float, float]:
        """(a, b) at the maximum, in the likelihood's units; only where fitted."""
        best = profile.highest(self._likelihood)
        assert best is not None  # noqa: S101 - else it would not be fitted
        return best

    def interval(
        self, of: Literal["location", "scale"] = "location", level: float = 0.95
    ) -> tuple[float, float]:
        """Return the values of μ or s that the likelihood ratio does not exclude.

        A profile-likelihood interval of asymptotic coverage `level`; also where there
        is no maximum, and then one end or both may be infinite.

        Raises
        ------
        InvalidValue
            If the likelihood has no bound, or nothing is known.
        """
        found, cut = self._likelihood, self._cut(level)
        if of == "location":
            low, high = profile.location_interval(found, self._location(cut), cut)
            return found.money(low), found.money(high)
        if of == "scale":
            start = math.log(self._best[1]) if self.outcome == "fitted" else 0.0
            low, high = profile.scale_interval(found, start, cut)
            return found.length(low), found.length(high)
        raise illegal("of", of, "location or scale")

    def _cut(self, level: Any) -> float:
        """Return the log L from which on a value is not excluded at this level."""
        # Half the quantile of chi squared with one degree of freedom.
        return self._highest - float(gammaincinv(0.5, _level(level)))

    @cached_property
    def _highest(self) -> float:
        """The least upper bound of log L.

        Where the intervals share a point (or do not follow the offers), all that is
        left of log L in the limit is how many are on either side of one number.
        """
        found = self._likelihood
        if self.outcome == "fitted":
            return found.at(*self._best)
        if self.outcome == "no slope":
            return _of_counts(_went(self.bounds), self.observed - _went(self.bounds))
        return _of_counts(found.at_most, found.at_least)

    def _location(self, cut: float) -> float:
        """Return a location that is not excluded, in the likelihood's units."""
        found = self._likelihood
        if self.outcome == "fitted":
            a, b = self._best
            return a / b
        many_went = 2 * _went(self.bounds) >= self.observed
        return profile.inside_from(found, -1 if many_went else 1, cut)

    def share_at_most(self, purpose: float) -> float:
        """Return the estimated part of such members with at most this purpose, or NaN."""
        there = fraction(purpose, "purpose")
        if self.outcome == "one point" and there == self._likelihood.centre:
            return _went(self.bounds) / self.observed
        if self.outcome != "fitted":
            return math.nan
        a, b = self._best
        return self._likelihood.distribution(b * self._likelihood.scaled(there) - a)

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
        there = found.scaled(fraction(purpose, "purpose"))
        return profile.share_interval(found, there, self._cut(level))

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
    pairs = _pairs(bounds)
    outcome = _outcome(bounds, pairs)
    location, scale = math.nan, _SCALE.get(outcome, math.nan)
    if outcome == "no spread":
        location = float(common(bounds).low or 0)
    if outcome == "fitted":
        maximum = _maximum(bounds, family)
        if maximum is None:
            outcome = "unresolved"
        else:
            location, scale = maximum
    return Fit(bounds, family, outcome, location, scale, len(pairs))


def _maximum(bounds: Bounds, family: Family) -> tuple[float, float] | None:
    """Return (μ, s) where L is highest, or None where floats do not tell."""
    try:
        found = _likelihood(bounds, family)
        best = profile.highest(found)
        if best is None:
            return None
        return found.money(best[0] / best[1]), found.length(1 / best[1])
    except TooFarApart:
        return None


def _pairs(bounds: Bounds) -> list[Pair]:
    """Return (low, high) of everyone whose purpose is bounded."""
    both = zip(bounds.exact_low, bounds.exact_high, strict=True)
    return [(low, high) for low, high in both if low is not None or high is not None]


def _likelihood(bounds: Bounds, family: Family) -> Likelihood:
    low, high = zip(*_pairs(bounds), strict=True)
    return Likelihood(low, high, family)


def _outcome(bounds: Bounds, pairs: list[Pair]) -> str:
    """Decide exactly whether a maximum exists, and what happens where none does."""
    if np.any(bounds.contradicted):
        return "contradicted"
    if not pairs:
        return "nothing known"
    shared = common(bounds)
    if shared.low is None or shared.high is None:
        return "all went" if shared.low is None else "all stayed"
    if shared.possible and any(low == high for low, high in pairs):
        return "no spread"
    ends = {end for pair in pairs for end in pair if end is not None}
    if len(ends) == 1:
        return "one point"
    if shared.possible:
        return "separated"
    went = [high for low, high in pairs if low is None and high is not None]
    stayed = [low for low, high in pairs if high is None and low is not None]
    if len(went) + len(stayed) == len(pairs) and mean(went) <= mean(stayed):
        return "no slope"
    return "fitted"


def _went(bounds: Bounds) -> int:
    """Return how many are bounded from above."""
    return sum(v is not None for v in bounds.exact_high)


def _of_counts(below: int, above: int) -> float:
    """Return the largest log [F^below (1 − F)^above]."""
    return sum(k * math.log(k / (below + above)) for k in (below, above) if k)


def _level(level: Any) -> float:
    if not 0 < fraction(level, "level") < 1:
        raise illegal("level", level, "a number between 0 and 1")
    return float(level)
