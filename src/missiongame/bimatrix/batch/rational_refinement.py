"""The mixture of one pair of supports in rationals, where rounding could spoil it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from missiongame.bimatrix.batch.minors import Floats, evaluate, minors


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
    exact = np.array([[[Fraction(float(payoffs[i, j]))] for j in columns] for i in rows])
    layout = minors(len(rows), len(columns))
    table = np.empty((layout.size, 1), dtype=object)
    evaluate(layout, exact[1:] - exact[0], table)
    own, other = tuple(range(len(rows))), tuple(range(len(columns)))
    weights = [abs(table[layout.row(own, other[:p] + other[p + 1 :]), 0]) for p in other]
    answer = np.zeros(payoffs.shape[1])
    answer[list(columns)] = [float(weight / sum(weights)) for weight in weights]
    return answer
