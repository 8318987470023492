"""A community, a rival and a share → what the rival has to solve, in whole numbers.

Approach members one after another; each is paid as if exactly those before had
left. With money in whole `unit`s,

    deficit_i(S) = deficit_i − Σ_{j ∈ S} fall_ij,     fall_ij = (1 + ρ) g_ij,

is what the pay of i has to fill once S has left, and the price is the least total
pay over ordered subsets D with Σ_{i ∈ D} size_i ≥ needed (sizes are contributions
in a whole unit of their own). Default ties factor: fall_ij = weight_i · size_j.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil, lcm
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from missiongame.errors import InvalidValue
from missiongame.exact import Floats, Whole, compact, floats, fraction, whole
from missiongame.price.pay import Enclosure, winning_pay

if TYPE_CHECKING:
    from missiongame.model import Community, Rival

Order: TypeAlias = npt.NDArray[np.int64]
"""Members' positions, first approached first."""


@dataclass(frozen=True, eq=False)
class Problem:
    """The least-pay problem of one community, rival and share, in whole numbers.

    Attributes
    ----------
    unit : Fraction
        Money that one whole unit is worth.
    deficit, pull : (n,) whole
        d_i with nobody gone, and α_iθ_R; `pull` is zero where κθ_R = 0.
    crowding : Fraction
        κ, 1/money; zero where κθ_R = 0.
    size : (n,) whole
    needed : int
    weight : (n,) whole, or None
        Default ties: fall_ij = weight_i · size_j for i ≠ j.
    starts, partners, falls : compressed sparse rows, or None
        General ties: fall_ij = falls[k], j = partners[k], starts[i] ≤ k < starts[i + 1].
    """

    unit: Fraction
    deficit: Whole
    pull: Whole
    crowding: Fraction
    size: Whole
    needed: int
    weight: Whole | None = None
    starts: Order | None = None
    partners: Order | None = None
    falls: Whole | None = None

    @classmethod
    def of(cls, community: Community, rival: Rival, share: Fraction) -> Problem:
        """Set up the problem of capturing at least `share` of the contributions."""
        refuse_negative_ties(community)
        purpose, purpose_under = whole(community.known_purpose("the price of collapse"))
        enjoyment, enjoyment_under = whole(community.enjoyment)
        size, _ = whole(community.contribution)
        total = sum(size.tolist())
        needed = ceil(share * total)
        ties = community.ties
        if ties is None:
            worth, under = whole(community.social)
            around, under = worth * (total - size), under * total
        else:
            worth, under = whole(ties.worth)
            around = row_sums(worth, ties.starts)
        theta, theta_R = fraction(community.mission), fraction(rival.mission)
        kept = 1 + fraction(rival.portability)
        crowding = fraction(rival.crowding) if theta_R else Fraction(0)
        missions = lcm(theta.denominator, theta_R.denominator)
        units = lcm(purpose_under * missions, enjoyment_under, under * kept.denominator)
        deficit = purpose * int((theta - theta_R) * units / purpose_under)
        deficit = deficit + enjoyment * (units // enjoyment_under) + around * (units // under)
        pull = purpose * int(theta_R * units / purpose_under if crowding else 0)
        falls = worth * int(kept * units / under)
        columns = (Fraction(1, units), deficit, pull, crowding, size, needed)
        if ties is None:
            return cls(*columns, weight=falls).in_int64()
        return cls(*columns, None, ties.starts, ties.partners, falls).in_int64()

    def in_int64(self) -> Problem:
        """Return the problem in int64 where all sums that the algorithms form fit there."""
        falls = self.sparse[2] if self.weight is None else self.weight
        total = sum(self.size.tolist())
        most, heaviest = (
            max((abs(v) for v in values.tolist()), default=0) for values in (self.deficit, falls)
        )
        if self.weight is None:
            bound = 2 * self.n * (most + heaviest) + sum(falls.tolist())
            deficit, falls = compact(bound, self.deficit, falls)
            return replace(self, deficit=deficit, size=compact(total, self.size)[0], falls=falls)
        bound = 2 * self.n * (most + heaviest * total) + total
        deficit, size, weight = compact(bound, self.deficit, self.size, falls)
        return replace(self, deficit=deficit, size=size, weight=weight)

    @property
    def n(self) -> int:
        """Number of members."""
        return len(self.deficit)

    @cached_property
    def linear(self) -> bool:
        """Whether pay is max(0, deficit): no crowding of a mission of the rival's own."""
        return self.crowding == 0

    @cached_property
    def all_work(self) -> bool:
        """Whether all contributions are needed, so that nobody who makes any may be left out."""
        return bool(self.needed == self.size.sum())

    @cached_property
    def all_members(self) -> bool:
        """Whether all contributions are needed and every member makes some."""
        return self.all_work and bool(np.all(self.size > 0))

    @property
    def sparse(self) -> tuple[Order, Order, Whole]:
        """(starts, partners, falls) of general ties."""
        if self.starts is None or self.partners is None or self.falls is None:
            raise AssertionError("default ties have no rows")  # a mistake of this package
        return self.starts, self.partners, self.falls

    @cached_property
    def rows(self) -> Order:
        """The member whose fall each entry of `falls` is."""
        return np.repeat(np.arange(self.n, dtype=np.int64), np.diff(self.sparse[0]))

    @cached_property
    def by_partner(self) -> tuple[Order, Order, Whole]:
        """General ties by whose going causes the fall: (starts, who falls, by how much)."""
        _, partners, falls = self.sparse
        order = np.lexsort((self.rows, partners))
        starts = np.concatenate(([0], np.cumsum(np.bincount(partners, minlength=self.n))))
        return starts, self.rows[order], falls[order]

    def fall_row(self, i: int) -> Whole:
        """Return fall_ij for every j, (n,) whole, zero at i itself."""
        if self.weight is not None:
            row: Whole = self.weight[i] * self.size
            row[i] = 0
            return row
        starts, partners, falls = self.sparse
        entries = slice(starts[i], starts[i + 1])
        row = np.zeros(self.n, dtype=falls.dtype)
        row[partners[entries]] = falls[entries]
        return row

    def deficits_along(self, order: Order) -> Whole:
        """Return each approached member's deficit, in the order of approach."""
        order = np.asarray(order, dtype=np.int64)
        if self.weight is not None:
            gone = np.cumsum(self.size[order]) - self.size[order]
            along: Whole = self.deficit[order] - self.weight[order] * gone
            return along
        place = np.full(self.n, self.n, dtype=np.int64)
        place[order] = np.arange(len(order))
        starts, partners, falls = self.sparse
        earlier = place[partners] < place[self.rows]
        fallen = row_sums(np.where(earlier, falls, 0), starts)
        return (self.deficit - fallen)[order]

    def pay(self, member: int, deficit: Any) -> Enclosure:
        """Return the pay, in money, of a member with this deficit in whole units."""
        pull = self.unit * int(self.pull[member]) if self.crowding else Fraction(0)
        return winning_pay(self.unit * int(deficit), pull, self.crowding)

    def pays_along(self, order: Order) -> list[Enclosure]:
        """Return each approached member's pay in money, in the order of approach."""
        along = self.deficits_along(order)
        return [self.pay(int(i), d) for i, d in zip(order, along, strict=True)]

    def cost(self, order: Order) -> Enclosure:
        """Return the total pay, in money, of approaching members in this order."""
        if self.linear:
            total = self.unit * int(np.maximum(self.deficits_along(order), 0).sum())
            return total, total
        low, high = zip((Fraction(0), Fraction(0)), *self.pays_along(order), strict=True)
        return sum(low, Fraction(0)), sum(high, Fraction(0))

    def enough(self, members: Order) -> bool:
        """Return whether these members make the share of contributions that is needed."""
        return int(self.size[np.asarray(members, dtype=np.int64)].sum()) >= self.needed

    def in_money(self, values: Whole) -> Floats:
        """Return whole units as money, floats rounded once."""
        return floats(values, self.unit.numerator, self.unit.denominator)


def refuse_negative_ties(community: Community) -> None:
    """Raise, naming the pair, if any tie is negative: the price needs complements."""
    if community.ties is not None and not community.ties.nonnegative:
        i, j = community.ties.first_negative()
        row = slice(community.ties.starts[i], community.ties.starts[i + 1])
        worth = community.ties.worth[row][community.ties.partners[row] == j][0]
        raise InvalidValue(
            f"ties[{i}, {j}] is {worth}: {community.name(j)} puts {community.name(i)} off; the "
            "price of collapse needs ties of at least 0 (missiongame.participate takes any)"
        )


def row_sums(values: Whole, starts: Order) -> Whole:
    """Return the sums of `values` over compressed sparse rows, exact in either kind."""
    sums = np.zeros(len(starts) - 1, dtype=values.dtype)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        sums[filled] = np.add.reduceat(values, starts[filled])
    return sums
