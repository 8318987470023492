"""From a best-response cone to its extreme rays, by the double description method.

The *best-response cone* of a player with strategies i = 1..m, whose opponent has
strategies j = 1..n with payoffs M_ij (the opponent's, at i against j), is

    C = {(v, x) : x >= 0,  v >= sum_i M_ij x_i for every j}.

Its extreme rays with x != 0, scaled to sum x = 1, are the vertices of the
player's best-response polyhedron; the constraints that are tight at a vertex are
its *labels*: i where x_i = 0, and j where j is a best response to x. Labels are
bits 0..m−1 and m..m+n−1 of a mask (or the other way round, for the other player),
so that a pair of vertices is an equilibrium iff their masks together are full.

Measured from the payoffs of one opponent's strategy, v and all x_i are
nonnegative: the cone starts as the positive orthant, whose rays are the unit
vectors, and is cut by one inequality after another. A ray on the wrong side of
the cut is replaced by its meetings with the rays adjacent to it on the right
side (Motzkin, Raiffa, Thompson and Thrall 1953; Fukuda and Prodon 1996). A
degenerate game is an ordinary game to this method: its cone only has fewer rays.

All arithmetic is exact, on integers. Rays are kept primitive (no common divisor),
in int64 as long as every entry fits (checked, by bounds), else in Python ints.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.adjacency import adjacent_pairs
from missiongame.bimatrix.equilibria import Reason
from missiongame.bimatrix.label_sets import Index, Masks, bit
from missiongame.bimatrix.limits import Clock, Stopped
from missiongame.bimatrix.matrices import OneSide
from missiongame.exact import Whole

MOST_NUMBERS = 20_000_000
"""How many numbers the rays of one cone may hold (one to three gigabytes)."""

_STEP = 8192  # rays made between two looks at the clock
_SAFE = 2.0**62  # a bound below this, computed in floats, is safely below 2**63


class Cone:
    """A best-response cone, cut by one inequality after another.

    Parameters
    ----------
    payoffs : OneSide
        The opponent's payoffs: the opponent's strategies (the cuts) first.
    labels, cuts : sequences of int
        The bit of each x_i >= 0, and of each inequality.
    words : int
        How many 64-bit words a mask has.
    clock : Clock
    first : int
        The inequality to measure payoffs from; it holds from the start.
    """

    def __init__(
        self,
        payoffs: OneSide,
        labels: Sequence[int],
        cuts: Sequence[int],
        words: int,
        clock: Clock,
        first: int = 0,
    ) -> None:
        self.clock = clock
        gaps, self.scale = _measured_from(payoffs, first)
        n, m = gaps.shape
        self.dimension = m + 1
        self.labels, self.cuts = list(labels), list(cuts)
        self.pending = [c for c in range(n) if c != first]
        values = np.zeros((m + 1, m + 1 + n), dtype=gaps.dtype)
        values[np.arange(m + 1), np.arange(m + 1)] = 1
        values[0, m + 1 :] = 1  # the ray (v, x) = (1, 0) is inside every cut by 1
        values[1:, m + 1 :] = -gaps.T
        self.values: Whole = values[:, [*range(m + 1), *(m + 1 + c for c in self.pending)]]
        signs = [bit(self.cuts[first], words), *(bit(k, words) for k in labels)]
        self.done: Masks = np.bitwise_or.reduce(signs)
        self.tight: Masks = np.array([self.done & ~own for own in signs])

    def __len__(self) -> int:
        return len(self.values)

    def propose(self, chosen: int | None = None) -> Proposal:
        """Work out the next cut without making it.

        `chosen` is a position in `pending`; by default the cut that the fewest
        pairs of rays straddle comes next.
        """
        slack = self.values[:, self.dimension :]
        above, below = slack > 0, slack < 0
        if chosen is None:
            chosen = int(np.argmin(above.sum(0, dtype=np.int64) * below.sum(0, dtype=np.int64)))
        inside, outside = np.flatnonzero(above[:, chosen]), np.flatnonzero(below[:, chosen])
        on = np.flatnonzero(~(above[:, chosen] | below[:, chosen]))
        label = bit(self.cuts[self.pending[chosen]], self.tight.shape[1])
        self.tight[on] |= label
        p, q = adjacent_pairs(self.tight, inside, outside, self.dimension, self.clock.check)
        if (len(inside) + len(on) + len(p)) * self.values.shape[1] > MOST_NUMBERS:
            raise Stopped(Reason.MEMORY)
        return Proposal(
            chosen,
            np.concatenate([inside, on]),
            p,
            q,
            (self.tight[p] & self.tight[q]) | label,
        )

    def cut(self, proposal: Proposal, keep: npt.NDArray[np.bool_] | None = None) -> None:
        """Make the cut; of the rays that it would leave, keep those that `keep` marks."""
        old, p, q, new = proposal.old, proposal.inside, proposal.outside, proposal.new
        if keep is not None:
            kept = keep[len(old) :]
            old, p, q, new = old[keep[: len(old)]], p[kept], q[kept], new[kept]
        column = self.dimension + proposal.chosen
        rest = [k for k in range(self.values.shape[1]) if k != column]
        parts = [self.values[old][:, rest]]
        for at in range(0, len(p), _STEP):
            self.clock.check()
            some = slice(at, at + _STEP)
            parts.append(_meet(self.values, p[some], q[some], column, self.dimension)[:, rest])
        self.done = self.done | bit(self.cuts[self.pending.pop(proposal.chosen)], new.shape[1])
        self.values = np.concatenate(parts)
        self.tight = np.concatenate([self.tight[old], new])

    def select(self, keep: npt.NDArray[np.bool_]) -> None:
        """Forget every ray that `keep` does not mark."""
        self.values, self.tight = self.values[keep], self.tight[keep]

    def points(self) -> tuple[Masks, Whole]:
        """Return masks and coordinates x (each up to a factor) of the rays with x != 0."""
        at = self.values[:, 1 : self.dimension]
        proper = (at != 0).any(axis=1)
        points = at[proper].astype(object)
        if len(set(self.scale)) > 1:
            points = points * np.array(self.scale, dtype=object)
            points //= np.gcd.reduce(points, axis=1)[:, None]
        return self.tight[proper], points


class Proposal(NamedTuple):
    """What the next cut would leave: rays kept, and meetings of adjacent rays."""

    chosen: int
    old: Index
    inside: Index
    outside: Index
    new: Masks


def _measured_from(payoffs: OneSide, first: int) -> tuple[Whole, list[int]]:
    """Return the gaps to the strategy `first`, made small, and what undoes it for x.

    Each of the player's strategies is measured in a unit of its own, the largest
    that keeps the gaps integers: x_i = scale_i * (the ray's x_i), up to a factor.
    """
    whole = payoffs.whole.astype(object)
    gaps = whole - whole[first]
    units = [math.gcd(*column) or 1 for column in gaps.T.tolist()]
    gaps = gaps // np.array(units, dtype=object)
    common = math.lcm(*units)
    # gap_ij * unit_i / over_i is the true gap, so x_i counts over_i / unit_i.
    scale = [d * (common // u) for d, u in zip(payoffs.over, units, strict=True)]
    fits = max(gaps.max(), -gaps.min()) < _SAFE
    return (gaps.astype(np.int64) if fits else gaps), scale


def _meet(values: Whole, p: Index, q: Index, column: int, dimension: int) -> Whole:
    """Return where the segments from rays p to rays q meet the hyperplane of `column`."""
    near, far = values[p], values[q]
    if values.dtype == object:
        return _primitive(far * near[:, [column]] - near * far[:, [column]], dimension)
    if not len(p):
        return near
    bound = _largest(near) * np.abs(far[:, column]) + _largest(far) * near[:, column]
    safe = bound < _SAFE
    if safe.all():
        return _primitive(far * near[:, [column]] - near * far[:, [column]], dimension)
    big = ~safe
    exact = _meet(values.astype(object), p[big], q[big], column, dimension)
    if any(abs(v) >= _SAFE for v in exact.flat):
        fresh = np.empty(near.shape, dtype=object)
    else:
        fresh = np.empty_like(near)
    fresh[big] = exact
    fresh[safe] = _meet(values, p[safe], q[safe], column, dimension)
    return fresh


def _largest(values: Whole) -> npt.NDArray[np.float64]:
    found: npt.NDArray[np.float64] = np.abs(values).max(axis=1).astype(np.float64)
    return found


def _primitive(values: Whole, dimension: int) -> Whole:
    """Divide each ray by the greatest common divisor of its coordinates."""
    if len(values):
        values //= np.gcd.reduce(values[:, :dimension], axis=1)[:, None]
    return values
