"""All pure equilibria of a small members' game, whatever its structure.

Members are taken one after the other, each striking out the profiles in which it
would rather do otherwise. A profile is a whole number whose bit i is x_i. The
worths of i's ties are scaled to whole numbers, so that what those who stay are
worth is exact; T_i's sign is asked once for each worth that occurs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from missiongame.exact import TINY, UNIT, Mask, fractions_of, nearest

if TYPE_CHECKING:
    from missiongame.members.response import Response
    from missiongame.model import Community

MOST = 20  # members; 2^20 profiles


def equilibria(community: Community, response: Response) -> npt.NDArray[np.bool_]:
    """Return all pure equilibria, one a row, as masks of defectors.

    Returns
    -------
    (equilibria, n) bool
        In ascending order of Σ 2^i x_i; no row where there is none.
    """
    n = community.n
    profiles: npt.NDArray[np.int64] = np.arange(1 << n, dtype=np.int64)
    for i, row in enumerate(tie_rows(community)):
        profiles = profiles[_content(i, row, response, profiles)]
    return (profiles[:, None] >> np.arange(n)) & 1 == 1


def tie_rows(community: Community) -> Iterator[list[Fraction]]:
    """Yield g_i1, …, g_in exactly for every member i."""
    n, ties = community.n, community.ties
    if ties is None:
        shares = community.exact_share
        for i, social in enumerate(fractions_of(community.social)):
            yield [social * s if j != i else Fraction(0) for j, s in enumerate(shares)]
        return
    for i in range(n):
        row = [Fraction(0)] * n
        there = slice(ties.starts[i], ties.starts[i + 1])
        for j, worth in zip(ties.partners[there].tolist(), ties.worth[there], strict=True):
            row[j] = Fraction(worth)
        yield row


def _content(
    i: int, row: Sequence[Fraction], response: Response, profiles: npt.NDArray[np.int64]
) -> Mask:
    """Return in which profiles member i does not gain by doing otherwise."""
    unit = lcm(*(g.denominator for g in row))
    whole = [int(g * unit) for g in row]
    exact: Any = object if sum(map(abs, whole)) >= 2**62 else np.int64
    staying = np.zeros(len(profiles), dtype=exact)
    for j, worth in enumerate(whole):
        if worth:
            staying += (1 - ((profiles >> j) & 1)).astype(exact) * worth
    worths, where = np.unique(staying, return_inverse=True)
    signs = _signs(i, worths, unit, sum(row, Fraction(0)), response)[where]
    leaves = (profiles >> i) & 1 == 1
    return np.where(leaves, signs >= 0, signs <= 0)


def _signs(
    i: int, worths: Any, unit: int, around: Fraction, response: Response
) -> npt.NDArray[np.int64]:
    """Return the exact sign of T_i at each worth of stayers, a multiple of 1/`unit`."""
    stay = np.array([nearest(Fraction(k, unit)) for k in worths.tolist()])
    everyone = nearest(around)
    rows = np.full(len(stay), i)
    with np.errstate(all="ignore"):
        gone = everyone - stay
        off = (np.abs(stay) + abs(everyone)) * (8 * UNIT) + TINY
        tempted, err = response.temptations(rows, stay, gone, off)
        sure = np.abs(tempted) > err
    signs = np.sign(np.where(sure, tempted, 0)).astype(np.int64)
    for k in np.flatnonzero(~sure).tolist():
        worth = Fraction(int(worths[k]), unit)
        signs[k] = response.sign(i, worth, around - worth)
    return signs
