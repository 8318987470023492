"""Tipping shares under default ties, g_ij = σ_i s_j.

With S_{−i} the share of contributions that the other stayers make, N_i = σ_i S_{−i},
so that i stays iff S_{−i} ≥ τ_i = t_i/σ_i, its *tipping share*. A member with
σ_i = 0 decides alone, by the sign of T_i; σ_i never divides.

Kept as floats, each within `off` of the exact one: as every S_{−i} lies in [0, 1],
a share that is certainly above 1 is kept as 2 and one below −1 as −2. What floats
leave open beyond `LOOSE` is redone exactly. A member who is indifferent over a
whole range of shares (one who decides alone, say) has two ends: `lower` counts
where indifferent members stay, `upper` where they leave.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import Irrational, Undefined
from missiongame.exact import UNIT, Exactly, Floats, Rows, chunks, group, nearest

if TYPE_CHECKING:
    from missiongame.members.response import Response
    from missiongame.model import Community

LOOSE = 2.0**-30
ALWAYS, NEVER = -2.0, 2.0  # stays whatever the others do; stays under no circumstances
_FINE = 1 << 40  # the grid on which a share without a formula is bracketed


class TippingShares:
    """Every member's tipping share, in floats and exactly."""

    def __init__(self, community: Community, response: Response) -> None:
        self.community = community
        self.response = response
        self.total = community.total
        self.social = Exactly(community.social)
        self.contribution = Exactly(community.contribution)
        self.share: Floats = community.share
        self.lower, self.off, loose = self._filter()
        self.split, ends = self._redo(loose)
        self.upper_ends, self.lower_ends = ends

    def upper(self) -> Floats:
        """Return the shares that count where indifferent members leave: `lower`, changed."""
        self.lower[self.split] = self.upper_ends
        return self.lower

    def restore(self) -> None:
        """Undo what `upper` changed."""
        self.lower[self.split] = self.lower_ends

    def _filter(self) -> tuple[Floats, float, Any]:
        tau = np.empty(self.community.n)
        loose, off = [], 0.0
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
        return tau, off, np.concatenate(loose) if loose else np.zeros(0, dtype=np.int64)

    def _redo(self, loose: Any) -> tuple[Any, tuple[Floats, Floats]]:
        """Redo shares exactly; return who has two ends, and the ends."""
        if not len(loose):
            return loose, (np.zeros(0), np.zeros(0))
        key = self.rows_key(loose)
        key[0] = key[0] * np.asarray(
            self.social.exact[loose] != 0
        )  # who decides alone, decides alone
        first, of = group(key)
        ends = np.array([self.ends(i) for i in loose[first].tolist()])
        lower, upper = ends[of, 0], ends[of, 1]
        self.lower[loose] = lower
        split = upper > lower
        return loose[split], (upper[split], lower[split])

    def rows_key(self, rows: Rows) -> list[Floats]:
        """Return columns such that members with equal rows of them play the same part."""
        own = [self.contribution.codes(rows), self.social.codes(rows)]
        return own + self.response.rows_key(rows)

    def exact(self, i: int) -> Fraction | None:
        """τ_i, or None where i has none that is rational."""
        social = Fraction(self.social.exact[i])
        if not social:
            return None
        try:
            return self.response.threshold(i, social * self._others(i)) / social
        except (Irrational, Undefined):
            return None

    def exact_ends(self, i: int) -> tuple[Fraction, Fraction]:
        """Return rationals that enclose τ_i, equal where it is rational; σ_i is not zero."""
        social = Fraction(self.social.exact[i])
        low, high = self.response.threshold_ends(i, social * self._others(i))
        return low / social, high / social

    def ends(self, i: int) -> tuple[float, float]:
        """Return floats within 1/_FINE of where i begins to stay, and ceases to leave."""
        tau = self.exact(i)
        if tau is not None:
            self.off = max(self.off, 4 * UNIT)
            kept = float(min(max(tau, Fraction(-2)), Fraction(2)))
            return kept, kept
        most = self._others(i)
        content, restless = self.bisect(i, most / _FINE, _FINE)
        step = nearest(most) / _FINE
        lower = ALWAYS if content == 0 else NEVER if content > _FINE else content * step
        upper = ALWAYS if restless < 0 else NEVER if restless == _FINE else restless * step
        self.off = max(self.off, 2.0 / _FINE)
        return lower, max(lower, upper)

    def bisect(self, i: int, step: Fraction, steps: int) -> tuple[int, int]:
        """Return the first a with T_i ≤ 0 and the last with T_i ≥ 0 at S_{−i} = a·step.

        0 ≤ a ≤ steps, where steps·step = 1 − s_i; where there is none, steps + 1 and −1.
        """
        social = Fraction(self.social.exact[i])

        def sign(a: int) -> int:
            return self.response.sign(i, social * step * a, social * step * (steps - a))

        content = _first(lambda a: sign(a) <= 0, steps)
        restless = _first(lambda a: sign(a) < 0, steps) - 1
        return content, restless

    def _others(self, i: int) -> Fraction:
        """1 − s_i."""
        return 1 - Fraction(self.contribution.exact[i]) / self.total


def _first(holds: Any, steps: int) -> int:
    """Return the first a in 0, …, steps at which a rising condition holds, else steps + 1."""
    if holds(0):
        return 0
    low, high = 1, steps + 1
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _decide_alone(t: Floats, err: Floats, alone: Any, social: Floats) -> Floats:
    """Give members with σ_i = 0 what says what they do; return divisors that are not zero."""
    sure = np.abs(t) > err
    t[alone] = np.copysign(np.inf, t)[alone]
    err[alone] = np.where(sure, 0.0, np.inf)[alone]
    return np.where(alone, 1.0, social)
