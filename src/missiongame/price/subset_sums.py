"""Subsets as bit masks: sums over them by table, and whole numbers cut to fit int64."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

BITS = 10
"""Members looked up at once."""

Masks = npt.NDArray[np.int64]


class Lookup:
    """Sums over subsets of a row of numbers, by tables of `BITS` members each."""

    def __init__(self, row: npt.NDArray[Any]) -> None:
        self.tables = []
        for first in range(0, len(row), BITS):
            sums = np.zeros(1, dtype=row.dtype)
            for value in row[first : first + BITS]:
                sums = np.concatenate((sums, sums + value))
            self.tables.append(sums)

    def __call__(self, mask: Masks) -> npt.NDArray[Any]:
        """Return the sum over each subset."""
        total = self.tables[0][mask & (2**BITS - 1)]
        for k, table in enumerate(self.tables[1:], 1):
            total = total + table[(mask >> (k * BITS)) & (2**BITS - 1)]
        return total


def down(values: npt.NDArray[Any], shift: int) -> npt.NDArray[np.int64]:
    """Return whole numbers over 2**shift, rounded down."""
    return np.array([int(v) >> shift for v in values], dtype=np.int64)


def up(values: npt.NDArray[Any], shift: int) -> npt.NDArray[np.int64]:
    """Return whole numbers over 2**shift, rounded up."""
    return np.array([-(-int(v) >> shift) for v in values], dtype=np.int64)
