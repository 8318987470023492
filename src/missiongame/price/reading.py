"""A price → what protects the community, whom the price hangs on, and what members lose.

The pay of an approached member who is paid is, to the last cent,

    w_i = α_i (θ − θ_Rφ(w_i))  +  h_i  +  Σ_{not earlier} g_ij − ρ Σ_{earlier} g_ij

its purpose (net of what the rival's own mission gives), enjoyment and ties; who is
won unpaid adds nothing. Over what the same members value when everyone stays (α_iθ,
h_i, Σ_j g_ij), these say how much of a unit of money of each a rival has to pay:
purpose in full, ties at most half where none is negative and m ≥ 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from missiongame.exact import Floats, fraction, fractions_of
from missiongame.price.pay import winning_pay
from missiongame.price.problem import Order, Problem

if TYPE_CHECKING:
    from missiongame.model import Community, Rival


@dataclass(frozen=True, eq=False)
class Reading:
    """A price, taken apart; floats of exact values, money a period.

    Attributes
    ----------
    community, rival
        Whose price it is.
    order : (k,) int64
        The members approached, first to last.
    pay : (n,) floats
        What each member is paid.
    total : float
    problem : callable
        Returns what the rival had to solve.

    Examples
    --------
    >>> import missiongame as mg
    >>> town = mg.Community([1, 1], purpose=[4, 6], enjoyment=1, social=4)
    >>> reading = mg.price_of_collapse(town, mg.Rival()).reading
    >>> reading.split
    {'purpose': 10.0, 'enjoyment': 2.0, 'ties': 2.0}
    >>> reading.per_unit
    {'purpose': 1.0, 'enjoyment': 1.0, 'ties': 0.5}
    >>> reading.value, reading.discount
    (16.0, 2.0)
    """

    community: Community
    rival: Rival
    order: Order
    pay: Floats
    total: float
    problem: Callable[[], Problem]

    @cached_property
    def parts(self) -> dict[str, Floats]:
        """Of each member's pay, what purpose, enjoyment and ties account for: (n,) arrays."""
        rival, pay = self.rival, self.pay
        alpha, h = self._columns
        diluted = float(rival.mission) / (1 + float(rival.crowding) * pay)
        paid = pay > 0
        left = float(self.community.mission) - diluted
        purpose = np.where(paid, alpha * left, 0.0)
        enjoyment = np.where(paid, h, 0.0)
        return {
            "purpose": purpose,
            "enjoyment": enjoyment,
            "ties": np.where(paid, pay - purpose - enjoyment, 0.0),
        }

    @cached_property
    def _columns(self) -> tuple[Floats, Floats]:
        """Purpose and enjoyment, in floats."""
        alpha = self.community.known_purpose("the split of a price")
        return np.asarray(alpha, dtype=float), np.asarray(self.community.enjoyment, dtype=float)

    @cached_property
    def split(self) -> dict[str, float]:
        """The price's parts; they sum to it."""
        return {name: float(values.sum()) for name, values in self.parts.items()}

    @cached_property
    def values(self) -> dict[str, float]:
        """What purpose, enjoyment and ties are worth to those approached, if everyone stays."""
        who, (alpha, h) = self.order, self._columns
        return {
            "purpose": float((alpha[who] * float(self.community.mission)).sum()),
            "enjoyment": float(h[who].sum()),
            "ties": float(tie_values(self.community)[who].sum()),
        }

    @cached_property
    def per_unit(self) -> dict[str, float | None]:
        """How much of a unit of money of each a rival has to pay; None where there is none."""
        return {
            name: self.split[name] / worth if worth > 0 else None
            for name, worth in self.values.items()
        }

    @property
    def value(self) -> float:
        """What the community is worth to those approached, if everyone stays."""
        return sum(self.values.values())

    @property
    def discount(self) -> float:
        """The coordination discount: what they lose and nobody pays for, value − price."""
        return self.value - self.total

    @cached_property
    def lost_without(self) -> Floats:
        """(n,): by how much the price falls, at least, if one member's purpose vanished.

        The order is kept, so the fall is exact for that order and a lower bound for
        the price; for members not approached it is 0. Negative where purpose is.
        """
        problem, town = self.problem(), self.community
        alpha = fractions_of(town.known_purpose("the members who matter"))
        net = fraction(town.mission) - fraction(self.rival.mission)
        lost = np.zeros(town.n)
        along = problem.deficits_along(self.order).tolist()
        for i, deficit in zip(self.order.tolist(), along, strict=True):
            before = problem.pay(i, deficit)[1]
            # without purpose there is no pull either: pay is what the rest of the deficit is
            after = winning_pay(problem.unit * deficit - alpha[i] * net, Fraction(0), Fraction(0))
            lost[i] = float(before - after[1])
        return lost

    def who_matters(self, k: int = 10) -> list[int]:
        """Return the `k` members whose purpose moves the price most, most first."""
        order = np.argsort(-self.lost_without, kind="stable")[:k]
        return [int(i) for i in order if self.lost_without[i] > 0]


def tie_values(community: Community) -> Floats:
    """Return Σ_j g_ij, what everyone's presence is worth to each member: (n,) floats."""
    if community.ties is None:
        found: Floats = np.asarray(community.social, dtype=np.float64) * (1 - community.share)
        return found
    ties = community.ties
    worth = np.asarray(ties.worth, dtype=np.float64)
    return np.asarray(np.bincount(ties.rows, worth, community.n), dtype=np.float64)
