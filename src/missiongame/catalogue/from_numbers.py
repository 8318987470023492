"""From the numbers of symbols to the community and the rival that they describe."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from missiongame.catalogue.statement import Numbers
from missiongame.catalogue.symbolic_game import real
from missiongame.model import Community, Rival


def value(numbers: Numbers, name: str, default: Any = 0) -> Fraction:
    """Return the number that a symbol of this name has, or a default."""
    return numbers.get(real(name), Fraction(default))


def values(numbers: Numbers, *names: str) -> tuple[Fraction, ...]:
    """Return the numbers that the symbols of these names have, or zero."""
    return tuple(value(numbers, name) for name in names)


def one_member(numbers: Numbers) -> Community:
    """Return the community of one by the model's symbols."""
    purpose, own, mission = values(numbers, "alpha", "h", "theta")
    return Community([1], purpose, own, mission=mission)


def several_members(numbers: Numbers, n: int = 2, purpose: Any = 0) -> Community:
    """Return n members by the symbols of `Members`; each contributes 1 where none is spoken of.

    Parameters
    ----------
    purpose : number
        Where none is spoken of.
    """
    each = range(1, n + 1)
    return Community(
        [value(numbers, f"c_{i}", 1) for i in each],
        purpose=[value(numbers, f"alpha_{i}", purpose) for i in each],
        enjoyment=[value(numbers, f"h_{i}") for i in each],
        mission=value(numbers, "theta"),
        ties=[[value(numbers, f"g_{i}{j}") for j in each] for i in each],
    )


def two_alike(purpose: Any, enjoyment: Any, tie: Any, mission: Any = 1) -> Community:
    """Return two members alike, whose presence is worth `tie` to each other."""
    return Community([1, 1], purpose, enjoyment, mission=mission, ties=[[0, tie], [tie, 0]])


def rival_of(numbers: Numbers) -> Rival:
    """Return the rival by the model's symbols, and v, which is 1 where it is not spoken of."""
    names = {"mission": "theta_R", "portability": "rho", "crowding": "kappa"}
    return Rival(value(numbers, "v", 1), **{k: value(numbers, name) for k, name in names.items()})
