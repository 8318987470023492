"""Square systems of linear equations, exactly, by elimination without fractions.

Every intermediate entry is a minor of the system, so that each division by the
pivot before comes out even (Bareiss 1968).
"""

from __future__ import annotations

import numpy as np

from missiongame.exact.whole_numbers import Whole


def solve_square(M: Whole, b: Whole) -> tuple[list[int], int] | None:
    """Return z with M z = b as (numerators, denominator > 0), or None if M is singular.

    Parameters
    ----------
    M, b : integer arrays of shapes (k, k) and (k,)

    Examples
    --------
    >>> solve_square(np.array([[0, 2], [3, 1]]), np.array([4, 5]))
    ([6, 12], 6)
    """
    table = np.concatenate([M, b[:, None]], axis=1).astype(object)
    before = 1
    for k in range(len(table)):
        usable = np.flatnonzero(table[k:, k] != 0)
        if not len(usable):
            return None
        if usable[0]:
            table[[k, k + usable[0]]] = table[[k + usable[0], k]]
        pivot, line = table[k, k], table[k, k + 1 :].copy()
        # Rows above and below alike (Gauss-Jordan): the diagonal ends as the determinant.
        changed = np.multiply(table[:, k + 1 :], pivot) - np.multiply.outer(table[:, k], line)
        table[:, k + 1 :] = changed // before
        table[k, k + 1 :] = line
        before = pivot
    sign = 1 if before > 0 else -1
    return [int(sign * v) for v in table[:, -1]], int(sign * before)
