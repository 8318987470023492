"""From exact columns to floats near them: how far off they may be, and which rows are equal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.exact.numbers import Column, nearest

Mask: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]
Positions: TypeAlias = npt.NDArray[np.int64]
Rows: TypeAlias = Any
"""Members: a slice, or an array of positions."""

UNIT = 2.0**-53  # half a unit in the last place, relative
SLACK = 32 * UNIT  # rounding of a few dozen operations, relative to the numbers' sizes
TINY = 2.0**-1000  # more than underflow may add


class Exactly:
    """A column, its nearest floats, and codes that are equal where its exact values are."""

    def __init__(self, values: Column) -> None:
        self.exact = values
        self._codes: dict[Any, int] = {}

    @cached_property
    def floats(self) -> Floats:
        """The nearest floats, infinite where none is near."""
        if self.exact.dtype != object:
            return self.exact
        return np.array([nearest(v) for v in self.exact], dtype=np.float64)

    def codes(self, rows: Rows) -> Floats:
        """Return numbers that are equal iff the members' exact values are."""
        if self.exact.dtype != object:
            return self.exact[rows]
        table = self._codes
        return np.array([table.setdefault(v, len(table)) for v in self.exact[rows]], dtype=float)


def group(columns: Sequence[Floats]) -> tuple[Positions, Positions]:
    """Group equal rows of the columns.

    Returns
    -------
    first : (groups,) int64
        The position of each group's first row.
    of : (m,) int64
        Each row's group.

    Examples
    --------
    >>> values = np.array([5.0, 7.0, 5.0])
    >>> first, of = group([values])
    >>> len(first), values[first][of].tolist()
    (2, [5.0, 7.0, 5.0])
    """
    m = len(columns[0])
    # Adding zero makes −0.0 the 0.0 that it equals.
    columns = [column + 0.0 for column in columns if (column != column[:1]).any()]
    if not columns:
        return np.zeros(min(m, 1), dtype=np.int64), np.zeros(m, dtype=np.int64)
    mixed = np.zeros(m, dtype=np.uint64)
    for column in columns:
        mixed ^= column.view(np.uint64)
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    first, of = _kinds(mixed)
    if any((column != column[first][of]).any() for column in columns):  # a hash of two rows
        return _kinds(np.stack(columns, axis=1), axis=0)
    return first, of


def _kinds(rows: npt.NDArray[Any], axis: int | None = None) -> tuple[Positions, Positions]:
    _, first, of = np.unique(rows, return_index=True, return_inverse=True, axis=axis)
    return first, of.ravel()
