"""From a profile to the most that a member gains by deviating alone: its certificate.

A stayer gains T_i, a defector −T_i. Computed from the payoffs at the profile, by
none of the ways that find equilibria. Floats bound every gain from above; whoever
may gain for all the floats say is redone exactly.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from missiongame.exact import UNIT, Floats, Mask, chunks, group, nearest
from missiongame.members.response_protocol import Response
from missiongame.members.sides import Sides
from missiongame.model import Community

_EXACT = 64  # this many members who may gain most are redone exactly for the bound's sake


def max_gain(community: Community, response: Response, away: Mask) -> float:
    """Return the largest gain, rounded upward; its sign is exact.

    Parameters
    ----------
    away : (n,) bool
        Who defects.
    """
    sides = Sides(community, away)
    least = -math.inf  # the largest gain is certainly no less
    found: list[tuple[Any, Any]] = []
    with np.errstate(all="ignore"):
        for rows in chunks(community.n):
            stay, gone, off = sides.floats(rows)
            tempted, err = response.temptations(rows, stay, gone, off)
            gain = np.where(away[rows], -tempted, tempted)
            err += np.abs(gain) * (4 * UNIT)
            least = max(least, float(np.max(gain - err, where=np.isfinite(err), initial=-math.inf)))
            gain += err
            may = rows.start + np.flatnonzero(~(gain < least))
            if len(may) > _EXACT:  # one of each kind will do
                may = may[group([*sides.rows_key(may), *response.rows_key(may)])[0]]
            found.append((may, gain[may - rows.start]))
    members = np.concatenate([m for m, _ in found])
    bounds = np.concatenate([b for _, b in found])
    still = ~(bounds < least)
    return _exact_most(sides, response, members[still], bounds[still])


def _exact_most(sides: Sides, response: Response, members: Any, bounds: Floats) -> float:
    """Redo exactly whoever may gain most: all of them if they are few, else those in doubt."""
    first, of = group([*sides.rows_key(members), *response.rows_key(members)])
    doubtful = ~(bounds < 0)
    most = -math.inf
    if len(first) > _EXACT:
        most = float(bounds[~doubtful].max(initial=-math.inf))
        first = first[np.unique(of[doubtful])]
    asked = members[first]
    stays, gones = sides.exact_rows(asked)
    signs = response.signs(asked, stays, gones)
    if not signs.all():
        most = max(most, 0.0)
    for k in np.flatnonzero(signs).tolist():
        i, sign, stay, gone = int(asked[k]), int(signs[k]), stays[k], gones[k]
        bound = response.bound(i, stay, gone, upward=not sides.away[i])
        if sides.away[i]:
            sign, bound = -sign, -bound
        most = max(most, _upward(bound, sign))
    return most


def _upward(bound: Fraction, sign: int) -> float:
    """Return a float of the given sign, at least `bound`."""
    near = nearest(bound)
    if near < bound:
        near = math.nextafter(near, math.inf)
    return min(near, -math.ulp(0.0)) if sign < 0 else max(near, math.ulp(0.0))
