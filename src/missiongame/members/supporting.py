"""The largest self-supporting set, by sorting and scanning whole numbers.

Each member has a size c_i ≥ 0 and a key k_i. A set Y is *self-supporting* if
k_i ≤ Σ_{j∈Y} c_j for every i in Y. Unions of self-supporting sets are
self-supporting, so there is a largest one; it is a prefix in ascending order of
keys, the longest one whose last key is at most its own size.

With default ties, g_ij = σ_i s_j, and shares as sizes, both extreme equilibria
are such sets: those who stay in the least defection equilibrium, with keys
τ_i + s_i, and those who leave in the greatest, with keys 1 − τ_i.
"""

from __future__ import annotations

from collections.abc import Sequence


def longest_prefix(keys: Sequence[int], sizes: Sequence[int], base: int = 0) -> int:
    """Return how many members, in ascending order of keys, support themselves.

    Parameters
    ----------
    keys, sizes : whole numbers, keys ascending
    base : int
        The size of members who are in for certain.

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
