"""Ties as sparse matrices, made once for each `Ties` and kept with it.

`matrix` lists for every member whom they value, `incoming` who values them. If
all worths are multiples of one power of two, `grid`, and no member's worths add
up to more than 2^53 of it, every sum of ties is exact in floats.
"""

from __future__ import annotations

import weakref
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.members.floats import UNIT, Exactly, Floats
from missiongame.members.sums import chunks
from missiongame.ties import Ties

_kept: weakref.WeakKeyDictionary[Ties, Graph] = weakref.WeakKeyDictionary()


def graph(ties: Ties) -> Graph:
    """Return the ties' graph, the same one each time."""
    found = _kept.get(ties)
    if found is None:
        found = _kept[ties] = Graph(ties)
    return found


class Graph:
    """Ties as sparse matrices, in floats; the exact worths stay with `Ties`."""

    def __init__(self, ties: Ties) -> None:
        import scipy.sparse

        self.n = ties.n
        self.starts, self.partners = ties.starts, ties.partners
        self.worth: Floats = Exactly(ties.worth).floats
        parts = (self.worth, self.partners, self.starts)
        self.matrix: Any = scipy.sparse.csr_array(parts, shape=(self.n, self.n))
        self.degree: npt.NDArray[np.int64] = np.diff(self.starts)
        self._exact = ties.worth.dtype != object
        self.weights: Any = None  # see missiongame.members.mincut

    @cached_property
    def incoming(self) -> Any:
        """The matrix by columns: column j holds who values j, and how much."""
        return self.matrix.tocsc()

    @property
    def has_incoming(self) -> bool:
        """Whether `incoming` has been made."""
        return "incoming" in self.__dict__

    @cached_property
    def around(self) -> Floats:
        """Σ_j |g_ij|, as floats each within `rounding` of the exact one; G_i where ties are ≥ 0."""
        if (self.worth >= 0).all():
            return np.asarray(self.matrix @ np.ones(self.n))
        sizes = self.matrix.copy()
        sizes.data = np.abs(sizes.data)
        return np.asarray(sizes @ np.ones(self.n))

    @cached_property
    def rounding(self) -> Floats:
        """How far off the sum of any of a member's ties may be, however it is added up."""
        if self.grid:
            return np.zeros(self.n)
        return self.around * ((self.degree + 4) * (4 * UNIT))

    @cached_property
    def grid(self) -> float:
        """The power of two that all worths are multiples of, 0 where sums are not exact."""
        largest = float(self.around.max(initial=0.0))
        if not self._exact or not 0 < largest < 2.0**500:
            return 0.0
        scale = 2.0 ** (52 - np.frexp(largest)[1])
        for rows in chunks(len(self.worth)):
            scaled = self.worth[rows] * scale
            if not (scaled == np.rint(scaled)).all():
                return 0.0
        return 1 / scale
