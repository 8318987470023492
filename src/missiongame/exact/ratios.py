"""From exact columns to their sums, products and quotients, row by row: many rationals at once.

A column is over / under in whole numbers of any size, not reduced: NumPy's arithmetic on
Python ints is some fifty times faster than as many `Fraction`s.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.exact.numbers import Column
from missiongame.exact.whole_numbers import Whole, as_objects, whole


class Ratios:
    """Rational numbers, one a row.

    Parameters
    ----------
    over : (m,) object
        Python ints.
    under : int, or (m,) object
        Positive; one for all rows, or one a row.

    Examples
    --------
    >>> pay, each = Ratios.of(np.array([0.5, 3.0])), Ratios.of(np.array([Fraction(1, 3)] * 2))
    >>> rest = pay - each * Fraction(9)
    >>> rest[0], rest.signs(), rest.largest()
    (Fraction(-5, 2), array([-1,  0]), Fraction(0, 1))
    """

    def __init__(self, over: Whole, under: int | Whole) -> None:
        self.over, self.under = over, under

    @classmethod
    def of(cls, values: Column | Sequence[Fraction]) -> Ratios:
        """Return a column's values."""
        values = values if isinstance(values, np.ndarray) else as_objects(values)
        if values.dtype != object:
            return cls(*whole(values))
        exact = [Fraction(v) for v in values]
        # A common denominator of many would be too long.
        over, under = as_objects(f.numerator for f in exact), {f.denominator for f in exact}
        if len(under) == 1:
            return cls(over, under.pop())
        return cls(over, as_objects(f.denominator for f in exact))

    def __len__(self) -> int:
        return len(self.over)

    def __getitem__(self, k: int) -> Fraction:
        under = self.under if isinstance(self.under, int) else self.under[k]
        return Fraction(self.over[k], under)

    def __add__(self, other: Ratios | Fraction | int) -> Ratios:
        over, under = _parts(other)
        if isinstance(self.under, int) and isinstance(under, int):
            common = gcd(self.under, under)
            sums = self.over * (under // common) + over * (self.under // common)
            return Ratios(sums, self.under // common * under)
        return Ratios(self.over * under + over * self.under, self.under * under)

    def __neg__(self) -> Ratios:
        return Ratios(-self.over, self.under)

    def __sub__(self, other: Ratios | Fraction) -> Ratios:
        return self + -other

    def __mul__(self, other: Ratios | Fraction) -> Ratios:
        over, under = _parts(other)
        return Ratios(self.over * over, self.under * under)

    def __truediv__(self, other: Ratios | Fraction) -> Ratios:
        """Divide by positive numbers."""
        over, under = _parts(other)
        return Ratios(self.over * under, self.under * over)

    def signs(self) -> npt.NDArray[np.int64]:
        """Return 1, 0 or −1 of every row."""
        positive, negative = self.over > 0, self.over < 0
        return np.asarray(positive, dtype=np.int64) - np.asarray(negative, dtype=np.int64)

    def floors(self, times: int) -> Whole:
        """Return the largest whole number that is at most `times` a row's."""
        floors: Whole = self.over * times // self.under
        return floors

    def ceilings(self, times: int) -> Whole:
        """Return the least whole number that is at least `times` a row's."""
        return -(-self).floors(times)

    def largest(self) -> Fraction:
        """Return the largest number of all rows."""
        if isinstance(self.under, int):
            return Fraction(max(self.over.tolist()), self.under)
        most, per = self.over[0], self.under[0]
        for over, under in zip(self.over.tolist(), self.under.tolist(), strict=True):
            if over * per > most * under:
                most, per = over, under
        return Fraction(most, per)

    def smallest(self) -> Fraction:
        """Return the smallest number of all rows."""
        return -(-self).largest()


def _parts(number: Ratios | Fraction | int) -> tuple[Any, Any]:
    if isinstance(number, Ratios):
        return number.over, number.under
    return number.numerator, number.denominator
