"""Thresholds on the grid of which all ties are multiples.

Where N_i can only be a multiple of q, i reaches t_i iff it reaches ⌈t_i/q⌉·q, and
exceeds t_i iff it exceeds ⌊t_i/q⌋·q. These are floats, as is every N_i: comparing
them is exact.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from missiongame.members.floats import UNIT, Floats, group
from missiongame.members.graph import Graph
from missiongame.payoffs.rationals import Irrational, Undefined

if TYPE_CHECKING:
    from missiongame.members.response import Response


def on_grid(graph: Graph, response: Response, at: Floats, off: Floats, *, upward: bool) -> Floats:
    """Return the thresholds rounded to the grid, exactly; `at` is within `off` of them.

    Thresholds out of reach may come back as any value out of reach.
    """
    snap = np.ceil if upward else np.floor
    off = off + np.abs(at) * (4 * UNIT)
    low, high = snap((at - off) / graph.grid), snap((at + off) / graph.grid)
    doubtful = np.flatnonzero(~(low == high))
    if len(doubtful):
        first, of = group([*response.rows_key(doubtful), graph.around[doubtful]])
        exact = [_exact(graph, response, i, upward) for i in doubtful[first].tolist()]
        low[doubtful] = np.array(exact, dtype=np.float64)[of]
    return low * graph.grid


def _exact(graph: Graph, response: Response, i: int, upward: bool) -> int:
    """Return t_i in steps of the grid, rounded, −1 or one step too many if out of reach."""
    step = Fraction(graph.grid)
    steps = int(Fraction(graph.around[i]) / step)
    try:
        t = response.threshold(i, steps * step) / step
    except (Irrational, Undefined):
        return _search(response, i, step, steps, upward)
    return max(-1, min(ceil(t) if upward else floor(t), steps + 1))


def _search(response: Response, i: int, step: Fraction, steps: int, upward: bool) -> int:
    """Return the first worth at which i is content to stay, or the last to leave, in steps."""
    low, high = 0, steps + 1
    while low < high:
        middle = (low + high) // 2
        sign = response.sign(i, middle * step, (steps - middle) * step)
        if sign < 0 or (upward and sign == 0):
            high = middle
        else:
            low = middle + 1
    return low if upward else low - 1
