"""From payoffs and default ties to tipping shares: how much of the others' work keeps a member.

With default ties, g_ij = σ_i s_j, and S_{−i} the share of contributions that the other
stayers make, N_i = σ_i S_{−i}, so that i stays iff S_{−i} ≥ τ_i = t_i/σ_i, its *tipping
share*. A member with σ_i = 0 decides alone, by the sign of T_i; σ_i never divides.

Kept as floats, each within `off` of the exact one: as every S_{−i} lies in [0, 1],
a share that is certainly above 1 is kept as 2 and one below −1 as −2. What floats
leave open beyond `LOOSE` is redone exactly. A member who is indifferent over a
whole range of shares (one who decides alone, say) has two ends: the lower counts
where indifferent members stay, the upper where they leave.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from missiongame.errors import Irrational, Undefined
from missiongame.exact import UNIT, Exactly, Floats, Mask, Ratios, Rows, chunks, group, nearest
from missiongame.members.response_protocol import Response
from missiongame.model import Community

LOOSE = 2.0**-30
ALWAYS, NEVER = -2.0, 2.0  # stays whatever the others do; stays under no circumstances
_FINE = 1 << 40  # the grid on which a share without a formula is bracketed


class TippingShares:
    """Every member's tipping share, in floats and exactly.

    Attributes
    ----------
    least, greatest : (n,) float64, read-only
        The shares that count where indifferent members stay, and where they leave.
    off : float
        How far they may be from the exact ones.
    split : (m,) int64
        The members whose two ends differ.
    """

    def __init__(self, community: Community, response: Response) -> None:
        self.community, self.response = community, response
        self.total, self.share = community.total, community.share
        self.social = Exactly(community.social)
        self.contribution = Exactly(community.contribution)
        self.least, self.off, self.split = self._filter()
        self.greatest = self.least
        if len(self.split):
            self._redo(self.split)
        self.least.flags.writeable = self.greatest.flags.writeable = False

    def _filter(self) -> tuple[Floats, float, Any]:
        """Return the shares in floats, how far off, and of whom they say too little."""
        tau = np.empty(self.community.n)
        loose, off = [np.zeros(0, dtype=np.int64)], 0.0
        alone = np.asarray(self.community.social == 0, dtype=bool)
        with np.errstate(all="ignore"):
            for rows in chunks(len(tau)):
                social = self.social.floats[rows]
                around = social * (1 - self.share[rows])
                t, err = self.response.thresholds(rows, around, social * (4 * UNIT))
                if alone[rows].any():
                    social = _decide_alone(t, err, alone[rows], social)
                t /= social
                err /= social
                err *= np.abs(t) - err <= NEVER  # beyond, only that it is beyond matters
                unsure = np.flatnonzero(~(err <= LOOSE))
                if len(unsure):
                    loose.append(rows.start + unsure)
                    err[unsure] = 0.0
                np.clip(t, ALWAYS, NEVER, out=tau[rows])
                off = max(off, float(err.max()))
        return tau, off, np.concatenate(loose)

    def _redo(self, loose: Any) -> None:
        """Put in the shares of these members, exactly; keep who has two ends."""
        key = self.rows_key(loose)
        # Who decides alone, decides alone, however much they contribute.
        key[0] = key[0] * np.asarray(self.social.exact[loose] != 0)
        first, of = group(key)
        ends = self._all_ends(loose[first])
        self.off = max(self.off, float(ends[:, 2].max()))
        lower, upper = ends[of, 0], ends[of, 1]
        self.least[loose] = lower
        self.split = loose[upper > lower]
        if len(self.split):
            self.greatest = self.least.copy()
            self.greatest[loose] = upper

    def rows_key(self, rows: Rows) -> list[Floats]:
        """Return columns such that members with equal rows of them play the same part."""
        own = [self.contribution.codes(rows), self.social.codes(rows)]
        return own + self.response.rows_key(rows)

    def enclosure(self, i: int) -> tuple[Fraction, Fraction]:
        """Return rationals that enclose τ_i, equal where it is rational.

        Raises
        ------
        Irrational
            If there is no formula for it.
        Undefined
            If the formula has no value at this member's numbers.
        """
        social = Fraction(self.social.exact[i])
        if not social:
            raise Irrational("who decides alone has no tipping share")
        low, high = self.response.threshold_ends(i, social * self._others(i))
        return low / social, high / social

    def exact(self, i: int) -> Fraction | None:
        """τ_i, or None where i has none that is rational."""
        try:
            low, high = self.enclosure(i)
        except (Irrational, Undefined):
            return None
        return low if low == high else None

    def exact_rows(self, members: Any) -> tuple[Mask, Ratios]:
        """Return who of several members have a rational τ_i, a mask of them, and theirs."""
        known = np.asarray(self.social.exact[members] != 0, dtype=bool)
        some = members[known]
        social, own = (Ratios.of(c.exact[some]) for c in (self.social, self.contribution))
        t = self.response.threshold_rows(some, social * (-(own / self.total) + 1))
        if t is not None:
            return known, t / social
        found = [self.exact(i) for i in members.tolist()]
        known = np.array([tau is not None for tau in found], dtype=bool)
        return known, Ratios.of([tau for tau in found if tau is not None])

    def _all_ends(self, members: Any) -> Floats:
        """Return `_ends` of several members, a row each."""
        ends = np.zeros((len(members), 3))
        alone = np.asarray(self.social.exact[members] == 0, dtype=bool)
        nothing = Ratios.of(np.zeros(int(alone.sum())))
        signs = self.response.signs(members[alone], nothing, nothing)
        ends[alone, :2] = np.where(np.stack([signs <= 0, signs < 0], axis=1), ALWAYS, NEVER)
        if not alone.all():
            ends[~alone] = [self._ends(i) for i in members[~alone].tolist()]
        return ends

    def _ends(self, i: int) -> tuple[float, float, float]:
        """Return where i begins to stay, where it ceases to leave, and how far off these are."""
        tau = self.exact(i)
        if tau is not None:
            kept = float(min(max(tau, Fraction(-2)), Fraction(2)))
            return kept, kept, 4 * UNIT
        most = self._others(i)
        content, restless = self.bisect(i, most / _FINE, _FINE)
        step = nearest(most) / _FINE
        lower = ALWAYS if content == 0 else NEVER if content > _FINE else content * step
        upper = ALWAYS if restless < 0 else NEVER if restless == _FINE else restless * step
        return lower, max(lower, upper), 2.0 / _FINE

    def bisect(self, i: int, step: Fraction, steps: int) -> tuple[int, int]:
        """Return the first a with T_i ≤ 0 and the last with T_i ≥ 0 at S_{−i} = a·step.

        0 ≤ a ≤ steps, where steps·step = 1 − s_i; where there is none, steps + 1 and −1.
        """
        worth = Fraction(self.social.exact[i]) * step

        def sign(a: int) -> int:
            return self.response.sign(i, worth * a, worth * (steps - a))

        return _first(lambda a: sign(a) <= 0, steps), _first(lambda a: sign(a) < 0, steps) - 1

    def _others(self, i: int) -> Fraction:
        """1 − s_i."""
        return 1 - Fraction(self.contribution.exact[i]) / self.total


def _first(holds: Callable[[int], bool], steps: int) -> int:
    """Return the first a in 0, …, steps at which a rising condition holds, else steps + 1."""
    if holds(0):
        return 0
    if not holds(steps):
        return steps + 1
    low, high = 0, steps
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _decide_alone(t: Floats, err: Floats, alone: Any, social: Floats) -> Floats:
    """Give members with σ_i = 0 what says what they do; return divisors that are not zero."""
    sure = np.abs(t) > err
    t[alone] = np.copysign(np.inf, t)[alone]
    err[alone] = np.where(sure, 0.0, np.inf)[alone]
    return np.where(alone, 1.0, social)
