"""The certificate from scratch: stay and defect of every member, in rationals.

    stay_i   = α_i θ + h_i + Σ_{j≠i} g_ij (1 − x_j)
    defect_i = w_i + α_i θ_R/(1 + κ w_i) + ρ Σ_{j≠i} g_ij x_j

or a user's own two payoffs. Nothing here is shared with what finds equilibria.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from missiongame.exact import Mask
    from missiongame.members.game import Game


def exact_most_gain(game: Game, away: Mask) -> Fraction:
    """Return the most that a member gains by deviating alone from the profile."""
    leaves = away.tolist()
    most: Fraction | None = None
    for i, (stay, gone) in enumerate(_ties(game, leaves)):
        here, there = _payoffs(game, i, stay, gone)
        gain = here[1] - there[0] if leaves[i] else there[1] - here[0]
        most = gain if most is None else max(most, gain)
    assert most is not None  # noqa: S101 - a community has a member
    return most


def _ties(game: Game, leaves: list[bool]) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield what every member's ties to stayers and to defectors are worth."""
    community, zero = game.community, Fraction(0)
    if community.ties is None:
        total = sum(map(Fraction, community.contribution), zero)
        gone = sum(
            (Fraction(c) for c, x in zip(community.contribution, leaves, strict=True) if x), zero
        )
        for c, social, x in zip(community.contribution, community.social, leaves, strict=True):
            own = Fraction(c)
            with_them = gone - own if x else gone
            with_us = total - own - with_them
            yield Fraction(social) * with_us / total, Fraction(social) * with_them / total
        return
    ties = community.ties
    for i in range(community.n):
        sides = [zero, zero]
        for k in range(ties.starts[i], ties.starts[i + 1]):
            sides[leaves[ties.partners[k]]] += Fraction(ties.worth[k])
        yield sides[0], sides[1]


_Ends = tuple[Fraction, Fraction]


def _payoffs(game: Game, i: int, stay: Fraction, gone: Fraction) -> tuple[_Ends, _Ends]:
    """Return the ends between which stay_i and defect_i lie; equal where they are rational."""
    at = _numbers(game, i)
    if game.payoffs is None:
        purpose, pay = at["alpha"], at["w"]
        here = purpose * at["theta"] + at["h"] + stay
        there = pay + purpose * at["theta_R"] / (1 + at["kappa"] * pay) + at["rho"] * gone
        return (here, here), (there, there)
    from missiongame.payoffs import PRECISIONS, program

    at.update(G_stay=stay, G_gone=gone)
    sides = game.payoffs.stay, game.payoffs.defect
    here_ends, there_ends = (program(e).enclosure(at, PRECISIONS[-1]) for e in sides)
    return here_ends, there_ends


def _numbers(game: Game, i: int) -> dict[str, Fraction]:
    community, rival = game.community, game.rival
    own: dict[str, Any] = {
        "h": community.enjoyment[i],
        "sigma": community.social[i],
        "w": game.pay[i],
        "s": Fraction(community.contribution[i]) / community.total,
        "theta": community.mission,
        "theta_R": rival.mission,
        "rho": rival.portability,
        "kappa": rival.crowding,
        **{name: column[i] for name, column in community.columns.items()},
    }
    if community.purpose is not None:
        own["alpha"] = community.purpose[i]
    return {name: Fraction(value) for name, value in own.items()}
