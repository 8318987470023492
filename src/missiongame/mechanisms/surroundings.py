"""What a member's ties to a group are worth: Σ_{j ≠ i, j in the group} g_ij, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from missiongame.exact import exact_total, fractions_of

if TYPE_CHECKING:
    from missiongame.model import Community

Mask = npt.NDArray[np.bool_]


def ties_to(community: Community, inside: Mask) -> list[Fraction]:
    """Return Σ_{j ≠ i, inside} g_ij for every member i.

    Parameters
    ----------
    community : Community
    inside : (n,) bool

    Examples
    --------
    >>> from missiongame import Community
    >>> town = Community([2, 1, 1], social=8)
    >>> [float(g) for g in ties_to(town, np.array([True, True, False]))]
    [2.0, 4.0, 6.0]
    """
    if community.ties is not None:
        return [ties_of(community, inside, i) for i in range(community.n)]
    shares, social = community.exact_share, fractions_of(community.social)
    total = exact_total(community.contribution[inside]) / community.total
    return [
        worth * (total - (s if there else 0))
        for worth, s, there in zip(social, shares, inside.tolist(), strict=True)
    ]


def ties_of(community: Community, inside: Mask, i: int) -> Fraction:
    """Return Σ_{j ≠ i, inside} g_ij for one member of a community with general ties."""
    ties = community.ties
    if ties is None:
        return ties_to(community, inside)[i]
    row = slice(ties.starts[i], ties.starts[i + 1])
    return exact_total(ties.worth[row][inside[ties.partners[row]]])
