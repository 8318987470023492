"""The members' game: who leaves for an offer?

Each member stays (x_i = 0) or defects (x_i = 1), given what the others do, and
takes the better (see `missiongame.members.standard`). With nonnegative ties
stayers keep each other: the game is supermodular (Milgrom and Roberts 1990), so
a least and a greatest defection equilibrium exist and best responses from
all-stay and from all-defect reach them. Indifferent members stay in the least
and leave in the greatest. Between the two lies the robust one, the maximiser of
the game's potential where it has one (Morris and Ui 2005).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from missiongame.community import exact_sum
from missiongame.errors import StructureMissing, wrong_type
from missiongame.exact import Column
from missiongame.members.cascade import cascade
from missiongame.members.default_ties import DefaultTies
from missiongame.members.standard import StandardResponse

if TYPE_CHECKING:
    from missiongame.community import Community
    from missiongame.offers import Offer
    from missiongame.rival import Rival


@dataclass(frozen=True, eq=False)
class Outcome:
    """One way the members' game can go.

    Attributes
    ----------
    defectors : (n,) bool
        x: who defects.
    """

    community: Community = field(repr=False)
    rival: Rival = field(repr=False)
    pay: Column = field(repr=False)
    defectors: npt.NDArray[np.bool_]

    @cached_property
    def headcount(self) -> int:
        """N(x), how many members defect."""
        return int(np.count_nonzero(self.defectors))

    @cached_property
    def exact_defection(self) -> Fraction:
        """K(x) = Σ s_i x_i, the share of contributions that defects."""
        return exact_sum(self.community.contribution[self.defectors]) / self.community.total

    @property
    def defection(self) -> float:
        """K(x) as a float, correctly rounded."""
        return float(self.exact_defection)

    @cached_property
    def exact_payroll(self) -> Fraction:
        """Σ w_i x_i, what the rival pays the defectors, money a period."""
        return exact_sum(self.pay[self.defectors])

    @property
    def payroll(self) -> float:
        """Σ w_i x_i as a float, correctly rounded."""
        return float(self.exact_payroll)

    @cached_property
    def exact_max_gain(self) -> Fraction:
        """The most that a member gains by deviating alone; at most 0 at an equilibrium."""
        response = StandardResponse(self.community, self.rival, self.pay)
        community, away = self.community, self.defectors
        gains = []
        if community.ties is None:
            staying = 1 - self.exact_defection
            for i, s in enumerate(community.exact_share):
                sigma = Fraction(community.social[i])
                stay = sigma * (staying if away[i] else staying - s)
                gain = response.temptation(i, stay, sigma * (1 - s) - stay)
                gains.append(-gain if away[i] else gain)
            return max(gains)
        ties = community.ties
        for i in range(community.n):
            row = slice(ties.starts[i], ties.starts[i + 1])
            gone = exact_sum(ties.worth[row][away[ties.partners[row]]])
            stay = exact_sum(ties.worth[row]) - gone
            gain = response.temptation(i, stay, gone)
            gains.append(-gain if away[i] else gain)
        return max(gains)

    @property
    def max_gain(self) -> float:
        """`exact_max_gain` rounded upward, its sign exact."""
        return float(self.exact_max_gain)


@dataclass(frozen=True, eq=False)
class Participation:
    """The equilibria of a members' game.

    Attributes
    ----------
    least, robust, greatest : Outcome or None
        None where no such equilibrium exists (or, for `robust`, no potential).
    equilibria : tuple of Outcome, or None
        All pure equilibria, where they were enumerated.
    reason : str
        Why `robust` is None.
    """

    least: Outcome | None
    robust: Outcome | None
    greatest: Outcome | None
    equilibria: tuple[Outcome, ...] | None = None
    reason: str = ""


def participate(
    community: Community, rival: Rival, offer: Offer, payoffs: Any = None
) -> Participation:
    """Return who leaves for `offer` in the least, robust and greatest equilibrium.

    Examples
    --------
    >>> from missiongame import Community, Rival, offers
    >>> town = Community([6, 3, 1], purpose=100, social=[0, 20, 20])
    >>> participate(town, Rival(), offers.top(1, pay=120)).least.defectors
    array([ True, False, False])
    """
    if payoffs is not None:
        raise wrong_type("payoffs", payoffs, "None: the standard ones")
    if community.ties is not None and not community.ties.nonnegative:
        i, j = community.ties.first_negative()
        raise StructureMissing(f"ties[{i}, {j}] is negative, so the game has no least equilibrium")
    pay = offer.pay(community)
    response = StandardResponse(community, rival, pay)

    def outcome(defectors: npt.NDArray[np.bool_]) -> Outcome:
        return Outcome(community, rival, pay, defectors)

    if community.ties is None:
        game = DefaultTies(community, response)
        return Participation(
            outcome(game.least()), outcome(game.robust()), outcome(game.greatest())
        )
    least = cascade(community.ties, response, least=True)
    greatest = cascade(community.ties, response, least=False)
    return Participation(outcome(least), None, outcome(greatest), reason="not searched")
