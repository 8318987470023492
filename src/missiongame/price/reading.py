"""What a price says: what protects the community, whom it hangs on, and what members lose.

The pay of an approached member who is paid is, to the last cent,

    w_i = α_i (θ − θ_Rφ(w_i))  +  h_i  +  Σ_{not earlier} g_ij − ρ Σ_{earlier} g_ij

its purpose (net of what the rival's own mission gives), enjoyment and ties; who is
won unpaid adds nothing. Over what the same members value when everyone stays (α_iθ,
h_i, Σ_j g_ij), these say how much of a unit of money of each a rival has to pay:
purpose in full, ties at most half where none is negative and m ≥ 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from missiongame.exact import fraction, fractions_of
from missiongame.price.answer import Price
from missiongame.price.float_view import Floats
from missiongame.price.pay import winning_pay
from missiongame.price.solve import price_of_collapse

if TYPE_CHECKING:
    from missiongame.model import Community

SOURCES = ("purpose", "enjoyment", "ties")


@dataclass(frozen=True, eq=False)
class Reading:
    """A price, taken apart; floats of exact values, money a period.

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

    price: Price

    @cached_property
    def parts(self) -> dict[str, Floats]:
        """Of each member's pay, what purpose, enjoyment and ties account for: (n,) arrays."""
        price, community, rival = self.price, self.price.community, self.price.rival
        alpha, h = self._columns()
        theta, theta_R = float(community.mission), float(rival.mission)
        pay = price.pay
        paid = pay > 0
        left = theta - theta_R / (1 + float(rival.crowding) * pay)
        purpose = np.where(paid, alpha * left, 0.0)
        enjoyment = np.where(paid, h, 0.0)
        return {
            "purpose": purpose,
            "enjoyment": enjoyment,
            "ties": np.where(paid, pay - purpose - enjoyment, 0.0),
        }

    def _columns(self) -> tuple[Floats, Floats]:
        community = self.price.community
        alpha = community.known_purpose("the split of a price")
        return np.asarray(alpha, dtype=np.float64), np.asarray(community.enjoyment, dtype=float)

    @cached_property
    def split(self) -> dict[str, float]:
        """The price's parts; they sum to it."""
        return {name: float(values.sum()) for name, values in self.parts.items()}

    @cached_property
    def values(self) -> dict[str, float]:
        """What purpose, enjoyment and ties are worth to those approached, if everyone stays."""
        community, who = self.price.community, self.price.order
        alpha, h = self._columns()
        return {
            "purpose": float((alpha[who] * float(community.mission)).sum()),
            "enjoyment": float(h[who].sum()),
            "ties": float(tie_values(community)[who].sum()),
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
        return self.value - self.price.total

    @cached_property
    def lost_without(self) -> Floats:
        """(n,): by how much the price falls, at least, if one member's purpose vanished.

        The order is kept, so the fall is exact for that order and a lower bound for
        the price; for members not approached it is 0. Negative where purpose is.
        """
        price, problem = self.price, self.price.problem
        alpha = fractions_of(price.community.known_purpose("the members who matter"))
        net = fraction(price.community.mission) - fraction(price.rival.mission)
        lost = np.zeros(price.community.n)
        along = problem.deficits_along(price.order).tolist()
        for i, deficit in zip(price.order.tolist(), along, strict=True):
            before = problem.pay(i, deficit)[1]
            # without purpose there is no pull either: pay is what the rest of the deficit is
            after = winning_pay(problem.unit * deficit - alpha[i] * net, Fraction(0), Fraction(0))
            lost[i] = float(before - after[1])
        return lost

    def who_matters(self, k: int = 10) -> list[int]:
        """Return the `k` members whose purpose moves the price most, most first."""
        order = np.argsort(-self.lost_without, kind="stable")[:k]
        return [int(i) for i in order if self.lost_without[i] > 0]

    @cached_property
    def spread_evenly(self) -> Price | None:
        """The price if all made equally many contributions; None where ties are given.

        Under default ties concentration makes ties worthless: members value those
        who contribute, and those are bought first.
        """
        if self.price.community.ties is not None:
            return None
        even = self.price.community.changed(contribution=np.ones(self.price.community.n))
        return price_of_collapse(even, self.price.rival, self.price.share)


def tie_values(community: Community) -> Floats:
    """Return Σ_j g_ij, what everyone's presence is worth to each member: (n,) floats."""
    if community.ties is None:
        return np.asarray(community.social, dtype=np.float64) * (1 - community.share)
    ties = community.ties
    worth = np.asarray(ties.worth, dtype=np.float64)
    return np.asarray(np.bincount(ties.rows, worth, community.n), dtype=np.float64)
