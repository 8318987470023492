"""From who is away to what everyone's ties to stayers and to defectors are worth."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from missiongame.exact import UNIT, Exactly, Floats, Mask, Ratios, Rows, nearest
from missiongame.members.sparse_ties import sparse_ties
from missiongame.model import Community, TiesTo

_FEW = 64  # members for whom it is not worth while to go through all ties


class Sides:
    """The worth of members' ties to stayers, Σ_{j≠i} g_ij (1 − x_j), and to defectors.

    Parameters
    ----------
    community : Community
    away : (n,) bool
        x, who defects.

    Examples
    --------
    >>> from missiongame import Community
    >>> sides = Sides(Community([2, 1, 1], social=8), np.array([True, False, False]))
    >>> sides.exact(1)
    (Fraction(2, 1), Fraction(4, 1))
    >>> stay, gone, off = sides.floats(slice(1, 3))
    >>> stay, gone
    (array([2., 2.]), array([4., 4.]))
    """

    def __init__(self, community: Community, away: Mask) -> None:
        self.community, self.away = community, away
        self.stayers = TiesTo(community, ~away)
        self.defectors = self.stayers.rest()
        self._graph = None if community.ties is None else sparse_ties(community.ties)
        self.contribution = Exactly(community.contribution)
        self.social = Exactly(community.social)

    def exact(self, i: int) -> tuple[Fraction, Fraction]:
        """Return the worth of member i's ties to stayers and to defectors."""
        return self.stayers[i], self.defectors[i]

    def exact_rows(self, members: Any) -> tuple[Ratios, Ratios]:
        """Return the same of many members, each as one column."""
        if self._graph is not None:
            pairs = [self.exact(i) for i in members.tolist()]
            return Ratios.of([stay for stay, _ in pairs]), Ratios.of([gone for _, gone in pairs])
        social = Ratios.of(self.social.exact[members])
        share = Ratios.of(self.contribution.exact[members]) / self.community.total
        away = self.away[members]
        others = Ratios(share.over * ~away, share.under), Ratios(share.over * away, share.under)
        stay, gone = (
            social * (-own + side.share)
            for own, side in zip(others, (self.stayers, self.defectors), strict=True)
        )
        return stay, gone

    def floats(self, rows: Rows) -> tuple[Floats, Floats, Any]:
        """Return the same of several members in floats, and how far off either may be."""
        if self._graph is not None:
            stay, gone = self._sums
            return stay[rows], gone[rows], self._graph.rounding[rows]
        social, share = self.social.floats[rows], self.community.share[rows]
        others = nearest(self.stayers.share) - np.where(self.away[rows], 0.0, share)
        return social * others, social * (1 - share - others), social * (16 * UNIT)

    def rows_key(self, members: Any) -> list[Floats]:
        """Return columns such that members with equal rows have equal ties to either side."""
        if self._graph is None:
            # Who has nothing from company decides alone, however much they contribute.
            company = np.asarray(self.social.exact[members] != 0)
            columns = [
                self.contribution.codes(members) * company,
                self.social.codes(members),
            ]
        elif len(members) > _FEW:
            columns = [column[members] for column in self._kinds]
        else:
            return [members.astype(np.float64)]
        return [*columns, self.away[members].astype(float)]

    @cached_property
    def _sums(self) -> list[Floats]:
        assert self._graph is not None  # noqa: S101 - default ties need no matrix
        matrix = self._graph.matrix
        return [matrix @ side.group.astype(float) for side in (self.stayers, self.defectors)]

    @cached_property
    def _kinds(self) -> list[Floats]:
        assert self._graph is not None  # noqa: S101 - likewise
        return self._graph.kinds(self.stayers.group)
