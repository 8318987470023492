"""From keys and sizes to the largest self-supporting set, without sorting everyone.

Each member has a size s_i ≥ 0 and a key k_i. A set is *self-supporting* if
k_i ≤ Σ_{j in it} s_j for each i in it. Unions of such sets are self-supporting,
so there is a largest; it is {i : k_i ≤ z} for the largest key z that is at most
the size of that set.

Keys and sizes come as floats with a known error. Lowering every key by its error
and raising every sum by its own gives a superset of the largest set: members are
thrown into buckets by key, and only the bucket in which z can lie is looked into.
If no member of the superset is in doubt against its certified size, it is the
answer. Else those near the top are redone in whole numbers, as many as it takes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from missiongame.exact import UNIT, Column, Floats, Mask, Rows, bracket, chunks, exact_total
from missiongame.members.keys_in_buckets import BUCKETS, SMALL, Span, Stream, gather, inside, tally


class Crowd(Protocol):
    """Members with keys and sizes."""

    share: Floats  # sizes; all of them add up to about 1
    contribution: Column  # exact sizes, in another unit
    total: Fraction  # the sum of `contribution`
    off: float  # how far off a key may be

    def keys(self, rows: Rows) -> Floats:
        """Return the members' keys, a fresh array."""

    def whole(self, members: Any, base: Fraction) -> tuple[list[int], list[int], int, Any]:
        """Return exact keys, sizes and `base` as whole numbers of one unit.

        One key and one size, in total, for every group of `members` with equal keys
        and sizes; and each member's group.
        """


def largest(crowd: Crowd) -> Mask:
    """Return the members of the largest self-supporting set."""
    slack = (len(crowd.share) + 4 * BUCKETS + 64) * 2 * UNIT
    reach = _reach(crowd, slack)
    sure = reach - 4 * (slack + crowd.off)
    inside = np.empty(len(crowd.share), dtype=bool)
    sums, doubt = [], False
    for rows in chunks(len(inside)):
        keys = crowd.keys(rows)
        inside[rows] = within = keys <= reach + crowd.off
        doubt = doubt or bool((within & (keys > sure)).any())
        sums.append((float((crowd.share[rows] * within).sum()), len(keys)))
    low, _ = bracket(sums)
    if doubt or sure + crowd.off > low:
        _settle(crowd, inside, low)
    return inside


def longest_prefix(keys: Sequence[int], sizes: Sequence[int], base: int = 0) -> int:
    """Return how many of ascending keys are at most the sum of `base` and the sizes so far.

    Counted is up to the last key that is, whatever those before it are.

    Examples
    --------
    >>> longest_prefix([1, 2, 9], [2, 1, 1])
    2
    """
    total, longest = base, 0
    for k, (key, size) in enumerate(zip(keys, sizes, strict=True), start=1):
        total += size
        if key <= total:
            longest = k
    return longest


class _Lowered:
    """The stream of a crowd's keys, lowered by what they may be off."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd

    def __iter__(self) -> Iterator[tuple[Floats, Floats]]:
        for rows in chunks(len(self.crowd.share)):
            keys = self.crowd.keys(rows)
            keys -= self.crowd.off
            yield keys, self.crowd.share[rows]


def _reach(crowd: Crowd, slack: float) -> float:
    """Return an upper bound of the largest set's size, so of its keys.

    It is the size, raised, up to the largest lowered key that is at most that.
    """
    found = _last_fit(_Lowered(crowd), Span(0.0, 1.0 + 2.0**-20, outer=True), 0.0, slack)
    return slack if found is None else found + slack


def _last_fit(stream: Stream, span: Span, base: float, slack: float) -> float | None:
    """Return the size up to the last key that is at most it, raised; None if there is none.

    Such a key lies in a bucket whose lower edge is at most the size up to its end.
    From the highest such bucket downward, as many at once as can be sorted.
    """
    count, size, _ = tally(stream, span)
    size[-1] = 0.0  # above the span: of no use
    if not span.outer:
        size[0] = 0.0  # below it: in `base` already
    upto, through = base + np.cumsum(size), np.cumsum(count)
    candidates = np.flatnonzero((upto + slack >= span.edges) & (size > 0))[::-1]
    while len(candidates):
        first = last = int(candidates[0])
        found = None
        if last == 0:  # keys below zero always fit
            return float(upto[0])
        if count[last] <= SMALL:  # sort as many buckets as may be
            positive = candidates[candidates > 0]
            first = int(positive[through[last] - through[positive - 1] <= SMALL][-1])
            wanted = np.zeros(BUCKETS + 2, dtype=bool)
            wanted[first : last + 1] = True
            keys, sizes, _ = gather(stream, span, wanted)
            so_far = upto[first - 1] + np.cumsum(sizes)
            fits = np.flatnonzero(keys <= so_far + slack)
            found = float(so_far[fits[-1]]) if len(fits) else None
        elif (finer := inside(stream, span, last)).wide:
            found = _last_fit(stream, finer, float(upto[last - 1]), slack)
        elif finer.low <= upto[last] + slack:  # all alike
            found = float(upto[last])
        if found is not None:
            return found
        candidates = candidates[candidates < first]
    return None


def _settle(crowd: Crowd, inside: Mask, low: float) -> None:
    """Remove from a superset, in place, who is not in the largest set: exactly.

    Only members with keys near the superset's size, or above it, can be out. Those
    above a floor are scanned in whole numbers; if what is left no longer reaches
    the floor, the floor is lowered.
    """
    margin = 2.0**-40
    while True:
        floor = low - 4 * crowd.off - margin
        near = np.concatenate(
            [
                rows.start + np.flatnonzero(inside[rows] & (crowd.keys(rows) > floor))
                for rows in chunks(len(inside))
            ]
        )
        rest = inside.copy()
        rest[near] = False
        base = exact_total(crowd.contribution, rest)
        keys, sizes, whole, of = crowd.whole(near, base)
        order = sorted(range(len(keys)), key=keys.__getitem__)
        longest = longest_prefix([keys[g] for g in order], [sizes[g] for g in order], whole)
        kept = np.zeros(len(keys), dtype=bool)
        kept[order[:longest]] = True
        inside[near] = kept[of]
        size = base + exact_total(crowd.contribution[near], kept[of])
        low = float(size / crowd.total) * (1 - 4 * UNIT)
        if floor + 2 * crowd.off <= low or not rest.any():
            return
        margin *= 16
