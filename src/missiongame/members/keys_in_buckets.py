"""From a stream of keys and sizes to what is in each bucket of keys, few of them ever sorted.

A *stream* hands out keys and sizes chunk by chunk. `tally` counts and adds up the
members in each of `BUCKETS` equal parts of a span, `gather` copies out those of a
few buckets, `inside` finds the span of a bucket's keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.exact import Floats, Mask

BUCKETS = 4096
SMALL = 1 << 15  # this many keys are copied out and sorted at once
SLIP = 2.0**-40  # by how much of a bucket's width, times BUCKETS, rounding may misplace a key
_NARROW = 2.0**-500

Buckets = npt.NDArray[np.int64]


Stream: TypeAlias = Iterable[tuple[Floats, Floats]]
"""Members' keys and sizes, in chunks; gone through more than once."""


class Span(NamedTuple):
    """Keys from `low` to `high`, both included, cut into BUCKETS parts: 1, 2, …, BUCKETS.

    Bucket 0 holds what is below, BUCKETS + 1 what is above. An `outer` span is not
    sharp: there, keys that rounding lifts into it or out of it do no harm.
    """

    low: float
    high: float
    outer: bool = False

    def bucket(self, keys: Floats) -> Buckets:
        """Return each key's bucket."""
        scaled = keys - self.low
        scaled *= BUCKETS * (1 - SLIP) / max(self.high - self.low, _NARROW)
        scaled += 1
        np.clip(scaled, 0, BUCKETS + 1, out=scaled)
        found = scaled.astype(np.int64)
        if not self.outer:
            found[keys < self.low] = 0
            found[keys > self.high] = BUCKETS + 1
        return found

    @property
    def edges(self) -> Floats:
        """Lower bounds of the buckets' keys; the upper bounds are the next one's and `slip`."""
        edges: Any = self.low + np.arange(-1, BUCKETS + 1) * ((self.high - self.low) / BUCKETS)
        edges[0] = -np.inf
        found: Floats = edges - self.slip
        return found

    @property
    def wide(self) -> bool:
        """Whether there is room between its ends to tell keys apart."""
        return self.high - self.low > _NARROW

    @property
    def slip(self) -> float:
        """By how much rounding may misplace a key against the edges."""
        return (self.high - self.low) * (2 * SLIP) + 2.0**-50


def tally(stream: Stream, span: Span, *, linear: bool = False) -> tuple[Buckets, Floats, Floats]:
    """Return what is in each bucket: members, their sizes and, if asked, sizes times keys."""
    count = np.zeros(BUCKETS + 2, dtype=np.int64)
    size, product = np.zeros(BUCKETS + 2), np.zeros(BUCKETS + 2)
    for keys, sizes in stream:
        bucket = span.bucket(keys)
        count += np.bincount(bucket, minlength=BUCKETS + 2)
        size += np.bincount(bucket, weights=sizes, minlength=BUCKETS + 2)
        if linear:
            product += np.bincount(bucket, weights=sizes * keys, minlength=BUCKETS + 2)
    return count, size, product


def gather(stream: Stream, span: Span, wanted: Mask) -> tuple[Floats, Floats, Buckets]:
    """Return keys, sizes and buckets of the members in the wanted buckets, in order of keys."""
    parts: list[tuple[Any, Any, Any]] = []
    edges, last = span.edges, np.flatnonzero(wanted)
    low = edges[last[0]] if len(last) else np.inf
    high = np.append(edges, np.inf)[last[-1] + 1] + 4 * span.slip if len(last) else -np.inf
    for keys, sizes in stream:
        near = np.flatnonzero((low <= keys) & (keys <= high))
        if len(near):
            bucket = span.bucket(keys[near])
            within = wanted[bucket]
            near = near[within]
            parts.append((keys[near], sizes[near], bucket[within]))
    if not parts:
        return np.zeros(0), np.zeros(0), np.zeros(0, dtype=np.int64)
    keys, sizes, bucket = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(keys)
    return keys[order], sizes[order], bucket[order]


def inside(stream: Stream, span: Span, bucket: int) -> Span:
    """Return the span from the least to the largest key in a bucket that is not empty."""
    low, high = np.inf, -np.inf
    for keys, _ in stream:
        within = keys[np.flatnonzero(span.bucket(keys) == bucket)]
        low = min(low, float(within.min(initial=np.inf)))
        high = max(high, float(within.max(initial=-np.inf)))
    return Span(low, high)
