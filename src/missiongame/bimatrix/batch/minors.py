"""From many small games to the signs that decide every equilibrium of each.

Definitions
-----------
Seen by one player: `own` strategies are rows, the other's `other` strategies
columns, C the own payoffs. For a set R of rows and a set L of columns with
|R| = |L| + 1, the *minor* is

    W(R, L) = det [1 | C(R, L)],        W({r}, {}) = 1.

It does not change when a number is added to a column of C.

Let I be rows and J columns, |I| = |J|. The mixture y on J that makes the rows
of I equally good, at v, and what a row i outside I falls short of v, are by
Cramer's rule, up to one common factor,

    y_j            ~  −(−1)^p W(I, J − j),   p the position of j in J,
    v − (Cy)_i     ~  −(−1)^p W(I + i, J),   p the position of i in I + i.

These `own` numbers are the *signature* of (I, J). The pair is a vertex of the
player's best-response polyhedron iff no two of them have opposite signs and
the y_j are not all zero; the vertex is simple iff none of them is zero. The game
is nondegenerate iff all vertices of both players are simple; its equilibria are
then exactly the pairs (I, J) that are vertices for both (von Stengel 2002).

Rounding
--------
Columns are scaled by powers of two to range in [1/2, 1), which changes no sign,
and one row is subtracted from all: |C| ≤ 1, each entry with a relative error of
u = 2⁻⁵³ at most. Then |W| ≤ H_l = (l+1)^((l+1)/2) / 2^l for |L| = l (Hadamard),
and W is computed by expansion along the last column, t = l + 2 terms a step, with
absolute errors E_l:

    E_1 = 3.1u
    E_(l+1) = t (E_l + 2.1u (H_l + E_l)) + 1.1 t (t − 1) u (H_l + E_l).

|W| > E_l proves the sign of W. The signs for l = 1 are comparisons of the given
payoffs, which are exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.exact import Floats

Bits: TypeAlias = npt.NDArray[np.uint8]
Indices: TypeAlias = npt.NDArray[np.intp]
Flags: TypeAlias = npt.NDArray[np.bool_]

_U = 2.0**-53


@dataclass(frozen=True)
class Minors:
    """Where each minor of one player is kept: a row of a table, one column a game.

    Row 0 holds W({r}, {}) = 1. Within a level l, rows go by R in lexicographic
    order and then by L in colexicographic order, so that the sets L with a given
    last column x follow each other, and L − x runs through a prefix of level l − 1.
    """

    own: int
    other: int
    levels: int
    start: tuple[int, ...]
    """First row of each level; the last entry is the number of rows."""
    bound: tuple[float, ...]
    """Proven error bound of each level's minors, after scaling."""

    @property
    def size(self) -> int:
        """Number of minors."""
        return self.start[-1]

    def row(self, rows: tuple[int, ...], columns: tuple[int, ...]) -> int:
        """Return the table row of W(rows, columns), both in increasing order."""
        level = len(columns)
        if level == 0:
            return 0
        colex = sum(math.comb(x, p + 1) for p, x in enumerate(columns))
        return self.start[level] + _rank(rows, self.own) * math.comb(self.other, level) + colex


def _rank(subset: tuple[int, ...], n: int) -> int:
    """Return the lexicographic rank of a subset among those of its size."""
    return _ranks(n, len(subset))[subset]


@lru_cache(maxsize=256)
def _ranks(n: int, size: int) -> dict[tuple[int, ...], int]:
    return {subset: rank for rank, subset in enumerate(combinations(range(n), size))}


@lru_cache(maxsize=64)
def minors(own: int, other: int) -> Minors:
    """Return the layout of the minors of a player with `own` strategies against `other`."""
    levels = min(own - 1, other)
    start = [0, 1]
    for level in range(1, levels + 1):
        start.append(start[-1] + math.comb(own, level + 1) * math.comb(other, level))
    return Minors(own, other, levels, tuple(start), _bounds(levels))


def hadamard(level: int) -> float:
    """Return H_l, the most that a minor of this level can be."""
    return float((level + 1) ** ((level + 1) / 2) / 2.0**level)


