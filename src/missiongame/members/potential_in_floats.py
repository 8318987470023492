"""From keys and sizes in floats to the sizes at which the potential may be at its largest.

Members with keys r_i and sizes s_i join in ascending order of keys, from size
`base`; joining at size u, a member raises Q by s_i (u + s_i/2 − r_i). Q over
prefixes is ∫ (z − r(z)) dz, with r(z) the key at size z: it turns from rising to
falling only where a member's key is at most the size and the next one's is not.

The members are thrown into buckets by key. Which of them such a turn can be in,
and how high Q can be there, is seen from the buckets' edges and sums; only these
are looked into, by sorting them or with finer buckets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from missiongame.exact import UNIT, Floats, Mask
from missiongame.members.keys_in_buckets import (
    BUCKETS,
    SMALL,
    Span,
    Stream,
    gather,
    inside,
    tally,
)


class _Errors(NamedTuple):
    """How far off sizes, or keys, and potentials may be."""

    size: float
    potential: float


class _Line(NamedTuple):
    """Members, or crowds of them, in ascending order of keys, and the prefixes up to each."""

    low: Floats  # between this and `high` lie the keys
    high: Floats
    before: Floats  # the prefix's size before them, and Q there
    q_before: Floats
    size: Floats  # and with them
    q: Floats
    following: Floats  # an upper bound of the next key

    @classmethod
    def of(cls, parts: Sequence[Floats], before: float, q_before: float, following: float) -> _Line:
        """Line up `parts`, their low, high, Σ s_i and Σ s_i r_i, after a prefix."""
        low, high, sizes, linear = parts
        size = before + np.cumsum(sizes)
        earlier = np.append(before, size)[:-1]
        q = q_before + np.cumsum(sizes * (size + earlier) / 2 - linear)
        q_earlier, then = np.append(q_before, q)[:-1], np.append(high, following)[1:]
        return cls(low, high, earlier, q_earlier, size, q, then)

    def may_turn(self, best: float, errors: _Errors) -> Mask:
        """Return in which of them Q may turn from rising to falling, at its largest."""
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
    found = [*search.within(Span(low, high), base, 0.0, np.inf)]
    if search.first >= base - errors.size:
        found.append((np.array([base]), np.array([0.0])))  # nobody joins
    size, potential = map(np.concatenate, zip(*found, strict=True))
    at = size[potential >= potential.max() - 2 * errors.potential]
    return float(at.min()), float(at.max()), 4 * errors.size


class _Search:
    """Prefixes at which Q may be at its largest.

    `best` is the largest Q seen, `first` an upper bound of the first key that counts.
    """

    def __init__(self, stream: Stream, errors: _Errors) -> None:
        self.stream, self.errors, self.best, self.first = stream, errors, 0.0, np.inf

    def within(
        self, span: Span, before: float, q_before: float, following: float
    ) -> Iterator[tuple[Floats, Floats]]:
        """Yield sizes and potentials of candidates among members with keys in the span.

        `before` and `q_before` belong to the prefix before them, `following` bounds
        the next key after them from above.
        """
        count, sizes, linear = tally(self.stream, span, linear=True)
        bucket = np.flatnonzero(sizes[1:-1] > 0) + 1
        if not len(bucket):
            return
        low, high = span.edges[bucket], span.edges[bucket + 1] + 2 * span.slip
        crowds = [low, high, sizes[bucket], linear[bucket]]
        line = _Line.of(crowds, before, q_before, following)
        self.best = max(self.best, float(line.q.max()))
        self.first = min(self.first, float(high[0]))
        chosen = line.may_turn(self.best, self.errors)
        alike = np.zeros(len(bucket), dtype=bool)
        for k in np.flatnonzero(chosen & (count[bucket] > SMALL)).tolist():
            chosen[k] = False
            finer = inside(self.stream, span, int(bucket[k])) if span.wide else span
            if finer.wide:
                yield from self.within(finer, line.before[k], line.q_before[k], line.following[k])
            else:  # Q is convex along them, so that only their end counts
                low[k] = high[k] = finer.low
                alike[k] = True
        wanted = np.zeros(BUCKETS + 2, dtype=bool)
        wanted[bucket[chosen]] = True
        keys, sizes, of = gather(self.stream, span, wanted)
        counts = sizes > 0
        keys, sizes, of = keys[counts], sizes[counts], of[counts]
        # The chosen crowds member by member, the others as they are.
        at, members = np.searchsorted(of, bucket[~chosen]), (keys, keys, sizes, sizes * keys)
        parts = [np.insert(m, at, c[~chosen]) for m, c in zip(members, crowds, strict=True)]
        line = _Line.of(parts, before, q_before, following)
        turns = np.insert(np.ones(len(keys), dtype=bool), at, alike[~chosen])
        turns &= line.low <= line.size + self.errors.size
        turns &= line.following >= line.size - self.errors.size
        yield line.size[turns], line.q[turns]
