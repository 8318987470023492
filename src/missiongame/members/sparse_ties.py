"""From ties to sparse matrices of them, made once for each `Ties` and kept with it.

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
        self.n = ties.n
        small = max(self.n, len(ties.partners)) < 2**31
        index = np.int32 if small else np.int64  # half the memory to go through
        self.starts: Any = ties.starts.astype(index)
        self.partners: Any = ties.partners.astype(index)
        self.worth: Floats = Exactly(ties.worth).floats
        self.matrix: Any = self._with(self.worth)
        self.degree: npt.NDArray[np.int64] = np.diff(self.starts)
        self._everyone = np.ones(self.n)
        self._in_floats = ties.worth.dtype != object
        self.weights: Any = None  # see missiongame.members.potential_by_min_cut

    def _with(self, worth: Floats) -> Any:
        """Return a matrix of the same ties with other worths."""
        import scipy.sparse

        parts = (worth, self.partners, self.starts)
        return scipy.sparse.csr_array(parts, shape=(self.n, self.n))

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
        return np.asarray(self._with(np.abs(self.worth)) @ self._everyone)

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
        step = _step(self.around)
        if not (self._in_floats and step):
            return False
        steps = (self.worth[rows] / step for rows in chunks(len(self.worth)))
        return all(bool((k == np.rint(k)).all()) for k in steps)

    @cached_property
    def parts(self) -> tuple[Any, ...]:
        """Up to `PARTS` matrices whose sums are exact, or none where these do not do."""
        parts: list[Any] = []
        rest = self.worth
        while rest.any():
            step = _step(self._with(np.abs(rest)) @ self._everyone)
            if not (self._in_floats and step) or len(parts) == PARTS:
                return ()
            parts.append(self._with(np.rint(rest / step) * step))
            rest = rest - parts[-1].data
        return tuple(parts)

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
        return [part @ self._everyone for part in self.parts]


def _step(sizes: Floats) -> float:
    """Return a power of two of which sums of these sizes hold at most 2^52; 0 for none."""
    largest = float(sizes.max(initial=0.0))
    return 2.0 ** (np.frexp(largest)[1] - 52) if 0 < largest < 2.0**500 else 0.0
