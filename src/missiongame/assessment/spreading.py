"""From a case to communities in which the work is spread: evenly, or between two members."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from missiongame.assessment.findings import Findings
from missiongame.assessment.repriced import LARGE
from missiongame.exact import exact_total
from missiongame.model import Community

GIVERS = TAKERS = 3


@dataclass(frozen=True, eq=False)
class Sharing:
    """Two members who make equally much after one has handed work to the other.

    Attributes
    ----------
    giver, taker : int
        Their positions.
    moved : Fraction
        Contributions a period.
    community : Community
    """

    giver: int
    taker: int
    moved: Fraction
    community: Community


def evenly(community: Community) -> tuple[Fraction, Community] | None:
    """Return how much is moved if all make equally much, and that community; None if they do.

    Only shares of the work move a price, so everyone then makes one contribution. Ties that
    are given stay as they are.

    Examples
    --------
    >>> moved, town = evenly(Community([5, 3, 1]))
    >>> moved, town.contribution
    (Fraction(2, 1), array([1., 1., 1.]))
    """
    made = community.contribution
    if np.all(made == made[0]):
        return None
    mean = community.total / community.n
    if made.dtype == object:
        above = np.asarray(made > mean, dtype=bool)
    else:  # a float is above the mean if it is above the float nearest to it, or is that one
        near = float(mean)
        above = made > near if near <= mean else made >= near
    moved = exact_total(made, above) - int(above.sum()) * mean
    return moved, community.changed(contribution=np.ones(community.n))


def sharings(found: Findings) -> Iterator[Sharing]:
    """Yield the pairs that are tried: who gives, who takes, and what is then made by each.

    The three largest of those on whom the share hangs give; the next two largest
    contributors after those, and the smallest of all, take. One pair where members
    are many: the largest gives to the next after those on whom the share hangs.
    """
    town = found.priced.community
    order, first = town.by_contribution, found.hinges_on
    few = 1 if town.n >= LARGE else TAKERS
    takers = [*order[first : first + max(1, few - 1)].tolist(), *order[-1:].tolist()][:few]
    for giver in order[: min(first, few, GIVERS)].tolist():
        for taker in dict.fromkeys(takers):
            shared = _shared(town, giver, taker)
            if shared.moved > 0:
                yield shared


def _shared(town: Community, giver: int, taker: int) -> Sharing:
    """Let both make half of their sum; in a column of floats, the float nearest to it."""
    more, less = Fraction(town.contribution[giver]), Fraction(town.contribution[taker])
    half = (more + less) / 2
    made = town.contribution.copy()
    made[[giver, taker]] = half if made.dtype == object else float(half)
    return Sharing(giver, taker, more - Fraction(made[giver]), town.changed(contribution=made))
