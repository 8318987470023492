"""From a profile to the most that a member gains alone: from scratch, in rationals.

    stay_i   = α_i θ + h_i + Σ_{j≠i} g_ij (1 − x_j)
    defect_i = w_i + α_i θ_R/(1 + κ w_i) + ρ Σ_{j≠i} g_ij x_j

or a user's own two payoffs. Nothing here is shared with what finds equilibria.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from missiongame.exact import Mask
from missiongame.members.game import Game
from missiongame.members.symbol_values import symbol_values

_Ends = tuple[Fraction, Fraction]


def exact_most_gain(game: Game, away: Mask) -> Fraction:
    """Return the most that a member gains by deviating alone from the profile."""
    return max(_gains(game, away.tolist()))


def _gains(game: Game, leaves: list[bool]) -> Iterator[Fraction]:
    for i, (stay, gone) in enumerate(_ties(game, leaves)):
        here, there = _payoffs(game, i, stay, gone)
        yield here[1] - there[0] if leaves[i] else there[1] - here[0]


def _ties(game: Game, leaves: list[bool]) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield what every member's ties to stayers and to defectors are worth."""
    community, zero = game.community, Fraction(0)
    if community.ties is None:
        work = [Fraction(c) for c in community.contribution]
        total, gone = (
            sum(work, zero),
            sum((c for c, x in zip(work, leaves, strict=True) if x), zero),
        )
        for own, social, x in zip(work, community.social, leaves, strict=True):
            them, worth = gone - own if x else gone, Fraction(social) / total
            yield worth * (total - own - them), worth * them
        return
    ties = community.ties
    for i in range(community.n):
        sides = [zero, zero]
        for k in range(ties.starts[i], ties.starts[i + 1]):
            sides[leaves[ties.partners[k]]] += Fraction(ties.worth[k])
        yield sides[0], sides[1]


def _payoffs(game: Game, i: int, stay: Fraction, gone: Fraction) -> list[_Ends]:
    """Return the ends between which stay_i and defect_i lie; equal where they are rational."""
    values = symbol_values(game.community, game.rival, game.pay)
    at = {name: Fraction(v if np.ndim(v) == 0 else v[i]) for name, v in values.items()}
    if game.payoffs is None:
        purpose, pay = at["alpha"], at["w"]
        here = purpose * at["theta"] + at["h"] + stay
        there = pay + purpose * at["theta_R"] / (1 + at["kappa"] * pay) + at["rho"] * gone
        return [(here, here), (there, there)]
    from missiongame.payoffs import PRECISIONS, program  # these load SymPy

    share = Fraction(game.community.contribution[i]) / game.community.total
    at.update(s=share, G_stay=stay, G_gone=gone)
    sides = game.payoffs.stay, game.payoffs.defect
    return [program(side).enclosure(at, PRECISIONS[-1]) for side in sides]
