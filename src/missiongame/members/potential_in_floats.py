"""At which sizes may the potential be at its largest? In floats, with certified errors.

Members with keys r_i and sizes s_i join in ascending order of keys, from size
`base`; joining at size u, a member raises Q by s_i (u + s_i/2 − r_i). Q over
prefixes is ∫ (z − r(z)) dz, with r(z) the key at size z: it turns from rising to
falling only where a member's key is at most the size and the next one's is not.

The members are thrown into buckets by key. Which of them such a turn can be in,
and how high Q can be there, is seen from the buckets' edges and sums; only these
are looked into, by sorting them or with finer buckets.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from missiongame.exact import UNIT, Floats, Mask
from missiongame.members.keys_in_buckets import (
    BUCKETS,
    SMALL,
    Buckets,
    Span,
    Stream,
    ends,
    gather,
    tally,
)


class _Errors(NamedTuple):
    """How far off sizes, or keys, and potentials may be."""

    size: float
    potential: float


class _Prefixes(NamedTuple):
    """Prefixes that may be maximal: their sizes and potentials."""

    size: Floats
    potential: Floats


class _Sums(NamedTuple):
    """Buckets with members that count, in ascending order; prefixes before and with each."""

    bucket: Buckets
    members: Buckets
    low: Floats
    high: Floats
    before: Floats
    size: Floats
    q_before: Floats
    q: Floats
    following: Floats

    def may_turn(self, best: float, errors: _Errors) -> Mask:
        """Return the buckets with a member at whom Q may be at its largest."""
        width = self.size - self.before
        most = np.minimum(
            self.q_before + width * np.maximum(0, self.size - self.low),
            self.q + width * np.maximum(0, self.high - self.before),
        )
        return (
            (self.low <= self.size + errors.size)
            & (self.following >= self.before - errors.size)
            & (most >= best - 2 * errors.potential)
        )


def sizes_of_maxima(stream: Stream, base: float, off: float) -> tuple[float, float, float]:
    """Return two sizes between which every maximiser's lies, and how near a key is in doubt.

    Parameters
    ----------
    stream : keys, each within `off` of the exact one, and sizes
    base : float
        The size of those who are in for certain.
    """
    off += 4 * UNIT
    low, high, tiny, number = np.inf, -np.inf, 0.0, 0
    for keys, sizes in stream:
        low, high = min(low, float(keys.min())), max(high, float(keys.max()))
        # Members whose keys may be misordered about the maximiser's size are tiny ones.
        tiny += float((sizes * (sizes <= 4 * off)).sum())
        number += len(keys)
    rounding = (number + 4 * BUCKETS + 64) * 8 * UNIT
    errors = _Errors(rounding + off + 2 * tiny, 2 * (rounding + off) + 4 * tiny)
    search = _Search(stream, errors)
    found = [*search.within(low, high, base, 0.0, np.inf)]
    if search.first >= base - errors.size:
        found.append(_Prefixes(np.array([base]), np.array([0.0])))  # nobody joins
    size, potential = (np.concatenate([p[k] for p in found]) for k in (0, 1))
    at = size[potential >= potential.max() - 2 * errors.potential]
    return float(at.min()), float(at.max()), 4 * errors.size


class _Search:
    """Prefixes at which Q may be at its largest.

    `best` is the largest Q seen, `first` an upper bound of the first key that counts.
    """

    def __init__(self, stream: Stream, errors: _Errors) -> None:
        self.stream, self.errors, self.best, self.first = stream, errors, 0.0, np.inf

    def within(
        self, low: float, high: float, before: float, q_before: float, following: float
    ) -> Iterator[_Prefixes]:
        """Yield candidates among members with keys from `low` to `high`.

        `before` and `q_before` belong to the prefix before them, `following` bounds
        the next key after them from above.
        """
        if not high - low > 2.0**-500:  # all keys alike: Q is convex, so only the end counts
            self.first = min(self.first, high)
            inside = sum(float(s[(low <= k) & (k <= high)].sum()) for k, s in self.stream)
            q = q_before + inside * (before + inside / 2 - low)
            yield self._turning(*(np.array([x]) for x in (before + inside, q, low, following)))
            return
        span = Span(low, high)
        sums = _sums(self.stream, span, before, q_before, following)
        if not len(sums.bucket):
            return
        self.best = max(self.best, float(sums.q.max()))
        self.first = min(self.first, float(sums.high[0]))
        chosen = sums.may_turn(self.best, self.errors)
        large = chosen & (sums.members > SMALL)
        yield self._sorted(span, sums, chosen & ~large)
        for k in np.flatnonzero(large).tolist():
            inner = ends(self.stream, span, int(sums.bucket[k]))
            yield from self.within(
                *inner, float(sums.before[k]), float(sums.q_before[k]), float(sums.following[k])
            )

    def _sorted(self, span: Span, sums: _Sums, chosen: Mask) -> _Prefixes:
        """Return the candidates in the chosen buckets, which are small enough to sort."""
        wanted = np.zeros(BUCKETS + 2, dtype=bool)
        wanted[sums.bucket[chosen]] = True
        keys, sizes, bucket = gather(self.stream, span, wanted)
        counts = sizes > 0
        keys, sizes, bucket = keys[counts], sizes[counts], bucket[counts]
        of = np.searchsorted(sums.bucket, bucket)
        first = np.append(True, of[1:] != of[:-1])[: len(of)]
        size = _upto(sizes, of, first, sums.before)
        q = _upto(sizes * (size - sizes / 2 - keys), of, first, sums.q_before)
        last = np.append(first[1:], True)[: len(of)]
        following = np.where(last, sums.following[of], np.append(keys[1:], np.inf)[: len(of)])
        return self._turning(size, q, keys, following)

    def _turning(self, size: Floats, q: Floats, key: Floats, following: Floats) -> _Prefixes:
        """Keep the prefixes at which Q may turn from rising to falling."""
        turns = (key <= size + self.errors.size) & (following >= size - self.errors.size)
        return _Prefixes(size[turns], q[turns])


def _sums(stream: Stream, span: Span, before: float, q_before: float, following: float) -> _Sums:
    count, inside, linear = tally(stream, span, linear=True)
    kept = np.flatnonzero(inside[1:-1] > 0) + 1
    size = before + np.cumsum(inside[kept])
    q = q_before + (size - before) * (size + before) / 2 - np.cumsum(linear[kept])
    edges = span.edges
    high = edges[kept + 1] + 2 * span.slip
    return _Sums(
        kept,
        count[kept],
        edges[kept],
        high,
        np.append(before, size[:-1]),
        size,
        np.append(q_before, q[:-1]),
        q,
        np.append(high[1:], following),
    )


def _upto(values: Floats, of: Buckets, first: Mask, before: Floats) -> Floats:
    """Return sums up to each member: its bucket's `before`, and the bucket's members so far."""
    total = np.cumsum(values)
    start = np.flatnonzero(first)
    skipped = (np.append(0.0, total))[start]
    lengths = np.diff(np.append(start, len(of)))
    return total + np.repeat(before[of[start]] - skipped, lengths)
