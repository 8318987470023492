"""One step of a payoff program in mpmath's intervals, which enclose the true value."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any

from missiongame.errors import Irrational, TooWide, Undefined
from missiongame.payoffs.straight_line import Step

_HUGE = 100_000  # the exponent of a number too large, or too small, to be worth writing out


@lru_cache(maxsize=8)
def wide(precision: int) -> Wide:
    """Return the machine that computes with `precision` bits."""
    return Wide(precision)


class Wide:
    """Interval arithmetic of a given precision; Fractions are enclosed as they come."""

    def __init__(self, precision: int) -> None:
        from mpmath.ctx_iv import MPIntervalContext

        self.iv = MPIntervalContext()
        self.iv.prec = precision
        self._operations: dict[str, Callable[[list[Any]], Any]] = {
            "add": lambda takes: sum(takes, self.iv.mpf(0)),
            "mul": lambda takes: math.prod(takes, start=self.iv.mpf(1)),
            "raise": lambda takes: self._real_power(*takes),
            "exp": lambda takes: self.iv.exp(takes[0]),
            "log": lambda takes: self._log(takes[0]),
            "abs": lambda takes: abs(takes[0]),
            "max": lambda takes: self._extreme(takes, max),
            "min": lambda takes: self._extreme(takes, min),
            "less": lambda takes: _decided(takes[0] < takes[1]),
            "at most": lambda takes: _decided(takes[0] <= takes[1]),
            "equal": lambda takes: _equal(takes[0], takes[1]),
        }

    def step(self, step: Step, takes: list[Any]) -> Any:
        """Return the step's enclosure, or a condition's truth; `TooWide` if too wide to say."""
        takes = [self._enclose(taken) for taken in takes]
        if step.name == "constant":
            return +self.iv.pi if step.value == "pi" else self.iv.exp(1)
        if step.name == "power":
            return self._power(takes[0], step.value)
        return self._operations[step.name](takes)

    def _enclose(self, taken: Any) -> Any:
        if isinstance(taken, Fraction):
            return self.iv.mpf(taken.numerator) / self.iv.mpf(taken.denominator)
        return taken

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

    def _extreme(self, takes: list[Any], pick: Callable[..., Any]) -> Any:
        return self.iv.mpf([pick(t.a for t in takes), pick(t.b for t in takes)])


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
    """Return what an interval comparison says; mpmath's None means that it says nothing."""
    if found is None:
        raise TooWide
    return found


def _equal(left: Any, right: Any) -> bool:
    if left < right or left > right:
        return False
    raise TooWide  # equal intervals do not make equal numbers
