"""Prices of collapse for theorems: exact, and what bounds them."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import sympy as sp

from missiongame.catalogue.outcomes import dense_ties, tempted
from missiongame.catalogue.symbolic_game import Members
from missiongame.model import Community, Rival
from missiongame.model.offers import flat
from missiongame.price import price_of_collapse


def margin(community: Community, rival: Rival) -> list[Fraction]:
    """Return m_i = α_iθ + h_i − α_iθ_R of each member."""
    purpose = community.known_purpose("a price")
    ahead = Fraction(community.mission) - Fraction(rival.mission)
    return [
        Fraction(a) * ahead + Fraction(h) for a, h in zip(purpose, community.enjoyment, strict=True)
    ]


def worth(community: Community) -> Fraction:
    """Return ΣΣg, what all ties are worth."""
    return sum((g for row in dense_ties(community) for g in row), Fraction(0))


def price(community: Community, rival: Rival) -> tuple[Fraction, Fraction]:
    """Return an enclosure (low, high) of the price of collapse; equal unless it is irrational.

    By search over all subsets, not by the closed forms that theorems are about.
    """
    found = price_of_collapse(community, rival, method="subsets")
    if not found.optimal:
        raise AssertionError(f"{found} is not proven optimal")
    return found.total_bounds


def everyone_can_go(community: Community, rival: Rival, budget: Fraction) -> bool:
    """Return whether pays of `budget` in total can have everyone gone as an equilibrium.

    With negative ties there is no order of approach to compute a price from; but each
    must be paid at least what makes them indifferent once all others have gone. Where
    pay dilutes nothing.
    """
    everyone = frozenset(range(community.n))
    gaps = (tempted(community, rival, flat(0), i, everyone) for i in everyone)
    return sum((max(Fraction(0), -gap) for gap in gaps), Fraction(0)) <= budget


def spelt_price(members: Members, margins: tuple[Any, ...], rho: Any) -> Any:
    """Return the price of a few members as a SymPy Min over orders, κθ_R = 0."""

    def pay(i: int, gone: tuple[int, ...]) -> Any:
        stay = [members.ties[i, j] for j in range(members.n) if j != i and j not in gone]
        return sp.Max(0, margins[i] + sum(stay) - rho * sum(members.ties[i, j] for j in gone))

    costs = [
        sum(pay(i, order[:k]) for k, i in enumerate(order))
        for order in itertools.permutations(range(members.n))
    ]
    return sp.Min(*costs) if len(costs) > 1 else costs[0]
