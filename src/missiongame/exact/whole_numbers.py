"""From exact numbers to whole numbers of one unit, fast over arrays.

A column of floats is k_i / d with a power of two d; a column of Fractions is
k_i / d with the least common denominator d. The k_i are int64 where they fit with
room for sums, else Python ints in an object array, on which NumPy's arithmetic and
comparisons are exact at any size.
"""

from __future__ import annotations

from math import inf, lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.exact.numbers import Column, fractions_of

Whole: TypeAlias = npt.NDArray[Any]
"""An array of whole numbers: int64, or object holding Python ints."""

ROOM = 2**62
"""Sums of absolute values below this are safe in int64."""


def whole(values: Column) -> tuple[Whole, int]:
    """Return (k, d), k object of Python ints, with values equal to k / d exactly.

    Examples
    --------
    >>> whole(np.array([0.5, 2.0, 0.0]))
    (array([1, 4, 0], dtype=object), 2)
    """
    if values.dtype == object:
        exact = fractions_of(values)
        under = lcm(*{f.denominator for f in exact}) if exact else 1
        return as_objects(f.numerator * (under // f.denominator) for f in exact), under
    mantissa, exponent = np.frexp(values)
    odd = np.ldexp(mantissa, 53).astype(np.int64)
    if not odd.any():
        return as_objects([0] * len(values)), 1
    zeros = _trailing_zeros(odd)
    power = np.where(odd == 0, 0, exponent - 53 + zeros)
    odd = np.where(odd == 0, 0, odd >> zeros)
    least = min(0, int(power.min()))
    return odd.astype(object) << (power - least).astype(object), 1 << -least


def _trailing_zeros(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return how many binary zeros each nonzero whole number ends in."""
    lowest = (values & -values).astype(np.float64)
    lowest[lowest == 0] = 1
    return np.frexp(np.abs(lowest))[1].astype(np.int64) - 1


def as_objects(values: Any) -> Whole:
    """Return Python ints as an object array, never converted."""
    listed = list(values)
    array = np.empty(len(listed), dtype=object)
    array[:] = listed
    return array


def compact(bound: int, *arrays: Whole) -> list[Whole]:
    """Return the arrays as int64 if sums up to `bound` in absolute value fit there.

    Examples
    --------
    >>> [a.dtype.kind for a in compact(10**6, as_objects([1, 2]))]
    ['i']
    >>> [a.dtype.kind for a in compact(2**70, as_objects([1, 2]))]
    ['O']
    """
    kind = np.int64 if bound < ROOM else object
    return [a.astype(kind) for a in arrays]


def quotient(over: int, under: int) -> float:
    """Return over / under rounded once; infinite where that is beyond every float.

    Examples
    --------
    >>> quotient(1, 4), quotient(10**400, 3), quotient(-(10**400), 3)
    (0.25, inf, -inf)
    """
    try:
        return over / under
    except OverflowError:
        return inf if (over > 0) == (under > 0) else -inf


def floats(values: Whole, over: int, under: int) -> npt.NDArray[np.float64]:
    """Return values · over / under in floats, each rounded once."""
    if values.dtype != object and over == under == 1:
        return values.astype(np.float64)
    return np.array([int(v) * over / under for v in values.tolist()], dtype=np.float64)
