"""From tipping shares to the potential's largest maximiser: a prefix in one order.

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
question. Floats with a certified error leave a few sizes u that may maximise
(`missiongame.members.potential_in_floats`), mostly one; whoever has r_i near these is redone in
rationals.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from missiongame.exact import Floats, Mask, chunks, exact_total
from missiongame.members.potential_in_floats import sizes_of_maxima
from missiongame.members.potential_in_rationals import exact_maximiser
from missiongame.members.tipping_shares import TippingShares


def prefix_maximiser(tipping: TippingShares, least: Mask, greatest: Mask) -> Mask:
    """Return the defectors at the potential's largest maximiser.

    Parameters
    ----------
    least, greatest : (n,) bool
        Defectors in the extreme equilibria.
    """
    asked = greatest & ~least
    asked[tipping.split] = False  # whoever is indifferent whatever the others do stays
    if not asked.any():
        return least.copy()
    contribution = tipping.community.contribution
    settled = exact_total(contribution, ~(asked | least)) / tipping.total
    stream = _Asked(tipping, asked)
    low, high, near = sizes_of_maxima(stream, float(settled), tipping.off)
    return _around(stream, least, settled, (low - near, high + near))


class _Asked:
    """The stream of r_i and s_i of the members in question; of others, with sizes of zero."""

    def __init__(self, tipping: TippingShares, asked: Mask) -> None:
        self.tipping, self.asked = tipping, asked

    def __iter__(self) -> Iterator[tuple[Floats, Floats]]:
        tau, share = self.tipping.least, self.tipping.share
        for rows in chunks(len(self.asked)):
            within = self.asked[rows]
            if within.any():
                sizes = share[rows] * within
                yield tau[rows] + sizes / 2, sizes


def _around(stream: _Asked, least: Mask, settled: Fraction, doubt: tuple[float, float]) -> Mask:
    """Let those with smaller keys than are in doubt stay, and redo those in doubt exactly."""
    tipping, leave = stream.tipping, least.copy()
    doubtful = []
    for rows in chunks(len(leave)):
        keys = tipping.least[rows] + tipping.share[rows] / 2
        leave[rows] |= stream.asked[rows] & (keys >= doubt[0])
        within = stream.asked[rows] & (doubt[0] <= keys) & (keys <= doubt[1])
        if within.any():
            doubtful.append(rows.start + np.flatnonzero(within))
    if doubtful:
        members = np.concatenate(doubtful)
        stay = stream.asked & ~leave
        base = settled + exact_total(tipping.community.contribution, stay) / tipping.total
        leave[members] = ~exact_maximiser(tipping, members, base)
    return leave
