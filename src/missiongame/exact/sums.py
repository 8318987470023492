"""From float64 columns to their sums: exact, or fast with a certified bound.

`exact_total` splits every number into a few pieces, each a multiple of one power
of two and small enough that adding up all pieces of a round is exact in float64,
whatever the order (error-free extraction; Rump, Ogita and Oishi 2008, "Accurate
floating-point summation"). `bracket` adds pairwise, chunk by chunk.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from missiongame.exact.float_columns import UNIT
from missiongame.exact.numbers import Column

CHUNK = 1 << 15  # members at a time: a few columns of this length stay in the cache


def chunks(n: int, size: int = CHUNK) -> Iterator[slice]:
    """Cut 0, …, n − 1 into consecutive slices."""
    for start in range(0, n, size):
        yield slice(start, min(start + size, n))


def exact_total(values: Column, chosen: Any = None) -> Fraction:
    """Return the exact sum of a column, or of its members in the mask `chosen`.

    Examples
    --------
    >>> exact_total(np.array([1e16, 1.0, -1e16]))
    Fraction(1, 1)
    """
    if values.dtype == object:
        return sum(
            (Fraction(v) for v in (values if chosen is None else values[chosen])), Fraction()
        )
    total = Fraction(0)
    for rows in chunks(len(values)):
        part = values[rows] if chosen is None else values[rows][chosen[rows]]
        total += _exact_chunk(part)
    return total


def _exact_chunk(values: Column) -> Fraction:
    largest = np.abs(values).max(initial=0.0)
    if largest == 0:
        return Fraction(0)
    if largest > 2.0**900:  # extraction would overflow
        return sum((Fraction(v) for v in values.tolist()), Fraction())
    bits = max(1, (len(values) - 1).bit_length())
    total = Fraction(0)
    exponent = math.frexp(largest)[1] + bits + 1
    while exponent > -1000:
        shift = math.ldexp(1.0, exponent)  # |values| · 2^bits < shift/2
        pieces = (values + shift) - shift
        total += Fraction(float(pieces.sum()))
        values = values - pieces
        largest = np.abs(values).max()
        if largest == 0:
            return total
        exponent = math.frexp(largest)[1] + bits + 1
    return total + sum((Fraction(v) for v in values.tolist()), Fraction())


def bracket(parts: Iterable[tuple[float, int]]) -> tuple[float, float]:
    """Return floats below and above the sum of nonnegative `(pairwise sum, length)` parts.

    Each summand may itself be off by four roundings.
    """
    sums, longest = [], 1
    for part, length in parts:
        sums.append(part)
        longest = max(longest, length)
    total = math.fsum(sums)
    # NumPy adds blocks of up to 128 one by one in eight lanes, then pairwise.
    relative = (128 + longest.bit_length() + 8) * UNIT
    return total * (1 - relative), total * (1 + relative)
