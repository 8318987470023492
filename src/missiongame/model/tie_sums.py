"""From a community and a group of its members to what everyone's ties to the group are worth."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

from missiongame.exact import exact_total
from missiongame.model.community import Community


class TiesTo:
    """Σ_{j ≠ i, j in the group} g_ij of every member i, exactly; worked out where asked.

    Parameters
    ----------
    community : Community
        With ties of its own or with the default ones, g_ij = σ_i s_j.
    group : (n,) bool

    Examples
    --------
    >>> import numpy as np
    >>> town = Community([2, 1, 1], social=8)
    >>> to_first_two = TiesTo(town, np.array([True, True, False]))
    >>> to_first_two[0], list(to_first_two)
    (Fraction(2, 1), [Fraction(2, 1), Fraction(4, 1), Fraction(6, 1)])
    """

    def __init__(self, community: Community, group: Any) -> None:
        self.community, self.group = community, group

    @cached_property
    def share(self) -> Fraction:
        """The group's share of all contributions."""
        return exact_total(self.community.contribution, self.group) / self.community.total

    def rest(self) -> TiesTo:
        """Return what everyone's ties to those outside the group are worth."""
        rest = TiesTo(self.community, ~self.group)
        if self.community.ties is None:
            rest.share = 1 - self.share
        return rest

    def __len__(self) -> int:
        return self.community.n

    def __iter__(self) -> Iterator[Fraction]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, i: int) -> Fraction:
        town = self.community
        if town.ties is not None:
            row = town.ties.row(i)
            return exact_total(town.ties.worth[row], self.group[town.ties.partners[row]])
        own = Fraction(town.contribution[i]) / town.total if self.group[i] else 0
        return Fraction(town.social[i]) * (self.share - own)
