"""Defection over a grid of pay and mission, and the line at which the raid begins to work.

Where nobody's purpose is negative and κα_iθ_R ≤ 1 for every member, the least and
the greatest defection fall with the mission and rise with pay. (Where it is the
common purpose that varies, θ_R ≤ θ as well: else it draws members to the rival.) A block of the
grid whose corner of most defection (least mission, most pay) agrees with its
corner of least defection is then all alike, and only blocks that do not agree are
divided. Elsewhere every cell is computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np

from missiongame.errors import StructureMissing, illegal
from missiongame.exact import Floats, Mask
from missiongame.members import participate
from missiongame.model import Community, Offer, Rival, check_players

Pair = tuple[float, float]

_HALVINGS = 5  # of a cell, to find where the line crosses it


@dataclass(frozen=True, eq=False)
class DefectionMap:
    """Contribution-weighted defection on a grid.

    Attributes
    ----------
    pay : (p,) float64
        The offer's amount.
    level : (q,) float64
        The mission; or α where purpose is unknown.
    least, greatest : (q, p) float64
        Shares of the contributions.
    least_line, greatest_line : (p,) float64
        The level at which `share` is no longer reached, between two rows of the map;
        NaN where it is reached at none or at all of them, or not below one level only.
    of_purpose : bool
        Whether `level` is a purpose rather than a mission.
    """

    pay: Floats
    level: Floats
    least: Floats
    greatest: Floats
    least_line: Floats
    greatest_line: Floats
    of_purpose: bool


def defection_map(
    community: Community,
    rival: Rival,
    offer: Offer,
    pay: Sequence[float],
    level: Sequence[float],
    share: float = 0.5,
) -> DefectionMap:
    """Return the defection for each amount of `offer` and each level of mission or purpose.

    Parameters
    ----------
    community : Community
        Where its purpose is unknown, `level` is the purpose of every member.
    rival : Rival
    offer : Offer
        Its kind and places stay, its amount is each of `pay` in turn; personal pay
        is multiplied by it.
    pay, level : ascending sequences of numbers ≥ 0
    share : float
        The share whose loss is a success.

    Raises
    ------
    StructureMissing
        If the members' game has no least or no greatest equilibrium.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([6, 3, 1], purpose=10)
    >>> found = defection_map(town, Rival(), offers.top(1, 5), pay=[5, 15], level=[0, 1, 2])
    >>> found.least
    array([[0.6, 0.6],
           [0. , 0.6],
           [0. , 0. ]])
    >>> found.least_line.round(1)
    array([0.5, 1.5])
    """
    check_players(community=community, rival=rival, offer=offer)
    for name, axis in (("pay", pay), ("level", level)):
        if len(axis) == 0 or axis[0] < 0 or np.any(np.diff(axis) <= 0):
            raise illegal(name, list(axis), "ascending numbers of at least 0")
    grid = _Grid(community, rival, offer, pay, level)
    grid.fill(0, len(level) - 1, 0, len(pay) - 1)
    least, greatest = grid.cells[..., 0], grid.cells[..., 1]
    return DefectionMap(
        np.asarray(pay, dtype=float),
        np.asarray(level, dtype=float),
        least,
        greatest,
        grid.line(least >= share, 0, share),
        grid.line(greatest >= share, 1, share),
        grid.of_purpose,
    )


@dataclass(frozen=True, eq=False)
class _Grid:
    """The cells of a map, each computed at most once."""

    community: Community
    rival: Rival
    offer: Offer
    pay: Sequence[float]
    level: Sequence[float]

    @cached_property
    def cells(self) -> Floats:
        """Least and greatest defection, (q, p, 2); NaN where they are not known yet."""
        return np.full((len(self.level), len(self.pay), 2), np.nan)

    @property
    def of_purpose(self) -> bool:
        """Whether the level is a purpose that all share, rather than the mission."""
        return self.community.purpose is None

    @cached_property
    def offers(self) -> list[Offer]:
        """The offer at each pay."""
        amount = self.offer.amount if self.offer.kind == "personal" else 1.0
        return [replace(self.offer, amount=amount * float(pay)) for pay in self.pay]

    @cached_property
    def monotone(self) -> bool:
        """Whether defection falls with the level and rises with pay; see the module."""
        purpose = self.community.purpose
        if purpose is None and self.rival.mission > self.community.mission:
            return False
        low, high = (0, self.level[-1]) if purpose is None else (purpose.min(), purpose.max())
        dilution = Fraction(self.rival.crowding) * Fraction(self.rival.mission)
        return bool(low >= 0 and dilution * Fraction(high) <= 1)

    def value(self, height: float, offer: Offer) -> Pair:
        """Return the least and the greatest defection."""
        changes = {"purpose" if self.of_purpose else "mission": height}
        members = participate(self.community.changed(**changes), self.rival, offer)
        if members.least is None or members.greatest is None:
            raise StructureMissing("the members' game has no least or no greatest equilibrium")
        return members.least.defection, members.greatest.defection

    def at(self, row: int, column: int) -> Floats:
        """Return one cell's value."""
        if np.isnan(self.cells[row, column, 0]):
            self.cells[row, column] = self.value(float(self.level[row]), self.offers[column])
        found: Floats = self.cells[row, column]
        return found

    def fill(self, low: int, high: int, left: int, right: int) -> None:
        """Compute the block of rows low..high and columns left..right, corners included."""
        most, least = self.at(low, right), self.at(high, left)
        if (low, left) == (high, right):
            return
        if self.monotone and np.array_equal(most, least):
            self.cells[low : high + 1, left : right + 1] = most
        elif high - low >= max(right - left, 1):
            middle = (low + high) // 2
            self.fill(low, middle, left, right)
            self.fill(middle + 1, high, left, right)
        else:
            middle = (left + right) // 2
            self.fill(low, high, left, middle)
            self.fill(low, high, middle + 1, right)

    def line(self, succeeds: Mask, which: int, share: float) -> Floats:
        """Return for each column the level at which the raid stops to succeed."""
        line = np.full(len(self.offers), np.nan)
        for column, offer in enumerate(self.offers):
            above = _crossing(succeeds[:, column])
            if above is None:
                continue
            low, high = self.level[above - 1], self.level[above]
            for _ in range(_HALVINGS):
                middle = (low + high) / 2
                works = self.value(middle, offer)[which] >= share
                low, high = (middle, high) if works else (low, middle)
            line[column] = (low + high) / 2
        return line


def _crossing(succeeds: Mask) -> int | None:
    """Return the first row at which the raid fails, if it succeeds in exactly those below."""
    above = int(np.argmin(succeeds)) if not succeeds.all() else 0
    return above if above > 0 and not succeeds[above:].any() else None
