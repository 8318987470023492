"""Subsets as bit masks: sums over them by table, and whole numbers cut to fit int64."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.exact import Whole

BITS = 11
"""Members looked up at once."""

Masks: TypeAlias = npt.NDArray[np.int64]


def subset_sums(row: Whole) -> Whole:
    """Return the sum over every subset of a row of numbers, by mask."""
    sums = np.zeros(1, dtype=row.dtype)
    for value in row:
        sums = np.concatenate((sums, sums + value))
    return sums


class Lookup:
    """Sums over subsets of a row of numbers, by tables of `BITS` members each."""

    def __init__(self, row: Whole) -> None:
        self.tables = [subset_sums(row[k : k + BITS]) for k in range(0, len(row), BITS)]

    def __call__(self, mask: Masks) -> Whole:
        """Return the sum over each subset."""
        total: Whole = self.tables[0][mask & (2**BITS - 1)]
        for k, table in enumerate(self.tables[1:], 1):
            total = total + table[(mask >> (k * BITS)) & (2**BITS - 1)]
        return total


def down(values: Whole, shift: int) -> Masks:
    """Return whole numbers over 2**shift, rounded down."""
    return np.array([int(v) >> shift for v in values], dtype=np.int64)


def up(values: Whole, shift: int) -> Masks:
    """Return whole numbers over 2**shift, rounded up."""
    return -down(-values, shift)
