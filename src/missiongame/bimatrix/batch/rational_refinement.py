"""From one pair of supports to its mixture in rationals, where rounding could spoil it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from missiongame.exact import Floats, solve_square, whole


def mixture(payoffs: Floats, rows: Sequence[int], columns: Sequence[int]) -> Floats:
    """Return the mixture on `columns` that makes `rows` equally good, correctly rounded.

    Parameters
    ----------
    payoffs : (own, other)
    rows, columns : the pair, of equal size, with nonzero minors

    Returns
    -------
    (other,) float64

    Examples
    --------
    >>> mixture(np.array([[3.0, 0.0, 9.0], [0.0, 6.0, 9.0]]), (0, 1), (0, 1)).tolist()
    [0.6666666666666666, 0.3333333333333333, 0.0]
    """
    chosen = payoffs[np.ix_(rows, columns)]
    exact = whole(chosen.ravel())[0].reshape(chosen.shape)
    system = np.concatenate([exact[1:] - exact[0], np.ones((1, len(columns)), dtype=object)])
    solved = solve_square(system, np.array([0] * (len(rows) - 1) + [1], dtype=object))
    assert solved is not None  # noqa: S101 - the pair has nonzero minors
    answer = np.zeros(payoffs.shape[1])
    answer[list(columns)] = [numerator / solved[1] for numerator in solved[0]]
    return answer
