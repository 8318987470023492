"""From a law, or from reported shares, to contributions whose concentration alone is known.

For members ranked r = 1, …, n:

- Zipf's law: c_r ∝ r^(−s), s ≥ 0 (0: all equal);
- a truncated power law: the contributions of a member have the density
  ∝ x^(−a) e^(−x/λ) on x ≥ 1, and c_r is its quantile at 1 − (r − ½)/n. Over six
  thousand wikis no law fitted better in 99.3 % of them (Tenorio-Fornés, Arroyo
  and Hassan 2022, "Participation in wiki communities", PeerJ Computer Science).

`fit` finds the parameters from reported shares of the largest contributors,
such as "the top 10 made 29.8 %": by local searches from several starts, within
s ≤ 50, a ≤ 5 and e^(−30) ≤ λ ≤ e^600. Any one share can be met within these bounds;
where several cannot be met together, the misfit says how far they are. Everything
here is in floats; quantiles of the truncated law are summed on a grid, to about one
part in a thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import Words, illegal, short
from missiongame.exact import head_count, number

Floats = npt.NDArray[np.float64]

_LARGEST = 1e300  # of a truncated law's parameters; beyond, their products overflow
STEEPEST = 50.0  # of Zipf's s; beyond, the first makes all but 1e-15 of everything
_MET = 1e-24  # summed squares of misses at which shares count as met, other starts untried
_GRID = 2048  # points on which a truncated power law's distribution is summed


def zipf(n: int, exponent: float, total: float = 1.0) -> Floats:
    """Return n contributions ∝ rank^(−exponent), largest first, `total` in sum.

    Examples
    --------
    >>> zipf(3, exponent=1, total=11)
    array([6., 3., 2.])
    """
    ranks = np.arange(1, head_count(n, "n", low=1) + 1, dtype=np.float64)
    return _scaled(ranks ** -_positive(exponent, "exponent", zero=True), total)


def truncated_power_law(n: int, exponent: float, cutoff: float, total: float = 1.0) -> Floats:
    """Return n contributions at the quantiles of a truncated power law, largest first.

    Parameters
    ----------
    n : int
    exponent : float
        a from 0 to 1e300: the larger, the fewer large contributors.
    cutoff : float
        λ > 0, up to 1e300, in units of the least contribution: about where the tail ends.
    total : float
        The contributions' sum.

    Examples
    --------
    >>> truncated_power_law(4, exponent=1.5, cutoff=100, total=10).round(2)
    array([6.84, 1.81, 0.85, 0.5 ])
    """
    a = _positive(exponent, "exponent", zero=True, high=_LARGEST)
    end = _positive(cutoff, "cutoff", high=_LARGEST)
    # In u = log x the density is smooth: x^(1−a) e^(−x/λ), gone 40 cutoffs up, or
    # where the power alone leaves less than e^(−40) of a member.
    power = (40.0 + np.log(head_count(n, "n", low=1))) / (a - 1.0) if a > 1 else np.inf
    u = np.linspace(0.0, min(np.log1p(40.0 * end), power), _GRID)
    log_density = (1.0 - a) * u - np.expm1(u) / end
    density = np.exp(log_density - log_density.max())
    mass = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
    below = 1.0 - (np.arange(head_count(n, "n", low=1)) + 0.5) / n
    return _scaled(np.exp(np.interp(below * mass[-1], mass, u)), total)


@dataclass(frozen=True, eq=False)
class Fit:
    """A law fitted to reported shares.

    Attributes
    ----------
    law : "zipf" or "truncated-power-law"
    parameters : mapping
        ``exponent``, and for the truncated law ``cutoff``.
    contribution : (n,) float64
        Largest first, in the total asked for.
    reported, fitted : mapping
        From k to the share that the k largest contributors made; as reported, and
        under the law.
    misfit : float
        The largest distance of a reported share from the law's; more than a little
        where no such law has these shares.
    """

    law: str
    parameters: Mapping[str, float]
    contribution: Floats
    reported: Mapping[int, float]

    @property
    def fitted(self) -> dict[int, float]:
        """The law's own shares at the reported places."""
        return {k: _top_share(self.contribution, k) for k in self.reported}

    @property
    def misfit(self) -> float:
        """The largest distance of a reported share from the law's."""
        return max(abs(self.fitted[k] - share) for k, share in self.reported.items())


