"""What a rival has to solve, in whole numbers.

Approach members one after another; each is paid as if exactly those before had
left. With money in whole `unit`s,

    deficit_i(S) = deficit_i − Σ_{j ∈ S} fall_ij,     fall_ij = (1 + ρ) g_ij,

is what the pay of i has to fill once S has left, and the price is the least total
pay over ordered subsets D with Σ_{i ∈ D} size_i ≥ needed (sizes are contributions
in a whole unit of their own). Default ties factor: fall_ij = weight_i · size_j.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, lcm
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from missiongame.errors import InvalidValue
from missiongame.exact import Whole, compact, floats, fraction, whole
from missiongame.price.pay import Enclosure, winning_pay

if TYPE_CHECKING:
    from missiongame.model import Community, Rival

Order = npt.NDArray[np.int64]
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
    starts: npt.NDArray[np.int64] | None = None
    partners: npt.NDArray[np.int64] | None = None
    falls: Whole | None = None

    @classmethod
    def of(cls, community: Community, rival: Rival, share: Fraction) -> Problem:
        """Set up the problem of capturing at least `share` of the contributions."""
        refuse_negative_ties(community)
        size, _ = whole(community.contribution)
        total = sum(size.tolist())
        needed = ceil(share * total)
        money, money_under, pull = _unsocial_deficit(community, rival)
        crowding = fraction(rival.crowding) if fraction(rival.mission) else Fraction(0)
        if community.ties is None:
            social, under = whole(community.social)
            kept = 1 + fraction(rival.portability)
            unit_under = lcm(money_under, under * total * kept.denominator)
            scale = unit_under // (under * total)
            weight = social * (scale * kept.numerator // kept.denominator)
            deficit = money * (unit_under // money_under) + social * ((total - size) * scale)
            weight, deficit, size = compact(_bound(deficit, weight, total), weight, deficit, size)
            pull = pull * (unit_under // money_under)
            return cls(
                Fraction(1, unit_under), deficit, pull, crowding, size, needed, weight=weight
            )
        return cls._of_general(community, rival, (money, money_under, pull), size, needed, crowding)

    @classmethod
    def _of_general(
        cls,
        community: Community,
        rival: Rival,
        unsocial: tuple[Whole, int, Whole],
        size: Whole,
        needed: int,
        crowding: Fraction,
    ) -> Problem:
        ties = community.ties
        assert ties is not None  # noqa: S101 - the caller asked
        money, money_under, pull = unsocial
        worth, under = whole(ties.worth)
        kept = 1 + fraction(rival.portability)
        unit_under = lcm(money_under, under * kept.denominator)
        scale = unit_under // under
        falls = worth * (scale * kept.numerator // kept.denominator)
        deficit = money * (unit_under // money_under) + row_sums(worth * scale, ties.starts)
        bound = _bound(deficit, falls, 1) + sum(falls.tolist())
        deficit, falls = compact(bound, deficit, falls)
        (size,) = compact(sum(size.tolist()), size)
        pull = pull * (unit_under // money_under)
        return cls(
            Fraction(1, unit_under),
            deficit,
            pull,
            crowding,
            size,
            needed,
            starts=ties.starts,
            partners=ties.partners,
            falls=falls,
        )

    @property
    def n(self) -> int:
        """Number of members."""
        return len(self.deficit)

    @property
    def linear(self) -> bool:
        """Whether pay is max(0, deficit): no crowding of a mission of the rival's own."""
        return self.crowding == 0

    @property
    def sparse(self) -> tuple[Order, Order, Whole]:
        """(starts, partners, falls) of general ties."""
        if self.starts is None or self.partners is None or self.falls is None:
            raise AssertionError("default ties have no rows")  # a mistake of this package
        return self.starts, self.partners, self.falls

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

    @cached_property
    def rows(self) -> npt.NDArray[np.int64]:
        """The member whose fall each entry of `falls` is."""
        return np.repeat(np.arange(self.n, dtype=np.int64), np.diff(self.sparse[0]))

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
        pays = self.pays_along(order)
        return sum((p[0] for p in pays), Fraction(0)), sum((p[1] for p in pays), Fraction(0))

    def enough(self, members: Order) -> bool:
        """Return whether these members make the share of contributions that is needed."""
        return int(self.size[np.asarray(members, dtype=np.int64)].sum()) >= self.needed

    @cached_property
    def money(self) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Deficits and pulls in money, floats rounded once."""
        over, under = self.unit.numerator, self.unit.denominator
        return floats(self.deficit, over, under), floats(self.pull, over, under)


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


def _unsocial_deficit(community: Community, rival: Rival) -> tuple[Whole, int, Whole]:
    """Return (αθ + h − αθ_R, its denominator, αθ_R over the same), without ties."""
    purpose, under = whole(community.known_purpose("the price of collapse"))
    enjoyment, enjoyment_under = whole(community.enjoyment)
    theta, theta_R = fraction(community.mission), fraction(rival.mission)
    missions = lcm(theta.denominator, theta_R.denominator)
    common = lcm(under * missions, enjoyment_under)
    per_purpose = common // (under * missions)
    net, own = int((theta - theta_R) * missions), int(theta_R * missions)
    deficit = purpose * (net * per_purpose) + enjoyment * (common // enjoyment_under)
    crowded = fraction(rival.crowding) != 0
    pull = purpose * (own * per_purpose if crowded else 0)
    return deficit, common, pull


def _bound(deficit: Whole, weight: Whole, total: int) -> int:
    """Return a bound on every sum of absolute values that the algorithms form."""
    most = max((abs(v) for v in deficit.tolist()), default=0)
    heaviest = max((abs(v) for v in weight.tolist()), default=0)
    return 2 * len(deficit) * (most + heaviest * total) + total
