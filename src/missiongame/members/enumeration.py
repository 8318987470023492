"""From any game of few members to all its pure equilibria, and the selections among them.

Members are taken one after the other, each striking out the profiles in which it
would rather do otherwise. A profile is a whole number whose bit i is x_i. The
worths of i's ties are scaled to whole numbers, so that what those who stay are
worth is exact; T_i's sign is asked once for each worth that occurs.

Without complements the pure equilibria need not have a least or a greatest, nor
need there be any. The potential P of `missiongame.members.potential_by_min_cut`,
where there is one, is at its largest at an equilibrium all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import Irrational, NoPotential
from missiongame.exact import TINY, UNIT, Mask, compact, fractions_of, nearest
from missiongame.members.game import Game
from missiongame.members.potential_by_min_cut import potential_weights
from missiongame.members.response_protocol import Response
from missiongame.model import Community, Ties

MOST = 20  # members; 2^20 profiles


class AllProfiles:
    """The selections among all pure equilibria, as masks of defectors; None for none."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.profiles = equilibria(game.community, game.response)

    def least(self) -> Mask | None:
        """Return the profile whose defectors defect in every other one too, if there is one."""
        return _among(self.profiles, self.profiles.all(axis=0))

    def greatest(self, least: Mask | None) -> Mask | None:  # noqa: ARG002 - asked alike of all
        """Return the profile whose defectors are everyone who defects in any, if there is one."""
        return _among(self.profiles, self.profiles.any(axis=0))

    def robust(self, least: Mask | None, greatest: Mask | None) -> Mask:  # noqa: ARG002 - likewise
        """Return the potential's maximiser; of several, the one with least defection.

        Raises
        ------
        NoPotential
            If there is no potential, or no least one among its maximisers.
        """
        if self.game.response.no_potential:
            raise NoPotential(self.game.response.no_potential)
        if not len(self.profiles):
            raise NoPotential("there is no pure equilibrium")
        potential = _potential(self.game.community, self.game.response, ~self.profiles)
        best = self.profiles[potential == potential.max()]
        chosen = _among(best, best.all(axis=0))
        if chosen is None:
            raise NoPotential(
                f"the potential has {len(best)} maximisers, none with least defection"
            )
        return chosen

    def sustains(self, away: Mask) -> bool:
        """Return whether nobody gains by deviating alone where these members are away."""
        return _among(self.profiles, away) is not None


def equilibria(community: Community, response: Response) -> Mask:
    """Return all pure equilibria, one a row, as masks of defectors.

    Returns
    -------
    (equilibria, n) bool
        In ascending order of Σ 2^i x_i; no row where there is none.
    """
    n = community.n
    profiles: npt.NDArray[np.int64] = np.arange(1 << n, dtype=np.int64)
    for i, row in enumerate(_tie_rows(community)):
        profiles = profiles[_content(i, row, response, profiles)]
    mask: Mask = (profiles[:, None] >> np.arange(n)) & 1 == 1
    return mask


def _among(profiles: Mask, wanted: Any) -> Mask | None:
    return np.asarray(wanted) if bool((profiles == wanted).all(axis=1).any()) else None


def _tie_rows(community: Community) -> list[list[Fraction]]:
    """Return g_i1, …, g_in exactly of every member i."""
    if community.ties is not None:
        return [[Fraction(g) for g in row] for row in community.ties.dense().tolist()]
    shares, social = community.exact_share, fractions_of(community.social)
    return [[g * s * (j != i) for j, s in enumerate(shares)] for i, g in enumerate(social)]


def _content(
    i: int, row: Sequence[Fraction], response: Response, profiles: npt.NDArray[np.int64]
) -> Mask:
    """Return in which profiles member i does not gain by doing otherwise."""
    unit = lcm(*(g.denominator for g in row))
    whole = [int(g * unit) for g in row]
    (staying,) = compact(sum(map(abs, whole)), np.zeros(len(profiles), dtype=np.int64))
    for j, worth in enumerate(whole):
        if worth:
            staying += (1 - ((profiles >> j) & 1)).astype(staying.dtype) * worth
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


def _potential(community: Community, response: Response, stay: Mask) -> Any:
    """Return P at every profile of stayers, times a positive number."""
    rows = _tie_rows(community)
    ties = community.ties
    if ties is None:
        ties = Ties.of(np.array(rows, dtype=object), community.n)
    factors = [w * response.weight(i) for i, w in enumerate(potential_weights(ties, response))]
    alone = []
    try:
        for i, (factor, row) in enumerate(zip(factors, rows, strict=True)):
            low, high = response.threshold_ends(i, sum(row, Fraction(0)))
            if low != high:
                raise Irrational
            alone.append(-factor * low)
    except Irrational as problem:
        raise NoPotential("the potential is not rational") from problem
    pairs = [[f * g for g in row] for f, row in zip(factors, rows, strict=True)]
    unit = lcm(*(a.denominator for a in alone), *(w.denominator for row in pairs for w in row))
    linear = np.array([int(2 * a * unit) for a in alone], dtype=object)
    square = np.array([[int(w * unit) for w in row] for row in pairs], dtype=object)
    linear, square = compact(sum(map(abs, linear)) + np.abs(square).sum(), linear, square)
    there = stay.astype(linear.dtype)
    return there @ linear + ((there @ square) * there).sum(axis=1)
