"""From labels to sets of them as bits: arrays of 64-bit words, one row a set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Masks: TypeAlias = npt.NDArray[np.uint64]
"""(sets, words), or (words,) for one set."""

Index: TypeAlias = npt.NDArray[np.intp]

_MANY = 2048  # sets from which counting by label beats comparing all pairs
_CHUNK = 2_000_000


def words_for(labels: int) -> int:
    """Return how many words hold a set of this many labels."""
    return (labels + 63) // 64


@cache
def bit(label: int, words: int) -> Masks:
    """Return the set {label}, read-only.

    Examples
    --------
    >>> bit(65, 2)
    array([0, 2], dtype=uint64)
    """
    mask = np.zeros(words, dtype=np.uint64)
    mask[label // 64] = np.uint64(1 << (label % 64))
    mask.flags.writeable = False
    return mask


def mask_of(labels: Iterable[int], words: int) -> Masks:
    """Return the set of these labels.

    Examples
    --------
    >>> mask_of([0, 3], 1)
    array([9], dtype=uint64)
    """
    mask = np.zeros(words, dtype=np.uint64)
    for label in labels:
        mask |= bit(label, words)
    return mask


def count_bits(masks: Masks) -> npt.NDArray[np.int64]:
    """Return the size of each set."""
    found: npt.NDArray[np.int64] = np.bitwise_count(masks).sum(axis=-1, dtype=np.int64)
    return found


def has(masks: Masks, label: int) -> npt.NDArray[np.bool_]:
    """Return which sets hold `label`."""
    bits = masks[..., label // 64] >> np.uint64(label % 64)
    found: npt.NDArray[np.bool_] = bits & np.uint64(1) != 0
    return found


def subset_pairs(inner: Masks, outer: Masks) -> tuple[Index, Index]:
    """Return all (i, k) such that inner[i] is contained in outer[k].

    Examples
    --------
    >>> i, k = subset_pairs(np.array([[1], [2]], np.uint64), np.array([[3], [5]], np.uint64))
    >>> sorted(zip(i.tolist(), k.tolist()))
    [(0, 0), (0, 1), (1, 0)]
    """
    sizes, outer_sizes = count_bits(inner), count_bits(outer)
    found = [(np.zeros(0, np.intp), np.zeros(0, np.intp))]
    for size in np.unique(outer_sizes):
        holders = np.flatnonzero(outer_sizes == size)
        same, smaller = np.flatnonzero(sizes == size), np.flatnonzero(sizes < size)
        i, k = _equal_pairs(inner[same], outer[holders])
        found.append((same[i], holders[k]))
        i, k = _contained_pairs(inner[smaller], outer[holders])
        found.append((smaller[i], holders[k]))
    return np.concatenate([f[0] for f in found]), np.concatenate([f[1] for f in found])


def _equal_pairs(some: Masks, others: Masks) -> tuple[Index, Index]:
    at: dict[bytes, list[int]] = {}
    for k, mask in enumerate(others):
        at.setdefault(mask.tobytes(), []).append(k)
    pairs = [(i, k) for i, mask in enumerate(some) for k in at.get(mask.tobytes(), ())]
    both = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _contained_pairs(inner: Masks, outer: Masks) -> tuple[Index, Index]:
    found_i, found_k = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for at, contained in _containments(inner, outer):
        i, k = np.nonzero(contained)
        found_i.append(i + at)
        found_k.append(k)
    return np.concatenate(found_i), np.concatenate(found_k)


def count_holders(
    inner: Masks, outer: Masks, tick: Callable[[], None] = lambda: None
) -> npt.NDArray[np.int64]:
    """Return in how many of `outer` each of `inner` is contained; `tick` may raise.

    Examples
    --------
    >>> count_holders(np.array([[1], [2]], np.uint64), np.array([[3], [5]], np.uint64))
    array([2, 1])
    """
    if len(outer) >= _MANY:
        return _count_by_label(inner, outer, tick)
    counts = np.zeros(len(inner), dtype=np.int64)
    for at, contained in _containments(inner, outer):
        tick()
        counts[at : at + len(contained)] = contained.sum(axis=1)
    return counts


def _count_by_label(inner: Masks, outer: Masks, tick: Callable[[], None]) -> npt.NDArray[np.int64]:
    """Count them by meeting, label by label, the sets of which outer sets hold it."""
    held = np.pad(_bits(outer), ((0, -len(outer) % 64), (0, 0)))
    packed = np.packbits(held, axis=0, bitorder="little").T
    holders = np.ascontiguousarray(packed).view(np.uint64)
    counts = np.full(len(inner), len(outer), dtype=np.int64)
    for k, labels in enumerate(_bits(inner)):
        if k % 256 == 0:
            tick()
        if labels.any():
            both = np.bitwise_and.reduce(holders[np.flatnonzero(labels)], axis=0)
            counts[k] = np.bitwise_count(both).sum()
    return counts


def _bits(masks: Masks) -> npt.NDArray[np.uint8]:
    """Return (sets, labels) of zeros and ones."""
    return np.unpackbits(np.ascontiguousarray(masks).view(np.uint8), axis=1, bitorder="little")


def covering(inner: Masks, outer: Masks) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which of `inner` lie in some of `outer`, and which of `outer` hold some."""
    inside = np.zeros(len(inner), dtype=bool)
    holding = np.zeros(len(outer), dtype=bool)
    for at, contained in _containments(inner, outer):
        inside[at : at + len(contained)] = contained.any(axis=1)
        holding |= contained.any(axis=0)
    return inside, holding


def _containments(inner: Masks, outer: Masks) -> Iterator[tuple[int, npt.NDArray[np.bool_]]]:
    """Yield, a block of `inner` at a time, where it starts and which sets hold which."""
    lacking = ~outer
    step = max(1, _CHUNK // max(1, len(outer)))
    for at in range(0, len(inner), step):
        yield at, _disjoint(inner[at : at + step], lacking)


def _disjoint(some: Masks, others: Masks) -> npt.NDArray[np.bool_]:
    """Return the matrix of which sets of `some` share nothing with which of `others`."""
    meets = some[:, None, 0] & others[None, :, 0]
    for word in range(1, some.shape[1]):
        meets |= some[:, None, word] & others[None, :, word]
    found: npt.NDArray[np.bool_] = meets == 0
    return found
