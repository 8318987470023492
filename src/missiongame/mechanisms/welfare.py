"""Welfare: what members have before and after an offer, and what their choices reveal.

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

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from missiongame.errors import InvalidValue
from missiongame.exact import fraction, fractions_of, nearest
from missiongame.mechanisms.arrays import Floats
from missiongame.mechanisms.derived import numeric
from missiongame.mechanisms.surroundings import Mask, mask, ties_to
from missiongame.model import check_players

if TYPE_CHECKING:
    from missiongame.model import Community, Rival
    from missiongame.model.offers import Offer
    from missiongame.payoffs import Payoffs


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
        chosen = mask(group, "group", len(self.exact_before))
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
    away = mask(defectors, "defectors", community.n)
    nobody = np.zeros(community.n, dtype=bool)
    before, _ = _both(community, rival, offer, nobody, payoffs)
    stay, defect = _both(community, rival, offer, away, payoffs)
    after = tuple(d if x else s for s, d, x in zip(stay, defect, away.tolist(), strict=True))
    return Surplus(tuple(before), after, away)


def _both(
    community: Community, rival: Rival, offer: Offer, away: Mask, payoffs: Payoffs | None
) -> tuple[list[Fraction], list[Fraction]]:
    """Return everyone's payoff to staying and to defecting, exact."""
    from missiongame.payoffs import Payoffs

    chosen = payoffs or Payoffs()
    columns = _columns(community, rival, offer, away)
    columns.update({name: fractions_of(c) for name, c in community.columns.items()})
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    stay = [chosen.exact("stay", **row) for row in rows]
    return stay, [chosen.exact("defect", **row) for row in rows]


def _columns(
    community: Community, rival: Rival, offer: Offer, away: Mask
) -> dict[str, list[Fraction]]:
    """Return every symbol of the payoffs as a list of n Fractions."""
    n = community.n
    one_for_all = {
        "theta": community.mission,
        "theta_R": rival.mission,
        "rho": rival.portability,
        "kappa": rival.crowding,
    }
    return {
        "alpha": fractions_of(community.known_purpose("welfare")),
        "h": fractions_of(community.enjoyment),
        "sigma": fractions_of(community.social),
        "s": community.exact_share,
        "w": fractions_of(offer.pay(community)),
        "G_stay": ties_to(community, ~away),
        "G_gone": ties_to(community, away),
        **{name: [fraction(value)] * n for name, value in one_for_all.items()},
    }


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
    from missiongame.model import offers
    from missiongame.price import price_of_collapse

    price = price_of_collapse(community, rival, share)
    if price.exact_pay is None:
        raise InvalidValue("the price is irrational here; crowding 0 or rival mission 0 avoids it")
    away = np.zeros(community.n, dtype=bool)
    away[price.order] = True
    return surplus(community, rival, offers.personal(_column(price.exact_pay)), away)


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

    def also(self, other: Bounds) -> Bounds:
        """Return the bounds from both observations."""
        low = [_tighter(max, *pair) for pair in zip(self.exact_low, other.exact_low, strict=True)]
        high = [
            _tighter(min, *pair) for pair in zip(self.exact_high, other.exact_high, strict=True)
        ]
        crossed = [
            a is not None and b is not None and a > b for a, b in zip(low, high, strict=True)
        ]
        wrong = self.contradicted | other.contradicted | np.array(crossed)
        return Bounds(tuple(low), tuple(high), wrong)


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
    away = mask(defectors, "defectors", community.n)
    columns = _columns(community.changed(purpose=0), rival, offer, away)
    from missiongame.model import symbols as m

    slope, rest = derive()
    names = ("w", "h", "theta", "theta_R", "kappa", "rho", "G_stay", "G_gone")
    symbols = [getattr(m, name) for name in names]
    c_of, b_of = numeric(slope, *symbols), numeric(rest, *symbols)
    found = []
    for i, left in enumerate(away.tolist()):
        row = [columns[name][i] for name in names]
        found.append(_bound(Fraction(c_of(*row)), Fraction(b_of(*row)), left))
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
    import sympy

    from missiongame.model.symbols import alpha
    from missiongame.payoffs import Payoffs

    tempted = Payoffs().temptation
    c = -sympy.diff(tempted, alpha)
    return c, sympy.expand(tempted + c * alpha)


def _bound(c: Fraction, b: Fraction, left: bool) -> tuple[Fraction | None, Fraction | None, bool]:
    """Return (low, high, contradicted) from one choice."""
    if c == 0:
        return None, None, b < 0 if left else b > 0
    at_most = left == (c > 0)
    return (None, b / c, False) if at_most else (b / c, None, False)


def _tighter(choose: Any, a: Fraction | None, b: Fraction | None) -> Fraction | None:
    if a is None or b is None:
        return b if a is None else a
    return choose(a, b)


def _column(values: list[Fraction]) -> Any:
    return np.array([*values, None], dtype=object)[:-1]