def _bounds(levels: int) -> tuple[float, ...]:
    bounds = [0.0, 3.1 * _U]
    for level in range(1, levels):
        t, error = level + 2, bounds[-1]
        most = hadamard(level) + error
        bounds.append(t * (error + 2.1 * _U * most) + 1.1 * t * (t - 1) * _U * most)
    return tuple(bounds[: levels + 1])


def centred(payoffs: Floats) -> tuple[Floats, Floats, Flags]:
    """Scale columns by powers of two and subtract the first row.

    Parameters
    ----------
    payoffs : (own, other, games)

    Returns
    -------
    centred : (own - 1, other, games), of absolute value below 1
    scale : (other, games), powers of two
    beyond : (games,), where differences of payoffs are too large or small for a float
        (outside 2^±900); what is returned for those games means nothing
    """
    span = payoffs.max(axis=0) - payoffs.min(axis=0)
    power = (span.view(np.int64) & 0x7FF0000000000000).view(np.float64)
    legal = ((power >= 2.0**-900) & (power <= 2.0**900)) | (span == 0)
    scale = np.divide(0.5, power, out=np.ones_like(power), where=legal & (span > 0))
    differences = payoffs[1:] - payoffs[0]
    differences *= scale
    return differences, scale, ~legal.all(axis=0)


def evaluate(layout: Minors, centred: npt.NDArray[Any], table: npt.NDArray[Any]) -> None:
    """Fill `table` with every minor of every game.

    Parameters
    ----------
    centred : (own - 1, other, games), payoffs minus those of row 0
    table : (layout.size or more, games), of the same dtype; exact if that dtype is
    """
    table[0] = 1
    if layout.levels == 0:
        return
    blocks = [
        table[layout.start[level] : layout.start[level + 1]].reshape(
            math.comb(layout.own, level + 1), math.comb(layout.other, level), -1
        )
        for level in range(1, layout.levels + 1)
    ]
    for (r, s), block in zip(combinations(range(layout.own), 2), blocks[0], strict=True):
        if r == 0:
            block[...] = centred[s - 1]
        else:
            np.subtract(centred[s - 1], centred[r - 1], out=block)
    for level in range(2, layout.levels + 1):
        _expand(layout, centred, level, blocks[level - 2], blocks[level - 1])


def _expand(
    layout: Minors,
    centred: npt.NDArray[Any],
    level: int,
    lower: npt.NDArray[Any],
    upper: npt.NDArray[Any],
) -> None:
    """Compute one level from the one below: expansion along the last column."""
    ranks = _ranks(layout.own, level)
    work = np.empty((math.comb(layout.other - 1, level - 1), lower.shape[2]), dtype=lower.dtype)
    for subset, block in zip(combinations(range(layout.own), level + 1), upper, strict=True):
        # Row 0 of the centred payoffs is zero: its term is left out.
        terms = [
            (r - 1, ranks[subset[:p] + subset[p + 1 :]], (p + level) % 2 == 1)
            for p, r in enumerate(subset)
            if r > 0
        ]
        # Begin with the last row: its term has a plus sign.
        (first, rank, _), *rest = reversed(terms)
        for x in range(level - 1, layout.other):
            width = math.comb(x, level - 1)
            out = block[math.comb(x, level) :][:width]
            np.multiply(centred[first, x], lower[rank, :width], out=out)
            for r, other_rank, minus in rest:
                product = np.multiply(centred[r, x], lower[other_rank, :width], out=work[:width])
                (np.subtract if minus else np.add)(out, product, out=out)


def exact_games(layout: Minors, payoffs: Floats, scale: Floats) -> Flags:
    """Return which games are computed without any rounding: small integers times 2^e.

    With scaled payoffs that are multiples of 2^−b, minors of level l are multiples of
    2^−bl and partial sums are at most t H; all fit a float if bl + log₂(t H) ≤ 53.

    Parameters
    ----------
    payoffs : (own, other, games)
    scale : (other, games), from `centred`
    """
    deepest = max(layout.levels, 1)
    bits = int((53 - math.log2((deepest + 1) * hadamard(deepest - 1))) / deepest)
    whole = np.rint(payoffs * scale * 2.0**bits)
    # The way back catches what the scaling lost to underflow.
    same: Flags = (whole * (2.0**-bits / scale) == payoffs).all(axis=(0, 1))
    return same
