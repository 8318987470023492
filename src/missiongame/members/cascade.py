"""Extreme equilibria with general ties g_ij ≥ 0: a cascade over the sparse graph.

i stays iff the worth of its stayers N_i = Σ_{j stays} g_ij reaches the threshold
t_i (`missiongame.members.standard`). From all-stay, whoever has N_i < t_i
leaves, which lowers the N_i of those who value them, and so on: what is left is
the least defection equilibrium. From all-defect, whoever has N_i > t_i comes
back: the greatest. Each tie is looked at once: O(n + ties).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from missiongame.members.standard import StandardResponse
    from missiongame.ties import Ties

Mask = npt.NDArray[np.bool_]


def around(ties: Ties) -> list[Fraction]:
    """G_i = Σ_j g_ij, the worth of all of i's ties, for every member."""
    worth = [Fraction(g) for g in ties.worth]
    return [
        sum(worth[a:b], Fraction(0))
        for a, b in zip(ties.starts[:-1].tolist(), ties.starts[1:].tolist(), strict=True)
    ]


def cascade(ties: Ties, response: StandardResponse, least: bool) -> Mask:
    """Return the defectors of the least or the greatest equilibrium."""
    everyone = around(ties)
    threshold = [response.threshold(i, g) for i, g in enumerate(everyone)]
    worth = everyone if least else [Fraction(0)] * ties.n

    def moves(i: int) -> bool:
        return worth[i] < threshold[i] if least else worth[i] > threshold[i]

    moved = np.array([moves(i) for i in range(ties.n)], dtype=bool)
    queue = np.flatnonzero(moved).tolist()
    incoming, sign = ties.reversed, -1 if least else 1
    while queue:
        j = queue.pop()
        a, b = incoming.starts[j], incoming.starts[j + 1]
        for i, g in zip(incoming.partners[a:b].tolist(), incoming.worth[a:b], strict=True):
            worth[i] += sign * Fraction(g)
            if not moved[i] and moves(i):
                moved[i] = True
                queue.append(i)
    return moved if least else ~moved
