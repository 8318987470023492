"""Which rays of a polyhedral cone are joined by a two-dimensional face?

In a cone of dimension d, rays p and q are *adjacent* iff no third extreme ray is
tight wherever both are (Fukuda and Prodon 1996, proposition 7). They then share
at least d − 2 tight constraints; and where one of the two is *simple* (tight in
exactly d − 1 constraints), sharing d − 2 is enough, as these are independent and
leave only an edge of that ray.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.nash.masks import Masks, count_bits

Index: TypeAlias = npt.NDArray[np.intp]

_CHUNK = 2_000_000
_ALL_PAIRS = 1_000_000  # below this, comparing all pairs beats sorting


def adjacent_pairs(tight: Masks, some: Index, others: Index, dimension: int) -> tuple[Index, Index]:
    """Return all adjacent pairs (p, q) with p in `some` and q in `others`.

    Parameters
    ----------
    tight : Masks
        The constraints that are tight at each extreme ray of the cone, all of them.
    some, others : arrays of int
        Positions in `tight`.
    dimension : int
    """
    if not len(some) or not len(others):
        return some[:0], others[:0]
    if len(some) * len(others) <= _ALL_PAIRS:
        p, q = _sharing(tight, some, others, dimension - 2)
    else:
        simple = count_bits(tight) == dimension - 1
        parts = [
            _edges(tight, some[simple[some]], others[simple[others]], dimension),
            _sharing(tight, some[~simple[some]], others, dimension - 2),
            _sharing(tight, some[simple[some]], others[~simple[others]], dimension - 2),
        ]
        p = np.concatenate([part[0] for part in parts])
        q = np.concatenate([part[1] for part in parts])
    return _confirmed(tight, p, q, dimension)


def _sharing(tight: Masks, some: Index, others: Index, least: int) -> tuple[Index, Index]:
    """Return the pairs that share at least `least` tight constraints, comparing all."""
    first, second = tight[some], tight[others]
    step = max(1, _CHUNK // max(1, len(others)))
    found_p, found_q = [some[:0]], [others[:0]]
    for at in range(0, len(some), step):
        shared = np.bitwise_count(first[at : at + step, None, 0] & second[None, :, 0])
        for word in range(1, tight.shape[1]):
            both = first[at : at + step, None, word] & second[None, :, word]
            shared = shared + np.bitwise_count(both)
        i, k = np.nonzero(shared >= least)
        found_p.append(some[i + at])
        found_q.append(others[k])
    return np.concatenate(found_p), np.concatenate(found_q)


def _edges(tight: Masks, some: Index, others: Index, dimension: int) -> tuple[Index, Index]:
    """Return the adjacent pairs of simple rays: those that leave out one constraint each.

    A simple ray has d − 1 edges, each given by its constraints but one. Edges are
    matched by a 64-bit hash; what the hash confuses is thrown out by counting.
    """
    if not len(some) or not len(others):
        return some[:0], others[:0]
    p, p_keys = _edge_keys(tight, some)
    q, q_keys = _edge_keys(tight, others)
    order = np.argsort(q_keys, kind="stable")
    q, q_keys = q[order], q_keys[order]
    low = np.searchsorted(q_keys, p_keys, side="left")
    high = np.searchsorted(q_keys, p_keys, side="right")
    repeat = high - low
    p = np.repeat(p, repeat)
    starts = np.repeat(low - np.concatenate([[0], np.cumsum(repeat)[:-1]]), repeat)
    q = q[starts + np.arange(len(p))]
    true = count_bits(tight[p] & tight[q]) == dimension - 2
    return p[true], q[true]


def _edge_keys(tight: Masks, rays: Index) -> tuple[Index, Masks]:
    """Return every edge of the simple `rays`: (ray, hash of its other constraints)."""
    bits = np.unpackbits(tight[rays].view(np.uint8), axis=1, bitorder="little")
    shape = (bits.shape[1],)
    names = np.random.default_rng(0).integers(0, 2**64, shape, dtype=np.uint64)
    which, label = np.nonzero(bits)
    whole = np.zeros(len(rays), dtype=np.uint64)
    np.add.at(whole, which, names[label])
    return rays[which], whole[which] - names[label]


def _confirmed(tight: Masks, p: Index, q: Index, dimension: int) -> tuple[Index, Index]:
    """Of the pairs that share enough, return those that are adjacent."""
    if not len(p):
        return p, q
    sizes = count_bits(tight)
    doubtful = np.flatnonzero((sizes[p] > dimension - 1) & (sizes[q] > dimension - 1))
    if not len(doubtful):
        return p, q
    keep = np.ones(len(p), dtype=bool)
    lacking = ~tight
    step = max(1, _CHUNK // len(tight))
    for at in range(0, len(doubtful), step):
        pairs = doubtful[at : at + step]
        shared = tight[p[pairs]] & tight[q[pairs]]
        beyond = shared[:, None, 0] & lacking[None, :, 0]
        for word in range(1, tight.shape[1]):
            beyond |= shared[:, None, word] & lacking[None, :, word]
        keep[pairs] = (beyond == 0).sum(axis=1) == 2
    return p[keep], q[keep]
