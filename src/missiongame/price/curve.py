"""Shares → their prices: how a budget buys ever more of a community."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import illegal
from missiongame.exact import Floats, wanted_share
from missiongame.model import check_players
from missiongame.price.all_subsets import LARGEST_WHOLE, AllSubsets, SubsetTable
from missiongame.price.answer import Price, certified
from missiongame.price.collapse import price_of_collapse
from missiongame.price.method import Found
from missiongame.price.problem import Problem

if TYPE_CHECKING:
    from missiongame.model import Community, Rival

POINTS = 20


@dataclass(frozen=True, eq=False)
class Curve:
    """Prices over shares, from small to large; neither totals nor bounds ever fall.

    Attributes
    ----------
    shares : tuple of Fraction
    prices : tuple of Price
    """

    shares: tuple[Fraction, ...]
    prices: tuple[Price, ...]

    @property
    def share(self) -> Floats:
        """The shares as floats."""
        return np.array([float(s) for s in self.shares])

    @property
    def total(self) -> Floats:
        """What each share costs the rival, money a period."""
        return np.array([p.total for p in self.prices])

    @property
    def lower_bound(self) -> Floats:
        """What each share costs at least, as proved, money a period."""
        return np.array([float(p.lower_bound) for p in self.prices])


def price_curve(
    community: Community, rival: Rival, shares: Iterable[Any] | None = None, seconds: float = 20.0
) -> Curve:
    """Return the price of collapse at each of several shares of the contributions.

    Parameters
    ----------
    community, rival
        As in `price_of_collapse`.
    shares : numbers in (0, 1], optional
        By default a twentieth, two twentieths, …, all.
    seconds : float
        About how long searches that can be stopped may take in all.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([4, 3, 2, 1], purpose=[8, 3, 3, 1])
    >>> mg.price_curve(town, mg.Rival(), shares=[0.25, 0.5, 1]).total
    array([ 3.,  6., 15.])
    """
    check_players(community=community, rival=rival)
    if shares is None:
        wanted = [Fraction(k, POINTS) for k in range(1, POINTS + 1)]
    else:
        wanted = sorted({wanted_share(s) for s in shares})
    if not wanted:
        raise illegal("shares", [], "at least one number in (0, 1]")
    if community.n <= LARGEST_WHOLE:
        prices = _from_table(community, rival, wanted)
    else:
        each = seconds / len(wanted)
        prices = [price_of_collapse(community, rival, s, seconds=each) for s in wanted]
    return Curve(tuple(wanted), tuple(_monotone(prices)))


def _from_table(community: Community, rival: Rival, wanted: list[Fraction]) -> list[Price]:
    """Read all prices off one dynamic programme."""
    table = SubsetTable.of(Problem.of(community, rival, Fraction(1)))
    prices = []
    for share in wanted:
        problem = Problem.of(community, rival, share)
        best = table.cheapest(problem.needed)
        found = Found(table.order(best), table.lower(best), proved=True, how=(AllSubsets.name,))
        prices.append(certified(community, rival, share, problem, found))
    return prices


def _monotone(prices: list[Price]) -> list[Price]:
    """Use what captures more for less where that is cheaper, and every bound further on."""
    for k in reversed(range(len(prices) - 1)):
        here, there = prices[k], prices[k + 1]
        if not here.optimal and there.total_bounds[1] < here.total_bounds[1]:
            prices[k] = replace(here, order=there.order, _lower=here.lower_bound)
    for k in range(1, len(prices)):
        here, before = prices[k], prices[k - 1]
        if not here.optimal and before.lower_bound > here.lower_bound:
            prices[k] = replace(here, _lower=before.lower_bound)
    return prices
