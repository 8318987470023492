"""Ties as sparse matrices, made once for each `Ties` and kept with it.

`matrix` lists for every member whom they value, `incoming` who values them. `parts`
add up to `matrix` exactly; the entries of each are multiples of one power of two,
few enough of it that every sum of a member's entries is exact in floats.
"""

from __future__ import annotations

import weakref
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import TINY, UNIT, Exactly, Floats, Mask, chunks
from missiongame.model import Ties

PARTS = 3
_kept: weakref.WeakKeyDictionary[Ties, SparseTies] = weakref.WeakKeyDictionary()


def sparse_ties(ties: Ties) -> SparseTies:
    """Return the ties as sparse matrices, the same ones each time."""
    found = _kept.get(ties)
    if found is None:
        found = _kept[ties] = SparseTies(ties)
    return found


class SparseTies:
    """Ties as sparse matrices, in floats; the exact worths stay with `Ties`."""

    def __init__(self, ties: Ties) -> None:
        import scipy.sparse

        self.n = ties.n
        small = max(self.n, len(ties.partners)) < 2**31
        index = np.int32 if small else np.int64  # half the memory to go through
        self.starts: Any = ties.starts.astype(index)
        self.partners: Any = ties.partners.astype(index)
        self.worth: Floats = Exactly(ties.worth).floats
        parts = (self.worth, self.partners, self.starts)
        self.matrix: Any = scipy.sparse.csr_array(parts, shape=(self.n, self.n))
        self.degree: npt.NDArray[np.int64] = np.diff(self.starts)
        self._exact = ties.worth.dtype != object
        self.weights: Any = None  # see missiongame.members.potential_by_min_cut

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
        if self.exact:
            return np.zeros(self.n)
        # Fractions among the subnormals lose more than relative precision.
        return self.around * ((self.degree + 4) * (4 * UNIT)) + TINY

    @cached_property
    def exact(self) -> bool:
        """Whether every sum of a member's ties is exact in floats."""
        return self._on_grid(self.step)

    @cached_property
    def step(self) -> float:
        """A power of two of which every member's ties hold at most 2^52."""
        return self._step(self.around)

    @cached_property
    def parts(self) -> tuple[Any, ...]:
        """Up to `PARTS` matrices whose sums are exact, or none where these do not do."""
        if self.exact:
            return (self.matrix,)
        if not self._exact:
            return ()
        parts, rest = [], self.worth
        for _ in range(PARTS):
            matrix = self.matrix.copy()
            matrix.data = np.abs(rest)
            step = self._step(matrix @ np.ones(self.n))
            if not step:
                return ()
            matrix.data = np.rint(rest / step) * step
            parts.append(matrix)
            rest = rest - matrix.data
            if not rest.any():
                return tuple(parts)
        return ()

    def kinds(self, stay: Mask) -> list[Floats]:
        """Return columns such that members with equal rows have equal ties to either side.

        They are sums of ties to stayers and in all; or all different, where these
        are not exact in floats.
        """
        if not self.parts:
            return [np.arange(self.n, dtype=np.float64)]
        there = stay.astype(np.float64)
        return [*self._all, *(part @ there for part in self.parts)]

    @cached_property
    def _all(self) -> list[Floats]:
        return [part @ np.ones(self.n) for part in self.parts]

    @staticmethod
    def _step(sizes: Floats) -> float:
        """Return a power of two of which sums of these sizes hold at most 2^52; 0 for none."""
        largest = float(sizes.max(initial=0.0))
        return 2.0 ** (np.frexp(largest)[1] - 52) if 0 < largest < 2.0**500 else 0.0

    def _on_grid(self, step: float) -> bool:
        if not self._exact or not step:
            return False
        for rows in chunks(len(self.worth)):
            steps = self.worth[rows] / step
            if not (steps == np.rint(steps)).all():
                return False
        return True
