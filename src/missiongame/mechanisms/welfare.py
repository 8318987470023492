"""From who left to what members have before and after, and what their choices reveal.

With x the defection,

    before_i = α_i θ + h_i + Σ_{j≠i} g_ij
    after_i  = stay_i(x) if x_i = 0,    defect_i(x) if x_i = 1

(`missiongame.payoffs`). A member's own choice, the others' given, shows that the
better was taken: with c = θ − θ_R φ(w_i) and
b = w_i − h_i − Σ_{j≠i} g_ij (1 − x_j) + ρ Σ_{j≠i} g_ij x_j,

    who accepts shows α_i c ≤ b,      who refuses α_i c ≥ b.

So while the mission here outweighs the rival's (c > 0), acceptance bounds purpose
from above and refusal from below; where c < 0, the other way round.

What a coordinated community would lose is at least what it is sold for: bought at
the price of collapse, its members lose `at_the_price(...).loss`, which without
ties is nothing (for κθ_R = 0 and nobody who would leave unpaid).

Exact rationals; arrays of floats are views of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import sympy

from missiongame.errors import InvalidValue
from missiongame.exact import Column, Floats, Mask, fractions_of, nearest
from missiongame.mechanisms.derived import numeric
from missiongame.model import Community, Offer, Rival, TiesTo, check_players, members_among, offers
from missiongame.model import symbols as m
from missiongame.payoffs import Payoffs
from missiongame.price import price_of_collapse


@dataclass(frozen=True, eq=False)
class Surplus:
    """What each member has a period, before the offer and after.

    Attributes
    ----------
    exact_before, exact_after : tuples of n Fractions, money a period
    defectors : (n,) bool
    """

    exact_before: tuple[Fraction, ...]
    exact_after: tuple[Fraction, ...]
    defectors: Mask

    @property
    def before(self) -> Floats:
        """(n,) floats, each correctly rounded; infinite beyond floats."""
        return np.array([nearest(v) for v in self.exact_before])

    @property
    def after(self) -> Floats:
        """(n,) floats, each correctly rounded; infinite beyond floats."""
        return np.array([nearest(v) for v in self.exact_after])

    @property
    def loss(self) -> Fraction:
        """What all members together lose; negative where they gain."""
        return sum(self.exact_before, Fraction(0)) - sum(self.exact_after, Fraction(0))

    def loss_of(self, group: Any) -> Fraction:
        """Return what the members of a group, an (n,) array of bool, lose together."""
        chosen = members_among(group, "group", len(self.exact_before))
        both = zip(self.exact_before, self.exact_after, chosen.tolist(), strict=True)
        return sum((before - after for before, after, inside in both if inside), Fraction(0))


def surplus(
    community: Community,
    rival: Rival,
    offer: Offer,
    defectors: Any,
    payoffs: Payoffs | None = None,
) -> Surplus:
    """Return members' surplus with nobody away, and with these defectors.

    Parameters
    ----------
    community, rival, offer
    defectors : (n,) bool
        Usually an equilibrium's, such as ``participate(...).least.defectors``.
    payoffs : Payoffs, optional
        One's own instead of the standard ones; they must be rational here.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> pair = Community([1, 1], purpose=1, social=8)
    >>> change = surplus(pair, Rival(), offers.flat(3), [True, True])
    >>> change.before, change.after, change.loss
    (array([5., 5.]), array([3., 3.]), Fraction(4, 1))
    """
    check_players(community=community, rival=rival, offer=offer)
    away = members_among(defectors, "defectors", community.n)
    purpose = community.known_purpose("surplus")
    own = payoffs or Payoffs()

    def had(x: Mask) -> tuple[Fraction, ...]:
        rows = _numbers(community, rival, offer, x, purpose)
        sides = ["defect" if left else "stay" for left in x.tolist()]
        return tuple(own.exact(side, **row) for side, row in zip(sides, rows, strict=True))

    return Surplus(had(np.zeros_like(away)), had(away), away)


def _numbers(
    community: Community, rival: Rival, offer: Offer, away: Mask, purpose: Column
) -> list[dict[str, Fraction]]:
    """Return every member's value of each symbol of the payoffs."""
    shared = {
        "theta": Fraction(community.mission),
        "theta_R": Fraction(rival.mission),
        "rho": Fraction(rival.portability),
        "kappa": Fraction(rival.crowding),
    }
    own = {
        "alpha": purpose,
        "h": community.enjoyment,
        "sigma": community.social,
        "w": offer.pay(community),
        **community.columns,
    }
    columns = {name: fractions_of(values) for name, values in own.items()} | {
        "s": community.exact_share,
        "G_stay": TiesTo(community, ~away),
        "G_gone": TiesTo(community, away),
    }
    rows = zip(*columns.values(), strict=True)
    return [shared | dict(zip(columns, row, strict=True)) for row in rows]


