"""One step of a payoff program in rationals."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from missiongame.errors import Irrational, Undefined
from missiongame.payoffs.straight_line import Step

_LONG = 1_000_000  # bits


def rational(step: Step, takes: list[Any]) -> Any:
    """Return the step's value from Fractions (and truth values); `Irrational` if it is not one."""
    if step.name == "constant":
        raise Irrational
    if step.name == "power":
        return _power(takes[0], step.value)
    return _OPERATIONS[step.name](takes)


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


_OPERATIONS: dict[str, Callable[[list[Any]], Any]] = {
    "add": lambda takes: sum(takes, Fraction(0)),
    "mul": lambda takes: math.prod(takes, start=Fraction(1)),
    "raise": lambda takes: _power(*takes),
    "exp": lambda takes: _exp(takes[0]),
    "log": lambda takes: _log(takes[0]),
    "abs": lambda takes: abs(takes[0]),
    "max": max,
    "min": min,
    "less": lambda takes: takes[0] < takes[1],
    "at most": lambda takes: takes[0] <= takes[1],
    "equal": lambda takes: takes[0] == takes[1],
    "not": lambda takes: not takes[0],
    "and": all,
    "or": any,
}
