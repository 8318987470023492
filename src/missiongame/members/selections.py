"""Least, greatest and potential-maximising equilibrium among all pure ones.

Without complements the pure equilibria need not have a least or a greatest, nor
need there be any. The potential P of `missiongame.members.mincut`, where there is
one, is at its largest at an equilibrium all the same.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import Irrational, NoPotential
from missiongame.exact import Mask
from missiongame.members.enumeration import tie_rows
from missiongame.members.mincut import potential_weights
from missiongame.model import Ties

if TYPE_CHECKING:
    from missiongame.members.response import Response
    from missiongame.model import Community


def least(profiles: Mask) -> Mask | None:
    """Return the profile whose defectors defect in every other one too, if there is one."""
    return _among(profiles, profiles.all(axis=0)) if len(profiles) else None


def greatest(profiles: Mask) -> Mask | None:
    """Return the profile whose defectors are everyone who defects in any, if there is one."""
    return _among(profiles, profiles.any(axis=0)) if len(profiles) else None


def robust(community: Community, response: Response, profiles: Mask) -> Mask:
    """Return the potential's maximiser; of several, the one with least defection.

    Raises
    ------
    NoPotential
        If there is no potential, or no least one among its maximisers.
    """
    if response.no_potential:
        raise NoPotential(response.no_potential)
    if not len(profiles):
        raise NoPotential("there is no pure equilibrium")
    potential = _potential(community, response, ~profiles)
    best = profiles[potential == potential.max()]
    chosen = least(best)
    if chosen is None:
        raise NoPotential(f"the potential has {len(best)} maximisers, none with least defection")
    return chosen


def _among(profiles: Mask, wanted: Any) -> Mask | None:
    return np.asarray(wanted) if bool((profiles == wanted).all(axis=1).any()) else None


def _potential(community: Community, response: Response, stay: Mask) -> Any:
    """Return P at every profile of stayers, times a positive number."""
    rows = list(tie_rows(community))
    ties = community.ties
    if ties is None:
        ties = Ties.of(np.array(rows, dtype=object), community.n)
    weights = potential_weights(ties, response)
    factors = [w * response.weight(i) for i, w in enumerate(weights)]
    try:
        alone = [
            -f * response.threshold(i, sum(rows[i], Fraction(0))) for i, f in enumerate(factors)
        ]
    except Irrational as problem:
        raise NoPotential("the potential is not rational") from problem
    pairs = [[f * g for g in row] for f, row in zip(factors, rows, strict=True)]
    unit = lcm(*(a.denominator for a in alone), *(w.denominator for row in pairs for w in row))
    linear = np.array([int(2 * a * unit) for a in alone], dtype=object)
    square = np.array([[int(w * unit) for w in row] for row in pairs], dtype=object)
    if sum(map(abs, linear)) + np.abs(square).sum() < 2**62:
        linear, square = linear.astype(np.int64), square.astype(np.int64)
    there = stay.astype(linear.dtype)
    return there @ linear + ((there @ square) * there).sum(axis=1)
