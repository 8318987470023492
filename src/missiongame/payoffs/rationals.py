"""Fractions to one operation's value in Fractions; `Irrational` where it is not rational.

`RATIONALS` holds, by an operation's name, what it makes of its operands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from missiongame.errors import Irrational, Undefined

_LONG = 1_000_000  # bits


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if base == 0 and exponent < 0:
        raise Undefined("a payoff divides by zero")
    if exponent.denominator == 1:
        return _whole_power(base, exponent.numerator)
    if base < 0:
        raise Undefined("a payoff takes a root of a negative number")
    degree = exponent.denominator
    root = Fraction(_root(base.numerator, degree), _root(base.denominator, degree))
    return _whole_power(root, exponent.numerator)


def _whole_power(base: Fraction, exponent: int) -> Fraction:
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if base and abs(base) != 1 and abs(exponent) * bits > _LONG:
        raise Irrational  # rational, but too long to write out: left to intervals
    return base**exponent


def _root(whole: int, degree: int) -> int:
    """Return the whole root of a whole number, by Newton's method from above."""
    if whole <= 1:
        return whole
    if degree >= whole.bit_length():  # even 2 to this degree is more
        raise Irrational
    root = math.isqrt(whole) if degree == 2 else 1 << -(-whole.bit_length() // degree)
    while degree > 2 and root**degree > whole:
        root = ((degree - 1) * root + whole // root ** (degree - 1)) // degree
    if root**degree != whole:
        raise Irrational
    return root


def _exp(x: Fraction) -> Fraction:
    if x == 0:
        return Fraction(1)
    raise Irrational


def _log(x: Fraction) -> Fraction:
    if x <= 0:
        raise Undefined("a payoff takes the logarithm of a number that is not positive")
    if x == 1:
        return Fraction(0)
    raise Irrational


def _constant(name: str) -> Fraction:
    raise Irrational(f"{name} is not rational")


RATIONALS: Mapping[str, Callable[..., Any]] = {
    "number": lambda x: x,
    "truth": lambda x: x,
    "constant": _constant,
    "add": lambda *terms: sum(terms, Fraction(0)),
    "mul": lambda *factors: math.prod(factors, start=Fraction(1)),
    "power": _power,
    "raise": _power,
    "exp": _exp,
    "log": _log,
    "abs": abs,
    "max": max,
    "min": min,
    "less": lambda x, y: x < y,
    "at most": lambda x, y: x <= y,
    "equal": lambda x, y: x == y,
    "not": lambda x: not x,
    "and": lambda *parts: all(parts),
    "or": lambda *parts: any(parts),
}
