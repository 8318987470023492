"""From a few members in question to the potential's largest maximiser, in rationals.

Q of `missiongame.members.potential_by_prefixes`, along prefixes in ascending order of
r_i = τ_i + s_i/2: adding i to a set of size S changes it by s_i (S − τ_i).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from missiongame.errors import NoPotential
from missiongame.exact import Mask, group
from missiongame.members.tipping_shares import TippingShares

_BITS = 256  # of the fixed point that decides most comparisons


class _Group(NamedTuple):
    """Members alike: their tipping share, one's share, and how many they are."""

    tau: Fraction
    share: Fraction
    number: int

    def gain(self, size: Fraction) -> Fraction:
        """Return how much Q rises as all of them join a set of this size."""
        s, k = self.share, self.number
        return k * s * (size - self.tau) + s * s * (k * (k - 1)) / 2


def exact_maximiser(tipping: TippingShares, members: Any, base: Fraction) -> Mask:
    """Return who of `members` stays, given that stayers of share `base` do.

    Raises
    ------
    NoPotential
        If maximisers are too close for tipping shares that are not rational.
    """
    first, of = group(tipping.rows_key(members))
    counts = np.bincount(of, minlength=len(first)).tolist()
    low, high = [], []
    for i, count in zip(members[first].tolist(), counts, strict=True):
        share = Fraction(tipping.contribution.exact[i]) / tipping.total
        ends = tipping.enclosure(i)
        low.append(_Group(ends[0], share, count))
        high.append(_Group(ends[1], share, count))
    kept = _stayers(high, base)
    # The largest maximiser grows as tipping shares fall, so between ends that agree it is certain.
    if low != high and (kept != _stayers(low, base)).any():
        raise NoPotential("maxima of the potential are too close: tipping shares are not rational")
    return kept[of]


def _stayers(groups: Sequence[_Group], base: Fraction) -> Mask:
    """Return which groups stay."""
    order = [g for g in range(len(groups)) if groups[g].share]
    order.sort(key=lambda g: groups[g].tau + groups[g].share / 2)
    longest, size = _largest_maximum([groups[g] for g in order], base)
    kept = np.array([g.share == 0 and g.tau <= size for g in groups])
    kept[order[:longest]] = True
    return kept


def _largest_maximum(groups: Sequence[_Group], base: Fraction) -> tuple[int, Fraction]:
    """Return how many groups to take for the largest maximum of Q, and its size."""
    size, longest, best = base, 0, base
    since: list[Fraction] = []  # gains since the best
    near = 0  # their sum, rounded down one by one at _BITS bits
    for k, members in enumerate(groups, start=1):
        gain = members.gain(size)
        size += members.number * members.share
        since.append(gain)
        near += (gain.numerator << _BITS) // gain.denominator
        if near >= 0 or (near + len(since) > 0 and _total(since) >= 0):
            longest, best, near = k, size, 0
            since.clear()
    return longest, best


def _total(terms: Sequence[Fraction]) -> Fraction:
    """Add up pairwise, which keeps most denominators small."""
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    return _total(terms[:middle]) + _total(terms[middle:])
