"""Payoffs in NumPy intervals: a fast, certified filter before exact arithmetic.

Every quantity is a pair of float64 arrays that enclose it, low ≤ value ≤ high.
A sum, product or quotient of floats is within half a unit in the last place of
the true one, so one step outward encloses it; NumPy's exp and log are within
four units (its own test suite's bound), and are taken eight outward. Where
nothing is known the interval is the whole line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.exact import Column
from missiongame.payoffs.straight_line import Program, Step

Floats: TypeAlias = npt.NDArray[np.float64]
_TINY = 5e-324


class Interval(NamedTuple):
    """Arrays of lower and upper ends."""

    low: Any
    high: Any


class Condition(NamedTuple):
    """Arrays saying whether a condition surely holds, and whether it may."""

    surely: Any
    maybe: Any


def enclose(values: Column) -> Interval:
    """Return the float intervals that hold a column's values.

    Examples
    --------
    >>> from fractions import Fraction
    >>> low, high = enclose(np.array([Fraction(1, 3)], dtype=object))
    >>> bool(Fraction(low[0]) < Fraction(1, 3) < Fraction(high[0]))
    True
    """
    if values.dtype != object:
        return Interval(values, values)
    floats = np.array([_float(v) for v in values], dtype=np.float64)
    return _outward(floats, floats)


def run(steps: Program, inputs: Mapping[str, Interval]) -> Interval:
    """Return intervals that hold the program's values at intervals of inputs.

    Examples
    --------
    >>> import sympy
    >>> from missiongame.payoffs.straight_line import program
    >>> x = sympy.Symbol("x")
    >>> point = np.array([1.0, 4.0])
    >>> low, high = run(program(sympy.sqrt(x) - 2), {"x": Interval(point, point)})
    >>> bool(high[0] < 0), bool(low[1] <= 0 <= high[1])
    (True, True)
    """
    done: list[Any] = []
    with np.errstate(all="ignore"):
        for step in steps.steps:
            done.append(_step(step, [done[k] for k in step.takes], inputs))
    result: Interval = done[-1]
    return result


def _step(step: Step, takes: list[Any], inputs: Mapping[str, Interval]) -> Any:
    if step.name == "symbol":
        return inputs[step.value]
    if step.name == "number":
        return _number(step.value)
    if step.name == "truth":
        return Condition(np.bool_(step.value), np.bool_(step.value))
    if step.name == "constant":
        nearest = np.float64(np.pi if step.value == "pi" else np.e)
        return _outward(nearest, nearest)
    if step.name == "power":
        return _power(takes[0], step.value)
    return _OPERATIONS[step.name](takes)


def _point(value: Any) -> Interval:
    return Interval(value, value)


def _number(exact: Fraction) -> Interval:
    nearest = np.float64(_float(exact))
    if np.isfinite(nearest) and Fraction(float(nearest)) == exact:
        return _point(nearest)
    return _outward(nearest, nearest)


def _float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return np.inf if value > 0 else -np.inf


def _outward(low: Any, high: Any, steps: int = 1) -> Interval:
    """Step outward, and replace what is not a number by the end of the line."""
    if steps == 1:
        low, high = np.nextafter(low, -np.inf), np.nextafter(high, np.inf)
    else:
        slack = steps * 2.0**-52
        low, high = low - (np.abs(low) * slack + _TINY), high + (np.abs(high) * slack + _TINY)
    return Interval(np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high))


def _add(a: Interval, b: Interval) -> Interval:
    return _outward(a.low + b.low, a.high + b.high)


def _mul(a: Interval, b: Interval) -> Interval:
    ends = [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high]
    # A minimum keeps NaN (0 times infinity), which then becomes the end of the line.
    return _outward(reduce(np.minimum, ends), reduce(np.maximum, ends))


def _reciprocal(a: Interval) -> Interval:
    outside = (a.low > 0) | (a.high < 0)
    low = np.where(outside, 1.0 / a.high, -np.inf)
    high = np.where(outside, 1.0 / a.low, np.inf)
    return _outward(low, high)


def _whole_power(a: Interval, exponent: int) -> Interval:
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


def _power(a: Interval, exponent: Any) -> Interval:
    if exponent.denominator == 1:
        return _whole_power(a, exponent.numerator)
    if exponent.denominator == 2 and abs(exponent.numerator) == 1:
        low = np.where(a.low >= 0, np.sqrt(np.maximum(a.low, 0)), -np.inf)
        root = _outward(low, np.sqrt(a.high))
        root = Interval(np.maximum(root.low, np.where(a.low >= 0, 0.0, -np.inf)), root.high)
        return root if exponent > 0 else _reciprocal(root)
    return _raise(a, _number(exponent))


def _raise(base: Interval, exponent: Interval) -> Interval:
    return _exp(_mul(exponent, _log(base)))


def _exp(a: Interval) -> Interval:
    wide = _outward(np.exp(a.low), np.exp(a.high), steps=8)
    return Interval(np.maximum(wide.low, 0.0), wide.high)


def _log(a: Interval) -> Interval:
    low = np.where(a.low > 0, np.log(np.maximum(a.low, _TINY)), -np.inf)
    high = np.where(a.high > 0, np.log(np.maximum(a.high, _TINY)), np.inf)
    return _outward(low, high, steps=8)


def _abs(a: Interval) -> Interval:
    across = (a.low <= 0) & (a.high >= 0)
    sizes = np.abs(a.low), np.abs(a.high)
    return Interval(np.where(across, 0.0, np.minimum(*sizes)), np.maximum(*sizes))


def _select(takes: list[Any]) -> Interval:
    low: Any = np.inf
    high: Any = -np.inf
    open_: Any = np.bool_(True)  # may an earlier case not have held?
    for condition, chosen in zip(takes[::2], takes[1::2], strict=True):
        may = open_ & condition.maybe
        low = np.where(may, np.minimum(low, chosen.low), low)
        high = np.where(may, np.maximum(high, chosen.high), high)
        open_ = open_ & ~condition.surely
    return Interval(np.where(open_, -np.inf, low), np.where(open_, np.inf, high))


def _both(takes: list[Condition]) -> Condition:
    return Condition(
        reduce(np.logical_and, [t.surely for t in takes]),
        reduce(np.logical_and, [t.maybe for t in takes]),
    )


def _either(takes: list[Condition]) -> Condition:
    return Condition(
        reduce(np.logical_or, [t.surely for t in takes]),
        reduce(np.logical_or, [t.maybe for t in takes]),
    )


def _equal(a: Interval, b: Interval) -> Condition:
    point = (a.low == a.high) & (b.low == b.high) & (a.low == b.low)
    return Condition(point, (a.low <= b.high) & (b.low <= a.high))


_OPERATIONS: dict[str, Callable[[list[Any]], Any]] = {
    "add": lambda takes: reduce(_add, takes),
    "mul": lambda takes: reduce(_mul, takes),
    "raise": lambda takes: _raise(*takes),
    "exp": lambda takes: _exp(takes[0]),
    "log": lambda takes: _log(takes[0]),
    "abs": lambda takes: _abs(takes[0]),
    "max": lambda takes: Interval(
        reduce(np.maximum, [t.low for t in takes]), reduce(np.maximum, [t.high for t in takes])
    ),
    "min": lambda takes: Interval(
        reduce(np.minimum, [t.low for t in takes]), reduce(np.minimum, [t.high for t in takes])
    ),
    "less": lambda takes: Condition(takes[0].high < takes[1].low, takes[0].low < takes[1].high),
    "at most": lambda takes: Condition(
        takes[0].high <= takes[1].low, takes[0].low <= takes[1].high
    ),
    "equal": lambda takes: _equal(*takes),
    "select": _select,
    "not": lambda takes: Condition(~takes[0].maybe, ~takes[0].surely),
    "and": _both,
    "or": _either,
}
