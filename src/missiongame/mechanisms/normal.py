"""From intervals to intervals that hold the normal distribution there, however numbers round.

With φ(z) = exp(−z²/2)/√(2π), for z ≥ 0:

- near zero, every term of Φ(z) = 1/2 + φ(z) Σ_{k≥0} z^(2k+1)/(1·3·5···(2k+1)) is
  positive, and once 2k + 3 > 2z² those left sum to less than the last one;
- farther out, 1 − Φ(z) = φ(z)/(z + 1/(z + 2/(z + 3/(z + …)))), and any two
  consecutive convergents have the truth between them (Laplace).

For z < 0, Φ(z) = 1 − Φ(−z).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any

from mpmath import MPContext
from mpmath.ctx_iv import MPIntervalContext

_FAR = 4
PRECISIONS = (80, 192, 384, 768)


@cache
def context(bits: int) -> Any:
    """Return an interval arithmetic of this many bits; always the same one."""
    iv = MPIntervalContext()
    iv.prec = bits
    return iv


@cache
def floating(bits: int) -> Any:
    """Return a floating-point arithmetic of this many bits; always the same one."""
    mp = MPContext()
    mp.prec = bits
    return mp


def interval(iv: Any, value: Fraction) -> Any:
    """Return an interval that holds `value`."""
    return iv.mpf(value.numerator) / iv.mpf(value.denominator)


def cdf(iv: Any, z: Any) -> Any:
    """Return an interval that holds Φ(z) for every z in the interval `z`.

    Examples
    --------
    >>> iv = context(96)
    >>> half = cdf(iv, iv.mpf(0))
    >>> half.a <= 0.5 <= half.b
    True
    """
    low, high = _cdf_at(iv, iv.mpf(z.a)), _cdf_at(iv, iv.mpf(z.b))
    return iv.mpf([low.a, high.b])


def density(iv: Any, z: Any) -> Any:
    """Return an interval that holds φ(z)."""
    return iv.exp(-z * z / 2) / iv.sqrt(2 * iv.pi)


def _cdf_at(iv: Any, z: Any) -> Any:
    if z.a > _FAR:
        return 1 - _tail(iv, z)
    if z.b < -_FAR:
        return _tail(iv, -z)
    if z.a < 0:
        return 1 - _cdf_at(iv, -z)
    return 0.5 + density(iv, z) * _series(iv, z)


def _series(iv: Any, z: Any) -> Any:
    """Return Σ z^(2k+1)/(1·3···(2k+1)) for a point z in [0, 4], in whole numbers of 2^−scale."""
    scale = iv.prec + 16
    mp = floating(scale + 64)
    near = int(mp.floor(mp.ldexp(mp.mpf(z.a), scale)))  # within one
    low, high = _sum(max(0, near - 1), scale, up=0), _sum(near + 2, scale, up=1)
    return iv.ldexp(iv.mpf([low, high]), -scale)


def _sum(z: int, scale: int, up: int) -> int:
    """Return that sum in whole numbers, certainly no more of them (up = 0) or no fewer (1)."""
    square, term, total, odd = (z * z >> scale) + up, z, z, 1
    while term > 4 * up or 2 * square >= (odd + 2) << scale:
        odd += 2
        term = ((term * square >> scale) + up) // odd + up
        total += term
    return total + up * term  # those left halve at least, each time


def _tail(iv: Any, z: Any) -> Any:
    """1 − Φ(z) for z above _FAR."""
    n = 8
    while True:
        one, other = _convergent(z, n), _convergent(z, n + 1)
        between = iv.mpf([min(one.a, other.a), max(one.b, other.b)])
        if (between.delta / between).b < iv.ldexp(iv.mpf(1), 4 - iv.prec).a:
            return density(iv, z) / between
        n *= 2


def _convergent(z: Any, n: int) -> Any:
    value = z
    for k in range(n, 0, -1):
        value = z + k / value
    return value


def quantile(iv: Any, probability: Fraction) -> Any:
    """Return an interval that holds Φ⁻¹(probability), for a probability in (0, 1).

    Guessed, then widened until Φ at its ends is certainly below and above.
    """
    if 2 * probability > 1:
        return -quantile(iv, 1 - probability)
    mp = floating(iv.prec + 32 + probability.denominator.bit_length())
    p = mp.mpf(probability.numerator) / probability.denominator
    guess = mp.sqrt(2) * mp.erfinv(2 * p - 1)
    p_iv, width = interval(iv, probability), mp.mpf(2) ** (8 - iv.prec) * (1 + abs(guess))
    while True:
        low, high = iv.mpf(guess - width), iv.mpf(guess + width)
        if cdf(iv, low).b < p_iv.a and cdf(iv, high).a > p_iv.b:
            return iv.mpf([low.a, high.b])
        width *= 16


def sign(value: Callable[[Any], Any]) -> int:
    """Return the certain sign of `value(iv)` at ever more bits; 0 if none tells it.

    Parameters
    ----------
    value : function from an interval arithmetic to an interval of it

    Examples
    --------
    >>> sign(lambda iv: iv.sqrt(2) - 1.41421356237309), sign(lambda iv: iv.mpf(0))
    (1, 0)
    """
    for bits in PRECISIONS:
        result = value(context(bits))
        if result.a > 0:
            return 1
        if result.b < 0:
            return -1
    return 0