def at_the_price(community: Community, rival: Rival, share: Any = 1.0) -> Surplus:
    """Return members' surplus before and after a collapse bought at its price.

    `loss` is then what the members lose by not being able to refuse together: the
    coordination discount.

    Examples
    --------
    >>> from missiongame import Community, Rival
    >>> at_the_price(Community([1, 1], purpose=1, social=8), Rival()).loss
    Fraction(4, 1)
    >>> at_the_price(Community([1, 1], purpose=5), Rival()).loss
    Fraction(0, 1)

    Raises
    ------
    InvalidValue
        If the pay is irrational, as it can be under crowding.
    """
    check_players(community=community, rival=rival)
    price = price_of_collapse(community, rival, share)
    if price.exact_pay is None:
        raise InvalidValue("the price is irrational here; crowding 0 or rival mission 0 avoids it")
    away = np.zeros(community.n, dtype=bool)
    away[price.order] = True
    return surplus(community, rival, offers.personal(price.exact_pay), away)


@dataclass(frozen=True, eq=False)
class Bounds:
    """What choices say about each member's purpose: low ≤ α_i ≤ high, money.

    Attributes
    ----------
    exact_low, exact_high : tuples of n Fractions, None where nothing bounds it
    contradicted : (n,) bool
        Where no purpose at all makes the choices best.
    """

    exact_low: tuple[Fraction | None, ...]
    exact_high: tuple[Fraction | None, ...]
    contradicted: Mask

    @property
    def low(self) -> Floats:
        """(n,) floats, −inf where nothing bounds it, or below all floats."""
        return np.array([-np.inf if v is None else nearest(v) for v in self.exact_low])

    @property
    def high(self) -> Floats:
        """(n,) floats, inf where nothing bounds it, or beyond all floats."""
        return np.array([np.inf if v is None else nearest(v) for v in self.exact_high])

    def only(self, who: Mask) -> Bounds:
        """Return the bounds on some members, (n,) bool; nothing is said of the others."""
        low, high = (
            tuple(v if kept else None for v, kept in zip(bounds, who, strict=True))
            for bounds in (self.exact_low, self.exact_high)
        )
        return Bounds(low, high, self.contradicted & who)

    def also(self, other: Bounds) -> Bounds:
        """Return the bounds from both observations."""
        lows = zip(self.exact_low, other.exact_low, strict=True)
        highs = zip(self.exact_high, other.exact_high, strict=True)
        low = tuple(_tightest(max, pair) for pair in lows)
        high = tuple(_tightest(min, pair) for pair in highs)
        crossed = [
            a is not None and b is not None and a > b for a, b in zip(low, high, strict=True)
        ]
        return Bounds(low, high, self.contradicted | other.contradicted | np.array(crossed))


def purpose_bounds(community: Community, rival: Rival, offer: Offer, defectors: Any) -> Bounds:
    """Return what who took an offer, and who refused, reveals about purpose.

    Each choice is taken as best given the others'. The community's own purpose is
    not looked at.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> seen = purpose_bounds(Community([1, 1], mission=2), Rival(), offers.flat(10), [True, False])
    >>> seen.low, seen.high
    (array([-inf,   5.]), array([ 5., inf]))
    """
    check_players(community=community, rival=rival, offer=offer)
    away = members_among(defectors, "defectors", community.n)
    names = ("w", "h", "theta", "theta_R", "kappa", "rho", "G_stay", "G_gone")
    c, b = (numeric(part, *(getattr(m, name) for name in names)) for part in derive())
    found = []
    rows = _numbers(community, rival, offer, away, np.zeros(community.n))
    for row, left in zip(rows, away.tolist(), strict=True):
        at = [row[name] for name in names]
        found.append(_bound(Fraction(c(*at)), Fraction(b(*at)), left))
    low, high, wrong = zip(*found, strict=True)
    return Bounds(low, high, np.array(wrong))


@cache
def derive() -> tuple[Any, Any]:
    """Derive c and b of T = b − cα from the two payoffs.

    Examples
    --------
    >>> c, b = derive()
    >>> c, b
    (theta - theta_R/(kappa*w + 1), G_gone*rho - G_stay - h + w)
    """
    tempted = Payoffs().temptation
    c = -sympy.diff(tempted, m.alpha)
    return c, sympy.expand(tempted + c * m.alpha)


def _bound(c: Fraction, b: Fraction, left: bool) -> tuple[Fraction | None, Fraction | None, bool]:
    """Return (low, high, contradicted) from one choice."""
    if c == 0:
        return None, None, b < 0 if left else b > 0
    at_most = left == (c > 0)
    return (None, b / c, False) if at_most else (b / c, None, False)


def _tightest(choose: Any, bounds: Iterable[Fraction | None]) -> Fraction | None:
    found: Fraction | None = choose((bound for bound in bounds if bound is not None), default=None)
    return found
