"""Numbers to one operation's value in mpmath's intervals, which enclose the true value."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from missiongame.errors import Irrational, TooWide, Undefined

_HUGE = 100_000  # the exponent of a number too large, or too small, to be worth writing out


@lru_cache(maxsize=8)
def enclosures(precision: int) -> Enclosures:
    """Return the interval arithmetic of `precision` bits."""
    return Enclosures(precision)


class Enclosures:
    """Interval arithmetic of a given precision; `operate` raises `TooWide` where it cannot say."""

    def __init__(self, precision: int) -> None:
        from mpmath.ctx_iv import MPIntervalContext

        self.iv = MPIntervalContext()
        self.iv.prec = precision
        self._operations: dict[str, Callable[..., Any]] = {
            "constant": lambda name: +self.iv.pi if name == "pi" else self.iv.exp(1),
            "add": lambda *terms: sum(terms, self.iv.mpf(0)),
            "mul": lambda *factors: math.prod(factors, start=self.iv.mpf(1)),
            "raise": self._real_power,
            "exp": self.iv.exp,
            "log": self._log,
            "abs": abs,
            "max": lambda *parts: self._extreme(parts, max),
            "min": lambda *parts: self._extreme(parts, min),
            "less": lambda x, y: _decided(x < y),
            "at most": lambda x, y: _decided(x <= y),
            "equal": lambda x, y: False if x < y or x > y else _decided(None),
        }

    def operate(self, name: str, operands: list[Any]) -> Any:
        """Return the operation's enclosure, or a condition's truth; Fractions are enclosed."""
        if name == "power":
            return self._power(self._enclose(operands[0]), operands[1])
        return self._operations[name](*map(self._enclose, operands))

    def _enclose(self, operand: Any) -> Any:
        if isinstance(operand, Fraction):
            return self.iv.mpf(operand.numerator) / self.iv.mpf(operand.denominator)
        return operand

    def _power(self, base: Any, exponent: Fraction) -> Any:
        if exponent.denominator == 1:
            if exponent < 0 and 0 in base:
                raise TooWide
            return base ** int(exponent)
        if exponent == Fraction(1, 2) and base.a >= 0:
            return self.iv.sqrt(base)
        return self._real_power(base, self._enclose(exponent))

    def _real_power(self, base: Any, exponent: Any) -> Any:
        return self.iv.exp(exponent * self._log(base))

    def _log(self, x: Any) -> Any:
        if x.b <= 0:
            raise Undefined("a payoff takes the logarithm of a number that is not positive")
        if not x.a > 0:
            raise TooWide
        return self.iv.log(x)

    def _extreme(self, parts: tuple[Any, ...], pick: Callable[..., Any]) -> Any:
        return self.iv.mpf([pick(p.a for p in parts), pick(p.b for p in parts)])


def ends(interval: Any) -> tuple[Fraction, Fraction]:
    """Return an interval's ends as the dyadic rationals they are; `Irrational` if unbounded."""
    found = []
    for negative, mantissa, exponent, _ in interval._mpi_:
        if (not mantissa and exponent) or abs(exponent) > _HUGE:  # infinite, or as good as
            raise Irrational
        whole = -int(mantissa) if negative else int(mantissa)
        found.append(whole * Fraction(2) ** exponent)
    return found[0], found[1]


def _decided(found: bool | None) -> bool:
    """Return what an interval comparison says; mpmath's None, that it says nothing, is TooWide.

    Equal intervals do not make equal numbers, so that is never decided.
    """
    if found is None:
        raise TooWide
    return found
