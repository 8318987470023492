"""At which amount of an offer is each member indifferent, as others come and go?

With b_i(x) of `missiongame.mechanisms.hysteresis` and unit pay e_i ≥ 0, at
b_i(x)/e_i. Who is not paid decides by the sign of b_i alone: their amount is
infinite, and for b_i = 0 as asked. Floats with a bound on their error answer
first; what falls within the bound is redone in rationals.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.exact import Floats, Mask, Number, exact_total, fractions_of, nearest
from missiongame.mechanisms.derived import numeric
from missiongame.mechanisms.surroundings import ties_of

if TYPE_CHECKING:
    from missiongame.model import Community, Rival

_TINY = 2.0**-1000  # more than underflow may add
_ROUNDING = 64 * 2.0**-53  # of the few dozen operations here, relative to the sizes


class Amounts:
    """The amounts at which members are indifferent, given who is away.

    Parameters
    ----------
    community, rival
    unit : n Fractions ≥ 0
        e_i.
    balance : SymPy expression
        b in the symbols of `missiongame.model.symbols`.
    """

    def __init__(
        self, community: Community, rival: Rival, unit: list[Fraction], balance: Any
    ) -> None:
        from missiongame.model import symbols as m

        self.community, self.unit = community, unit
        order = (m.alpha, m.h, m.theta, m.theta_R, m.rho, m.G_stay, m.G_gone)
        self._balance = numeric(balance, *order)
        purpose = community.known_purpose("loop")
        self._own = list(zip(fractions_of(purpose), fractions_of(community.enjoyment), strict=True))
        numbers = (community.mission, rival.mission, rival.portability)
        self._exact = tuple(Fraction(x) for x in numbers)
        self._numbers = tuple(nearest(x) for x in numbers)
        alpha, h = purpose.astype(np.float64), community.enjoyment.astype(np.float64)
        self._columns = (alpha, h)
        with np.errstate(over="ignore", invalid="ignore"):  # infinite sizes put all in doubt
            self._size = np.abs(alpha) * (self._numbers[0] + self._numbers[1]) + np.abs(h)
        self._unit = np.array([nearest(e) for e in unit])
        self.paid: Mask = self._unit > 0
        self._sparse = _sparse(community)
        if community.ties is not None:
            self._degree = 1.0 + np.diff(community.ties.starts)

    def look(self, away: Mask, *, unpaid_at_zero: float) -> None:
        """Take x; an unpaid member with b_i = 0 counts as `unpaid_at_zero`, an infinity."""
        self.away, self._zero = away, unpaid_at_zero
        town = self.community
        self._staying = exact_total(town.contribution[~away]) / town.total
        with np.errstate(all="ignore"):  # an overflow makes the bound infinite: all redone
            stay, gone, tied = self._ties()
            b = self._balance(*self._columns, *self._numbers, stay, gone)
            size = self._size + (1 + self._numbers[2]) * tied
            self._at = np.where(self.paid, b / self._unit, 0.0)
            self._off = np.where(self.paid, (size * _ROUNDING + _TINY) / self._unit, np.inf)
        self._off[~np.isfinite(self._at) | ~np.isfinite(self._off)] = np.inf
        for i in np.flatnonzero(~self.paid).tolist():
            self._at[i], self._off[i] = float(self.exact(i)), 0.0

    def _ties(self) -> tuple[Floats, Floats, Floats]:
        """Return ties to stayers, to those away, and a size their errors are relative to."""
        away = self.away
        if self._sparse is not None:
            stay, gone = self._sparse @ (~away).astype(float), self._sparse @ away.astype(float)
            return stay, gone, (stay + gone) * self._degree
        social, share = self.community.social.astype(np.float64), self.community.share
        others = float(self._staying) - np.where(away, 0.0, share)
        return social * others, social * (1 - share - others), social

    def exact(self, i: int) -> Number:
        """Return member i's amount exactly, or an infinity."""
        town = self.community
        if town.ties is None:
            social, share = Fraction(town.social[i]), Fraction(town.contribution[i]) / town.total
            others = self._staying - (0 if self.away[i] else share)
            stay, gone = social * others, social * (1 - share - others)
        else:
            stay, gone = ties_of(town, ~self.away, i), ties_of(town, self.away, i)
        b = self._balance(*self._own[i], *self._exact, stay, gone)
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
        room = self._off + abs(there) * _ROUNDING if math.isfinite(there) else self._off
        with np.errstate(invalid="ignore", over="ignore"):  # in doubt, and redone
            below = side * self._at - there
            sure = np.abs(below) > room
        result = sure & (below < 0)
        for i in np.flatnonzero(~sure).tolist():
            result[i] = side * self.exact(i) <= side * amount
        return result


def _sparse(community: Community) -> Any:
    if community.ties is None:
        return None
    import scipy.sparse

    ties = community.ties
    return scipy.sparse.csr_array(
        (ties.worth.astype(np.float64), ties.partners, ties.starts),
        shape=(community.n, community.n),
    )
