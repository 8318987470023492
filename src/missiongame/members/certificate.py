"""The certificate of an equilibrium: the most that a member gains by deviating alone.

A stayer gains T_i, a defector −T_i. Computed from the payoffs at the profile, by
none of the ways that find equilibria. Floats bound every gain from above; whoever
may gain for all the floats say is redone exactly.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.exact import UNIT, Exactly, Floats, Mask, chunks, exact_total, group, nearest

if TYPE_CHECKING:
    from missiongame.members.response import Response
    from missiongame.model import Community


_EXACT = 64  # this many members who may gain most are redone exactly for the bound's sake


def max_gain(community: Community, response: Response, away: Mask) -> float:
    """Return the largest gain, rounded upward; its sign is exact.

    Parameters
    ----------
    away : (n,) bool
        Who defects.
    """
    around = Around(community, away)
    least = -math.inf  # the largest gain is certainly no less
    found: list[tuple[Any, Any]] = []
    with np.errstate(all="ignore"):
        for rows in chunks(community.n):
            stay, gone, off = around.floats(rows)
            tempted, err = response.temptations(rows, stay, gone, off)
            gain = np.where(away[rows], -tempted, tempted)
            err += np.abs(gain) * (4 * UNIT)
            least = max(least, float(np.max(gain - err, where=np.isfinite(err), initial=-math.inf)))
            gain += err
            may = rows.start + np.flatnonzero(~(gain < least))
            if len(may) > _EXACT:  # one of each kind will do
                may = may[group([*around.rows_key(may), *response.rows_key(may)])[0]]
            found.append((may, gain[may - rows.start]))
    members = np.concatenate([m for m, _ in found])
    bounds = np.concatenate([b for _, b in found])
    still = ~(bounds < least)
    return _exact_most(around, response, members[still], bounds[still])


def _exact_most(around: Around, response: Response, members: Any, bounds: Floats) -> float:
    """Redo exactly whoever may gain most: all of them if they are few, else those in doubt."""
    first, of = group([*around.rows_key(members), *response.rows_key(members)])
    doubtful = ~(bounds < 0)
    most = -math.inf
    if len(first) > _EXACT:
        most = float(bounds[~doubtful].max(initial=-math.inf))
        first = first[np.unique(of[doubtful])]
    for i in members[first].tolist():
        stay, gone = around.exact(i)
        sign = response.sign(i, stay, gone)
        bound = response.bound(i, stay, gone, upward=not around.away[i])
        if around.away[i]:
            sign, bound = -sign, -bound
        most = max(most, _upward(bound, sign))
    return most


def _upward(bound: Fraction, sign: int) -> float:
    """Return a float of the given sign, at least `bound`."""
    if sign == 0:
        return 0.0
    near = nearest(bound)
    if near < bound:
        near = math.nextafter(near, math.inf)
    return min(near, -math.ulp(0.0)) if sign < 0 else max(near, math.ulp(0.0))


class Around:
    """What members' ties to stayers and to defectors are worth."""

    def __init__(self, community: Community, away: Mask) -> None:
        self.community, self.away = community, away
        self.contribution = Exactly(community.contribution)
        self.social = Exactly(community.social)
        self.ties = community.ties
        if self.ties is None:
            total = exact_total(community.contribution, ~away)
            self.staying = total / community.total
            self._staying = float(self.staying)
        else:
            from missiongame.members.graph import graph

            self._graph = graph(self.ties)
            matrix = self._graph.matrix
            self._stay, self._gone = matrix @ (~away).astype(float), matrix @ away.astype(float)

    @cached_property
    def _kinds(self) -> list[Floats]:
        return self._graph.kinds(~self.away)

    def floats(self, rows: slice) -> tuple[Floats, Floats, Any]:
        """Return ties to stayers, to defectors, and how far off either may be."""
        if self.ties is not None:
            return self._stay[rows], self._gone[rows], self._graph.rounding[rows]
        social, share = self.social.floats[rows], self.community.share[rows]
        others = self._staying - np.where(self.away[rows], 0.0, share)
        return social * others, social * (1 - share - others), social * (16 * UNIT)

    def exact(self, i: int) -> tuple[Fraction, Fraction]:
        """Return ties to stayers and to defectors."""
        away = self.away
        if self.ties is not None:
            row = slice(self.ties.starts[i], self.ties.starts[i + 1])
            gone = away[self.ties.partners[row]]
            worth = self.ties.worth[row]
            return exact_total(worth[~gone]), exact_total(worth[gone])
        social = Fraction(self.community.social[i])
        share = Fraction(self.community.contribution[i]) / self.community.total
        others = self.staying - (0 if away[i] else share)
        return social * others, social * (1 - share - others)

    def rows_key(self, members: Any) -> list[Floats]:
        """Return columns such that members with equal rows have equal ties to either side."""
        if self.ties is not None:
            if len(members) <= _EXACT:  # too few to go through all ties for
                return [members.astype(np.float64)]
            columns = [*self._kinds, self.away.astype(np.float64)]
            return [column[members] for column in columns]
        return [
            self.contribution.codes(members),
            self.social.codes(members),
            self.away[members].astype(float),
        ]
