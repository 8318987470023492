"""Floats that stand for exact numbers: how far off they may be, and which are equal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.exact.numbers import Column, nearest
from missiongame.exact.sums import chunks

Mask: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]
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


def group(columns: Sequence[Floats]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Group equal rows of the columns.

    Returns
    -------
    first : (groups,) int64
        The position of each group's first row.
    of : (m,) int32
        Each row's group.

    Examples
    --------
    >>> values = np.array([5.0, 7.0, 5.0])
    >>> first, of = group([values])
    >>> len(first), values[first][of].tolist()
    (2, [5.0, 7.0, 5.0])
    """
    m = len(columns[0])
    columns = [column for column in columns if (column != column[:1]).any()]
    if m and not columns:
        return np.zeros(1, dtype=np.int64), np.zeros(m, dtype=np.int32)
    table: dict[tuple[float, ...], int] = {}
    first: list[int] = []
    of = np.empty(m, dtype=np.int32)
    for rows in chunks(m):
        part = [column[rows] for column in columns]
        heads, inverse = _group_chunk(part)
        named = np.empty(len(heads), dtype=np.int32)
        for k, head in enumerate(heads.tolist()):
            row = tuple(float(column[head]) for column in part)
            if row not in table:
                table[row] = len(first)
                first.append(rows.start + head)
            named[k] = table[row]
        of[rows] = named[inverse]
    return np.array(first, dtype=np.int64), of


def _group_chunk(columns: list[Floats]) -> tuple[Any, Any]:
    """Group a chunk's rows by a hash of their bits; rows that collide stay by themselves."""
    mixed = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        mixed ^= (column + 0.0).view(np.uint64)  # adding zero makes −0.0 the 0.0 that it equals
        mixed *= np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    _, heads, inverse = np.unique(mixed, return_index=True, return_inverse=True)
    same = np.ones(len(mixed), dtype=bool)
    for column in columns:
        same &= column == column[heads][inverse]
    if not same.all():
        alone = np.flatnonzero(~same)
        inverse[alone] = len(heads) + np.arange(len(alone))
        heads = np.concatenate([heads, alone])
    return heads, inverse
