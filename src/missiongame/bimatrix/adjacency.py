"""From rays of a polyhedral cone to which of them a two-dimensional face joins.

In a cone of dimension d, rays p and q are *adjacent* iff no third extreme ray is
tight wherever both are (Fukuda and Prodon 1996, proposition 7). They then share
at least d − 2 tight constraints; and where one of the two is *simple* (tight in
exactly d − 1 constraints), sharing d − 2 is enough, as these are independent and
leave only an edge of that ray.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.bimatrix.label_sets import Index, Masks, count_bits, count_holders

RayPairs: TypeAlias = tuple[Index, Index]

_CHUNK = 2_000_000
_ALL_PAIRS = 1_000_000  # below this, comparing all pairs beats sorting


def adjacent_pairs(
    tight: Masks,
    some: Index,
    others: Index,
    dimension: int,
    tick: Callable[[], None] = lambda: None,
) -> RayPairs:
    """Return all adjacent pairs (p, q) with p in `some` and q in `others`.

    Parameters
    ----------
    tight : Masks
        The constraints that are tight at each extreme ray of the cone, all of them.
    some, others : arrays of int
        Positions in `tight`.
    dimension : int
    tick : function
        Called every now and then; it may raise.
    """
    if not len(some) or not len(others):
        return some[:0], others[:0]
    if len(some) * len(others) <= _ALL_PAIRS:
        return _compared(tight, some, others, dimension, tick)
    simple = count_bits(tight) == dimension - 1
    plain, knotted = some[simple[some]], some[~simple[some]]
    return _joined(
        _edges(tight, plain, others[simple[others]], dimension),
        _compared(tight, knotted, others, dimension, tick),
        _compared(tight, plain, others[~simple[others]], dimension, tick),
    )


def _joined(*parts: RayPairs) -> RayPairs:
    return np.concatenate([p for p, _ in parts]), np.concatenate([q for _, q in parts])


def _compared(
    tight: Masks, some: Index, others: Index, dimension: int, tick: Callable[[], None]
) -> RayPairs:
    """Return the adjacent pairs by comparing each with each."""
    first, second = tight[some], tight[others]
    step = max(1, _CHUNK // max(1, len(others)))
    found: list[RayPairs] = [(some[:0], others[:0])]
    waiting: list[RayPairs] = []
    for at in range(0, len(some), step):
        tick()
        shared = np.zeros((len(first[at : at + step]), len(second)), dtype=np.uint16)
        for word in range(tight.shape[1]):
            shared += np.bitwise_count(first[at : at + step, None, word] & second[None, :, word])
        i, k = np.divmod(np.flatnonzero(shared >= dimension - 2), len(others))
        waiting.append((some[i + at], others[k]))
        if at + step >= len(some) or sum(len(p) for p, _ in waiting) > _CHUNK:
            found.append(_confirmed(tight, *_joined(*waiting), dimension, tick))
            waiting = []
    return _joined(*found)


def _confirmed(
    tight: Masks, p: Index, q: Index, dimension: int, tick: Callable[[], None]
) -> RayPairs:
    """Of the pairs that share enough, return those that are adjacent."""
    sizes = count_bits(tight)
    doubtful = np.flatnonzero((sizes[p] > dimension - 1) & (sizes[q] > dimension - 1))
    if not len(doubtful):
        return p, q
    shared = tight[p[doubtful]] & tight[q[doubtful]]
    keep = np.ones(len(p), dtype=bool)
    keep[doubtful] = count_holders(shared, tight, tick) == 2  # p and q themselves
    return p[keep], q[keep]


def _edges(tight: Masks, some: Index, others: Index, dimension: int) -> RayPairs:
    """Return the adjacent pairs of simple rays: those that leave out one constraint each.

    A simple ray has d − 1 edges, each given by its constraints but one. Edges are
    matched by a 64-bit hash; what the hash confuses is thrown out by counting.
    """
    if not len(some) or not len(others):
        return some[:0], others[:0]
    p, p_keys = _edge_keys(tight, some)
    q, q_keys = _edge_keys(tight, others)
    low = np.searchsorted(q_keys, p_keys, side="left")
    repeat = np.searchsorted(q_keys, p_keys, side="right") - low
    p = np.repeat(p, repeat)
    starts = np.repeat(low - np.concatenate([[0], np.cumsum(repeat)[:-1]]), repeat)
    q = q[starts + np.arange(len(p))]
    true = count_bits(tight[p] & tight[q]) == dimension - 2
    return p[true], q[true]


def _edge_keys(tight: Masks, rays: Index) -> tuple[Index, npt.NDArray[np.uint64]]:
    """Return every edge of the simple `rays`, sorted: (ray, hash of its other constraints)."""
    bits = np.unpackbits(tight[rays].view(np.uint8), axis=1, bitorder="little")
    shape = (bits.shape[1],)
    names = np.random.default_rng(0).integers(0, 2**64, shape, dtype=np.uint64)
    which, label = np.nonzero(bits)
    whole = np.zeros(len(rays), dtype=np.uint64)
    np.add.at(whole, which, names[label])
    keys = whole[which] - names[label]
    order = np.argsort(keys)  # sorted keys are also found many times faster
    return rays[which[order]], keys[order]
