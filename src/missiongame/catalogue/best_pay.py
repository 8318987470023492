"""A rival's best posted pay, exactly, from a continuum or from a menu.

Who leaves changes only at the pays that make some member indifferent; where pay
dilutes nothing these are finitely many rationals ("breakpoints"), and profit falls
between them, so one of them or zero is best. In the least selection the indifferent
stay, and a best pay is a limit from above: who leaves is read off just above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from itertools import chain, combinations
from typing import Literal

from missiongame.catalogue.exact_game import (
    at_both,
    dense_ties,
    gone_in,
    named,
    numbers_of,
    tempted,
)
from missiongame.catalogue.statement import Numbers
from missiongame.catalogue.symbolic_game import real
from missiongame.errors import StructureMissing
from missiongame.exact import exact_total
from missiongame.members import participate
from missiongame.model import Community, Rival
from missiongame.model import symbols as m
from missiongame.model.offers import flat

Gone = frozenset[int]

theta_new, w_new, v, F, alpha_other, g = real("theta_new w_new v F alpha_other g")
N, N_up, N_new, N_down, C, C_up, C_new, C_down = real("N N_up N_new N_down C C_up C_new C_down")


@dataclass(frozen=True)
class Market:
    """A community at one mission, a rival that posts one pay, and what posting any costs."""

    community: Community
    rival: Rival
    fixed: Fraction = Fraction(0)
    selection: Literal["least", "greatest"] = "greatest"

    @property
    def dilutes(self) -> bool:
        """Whether pay dilutes a rival's mission, so that breakpoints need not be rational."""
        return bool(self.rival.crowding and self.rival.mission)

    @cached_property
    def breakpoints(self) -> list[Fraction]:
        """Pays at which some member is indifferent, and zero; κθ_R = 0."""
        n, found = self.community.n, {Fraction(0)}
        for i in range(n):
            others = [j for j in range(n) if j != i]
            for gone in chain.from_iterable(combinations(others, k) for k in range(n)):
                found.add(-tempted(self.community, self.rival, flat(0), i, gone))
        return sorted(pay for pay in found if pay >= 0)

    def leavers(self, pay: Fraction) -> Gone:
        """Return who leaves for `pay`: its limit from above in the least selection."""
        if self.selection == "least":
            above = [b for b in self.breakpoints if b > pay]
            pay = (pay + above[0]) / 2 if above else pay + 1
        return _leavers(self.community, self.rival, self.selection, pay)

    def work(self, pay: Fraction) -> Fraction:
        """Return the contributions of those who leave."""
        gone = sorted(self.leavers(pay))
        return exact_total(self.community.contribution[gone]) if gone else Fraction(0)

    def profit(self, pay: Fraction) -> Fraction:
        """Return v Σ c_i x_i − w Σ x_i, less the fixed cost of a pay above zero."""
        captured = Fraction(self.rival.value) * self.work(pay)
        return captured - pay * len(self.leavers(pay)) - (self.fixed if pay else 0)

    def is_best(self, pay: Fraction, others: Iterable[Fraction]) -> bool:
        """Return whether none of some other pays is better."""
        return all(self.profit(pay) >= self.profit(other) for other in others)

    def best(self, most: bool, menu: tuple[Fraction, ...] = ()) -> Fraction:
        """Return the best pay (on a menu); of several, that for which most (or fewest) leave."""
        pays = menu or self.breakpoints
        value = max(map(self.profit, pays))
        best = [pay for pay in pays if self.profit(pay) == value]
        return (max if most else min)(best, key=lambda pay: len(self.leavers(pay)))


@cache
def _leavers(community: Community, rival: Rival, selection: str, pay: Fraction) -> Gone:
    offer = flat(pay)
    members = participate(community, rival, offer)
    outcome = getattr(members, selection)
    if outcome is not None:
        return gone_in(outcome)
    # Negative ties: no extreme equilibrium. Take the one in which the indifferent leave.
    for gone in map(gone_in, members.equilibria or ()):
        stayers = set(range(community.n)) - gone
        if all(tempted(community, rival, offer, i, gone) < 0 for i in stayers):
            return gone
    raise StructureMissing(f"no equilibrium at pay {pay} in which the indifferent leave")


