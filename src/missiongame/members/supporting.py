"""The largest self-supporting set, without sorting everyone.

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

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from missiongame.exact import Column
from missiongame.members.floats import UNIT, Floats, Mask, Rows
from missiongame.members.sums import bracket, chunks, exact_total

BUCKETS = 4096
_SPAN = (0.0, 1.0 + 2.0**-20)  # no sum of shares is above, roundings included
_SMALL = 1 << 16  # this many keys are sorted at once


class Crowd(Protocol):
    """Members with keys and sizes."""

    share: Floats  # sizes; all of them add up to about 1
    contribution: Column  # exact sizes, in another unit
    total: Fraction  # the sum of `contribution`
    off: float  # how far off a key may be

    def keys(self, rows: Rows) -> Floats:
        """Return the members' keys."""

    def whole(self, members: Any, base: Fraction) -> tuple[list[int], list[int], int, Any]:
        """Return exact keys, sizes and `base` as whole numbers of one unit.

        One of each for every group of `members` with equal keys and sizes (their
        total), and each member's group.
        """


def largest(crowd: Crowd) -> Mask:
    """Return the members of the largest self-supporting set."""
    top = _superset(crowd)
    inside = np.empty(len(crowd.share), dtype=bool)
    sums = []
    for rows in chunks(len(inside)):
        inside[rows] = crowd.keys(rows) - crowd.off <= top
        kept = crowd.share[rows] * inside[rows]
        sums.append((float(kept.sum()), len(kept)))
    low, _ = bracket(sums)
    if top + 2 * crowd.off > low:
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


def _superset(crowd: Crowd) -> float:
    """Return the largest lowered key that is at most the raised size up to it; −inf if none."""
    n = len(crowd.share)
    slack = (n + BUCKETS + 64) * 2 * UNIT
    inside = np.zeros(BUCKETS + 2)
    for rows in chunks(n):
        bucket = _bucket(crowd.keys(rows) - crowd.off, *_SPAN)
        inside += np.bincount(bucket, weights=crowd.share[rows], minlength=BUCKETS + 2)

    def members(first: int, last: int) -> tuple[Floats, Floats]:
        keys, sizes = [], []
        for rows in chunks(n):
            key = crowd.keys(rows) - crowd.off
            bucket = _bucket(key, *_SPAN)
            within = (first <= bucket) & (bucket <= last)
            keys.append(key[within])
            sizes.append(crowd.share[rows][within])
        return np.concatenate(keys), np.concatenate(sizes)

    return _last_key(inside, members, _SPAN, 0.0, slack)


def _bucket(keys: Floats, low: float, high: float) -> Any:
    """Return 0 below `low`, 1 … BUCKETS within, BUCKETS + 1 from `high` upward."""
    scaled = (keys - low) * (BUCKETS / (high - low)) + 1
    return np.clip(scaled, 0, BUCKETS + 1, out=scaled).astype(np.intp)


def _last_key(
    inside: Floats, members: Any, span: tuple[float, float], base: float, slack: float
) -> float:
    """Return the largest fitting key; `inside` are the buckets' sizes, `members` gives a few's.

    It lies in a bucket whose lower edge fits the size up to its end. From the
    highest such downward, more and more at a time.
    """
    low, high = span
    edges = low + np.arange(-1, BUCKETS + 1) * ((high - low) / BUCKETS)
    edges -= (high - low) * 2.0**-40  # rounding may have lifted a key by a bucket
    edges[0] = -np.inf
    candidates = np.flatnonzero(base + np.cumsum(inside) + slack >= edges)[::-1]
    start, step = 0, 1
    while start < len(candidates):
        stretch = candidates[start : start + step]
        keys, sizes = members(int(stretch[-1]), int(stretch[0]))
        found = _scan(keys, sizes, base + float(inside[: stretch[-1]].sum()), slack)
        if found > -np.inf:
            return found
        start, step = start + step, step * 4
    return -np.inf


def _scan(keys: Floats, sizes: Floats, base: float, slack: float) -> float:
    """Return the largest key that is at most `base` and the sizes up to it; −inf if none."""
    if not len(keys):
        return -np.inf
    low, high = float(keys.min()), float(keys.max())
    if len(keys) <= _SMALL or high - low < 2.0**-500:
        order = np.argsort(keys)
        keys = keys[order]
        fits = np.flatnonzero(keys <= base + slack + np.cumsum(sizes[order]))
        return float(keys[fits[-1]]) if len(fits) else -np.inf
    bucket = _bucket(keys, low, high)

    def members(first: int, last: int) -> tuple[Floats, Floats]:
        within = (first <= bucket) & (bucket <= last)
        return keys[within], sizes[within]

    inside: Any = np.bincount(bucket, weights=sizes, minlength=BUCKETS + 2)
    return _last_key(inside, members, (low, high), base, slack)


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
