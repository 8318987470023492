"""From beliefs about a community's strength to the strengths below which it collapses.

A continuum of members. A community of strength t survives iff at most a share t
of them leaves. Who leaves gets the offer r; who stays gets V if the community
survives, nothing if it does not; 0 < r < V. Strength is normal with mean μ and
precision α (the *prior*; α = 0 is the flat one), and each member sees it with
independent normal noise of precision β (the *signal*). Members leave whose signal
is below a cutoff x*; the community collapses below a strength t*:

    those who leave at t* are just enough:     t* = Φ(√β (x* − t*))
    at x* staying is worth leaving:     V Φ(√(α+β) (m − t*)) = r,    m = (αμ + βx*)/(α + β)

Eliminating x*, with Φ⁻¹ the normal quantile,

    t* = Φ( (α/√β)(t* − μ) + √((α+β)/β) Φ⁻¹(r/V) ).

- Flat prior: t* = r/V. What an intact community is worth to its members makes it
  safer, and how good their information is does not matter.
- In general there are one, two or three solutions, one whenever α² ≤ 2πβ. At the
  first and last of three t* falls in V; at the middle one it rises.

After Morris and Shin (1998, 2003). In the literature's terms the cost of an
attack is c = 1 − r/V.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import sympy

from missiongame.errors import illegal
from missiongame.exact import Floats, fraction
from missiongame.mechanisms.arguments import floats, reals, together
from missiongame.mechanisms.derived import Derived
from missiongame.mechanisms.roots import Threshold as Threshold
from missiongame.mechanisms.roots import all_roots


@cache
def derive() -> Derived:
    """Derive the equation for t* from the two conditions.

    Returns
    -------
    threshold, stay, offer, mean, prior, signal : the symbols t, V, r, μ, α and β
    cutoff : x*, from the indifference of the marginal member
    index : the argument of Φ in the equation for t*
    share : Φ of it, the share that leaves at strength t
    excess : share − t; zero at a threshold
    flat : t* with a flat prior

    Examples
    --------
    >>> derive().flat
    r/V
    """
    t, x, mu = sympy.symbols("t x mu", real=True)
    V, r, alpha, beta = sympy.symbols("V r alpha beta", positive=True)

    def Phi(z: Any) -> Any:
        return sympy.erfc(-z / sympy.sqrt(2)) / 2

    quantile = sympy.sqrt(2) * sympy.erfinv(2 * r / V - 1)
    estimate = (alpha * mu + beta * x) / (alpha + beta)
    (cutoff,) = sympy.solve(sympy.sqrt(alpha + beta) * (estimate - t) - quantile, x)
    index = sympy.expand(sympy.simplify(sympy.sqrt(beta) * (cutoff - t)))
    share = Phi(index)
    flat = sympy.simplify(sympy.limit(index, alpha, 0))
    return Derived(
        threshold=t,
        stay=V,
        offer=r,
        mean=mu,
        prior=alpha,
        signal=beta,
        cutoff=cutoff,
        index=index,
        share=share,
        excess=share - t,
        flat=sympy.simplify(Phi(flat).rewrite(sympy.erf)),
    )


def flat_threshold(stay: Any, offer: Any) -> Any:
    """Return t* = r/V with a flat prior; 1 where r ≥ V, for then everyone leaves.

    Arrays broadcast; Fractions give Fractions.

    Parameters
    ----------
    stay : array, V > 0, money
    offer : array, r ≥ 0, money

    Examples
    --------
    >>> flat_threshold(stay=[400, 100], offer=200)
    array([0.5, 1. ])
    """
    V, r = together(reals(stay, "stay", above=0), reals(offer, "offer", low=0))
    return np.minimum(derive().function("flat", "stay", "offer")(V, r), 1)


def leaving(strength: Any, stay: Any, offer: Any, mean: Any, prior: Any, signal: Any) -> Floats:
    """Return the share that leaves at strength t if the community falls just below it.

    Φ((α/√β)(t − μ) + √((α+β)/β) Φ⁻¹(r/V)), floats; its crossings with t are the
    thresholds. Arrays broadcast; parameters as in `thresholds`.

    Examples
    --------
    >>> print(leaving(0.5, stay=2, offer=1, mean=0.5, prior=1, signal=4))
    0.5
    """
    order = ("threshold", "stay", "offer", "mean", "prior", "signal")
    share = derive().function("share", *order, modules="scipy")
    t, mu = floats(strength, "strength"), floats(mean, "mean")
    V, r = floats(stay, "stay", above=0), floats(offer, "offer", low=0)
    alpha, beta = floats(prior, "prior", low=0), floats(signal, "signal", above=0)
    return np.asarray(share(t, V, np.minimum(r, V), mu, alpha, beta))


@dataclass(frozen=True)
class Thresholds:
    """All equilibrium thresholds, ascending.

    Attributes
    ----------
    roots : tuple of Threshold
    complete : bool
        Whether these are certainly all. False only where the curve touches the
        diagonal so closely, or crosses it so steeply, that 768 bits do not tell where.
    """

    roots: tuple[Threshold, ...]
    complete: bool

    @property
    def values(self) -> tuple[float, ...]:
        """The thresholds as floats."""
        return tuple(root.value for root in self.roots)


def thresholds(stay: Any, offer: Any, mean: Any, prior: Any, signal: Any) -> Thresholds:
    """Return every threshold t*, each certified by a change of sign in interval arithmetic.

    The excess of leavers over t turns at most twice, at known places; between
    those it is monotone, so that its certain signs there count the solutions.

    Parameters
    ----------
    stay, offer : V > r > 0, money
    mean : μ, the expected strength
    prior, signal : α ≥ 0 and β > 0, precisions

    Examples
    --------
    >>> [round(t, 4) for t in thresholds(2, 1, mean=0.5, prior=9, signal=4).values]
    [0.0144, 0.5, 0.9856]
    """
    V, r = fraction(stay, "stay"), fraction(offer, "offer")
    if r <= 0:
        raise illegal("offer", offer, "positive; nobody leaves for nothing")
    if r >= V:
        raise illegal("stay", stay, "above the offer; otherwise everyone leaves")
    alpha, beta = fraction(prior, "prior"), fraction(signal, "signal")
    if alpha < 0:
        raise illegal("prior", prior, "a precision of at least 0")
    if beta <= 0:
        raise illegal("signal", signal, "a positive precision")
    roots, complete = all_roots(r / V, fraction(mean, "mean"), alpha, beta)
    return Thresholds(tuple(roots), complete)


def regime_change(mean: Any, prior: Any, signal: Any, cost: Any) -> Thresholds:
    """Return every threshold in the literature's terms: an attack costs c and wins 1.

    Parameters
    ----------
    mean, prior, signal
        As in `thresholds`.
    cost : number in (0, 1)
        c = 1 − r/V.

    Examples
    --------
    >>> regime_change(0.6, 1, 4, 0.3).values
    (0.74498...,)
    """
    c = fraction(cost, "cost")
    if not 0 < c < 1:
        raise illegal("cost", cost, "a number in (0, 1)")
    return thresholds(Fraction(1), 1 - c, mean, prior, signal)