@dataclass(frozen=True)
class Posted:
    """One pay at each of two missions.

    With a `menu`, the rival may post nothing else; otherwise any pay of at least zero.
    """

    community: Community
    rival: Rival
    mission: Fraction
    pays: tuple[Fraction, Fraction]
    menu: tuple[Fraction, ...] | None = None
    fixed: Fraction = Fraction(0)
    selection: Literal["least", "greatest"] = "greatest"
    tried: tuple[Fraction, ...] = ()

    @classmethod
    def best(
        cls,
        community: Community,
        rival: Rival,
        mission: Fraction,
        selection: Literal["least", "greatest"] = "greatest",
        fixed: Fraction = Fraction(0),
        menu: tuple[Fraction, ...] = (),
    ) -> Posted:
        """Return the best pays that contradict the theorem most: fewest leave, then most."""
        before = Market(community, rival, fixed, selection)
        after = Market(community.with_mission(mission), rival, fixed, selection)
        pays = before.best(False, menu), after.best(True, menu)
        return cls(community, rival, mission, pays, menu or None, fixed, selection, menu)

    @cached_property
    def markets(self) -> tuple[Market, Market]:
        """The market at either mission."""
        before, after = (
            Market(town, self.rival, self.fixed, self.selection)
            for town in at_both(self.community, self.mission)
        )
        return before, after

    @property
    def both_best(self) -> bool:
        """Whether each pay is the rival's best at its mission.

        Against the menu, or all breakpoints (with crowding: a grid) and the pays tried.
        """
        pays = zip(self.markets, self.pays, strict=True)
        if self.menu is not None:
            return all(market.is_best(pay, self.menu) for market, pay in pays)
        given = (*self.pays, *self.tried)
        grid = [Fraction(k, 4) for k in range(int(8 * (1 + max(given))))]
        return all(
            market.is_best(pay, {*given, *(grid if market.dilutes else market.breakpoints)})
            for market, pay in pays
        )

    def holds(self) -> bool:
        """Return whether best pays take no more heads and no more work at the stronger mission."""
        if not self.both_best:
            return True
        before, after = self.markets
        w, w_new = self.pays
        fewer = len(after.leavers(w_new)) <= len(before.leavers(w))
        return fewer and after.work(w_new) <= before.work(w)

    def story(self) -> str:
        """Return the pay and who leaves for it, at either mission."""
        return "\n".join(
            f"mission {Fraction(market.community.mission)}, best pay {pay}: "
            f"{named(market.community, market.leavers(pay))}, profit {market.profit(pay)}"
            for market, pay in zip(self.markets, self.pays, strict=True)
        )

    def points(self) -> Iterator[Numbers]:
        """Yield the claim's numbers: heads and work at four pays, beside each other purpose."""
        before, after = self.markets
        pay, pay_new = self.pays
        point = numbers_of(self.community, self.rival, flat(pay), 0)
        rise = point[m.alpha] * (self.mission - point[m.theta])
        # A pay below zero cannot be posted; the game there is the same as at the other mission.
        places = {
            (N, C): (before, pay),
            (N_up, C_up): (after, pay + rise) if pay + rise >= 0 else (before, pay),
            (N_new, C_new): (after, pay_new),
            (N_down, C_down): (before, pay_new - rise) if pay_new >= rise else (after, pay_new),
        }
        for (heads, work), (market, at) in places.items():
            point |= {heads: Fraction(len(market.leavers(at))), work: market.work(at)}
        point |= {w_new: pay_new, theta_new: self.mission, v: Fraction(self.rival.value)}
        point |= {F: self.fixed, g: min(map(min, dense_ties(self.community)))}
        for other in self.community.known_purpose("posted-offer"):
            yield {**point, alpha_other: Fraction(other)}
