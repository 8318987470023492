"""At which amount of an offer is each member indifferent, as others come and go?

With b_i(x) of `missiongame.mechanisms.hysteresis` and unit pay e_i ≥ 0, at
b_i(x)/e_i. Who is not paid decides by the sign of b_i alone: their amount is
infinite, and for b_i = 0 as asked. Floats with a bound on their error answer
first; what falls within the bound is redone in rationals.
"""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache

import numpy as np

from missiongame.exact import TINY, UNIT, Mask, Number, nearest
from missiongame.members import Sides, StandardResponse
from missiongame.model import Community, Rival

_EVERYONE = slice(None)


class Amounts:
    """The amounts at which members are indifferent, given who is away.

    Parameters
    ----------
    community, rival
        Without the rival's mission or without crowding.
    unit : n Fractions ≥ 0
        e_i.
    """

    def __init__(self, community: Community, rival: Rival, unit: list[Fraction]) -> None:
        self.community, self.unit = community, unit
        self.paid: Mask = np.array([e > 0 for e in unit])
        self._unit = np.array([nearest(e) for e in unit])
        self._unpaid = StandardResponse(community, rival, np.zeros(community.n))  # T there is −b
        self._pull = cache(self._unpaid.pull)

    def look(self, away: Mask, *, unpaid_at_zero: float) -> None:
        """Take x; an unpaid member with b_i = 0 counts as `unpaid_at_zero`, an infinity."""
        self._sides, self._zero = Sides(self.community, away), unpaid_at_zero
        with np.errstate(all="ignore"):  # an overflow makes the bound infinite: all redone
            tempted, off = self._unpaid.temptations(_EVERYONE, *self._sides.floats(_EVERYONE))
            certain = np.abs(tempted) > off
            self._at = -tempted / self._unit
            self._off = (off + np.abs(tempted) * (4 * UNIT)) / self._unit + TINY
        self._off[~np.isfinite(self._at) | ~np.isfinite(self._off)] = np.inf
        self._at[~self.paid] = np.where(tempted[~self.paid] < 0, np.inf, -np.inf)
        self._off[~self.paid] = 0.0
        for i in np.flatnonzero(~self.paid & ~certain).tolist():
            self._at[i] = float(self.exact(i))

    @property
    def defection(self) -> Fraction:
        """K(x), the share of the contributions that is away."""
        return self._sides.defectors.share

    def exact(self, i: int) -> Number:
        """Return member i's amount exactly, or an infinity."""
        stay, gone = self._sides.exact(i)
        b = stay - self._unpaid.portability * gone - self._pull(i)
        if self.unit[i]:
            return b / self.unit[i]
        return self._zero if b == 0 else math.inf if b > 0 else -math.inf

    def least(self, members: Mask) -> Number:
        """Return the least amount of these members; inf where there are none."""
        return self._extreme(members, 1)

    def most(self, members: Mask) -> Number:
        """Return the largest amount of these members; −inf where there are none."""
        return -self._extreme(members, -1)

    def _extreme(self, members: Mask, side: int) -> Number:
        if not members.any():
            return math.inf
        with np.errstate(invalid="ignore"):  # no number is above another: all are near
            low, high = side * self._at - self._off, side * self._at + self._off
            near = np.flatnonzero(members & ~(low > high[members].min()))
        return min(side * self.exact(i) for i in near.tolist())

    def at_most(self, amount: Number) -> Mask:
        """Return whose amount is at most this one, (n,) bool."""
        return self._compared(amount, 1)

    def at_least(self, amount: Number) -> Mask:
        """Return whose amount is at least this one, (n,) bool."""
        return self._compared(amount, -1)

    def _compared(self, amount: Number, side: int) -> Mask:
        there = side * nearest(amount)
        room = self._off + abs(there) * (4 * UNIT) if math.isfinite(there) else self._off
        with np.errstate(invalid="ignore", over="ignore"):  # in doubt, and redone
            below = side * self._at - there
            sure = np.abs(below) > room
        result: Mask = sure & (below < 0)
        for i in np.flatnonzero(~sure).tolist():
            result[i] = side * self.exact(i) <= side * amount
        return result