def fit(law: str, n: int, shares: Mapping[int, float], total: float = 1.0) -> Fit:
    """Fit a law to reported top shares, by least squares over them.

    Parameters
    ----------
    law : "zipf" or "truncated-power-law"
    n : int
        How many members contribute.
    shares : mapping
        From k (0 < k < n) to the share in (0, 1) that the k largest contributors made.
    total : float
        What the contributions should sum to.

    Raises
    ------
    InvalidValue
        On shares that no ranking can have: falling in k, or below k/n.

    Examples
    --------
    Digg, 19 June to 30 July 2006:

    >>> digg = fit("zipf", 2287, {10: 0.298, 100: 0.5528})
    >>> round(digg.parameters["exponent"], 3), round(digg.misfit, 3)
    (0.933, 0.006)
    """
    if law not in LAWS:
        raise illegal("law", law, f"one of {', '.join(LAWS)}")
    reported = _reported(shares, head_count(n, "n", low=1))
    make, starts, low, high = LAWS[law]

    def misses(logs: Floats) -> Floats:
        made = make(n, *_natural(logs))
        return np.array([_top_share(made, k) - share for k, share in reported.items()])

    best = _natural(_least_squares(misses, starts, low, high))
    parameters = dict(zip(("exponent", "cutoff"), best, strict=False))
    return Fit(law, parameters, _scaled(make(n, *best), total), reported)


def _natural(searched: Floats) -> list[float]:
    """Return the parameters as a reader knows them: the cutoff is searched by its logarithm."""
    return [float(searched[0]), *(float(np.exp(log)) for log in searched[1:])]


_CUTOFFS = (-10, -2, 0, 1, 2, 2.5, 3, 4, 5, 6.5, 8, 11, 20, 50, 150, 400)  # logarithms
_Starts = list[list[float]]
LAWS: dict[str, tuple[Callable[..., Floats], _Starts, list[float], list[float]]] = {
    "zipf": (zipf, [[0.5], [1.0], [2.0], [8.0], [20.0]], [0.0], [STEEPEST]),
    "truncated-power-law": (
        truncated_power_law,
        [[a, log] for a in (0.05, 0.5, 1.0, 1.2, 1.5, 2.0, 3.0) for log in _CUTOFFS],
        [0.0, -30.0],
        [5.0, 600.0],
    ),
}
"""Each law, where its search starts, and its lower and upper bounds; a cutoff by its logarithm."""


def _least_squares(
    misses: Callable[[Floats], Floats], starts: _Starts, low: list[float], high: list[float]
) -> Floats:
    """Return the parameters with the least sum of squared misses, from several starts."""
    from scipy.optimize import least_squares

    nearest = sorted(starts, key=lambda p: float(np.sum(misses(np.array(p)) ** 2)))[:4]
    tried: list[Any] = []
    for p in nearest:
        tried.append(
            least_squares(misses, p, bounds=(low, high), xtol=1e-14, ftol=1e-14, gtol=1e-14)
        )
        if tried[-1].cost <= _MET:
            break
    best: Floats = min(tried, key=lambda result: float(result.cost)).x
    return best


def _top_share(contribution: Floats, k: int) -> float:
    return float(contribution[:k].sum() / contribution.sum())


def _scaled(values: Floats, total: float) -> Floats:
    scaled: Floats = values * (_positive(total, "total") / values.sum())
    return scaled


def _reported(shares: Mapping[int, float], n: int) -> dict[int, float]:
    if not shares:
        raise illegal("shares", dict(shares), "at least one k with its share")
    reported: dict[int, float] = {}
    for k in sorted(shares):
        if isinstance(k, bool) or not isinstance(k, (int, np.integer)) or not 0 < k < n:
            raise illegal("shares", Words(f"for k = {short(k)}"), f"for whole k from 1 to {n - 1}")
        share = float(number(shares[k], f"shares[{k}]", low=0, high=1))
        at_least = max(reported.values(), default=0.0)
        if not (k / n <= share < 1 and share >= at_least):
            raise illegal(
                f"shares[{k}]",
                share,
                f"below 1 and at least {max(at_least, k / n):g}, as in a ranking",
            )
        reported[int(k)] = share
    return reported


def _positive(value: Any, argument: str, zero: bool = False, high: float | None = None) -> float:
    real = float(number(value, argument, low=0, high=high))
    if real == 0 and not zero:
        raise illegal(argument, value, "positive")
    return real
