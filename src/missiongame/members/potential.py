"""The robust selection with default ties: the potential's largest maximiser.

Where T_i is affine in the ties, the game has, up to positive factors, the
potential (weighted by s_i/σ_i)

    Q(Y) = S(Y)²/2 − Σ_{i∈Y} s_i r_i,      r_i = τ_i + s_i/2,

of the staying set Y, as i's joining Y changes it by s_i (S(Y) − τ_i). Its
maximiser is robust to incomplete information (Morris and Ui 2005); where several
maximise, the largest is taken: the least defection. Members who decide alone are
constants, and those without contributions, whom nobody notices, answer it.

Any maximiser is {i : r_i ≤ u} with u its own size: a member of it has
r_i ≤ u − s_i/2, any other r_i > u + s_i/2. All equilibria lie between the extreme
ones, so only those who stay in the least and leave in the greatest are in
question. Floats with a certified error leave a few sizes u that may maximise,
mostly one; whoever has r_i near these is redone in rationals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from missiongame.members.exact_potential import exact_maximiser
from missiongame.members.floats import UNIT, Floats, Mask
from missiongame.members.sums import exact_total

if TYPE_CHECKING:
    from missiongame.members.tipping import TippingShares

BUCKETS = 1 << 14
_SMALL = 1 << 17  # this many keys are sorted at once


class _Errors(NamedTuple):
    """How far off keys, sizes and potentials may be."""

    size: float
    potential: float


def maximiser(tipping: TippingShares, least: Mask, greatest: Mask) -> Mask:
    """Return the defectors at the potential's largest maximiser.

    Parameters
    ----------
    least, greatest : (n,) bool
        Defectors in the extreme equilibria.
    """
    asked = greatest & ~least
    asked[tipping.split] = False  # whoever is indifferent whatever the others do stays
    leave = least.copy()
    if not asked.any():
        return leave
    share = tipping.share[asked]
    keys = tipping.lower[asked] + share / 2
    contribution = tipping.community.contribution
    settled = exact_total(contribution, ~(asked | least)) / tipping.total
    low, high, near = _sizes(keys, share, float(settled), tipping.off)
    stay = keys < low - near
    doubtful = np.flatnonzero(~stay & (keys <= high + near))
    if len(doubtful):
        members = np.flatnonzero(asked)
        base = settled + exact_total(contribution[members[stay]]) / tipping.total
        stay[doubtful] = exact_maximiser(tipping, members[doubtful], base)
    leave[asked] = ~stay
    return leave


def _sizes(keys: Floats, share: Floats, base: float, off: float) -> tuple[float, float, float]:
    """Return sizes between which every maximiser's lies, and how near a key is in doubt."""
    off += 4 * UNIT
    # Members whose keys may be misordered about the maximiser's size are tiny ones.
    tiny = float(share[share <= 4 * off].sum())
    rounding = (len(keys) + BUCKETS + 64) * 8 * UNIT
    if not share.any():
        return base, base, 4 * (rounding + off)
    errors = _Errors(rounding + off + 2 * tiny, 2 * (rounding + off) + 4 * tiny)
    steps, bucket = _steps(keys, share, base)
    chosen = steps.worth_a_look(errors)
    at = _candidates(keys, share, bucket, steps, chosen, errors)
    return float(at.min()), float(at.max()), 4 * errors.size


class _Steps(NamedTuple):
    """Buckets with members, in ascending order of keys.

    `low` and `high` bound a bucket's keys; `before` and `size` are the sizes of the
    prefixes that end before and with it, `q_before` and `q` their potentials.
    """

    bucket: npt.NDArray[np.int64]
    low: Floats
    high: Floats
    before: Floats
    size: Floats
    q_before: Floats
    q: Floats

    @property
    def next_high(self) -> Floats:
        """Upper bounds of the next member's key after each bucket."""
        return np.append(self.high[1:], np.inf)

    def worth_a_look(self, errors: _Errors) -> Mask:
        """Return the buckets in which a maximiser may end."""
        width = self.size - self.before
        most = np.minimum(
            self.q_before + width * np.maximum(0, self.size - self.low),
            self.q + width * np.maximum(0, self.high - self.before),
        )
        best = max(0.0, float(self.q.max()))
        return (
            (self.low <= self.size + errors.size)
            & (self.next_high >= self.before - errors.size)
            & (most >= best - 2 * errors.potential)
        )


def _steps(keys: Floats, share: Floats, base: float) -> tuple[_Steps, npt.NDArray[np.int64]]:
    low, high = float(keys.min()), float(keys.max())
    if len(keys) <= _SMALL or not high > low:
        bucket = np.zeros(len(keys), dtype=np.int64)
        width = high - low
    else:
        width = (high - low) / BUCKETS
        bucket = ((keys - low) * ((1 - 2.0**-40) / width)).astype(np.int64)
    inside = np.bincount(bucket, weights=share)
    linear = np.bincount(bucket, weights=share * keys)
    kept = np.flatnonzero(inside)
    size: Any = base + np.cumsum(inside[kept])
    q: Any = (size - base) * (size + base) / 2 - np.cumsum(linear[kept])
    slack = 2.0**-30 * (high - low) + 2.0**-50
    return _Steps(
        kept,
        np.asarray(low + kept * width - slack),
        np.asarray(low + (kept + 1) * width + slack),
        np.append(base, size[:-1]),
        size,
        np.append(0.0, q[:-1]),
        q,
    ), bucket


def _candidates(
    keys: Floats,
    share: Floats,
    bucket: npt.NDArray[np.int64],
    steps: _Steps,
    chosen: Mask,
    errors: _Errors,
) -> Floats:
    """Return the sizes of the prefixes that may be maximisers."""
    look = np.zeros(int(bucket.max()) + 1, dtype=bool)
    look[steps.bucket[chosen]] = True
    within = look[bucket] & (share > 0)
    keys, share, bucket = keys[within], share[within], bucket[within]
    order = np.argsort(keys)
    keys, share = keys[order], share[order]
    of = np.searchsorted(steps.bucket, bucket[order])  # ascending, as keys are
    start = np.flatnonzero(np.append(True, np.diff(of) > 0)) if len(of) else of
    size = _prefix(share, of, start, steps.before)
    q = _prefix(share * (size - share / 2 - keys), of, start, steps.q_before)
    ends = np.append(of[1:] != of[:-1], True) if len(of) else np.zeros(0, dtype=bool)
    following = np.where(ends, steps.next_high[of], np.append(keys[1:], np.inf))
    first = steps.before[0]  # the prefix of nobody
    best = max(0.0, float(steps.q.max()), float(q.max(initial=0.0)))
    fits = (keys <= size + errors.size) & (following >= size - errors.size)
    at = size[fits & (q >= best - 2 * errors.potential)]
    nobody = best <= 2 * errors.potential and steps.high[0] >= first - errors.size
    return np.append(at, first) if nobody else at


def _prefix(
    values: Floats, of: npt.NDArray[np.int64], start: npt.NDArray[np.int64], before: Floats
) -> Floats:
    """Return sums up to each member: its bucket's `before`, and the bucket's members so far."""
    total = np.cumsum(values)
    skipped = np.append(0.0, total)[start]
    lengths = np.diff(np.append(start, len(of)))
    return total + np.repeat(before[of[start]] - skipped, lengths)
