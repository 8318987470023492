"""Float intervals to an operation's float interval: a fast, certified filter before exactness.

Every quantity is a pair of float64 arrays that enclose it, low ≤ value ≤ high.
A sum, product or quotient of floats is within half a unit in the last place of
the true one, so one step outward encloses it; NumPy's exp and log are within
four units (its own test suite's bound), and are taken eight outward. Where
nothing is known the interval is the whole line. `FLOAT_INTERVALS` holds, by an
operation's name, what it makes of its operands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial, reduce
from typing import Any, NamedTuple

import numpy as np

from missiongame.exact import Column

_TINY = 5e-324


class FloatInterval(NamedTuple):
    """Arrays of lower and upper ends."""

    low: Any
    high: Any


class Condition(NamedTuple):
    """Arrays saying whether a condition surely holds, and whether it may."""

    surely: Any
    maybe: Any


def enclose(values: Column) -> FloatInterval:
    """Return the float intervals that hold a column's values.

    Examples
    --------
    >>> from fractions import Fraction
    >>> low, high = enclose(np.array([Fraction(1, 3)], dtype=object))
    >>> bool(Fraction(low[0]) < Fraction(1, 3) < Fraction(high[0]))
    True
    """
    if values.dtype != object:
        return FloatInterval(values, values)
    floats = np.array([_float(v) for v in values], dtype=np.float64)
    return _outward(floats, floats)


def _point(value: Any) -> FloatInterval:
    return FloatInterval(value, value)


def _number(exact: Fraction) -> FloatInterval:
    nearest = np.float64(_float(exact))
    if np.isfinite(nearest) and Fraction(float(nearest)) == exact:
        return _point(nearest)
    return _outward(nearest, nearest)


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def _outward(low: Any, high: Any, steps: int = 1) -> FloatInterval:
    """Step outward, and replace what is not a number by the end of the line."""
    if steps == 1:
        low, high = np.nextafter(low, -np.inf), np.nextafter(high, np.inf)
    else:
        slack = steps * 2.0**-52
        low, high = low - (np.abs(low) * slack + _TINY), high + (np.abs(high) * slack + _TINY)
    low, high = np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)
    return FloatInterval(low, high)


def _add(a: FloatInterval, b: FloatInterval) -> FloatInterval:
    return _outward(a.low + b.low, a.high + b.high)


def _mul(a: FloatInterval, b: FloatInterval) -> FloatInterval:
    ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    # A minimum keeps NaN (0 times infinity), which then becomes the end of the line.
    return _outward(reduce(np.minimum, ends), reduce(np.maximum, ends))


def _reciprocal(a: FloatInterval) -> FloatInterval:
    outside = (a.low > 0) | (a.high < 0)
    low = np.where(outside, 1.0 / a.high, -np.inf)
    high = np.where(outside, 1.0 / a.low, np.inf)
    return _outward(low, high)


def _whole_power(a: FloatInterval, exponent: int) -> FloatInterval:
    """Multiply out; on [0, ∞), or where the exponent is odd, each end by itself would do."""
    if exponent < 0:
        return _reciprocal(_whole_power(a, -exponent))
    if exponent == 0:
        return _point(np.ones_like(a.low))
    base = _abs(a) if exponent % 2 == 0 else a
    half = exponent // 2
    if half == 0:
        return base
    square = _abs(base)
    rest = _whole_power(_mul(square, square), half)
    return _mul(rest, base) if exponent % 2 else rest


def _power(a: FloatInterval, exponent: Any) -> FloatInterval:
    if exponent.denominator == 1:
        return _whole_power(a, exponent.numerator)
    if exponent.denominator == 2 and abs(exponent.numerator) == 1:
        low = np.where(a.low >= 0, np.sqrt(np.maximum(a.low, 0)), -np.inf)
        root = _outward(low, np.sqrt(a.high))
        root = FloatInterval(np.maximum(root.low, np.where(a.low >= 0, 0.0, -np.inf)), root.high)
        return root if exponent > 0 else _reciprocal(root)
    return _raise(a, _number(exponent))


def _raise(base: FloatInterval, exponent: FloatInterval) -> FloatInterval:
    return _exp(_mul(exponent, _log(base)))


def _exp(a: FloatInterval) -> FloatInterval:
    wide = _outward(np.exp(a.low), np.exp(a.high), steps=8)
    return FloatInterval(np.maximum(wide.low, 0.0), wide.high)


def _log(a: FloatInterval) -> FloatInterval:
    low = np.where(a.low > 0, np.log(np.maximum(a.low, _TINY)), -np.inf)
    high = np.where(a.high > 0, np.log(np.maximum(a.high, _TINY)), np.inf)
    return _outward(low, high, steps=8)


def _abs(a: FloatInterval) -> FloatInterval:
    across = (a.low <= 0) & (a.high >= 0)
    sizes = np.abs(a.low), np.abs(a.high)
    return FloatInterval(np.where(across, 0.0, np.minimum(*sizes)), np.maximum(*sizes))


def _select(*parts: Callable[[], Any]) -> FloatInterval:
    low: Any = np.inf
    high: Any = -np.inf
    open_: Any = np.bool_(True)  # may an earlier case not have held?
    done = [part() for part in parts]
    for condition, chosen in zip(done[::2], done[1::2], strict=True):
        may = open_ & condition.maybe
        low = np.where(may, np.minimum(low, chosen.low), low)
        high = np.where(may, np.maximum(high, chosen.high), high)
        open_ = open_ & ~condition.surely
    return FloatInterval(np.where(open_, -np.inf, low), np.where(open_, np.inf, high))


def _each_end(pick: Any, *parts: Any) -> Any:
    """Return the interval, or the condition, whose ends are picked from all parts' ends."""
    return type(parts[0])(*(reduce(pick, ends) for ends in zip(*parts, strict=True)))


def _equal(a: FloatInterval, b: FloatInterval) -> Condition:
    point = (a.low == a.high) & (b.low == b.high) & (a.low == b.low)
    return Condition(point, (a.low <= b.high) & (b.low <= a.high))


def _constant(name: str) -> FloatInterval:
    nearest = np.float64(np.pi if name == "pi" else np.e)
    return _outward(nearest, nearest)


FLOAT_INTERVALS: Mapping[str, Callable[..., Any]] = {
    "number": _number,
    "truth": lambda truth: Condition(np.bool_(truth), np.bool_(truth)),
    "constant": _constant,
    "add": lambda *terms: reduce(_add, terms),
    "mul": lambda *factors: reduce(_mul, factors),
    "power": _power,
    "raise": _raise,
    "exp": _exp,
    "log": _log,
    "abs": _abs,
    "max": partial(_each_end, np.maximum),
    "min": partial(_each_end, np.minimum),
    "less": lambda a, b: Condition(a.high < b.low, a.low < b.high),
    "at most": lambda a, b: Condition(a.high <= b.low, a.low <= b.high),
    "equal": _equal,
    "select": _select,
    "not": lambda a: Condition(~a.maybe, ~a.surely),
    "and": partial(_each_end, np.logical_and),
    "or": partial(_each_end, np.logical_or),
}
