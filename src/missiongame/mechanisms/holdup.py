"""From a community to what a provider can levy that owns part of its mission.

A provider that owns a part u of the mission can levy ℓ_i on member i. Those in
D ⊆ members who leave together for a place of their own compare

    staying, with everyone     α_i θ + h_i + G_i − ℓ_i,       G_i = Σ_{j≠i} g_ij
    leaving, with D            α_i (θ − u) + h_i + ρ Σ_{j∈D, j≠i} g_ij

so that a levy is pay for leaving: `exit_game` is the members' game against a rival
of mission θ − u that offers ℓ. For g ≥ 0, i gains by leaving with D iff

    ℓ_i > α_i u + G_i − ρ Σ_{j∈D, j≠i} g_ij.

- Nobody leaves alone iff ℓ_i ≤ α_i u + G_i for every i (*single*).
- No group leaves in which all gain, if ℓ_i ≤ α_i u + (1 − ρ) G_i for every i
  (*joint*); everyone leaves and gains iff ℓ_i is above it for every i.
- A levy above the joint bound on some can stand: who is charged more would go only
  with others who are charged less, and who stay. With members in any order,
  ℓ_i = α_i u + G_i − ρ Σ_{j later} g_ij stands, and the largest sum that stands is
  that of the best order: Σ(α_i u + G_i) less ρ times the price of collapse of the
  bare ties. For default ties the best order is ascending σ_i/s_i.

Exact rationals throughout; `single` and `joint` are their float views.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import sympy

from missiongame.errors import Words, illegal
from missiongame.exact import Floats, fraction, fractions_of, nearest, number
from missiongame.mechanisms.derived import Derived
from missiongame.model import Community, Rival, TiesTo, check_players
from missiongame.model import symbols as m
from missiongame.payoffs import STANDARD_DEFECT, STANDARD_STAY
from missiongame.price import price_of_collapse


@cache
def derive() -> Derived:
    """Derive the levy that a member bears, from the payoffs of the members' game.

    Returns
    -------
    levy, owned, around, along
        The symbols ℓ, u, G and G_D, the worth of all ties and of those to D.
    gain : leaving with D less staying with all
    bound : the levy at which it is zero

    Examples
    --------
    >>> derive().bound
    G - G_D*rho + alpha*u
    """
    levy, u, G, G_D = sympy.symbols("ell u G G_D", real=True)
    stay = STANDARD_STAY.subs(m.G_stay, G) - levy
    leave = STANDARD_DEFECT.subs({m.w: 0, m.theta_R: m.theta - u, m.G_gone: G_D}) + m.h
    gain = sympy.expand(leave - stay)
    (bound,) = sympy.solve(gain, levy)
    return Derived(levy=levy, owned=u, around=G, along=G_D, gain=gain, bound=bound)


def exit_game(community: Community, owned: Any, portability: Any = 0) -> tuple[Community, Rival]:
    """Return the members' game of leaving the provider; offer the levies as pay.

    Parameters
    ----------
    community : Community
        As it is with the provider, the uplift in its mission.
    owned : u in [0, θ]
    portability : ρ in [0, 1]
        The part of a tie that works in the place of their own.

    Examples
    --------
    >>> from missiongame import Community, offers, participate
    >>> town, away = exit_game(Community([1, 1], purpose=4, social=6), owned=0.5)
    >>> participate(town, away, offers.flat(5)).least.headcount
    0
    >>> participate(town, away, offers.flat(5.5)).least.headcount
    2
    """
    check_players(community=community)
    left = Fraction(community.mission) - _owned(community, owned)
    # Enjoyment goes along with whoever leaves: it is on both sides.
    return community.changed(enjoyment=0.0), Rival(mission=left, portability=portability)


def _owned(community: Community, owned: Any) -> Fraction:
    u = fraction(owned, "owned")
    if not 0 <= u <= community.mission:
        raise illegal("owned", owned, f"a number from 0 to the mission {community.mission}")
    return u


@dataclass(frozen=True, eq=False)
class HoldUp:
    """What a provider that owns part of the mission can levy.

    Attributes
    ----------
    community : Community
    owned, portability : Fraction
        u and ρ.
    """

    community: Community
    owned: Fraction
    portability: Fraction

    @cached_property
    def exact_single(self) -> list[Fraction]:
        """α_i u + G_i: what each bears before leaving alone."""
        return self._bounds([Fraction(0)] * self.community.n)

    @cached_property
    def exact_joint(self) -> list[Fraction]:
        """α_i u + (1 − ρ)G_i: what each bears before leaving with everyone."""
        return self._bounds(self._around)

    @property
    def single(self) -> Floats:
        """`exact_single`, each rounded to the nearest float; infinite beyond floats."""
        return np.array([nearest(b) for b in self.exact_single])

    @property
    def joint(self) -> Floats:
        """`exact_joint`, each rounded to the nearest float; infinite beyond floats."""
        return np.array([nearest(b) for b in self.exact_joint])

    def in_order(self, order: Sequence[int]) -> list[Fraction]:
        """Return ℓ_i = α_i u + G_i − ρ Σ_{j later in `order`} g_ij, a levy that no group leaves.

        Parameters
        ----------
        order : every member's position once
        """
        if sorted(order) != list(range(self.community.n)):
            raise illegal("order", list(order), "every member's position once")
        community = self.community
        inside, along = np.ones(community.n, dtype=bool), [Fraction(0)] * community.n
        later, shares = TiesTo(community, inside), community.exact_share
        for i in order:
            if community.ties is None:
                later.share -= shares[i]
            inside[i] = False
            along[i] = later[i]
        return self._bounds(along)

    @cached_property
    def most(self) -> Most:
        """The schedule with the largest sum that no group leaves."""
        if self.community.ties is None:
            order, optimal = self._ascending(), True
        else:
            # The price of everyone's bare ties is Σ_i Σ_{j later} g_ij in its best order.
            bare = Community([1] * self.community.n, purpose=0, ties=self.community.ties)
            price = price_of_collapse(bare, Rival(portability=0))
            order, optimal = price.order.tolist(), price.optimal
        levies = tuple(self.in_order(order))
        return Most(tuple(order), levies, sum(levies, Fraction(0)), optimal)

    def leavers(self, levies: Any) -> npt.NDArray[np.bool_]:
        """Return the largest group in which everyone gains by leaving together, (n,) bool.

        Unions of such groups are such groups, for ties are not negative: dropping,
        again and again, who does not gain leaves the largest.
        """
        n = self.community.n
        levy = [fraction(value, f"levies[{i}]") for i, value in enumerate(levies)]
        if len(levy) != n:
            raise illegal("levies", Words(f"{len(levy)} numbers"), f"{n} numbers, one a member")
        inside = np.ones(n, dtype=bool)
        while True:
            bounds = self._bounds(TiesTo(self.community, inside))
            gains = np.array([a > b for a, b in zip(levy, bounds, strict=True)])
            if np.all(gains[inside]):
                return inside
            inside &= gains

    @cached_property
    def _around(self) -> list[Fraction]:
        return list(TiesTo(self.community, np.ones(self.community.n, dtype=bool)))

    def _bounds(self, along: Iterable[Fraction]) -> list[Fraction]:
        bound = derive().function("bound", "alpha", "owned", "around", "rho", "along")
        purpose = fractions_of(self.community.known_purpose("hold_up"))
        return [
            bound(a, self.owned, around, self.portability, joined)
            for a, around, joined in zip(purpose, self._around, along, strict=True)
        ]

    def _ascending(self) -> list[int]:
        """Return members by ascending σ_i/s_i, those without contributions last."""
        social, shares = fractions_of(self.community.social), self.community.exact_share
        return sorted(
            range(self.community.n),
            key=lambda i: (shares[i] == 0, social[i] / shares[i] if shares[i] else 0),
        )


@dataclass(frozen=True)
class Most:
    """The schedule of levies that takes the most without any group leaving.

    Attributes
    ----------
    order : members' positions, first to last
    levies : Fractions, one a member by position, money a period
    total : Fraction
    optimal : bool
        Whether it is proved that no schedule takes more.
    """

    order: tuple[int, ...]
    levies: tuple[Fraction, ...]
    total: Fraction
    optimal: bool


def hold_up(community: Community, owned: Any, portability: Any = 0) -> HoldUp:
    """Return what a provider that owns a part of the mission can levy.

    Parameters
    ----------
    community : Community
        As it is with the provider, the uplift in its mission; ties not negative.
    owned : u in [0, θ]
    portability : ρ in [0, 1]
        The part of a tie that works in a place of their own.

    Raises
    ------
    PurposeUnknown
        If the community's purpose is.
    StructureMissing
        If a tie is negative.

    Examples
    --------
    >>> from missiongame import Community
    >>> held = hold_up(Community([2, 1, 1], purpose=4, social=8), owned=0.5, portability=0.5)
    >>> held.single
    array([6., 8., 8.])
    >>> held.joint
    array([4., 5., 5.])
    >>> float(held.most.total), [float(levy) for levy in held.most.levies]
    (19.0, [4.0, 7.0, 8.0])
    """
    check_players(community=community)
    community.known_purpose("hold_up")
    if community.ties is not None:
        why = "; groups that leave together need ties of at least 0"
        community.ties.require_nonnegative(why)
    rho = Fraction(number(portability, "portability", low=0, high=1))
    return HoldUp(community, _owned(community, owned), rho)
